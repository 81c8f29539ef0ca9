package botapi

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/mymmrac/telego/telegoapi"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

var aSong = telegram.SendContent{
	To: telegram.To{Chat: -1001, Silent: true},
	Content: tenants.Content{
		Kind: tenants.KindAudio, Text: tenants.Plain("a \"caption\""),
		File: &tenants.File{ID: "F", UniqueID: "U", Anew: true, Name: "file.mp3", Duration: 7},
	},
}

// depot is a Telegram with one file.
type depot struct {
	t       *testing.T
	getFile http.HandlerFunc
	file    http.HandlerFunc
	upload  http.HandlerFunc // reads what it likes
}

func (s *depot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasSuffix(r.URL.Path, "/getFile"):
		s.getFile(w, r)
	case r.URL.Path == "/file/bot"+testToken+"/music/file_1.mp3":
		s.file(w, r)
	case strings.HasSuffix(r.URL.Path, "/sendAudio"):
		s.upload(w, r)
	default:
		s.t.Errorf("asked for %s", strings.ReplaceAll(r.URL.Path, testToken, ""))
	}
}

// sound is a file of 20 MB less one byte.
func sound(w http.ResponseWriter, _ *http.Request) { io.CopyN(w, zeros{}, tenants.MaxDownload-1) }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func taken(w http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body)
	io.WriteString(w, `{"ok":true,"result":{"message_id":5}}`)
}

var located = answer(200, `{"ok":true,"result":{"file_id":"F","file_unique_id":"U","file_path":"music/file_1.mp3"}}`)

func TestStream(t *testing.T) {
	var got string
	s := &depot{t: t, getFile: located, file: sound, upload: func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			t.Error(err)
		}
		file, header, err := r.FormFile("file_U")
		if err != nil {
			t.Error(err)
			return
		}
		n, _ := io.Copy(io.Discard, file)
		got = fmt.Sprintf("%v %s %d", r.MultipartForm.Value, header.Filename, n)
		taken(w, r)
	}}
	out := serve(t, s.ServeHTTP).Try(t.Context(), 1, aSong)
	const want = `map[audio:[attach://file_U] caption:[a "caption"] chat_id:[-1001] disable_notification:[true] duration:[7]] file.mp3 20971519`
	if show(out) != "done" || got != want {
		t.Errorf("%s (%s)\n got %s\nwant %s", show(out), out.Why, got, want)
	}
}

// TestStreamFails: what happens before the end of the body has left was not
// done, and only what can never be done is a note.
func TestStreamFails(t *testing.T) {
	half := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000000")
		io.CopyN(w, zeros{}, 500000)
	}
	tests := map[string]struct {
		getFile, file, upload http.HandlerFunc
		want                  string
	}{
		"too big for getFile": {getFile: answer(400, `{"ok":false,"error_code":400,"description":"Bad Request: file is too big"}`), want: "refused as note"},
		"told to be too big":  {getFile: answer(200, `{"ok":true,"result":{"file_id":"F","file_path":"a","file_size":20971521}}`), want: "refused as note"},
		"no place":            {getFile: answer(200, `{"ok":true,"result":{"file_id":"F"}}`), want: "refused as note"},
		"getFile floods":      {getFile: answer(429, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}`), want: "flood 3s"},
		"getFile is lost":     {getFile: cut, want: "not sent"},
		"getFile breaks":      {getFile: answer(502, `<html>`), want: "not sent"},
		"the file is gone":    {file: answer(404, `{"ok":false}`), want: "refused as note"},
		"the file's server":   {file: answer(502, `<html>`), want: "not sent"},
		"cut on the way here": {file: half, want: "not sent"},
		"longer than told": {file: func(w http.ResponseWriter, _ *http.Request) { io.CopyN(w, zeros{}, tenants.MaxDownload+1) },
			want: "refused as note"},
		"cut on the way there": {upload: func(_ http.ResponseWriter, r *http.Request) {
			io.CopyN(io.Discard, r.Body, 1000)
			panic(http.ErrAbortHandler)
		}, want: "not sent"},
		"the answer is lost": {upload: func(_ http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			panic(http.ErrAbortHandler)
		}, want: "unsure"},
		"refused": {upload: func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			answer(403, `{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the supergroup chat"}`)(w, r)
		}, want: "gone chat"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := &depot{t: t, getFile: located, file: sound, upload: taken}
			if test.getFile != nil {
				s.getFile = test.getFile
			}
			if test.file != nil {
				s.file = test.file
			}
			if test.upload != nil {
				s.upload = test.upload
			}
			out := serve(t, s.ServeHTTP).Try(t.Context(), 1, aSong)
			if got := show(out); got != test.want {
				t.Errorf("got %s (%s), want %s", got, out.Why, test.want)
			}
			if strings.Contains(out.Why, "AAabc") || strings.Contains(out.Why, "/bot") {
				t.Errorf("Why holds the token or the URL: %s", out.Why)
			}
		})
	}
}

// TestStreamWithoutHTTP: a Caller that gets no files refuses.
func TestStreamWithoutHTTP(t *testing.T) {
	g := newGateway(t, Options{Caller: onlyCalls{}})
	if out := g.Try(t.Context(), 1, aSong); show(out) != "refused as note" {
		t.Errorf("got %s", show(out))
	}
}

// TestStreamIsNotHeld: of the file, no more is got than is handed on at once.
func TestStreamIsNotHeld(t *testing.T) {
	u, _, err := newUpload(struct{}{}, []*tenants.File{aSong.Content.File})
	if err != nil {
		t.Fatal(err)
	}
	got := &counted{left: 1 << 20}
	u.sources[0] = func() (io.ReadCloser, error) { return io.NopCloser(got), nil }
	taken, p := 0, make([]byte, 1000)
	for {
		n, err := u.Read(p)
		if taken += n; got.n > taken {
			t.Fatalf("%d bytes were got, %d handed on", got.n, taken)
		}
		if u.whole.Load() && got.left > 0 {
			t.Fatal("the end has left before the file")
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if got.n != 1<<20 || !u.whole.Load() {
		t.Errorf("%d bytes were got, whole %v", got.n, u.whole.Load())
	}
}

// counted gives so many bytes and counts them.
type counted struct{ n, left int }

func (c *counted) Read(p []byte) (int, error) {
	n := min(len(p), c.left)
	c.n, c.left = c.n+n, c.left-n
	if c.left == 0 {
		return n, io.EOF
	}
	return n, nil
}

type onlyCalls struct{}

func (onlyCalls) Call(context.Context, string, *telegoapi.RequestData) (*telegoapi.Response, error) {
	panic("botapi: a call")
}
