package botapi

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mymmrac/telego/telegoapi"
)

// maxAnswer bounds the body of an answer, bytes. The Bot API server ends a
// getUpdates answer at about 4 MiB.
const maxAnswer = 8 << 20

// connBuffer is the size of a connection's two buffers, bytes: every bot that is
// polled has a connection, and requests and answers are as short as this, as a rule.
// Longer ones go past the buffers.
const connBuffer = 2 << 10

// sharedTransport serves all gateways that were given none. It is called without an
// http.Client, which would follow redirects (a POST that is sent elsewhere again is not
// one request), keep cookies, and copy what it is given.
var sharedTransport = sync.OnceValue(func() http.RoundTripper {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout: 10 * time.Second,
		// A poll's connection is idle for a moment between two polls. What is beyond
		// this is closed; it is the peak of what was under way at once that is kept.
		MaxIdleConnsPerHost: 512,
		ReadBufferSize:      connBuffer,
		WriteBufferSize:     connBuffer,
		// Shorter than what servers keep: a request written into a connection
		// that the other side is closing is an Unsure.
		IdleConnTimeout: 25 * time.Second,
		// HTTP/1.1 only: one HTTP/2 connection carries about a hundred streams, and
		// long polls would fill them. A Bot API server of one's own speaks nothing
		// else, and polls over HTTP/2 broke for users of python-telegram-bot (its
		// issue 3556).
		TLSNextProto: map[string]func(string, *tls.Conn) http.RoundTripper{},
	}
})

// transportError is a call without an answer of Telegram's.
type transportError struct {
	sent bool // a byte of the request may have been written
	err  error
}

func (e *transportError) Error() string { return e.err.Error() }
func (e *transportError) Unwrap() error { return e.err }

// Sent tells that the request may have arrived.
func (e *transportError) Sent() bool { return e.sent }

// httpCaller is a telegoapi.Caller over net/http: it ends with its context, and
// its errors tell whether the request had left and hold no URL.
type httpCaller struct{ transport http.RoundTripper }

// Call posts one request.
func (c httpCaller) Call(ctx context.Context, target string, data *telegoapi.RequestData) (*telegoapi.Response, error) {
	var written atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { written.Store(true) },
		WroteRequest: func(httptrace.WroteRequestInfo) { written.Store(true) },
	})
	fail := func(err error) error { return &transportError{sent: written.Load(), err: withoutURL(err)} }

	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target, body(data))
	if err != nil {
		return nil, fail(err)
	}
	request.Header.Set("Content-Type", data.ContentType)
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return nil, fail(err)
	}
	defer response.Body.Close()
	content, err := readBody(response)
	if err != nil {
		return nil, fail(err)
	}
	return readAnswer(response.StatusCode, content)
}

// readBody reads an answer, in one piece where it says how long it is.
func readBody(response *http.Response) ([]byte, error) {
	var content bytes.Buffer
	if n := response.ContentLength; n > 0 && n <= maxAnswer {
		content.Grow(int(n) + bytes.MinRead)
	}
	if _, err := content.ReadFrom(io.LimitReader(response.Body, maxAnswer+1)); err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if content.Len() > maxAnswer {
		return nil, fmt.Errorf("answer longer than %d bytes", maxAnswer)
	}
	return content.Bytes(), nil
}

// Download gets a file.
func (c httpCaller) Download(ctx context.Context, address string) (io.ReadCloser, int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, 0, withoutURL(err)
	}
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return nil, 0, withoutURL(err)
	}
	return response.Body, response.StatusCode, nil
}

func body(data *telegoapi.RequestData) io.Reader {
	if data.BodyRaw != nil {
		return bytes.NewReader(data.BodyRaw)
	}
	return data.BodyStream
}

// withoutURL takes off the part of net/http's errors that names the URL, and
// with it the token.
func withoutURL(err error) error {
	var outer *url.Error
	if errors.As(err, &outer) {
		return outer.Err
	}
	return err
}

// readAnswer decodes the answer. Pages that are not JSON come from what stands
// before Telegram: of a 4xx it is known that nothing was done.
func readAnswer(status int, content []byte) (*telegoapi.Response, error) {
	var answer telegoapi.Response
	err := json.Unmarshal(content, &answer)
	isAnswer := err == nil && (answer.Ok || answer.Error != nil && answer.ErrorCode != 0)
	switch {
	case isAnswer:
		return &answer, nil
	case status == http.StatusRequestEntityTooLarge:
		return &telegoapi.Response{Error: &telegoapi.Error{ErrorCode: status, Description: "Request Entity Too Large"}}, nil
	case status >= 300 && status < 500:
		return nil, &transportError{sent: false, err: fmt.Errorf("HTTP %d without an answer of the Bot API", status)}
	default:
		return nil, &transportError{sent: true, err: fmt.Errorf("HTTP %d without an answer of the Bot API", status)}
	}
}
