package doors

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	sim "topicdesk/bench/telegram"
)

// route is one endpoint below /world/.
type route struct {
	pattern string // as http.ServeMux takes it
	handle  func(*Server, http.ResponseWriter, *http.Request)
	takes   reflect.Type // what its JSON body is read into; nil = it has none
}

// routes are all endpoints. The table in doc.go says the same; a test
// compares them.
var routes = slices.Concat(lookRoutes, showRoutes, makeRoutes, memberRoutes, actRoutes, topicRoutes, contentRoutes, inlineRoutes, businessRoutes, ruleRoutes)

func (s *Server) worldMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.HandleFunc(r.pattern, func(w http.ResponseWriter, q *http.Request) { r.handle(s, w, q) })
	}
	return mux
}

// maxWorldBody bounds one request to /world/, bytes: a file of the largest
// size that bots can upload, in base64.
const maxWorldBody = 70 << 20

// act makes a route that does something with the World. Its JSON body is
// read strictly into In; what f returns is written as JSON.
func act[In any](pattern string, f func(w *sim.World, in In) (any, error)) route {
	handle := func(s *Server, w http.ResponseWriter, r *http.Request) {
		var in In
		if err := readStrictly(http.MaxBytesReader(w, r.Body, maxWorldBody), &in); err != nil {
			writeError(w, http.StatusBadRequest, err)
			return
		}
		out, err := s.within(func(w *sim.World) (any, error) { return f(w, in) })
		s.changes.bump()
		writeOutcome(w, out, err)
	}
	return route{"POST " + pattern, handle, reflect.TypeFor[In]()}
}

var errMoreJSON = errors.New("there is more than one JSON value")

// readStrictly reads one JSON value whose fields into has, or nothing at all.
func readStrictly(from io.Reader, into any) error {
	body := json.NewDecoder(from)
	body.DisallowUnknownFields()
	if err := body.Decode(into); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return err
	}
	if _, err := body.Token(); !errors.Is(err, io.EOF) {
		return cmp.Or(err, errMoreJSON)
	}
	return nil
}

// look makes a route that only looks.
func look(pattern string, f func(w *sim.World, q *query) (any, error)) route {
	handle := func(s *Server, w http.ResponseWriter, r *http.Request) {
		q := &query{values: r.URL.Query()}
		out, err := s.within(func(w *sim.World) (any, error) { return f(w, q) })
		writeOutcome(w, out, cmp.Or(q.bad, err))
	}
	return route{"GET " + pattern, handle, nil}
}

// within gives the World to f. The World takes ids that don't exist for a
// mistake of the program and panics; here they are the caller's.
func (s *Server) within(f func(*sim.World) (any, error)) (out any, err error) {
	defer func() {
		if p := recover(); p != nil {
			text, ok := p.(string)
			if !ok || !strings.HasPrefix(text, "telegram: ") {
				panic(p)
			}
			out, err = nil, errors.New(text)
		}
	}()
	s.door.With(func(w *sim.World) { out, err = f(w) })
	return out, err
}

// done is the answer of what has nothing to tell.
type done struct {
	OK bool `json:"ok"`
}

func writeOutcome(w http.ResponseWriter, out any, err error) {
	switch {
	case err == nil:
		writeJSON(w, http.StatusOK, out)
	case errors.Is(err, sim.ErrNoSuchMessage):
		writeError(w, http.StatusNotFound, err)
	case errors.Is(err, sim.ErrNotAllowed):
		writeError(w, http.StatusForbidden, err)
	default:
		writeError(w, http.StatusBadRequest, err)
	}
}

func writeError(w http.ResponseWriter, code int, err error) {
	writeJSON(w, code, struct {
		Error string `json:"error"`
	}{err.Error()})
}

func writeJSON(w http.ResponseWriter, code int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("doors: encode answer: %v", err))
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	w.Write(body)
}

// query reads the parameters of a GET; bad is the first that can't be read.
type query struct {
	values map[string][]string
	bad    error
}

func (q *query) text(name string) string {
	if v := q.values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// id is a number that must be given.
func (q *query) id(name string) int64 {
	if q.text(name) == "" {
		q.bad = cmp.Or(q.bad, fmt.Errorf("%s is missing", name))
		return 0
	}
	return q.number(name, 0)
}

// number is a number that may be given.
func (q *query) number(name string, otherwise int64) int64 {
	s := q.text(name)
	if s == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		q.bad = cmp.Or(q.bad, fmt.Errorf("%s is no number: %q", name, s))
	}
	return n
}
