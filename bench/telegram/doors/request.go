package doors

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	sim "topicdesk/bench/telegram"
)

// Limits of one request (Bot API server source, but for maxBody, which the
// web server in front of api.telegram.org sets; measured).
const (
	maxParams   = 1 << 20   // bytes of all parameters together
	maxFiles    = 50        // uploaded files
	maxParts    = 256 << 10 // bytes of the headers of all parts of a form together
	maxBody     = 50 << 20  // bytes
	maxBoundary = 70        // bytes
)

// statusTooLong is the 413 of the web server in front, to tell it from the
// Bot API server's own.
const statusTooLong = -http.StatusRequestEntityTooLarge

// params gathers the arguments of one request. The first one of a name
// counts; those of the URL come before those of the body (server source).
type params struct {
	args  sim.Args
	size  int // bytes of parameters so far
	heads int // bytes of parts' headers so far
}

func newParams() *params {
	return &params{args: sim.Args{Values: map[string]string{}, Files: map[string]sim.Upload{}}}
}

// readArgs reads the arguments in every encoding that the Bot API takes:
// query, urlencoded, multipart, JSON. refused is the HTTP status of a request
// that the server doesn't read, 0 = none. What is merely malformed counts as
// not given, as it does there.
func readArgs(r *http.Request) (args sim.Args, refused int) {
	p := newParams()
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return p.args, http.StatusNotImplemented
	}
	if refused := p.form(r.URL.RawQuery); refused != 0 {
		return p.args, refused
	}
	if r.ContentLength > maxBody {
		return p.args, statusTooLong
	}
	body, refused := readBody(r)
	if refused == 0 && len(body) > 0 {
		refused = p.body(r.Header.Get("Content-Type"), body)
	}
	return p.args, refused
}

// readBody reads the whole body, unpacked.
func readBody(r *http.Request) ([]byte, int) {
	src, err := unpacked(r.Header.Get("Content-Encoding"), r.Body)
	switch {
	case errors.Is(err, errEncoding):
		return nil, http.StatusUnsupportedMediaType
	case err != nil:
		return nil, http.StatusBadRequest
	}
	body, err := io.ReadAll(io.LimitReader(src, maxBody+1))
	switch {
	case err != nil:
		return nil, http.StatusBadRequest
	case len(body) > maxBody:
		return nil, statusTooLong
	}
	return body, 0
}

// body reads the arguments of a body that isn't empty.
func (p *params) body(contentType string, body []byte) int {
	kind := strings.ToLower(contentType)
	switch {
	case strings.Contains(kind, "multipart/form-data"):
		return p.multipart(contentType, body)
	case strings.Contains(kind, "application/x-www-form-urlencoded"):
		return p.form(string(body))
	case strings.Contains(kind, "application/json"):
		return p.json(body)
	default:
		return 0
	}
}

func (p *params) grow(n int) int {
	p.size += n
	if p.size > maxParams {
		return http.StatusRequestEntityTooLarge
	}
	return 0
}

func (p *params) add(name, value string) {
	if _, given := p.args.Values[name]; !given {
		p.args.Values[name] = value
	}
}

// form reads name=value&… of a query or a body.
func (p *params) form(raw string) int {
	if refused := p.grow(len(raw)); refused != 0 {
		return refused
	}
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		p.add(unescape(name, true), unescape(value, true))
	}
	return 0
}

// unescape decodes as the server does: a + is a space if plus says so, and a %
// that no two hexadecimal digits follow is itself.
func unescape(s string, plus bool) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+' && plus:
			out = append(out, ' ')
		case s[i] == '%' && i+2 < len(s) && hex(s[i+1]) < 16 && hex(s[i+2]) < 16:
			out = append(out, hex(s[i+1])<<4|hex(s[i+2]))
			i += 2
		default:
			out = append(out, s[i])
		}
	}
	return string(out)
}

// hex is the value of a hexadecimal digit, 16 for anything else.
func hex(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	default:
		return 16
	}
}

func (p *params) json(body []byte) int {
	if refused := p.grow(len(body)); refused != 0 {
		return refused
	}
	args, _ := sim.ArgsFromJSON(body) // what comes before a mistake counts
	for name, value := range args.Values {
		p.add(name, value)
	}
	return 0
}

func (p *params) multipart(contentType string, body []byte) int {
	_, fields, err := mime.ParseMediaType(contentType)
	boundary := fields["boundary"]
	if err != nil || boundary == "" || len(boundary) > maxBoundary {
		return http.StatusBadRequest
	}
	parts := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return 0
		}
		if err != nil {
			return http.StatusBadRequest
		}
		for name, values := range part.Header {
			p.heads += len(name) + len(": \r\n") + len(values[0])
		}
		if p.heads > maxParts {
			return http.StatusRequestHeaderFieldsTooLarge
		}
		if refused := p.part(part); refused != 0 {
			return refused
		}
	}
}

// part takes one part: a file if it has a filename, else a parameter.
func (p *params) part(part *multipart.Part) int {
	about, ok := readDisposition(part.Header)
	content, err := io.ReadAll(part)
	if !ok || err != nil {
		return http.StatusBadRequest
	}
	kind := part.Header.Get("Content-Type")
	switch {
	case about.isFile:
		if len(p.args.Files) == maxFiles {
			return http.StatusRequestEntityTooLarge
		}
		if kind == "application/octet-stream" {
			kind = "" // says nothing
		}
		p.args.Files[about.name] = sim.Upload{Name: about.file, MIME: kind, Data: content}
		return 0
	case strings.HasPrefix(kind, "application/x-www-form-urlencoded"):
		return p.form(string(content))
	default:
		p.add(about.name, string(content))
		return p.grow(len(content))
	}
}
