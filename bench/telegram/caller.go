package telegram

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/mymmrac/telego/telegoapi"
)

// HTTPStatusError is what a caller gets for answers of 500 and more, whose
// body telego's own callers don't read either.
type HTTPStatusError struct{ Code int }

func (e *HTTPStatusError) Error() string {
	return fmt.Sprintf("internal server error: %d", e.Code)
}

// CallerOptions belong to one client of the Door.
type CallerOptions struct {
	// Timeout is the client's own: calls that take longer return
	// context.DeadlineExceeded, and are done nevertheless. 0 = none.
	// getUpdates gets its own timeout argument in addition.
	Timeout time.Duration
}

// Caller returns an in-process caller for telego.WithAPICaller: bots reach
// this Door whatever API server they are set to.
func (d *Door) Caller(o CallerOptions) telegoapi.Caller { return &caller{d, o} }

type caller struct {
	door *Door
	opts CallerOptions
}

// Call implements telegoapi.Caller.
func (c *caller) Call(ctx context.Context, address string, data *telegoapi.RequestData) (*telegoapi.Response, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("telegram: parse address: %w", err)
	}
	_, path, _ := strings.Cut(u.Path, "/bot")
	token, method, ok := SplitPath(path)
	if !ok {
		return response(answerOf(fail(notFound)))
	}
	var body io.Reader = bytes.NewReader(data.BodyRaw)
	if data.BodyRaw == nil {
		body = data.BodyStream
	}
	args, err := ParseBody(data.ContentType, body)
	if err != nil {
		return nil, err
	}
	timeout := c.opts.Timeout
	if timeout > 0 && canonical[strings.ToLower(method)] == "getUpdates" {
		timeout += time.Duration(args.integer("timeout", 0, 0, maxPollSeconds)) * time.Second
	}
	ans, err := c.door.Call(ctx, token, method, args, timeout)
	if err != nil {
		return nil, fmt.Errorf("telegram: call %s: %w", method, err)
	}
	return response(ans)
}

// Download gets a file by its address, as over HTTP: the body and the status.
func (c *caller) Download(_ context.Context, address string) (io.ReadCloser, int, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, 0, fmt.Errorf("telegram: parse address: %w", err)
	}
	_, path, _ := strings.Cut(u.Path, "/file/bot")
	token, path, _ := strings.Cut(path, "/")
	id, _, _ := strings.Cut(token, ":")
	bot, _ := strconv.ParseInt(id, 10, 64)
	var content []byte
	var there, down bool
	c.door.With(func(w *World) {
		_, down = w.Down(bot)
		content, there = w.Download(token, path)
	})
	switch {
	case down:
		return nil, 0, fmt.Errorf("telegram: get file: %w", syscall.ECONNRESET)
	case !there:
		return io.NopCloser(strings.NewReader("")), http.StatusNotFound, nil
	default:
		return io.NopCloser(bytes.NewReader(content)), http.StatusOK, nil
	}
}

func answerOf(p *problem) Answer { return Answer{Code: p.code, Description: p.text} }

// response is the answer as telego's callers would hand it on.
func response(a Answer) (*telegoapi.Response, error) {
	switch a.Loss {
	case LossReset:
		return nil, fmt.Errorf("telegram: read answer: %w", syscall.ECONNRESET)
	case LossGateway:
		return nil, &HTTPStatusError{502}
	case LossServer:
		return nil, &HTTPStatusError{500}
	case LossHang:
		return nil, context.DeadlineExceeded
	case LossNone:
	default:
		panic("telegram: unknown loss")
	}
	if a.OK {
		r := &telegoapi.Response{Ok: true, Result: []byte(a.Result)}
		if a.Description != "" {
			r.Error = &telegoapi.Error{Description: a.Description}
		}
		return r, nil
	}
	if a.Code >= 500 {
		return nil, &HTTPStatusError{a.Code}
	}
	e := &telegoapi.Error{Description: a.Description, ErrorCode: a.Code}
	if a.RetryAfter != 0 || a.MigrateTo != 0 {
		e.Parameters = &telegoapi.ResponseParameters{RetryAfter: a.RetryAfter, MigrateToChatID: a.MigrateTo}
	}
	return &telegoapi.Response{Error: e}, nil
}

// ParseBody reads the arguments of a request from its body in any of the
// encodings that the Bot API takes: JSON, urlencoded, multipart, or none.
// Arguments of the URL's query are the caller's to add.
func ParseBody(contentType string, body io.Reader) (Args, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil && contentType != "" {
		return Args{}, fmt.Errorf("telegram: parse content type: %w", err)
	}
	if kind == "multipart/form-data" {
		return parseMultipart(multipart.NewReader(body, params["boundary"]))
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		return Args{}, fmt.Errorf("telegram: read body: %w", err)
	}
	switch kind {
	case "application/json":
		return ArgsFromJSON(raw)
	case "application/x-www-form-urlencoded":
		values, err := url.ParseQuery(string(raw))
		if err != nil {
			return Args{}, fmt.Errorf("telegram: parse form: %w", err)
		}
		return ArgsFromValues(values), nil
	default:
		return Args{Values: map[string]string{}}, nil
	}
}

// ArgsFromValues takes arguments from a query or a form.
func ArgsFromValues(values url.Values) Args {
	a := Args{Values: map[string]string{}}
	for name, v := range values {
		if len(v) > 0 {
			a.Values[name] = v[0]
		}
	}
	return a
}

func parseMultipart(r *multipart.Reader) (Args, error) {
	a := Args{Values: map[string]string{}, Files: map[string]Upload{}}
	for {
		part, err := r.NextPart()
		if err == io.EOF {
			return a, nil
		}
		if err != nil {
			return a, fmt.Errorf("telegram: read multipart: %w", err)
		}
		raw, err := io.ReadAll(part)
		if err != nil {
			return a, fmt.Errorf("telegram: read part: %w", err)
		}
		if part.FileName() == "" {
			a.Values[part.FormName()] = string(raw)
			continue
		}
		a.Files[part.FormName()] = Upload{Name: part.FileName(), MIME: partType(part), Data: raw}
	}
}

// partType is the declared type of an uploaded file, unless it is the
// default that says nothing.
func partType(part *multipart.Part) string {
	t := part.Header.Get("Content-Type")
	if t == "application/octet-stream" {
		return ""
	}
	return t
}
