package doors

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"strings"
	"syscall"
	"time"

	sim "topicdesk/bench/telegram"
)

// delivery is what became of one request to a webhook.
type delivery struct {
	shipment

	failure    string // why the bot hasn't taken it; "" = it has
	told       string // what getWebhookInfo says of the failure; "" = nothing
	status     int    // HTTP status, 0 = there was no answer
	retryAfter time.Duration
	broken     bool   // the connection is gone
	ip         string // where the request went; "" = nowhere

	method string // what the bot asked for in its answer, "" = nothing
	args   sim.Args
}

const (
	statusGone = http.StatusGone
	// secretHeader carries the secret_token of setWebhook.
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
)

// post sends one update and waits for the answer.
func (s shipment) post(ctx context.Context) delivery {
	back := delivery{shipment: s, broken: true}
	trace := &httptrace.ClientTrace{GotConn: func(c httptrace.GotConnInfo) { back.ip = hostOf(c.Conn.RemoteAddr()) }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodPost, s.target.AddressOf(), bytes.NewReader(s.body))
	if err != nil {
		back.failure = "URL is too long"
		return back
	}
	req.Header = http.Header{
		"Content-Type": {"application/json"}, "Connection": {"keep-alive"},
		"Accept-Encoding": {"gzip, deflate"}, "User-Agent": nil,
	}
	if s.target.Secret != "" {
		req.Header.Set(secretHeader, s.target.Secret)
	}
	res, err := s.web.Do(req)
	if err != nil {
		back.failure, back.told = closedConnection, failureOf(err)
		return back
	}
	defer res.Body.Close()
	body, err := readAnswer(res)
	if err != nil {
		back.failure, back.told = closedConnection, failureOf(err)
		return back
	}
	back.status, back.broken = res.StatusCode, res.Close
	if res.StatusCode < 200 || res.StatusCode > 299 {
		back.failure = "Wrong response from the webhook: " + strings.TrimSpace(res.Status)
		back.told = back.failure
		seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
		back.retryAfter = time.Duration(min(max(seconds, 0), int(maxRetryAfter/time.Second))) * time.Second
		return back
	}
	back.method, back.args = replied(res.Header.Get("Content-Type"), body)
	return back
}

// closedConnection is what the server notes when there is no answer (Bot API
// server source); it isn't told to the bot.
const closedConnection = "Webhook connection closed"

func hostOf(a net.Addr) string {
	host, _, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	return host
}

// readAnswer reads the body of a webhook's answer, unpacked.
func readAnswer(res *http.Response) ([]byte, error) {
	src, err := unpacked(res.Header.Get("Content-Encoding"), res.Body)
	if errors.Is(err, io.EOF) {
		return nil, nil // nothing to unpack
	}
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(src, maxParams))
}

var errEncoding = errors.New("doors: content encoding is unknown")

// unpacked takes away the encodings that the server knows.
func unpacked(encoding string, src io.Reader) (io.Reader, error) {
	switch strings.ToLower(encoding) {
	case "":
		return src, nil
	case "gzip":
		return gzip.NewReader(src)
	case "deflate":
		return zlib.NewReader(src)
	default:
		return nil, errEncoding
	}
}

// failureOf is a broken request in the words of getWebhookInfo (measured; the
// texts are the system's and OpenSSL's). A connection that merely ended isn't
// told of.
func failureOf(err error) string {
	var number syscall.Errno
	var lookup *net.DNSError
	var cert *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var timeout net.Error
	switch {
	case errors.As(err, &lookup):
		return "Failed to resolve host: Name or service not known"
	case errors.As(err, &cert):
		return "SSL error {error:0A000086:SSL routines::certificate verify failed}"
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return "SSL error {error:0A00010B:SSL routines::wrong version number}"
	case errors.As(err, &number):
		return systemText(number)
	case errors.As(err, &timeout) && timeout.Timeout():
		return "Read timeout expired"
	default:
		return ""
	}
}

// systemText is an error of the system in its C library's words.
func systemText(e syscall.Errno) string {
	text := e.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}

// replied is the call that a bot makes by answering its webhook: any but get…
// and those that would change the webhook (Bot API server source).
func replied(contentType string, body []byte) (string, sim.Args) {
	p := newParams()
	if len(body) == 0 || p.body(contentType, body) != 0 {
		return "", sim.Args{}
	}
	method := strings.ToLower(p.args.Values["method"])
	switch {
	case strings.HasPrefix(method, "get"), method == "setwebhook", method == "deletewebhook", method == "close", method == "logout":
		return "", sim.Args{}
	default:
		return method, p.args
	}
}
