package run

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Every text of the load begins with a mark, so that it is known again wherever
// it comes by: "load-00000012 …".
const (
	markPrefix = "load-"
	markDigits = 8
)

// filler is what people write, for the rest of a text.
const filler = "the parcel has not come yet and nobody at the depot knows where it is; "

func textOf(number, size int) string {
	text := fmt.Sprintf("%s%0*d ", markPrefix, markDigits, number)
	for len(text) < size {
		text += filler
	}
	return text[:size]
}

// marksIn finds the numbers of the messages in some bytes.
func marksIn(content []byte) (numbers []int) {
	for {
		at := bytes.Index(content, []byte(markPrefix))
		if at < 0 {
			return numbers
		}
		content = content[at+len(markPrefix):]
		if len(content) < markDigits {
			return numbers
		}
		if n, err := strconv.Atoi(string(content[:markDigits])); err == nil {
			numbers = append(numbers, n)
		}
	}
}

// call is what is read of a call that sends: which message it carries and where
// it goes.
type call struct {
	Thread  int   `json:"message_thread_id"`
	From    int64 `json:"from_chat_id"`
	Message int   `json:"message_id"`

	method string
	number int // by the mark; 0 = it has none
}

// wire stands before the simulator's HTTP door and notes when the bytes of
// updates go out and calls come in. It changes nothing.
type wire struct {
	door   http.Handler
	ledger *ledger
	roll   *roll // nil = nobody asks who can be reached
}

// ServeHTTP notes and hands on.
func (x *wire) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method := path.Base(r.URL.Path)
	if x.roll != nil {
		w = x.roll.note(w, r, method)
	}
	switch {
	case strings.EqualFold(method, "getUpdates"):
		x.door.ServeHTTP(&updates{ResponseWriter: w, ledger: x.ledger}, r)
	case strings.HasPrefix(method, "send"), strings.HasPrefix(method, "copy"), strings.HasPrefix(method, "forward"):
		x.send(w, r, method)
	default:
		x.door.ServeHTTP(w, r)
	}
}

func (x *wire) send(w http.ResponseWriter, r *http.Request, method string) {
	body, err := io.ReadAll(r.Body)
	now := time.Now()
	if err != nil {
		http.Error(w, "the body ends early", http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	m := x.ledger.read(callIn(method, body), now)
	answer := &status{ResponseWriter: w}
	x.door.ServeHTTP(answer, r)
	if m != nil && answer.code == http.StatusOK {
		x.ledger.answered(m, time.Now())
	}
}

// callIn reads a JSON body; of others only the mark is known.
func callIn(method string, body []byte) call {
	var c call
	if json.Unmarshal(body, &c) != nil {
		c = call{}
	}
	c.method = method
	if marks := marksIn(body); len(marks) > 0 {
		c.number = marks[0]
	}
	return c
}

// updates is the answer to a getUpdates. The moment is taken before the bytes
// go: taken after, a busy machine could make the relay look faster than it is.
type updates struct {
	http.ResponseWriter
	ledger *ledger
}

// Write sends at once what it is given.
func (u *updates) Write(content []byte) (int, error) {
	marks := marksIn(content)
	now := time.Now()
	n, err := u.ResponseWriter.Write(content)
	if err == nil && len(marks) > 0 {
		err = http.NewResponseController(u.ResponseWriter).Flush()
		u.ledger.written(marks, now)
	}
	return n, err
}

// Unwrap is for http.ResponseController.
func (u *updates) Unwrap() http.ResponseWriter { return u.ResponseWriter }

// status remembers how a call was answered.
type status struct {
	http.ResponseWriter
	code int
}

// WriteHeader sends the status line.
func (s *status) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

// Unwrap is for http.ResponseController.
func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }
