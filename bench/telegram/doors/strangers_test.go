package doors_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	sim "topicdesk/bench/telegram"
)

// zeros is a body of so many bytes, of which it counts those that are taken: the
// client may still send while its answer is looked at.
type zeros struct {
	left  int
	taken atomic.Int64
}

func (z *zeros) Read(p []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), z.left)
	clear(p[:n])
	z.left -= n
	z.taken.Add(int64(n))
	return n, nil
}

const huge = 100 << 20

// TestHugeUploads: a body of a hundred megabytes is refused, whether it says so, is
// sent in pieces, or is packed into next to nothing.
func TestHugeUploads(t *testing.T) {
	p := open(t, sim.Strict())
	target := p.url + "/bot" + p.token + "/sendDocument"
	var zipped, deflated bytes.Buffer
	fast, _ := gzip.NewWriterLevel(&zipped, gzip.BestSpeed) // fails for an unknown level only
	plain, _ := zlib.NewWriterLevel(&deflated, zlib.BestSpeed)
	for _, w := range []io.WriteCloser{fast, plain} {
		_, err := io.Copy(w, &zeros{left: huge})
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if zipped.Len() > huge/100 {
		t.Fatal("the bomb is none")
	}
	told, pieces := &zeros{left: huge}, &zeros{left: huge}
	for _, c := range []struct {
		name     string
		body     io.Reader
		length   int64
		encoding string
		taken    *zeros
		most     int64
	}{
		{"it says so", told, huge, "", told, 16 << 20}, // the kernel's buffers
		{"in pieces", pieces, -1, "", pieces, 70 << 20},
		{"gzip", &zipped, -1, "gzip", nil, 0},
		{"deflate", &deflated, -1, "deflate", nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			req, err := http.NewRequest("POST", target, struct{ io.Reader }{c.body})
			if err != nil {
				t.Fatal(err)
			}
			req.ContentLength = c.length
			req.Header.Set("Content-Encoding", c.encoding)
			req.Header.Set("Content-Type", "application/octet-stream")
			res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
			if err == nil { // else it was cut while it was still being sent
				res.Body.Close()
				if res.StatusCode != http.StatusRequestEntityTooLarge {
					t.Error(res.Status)
				}
			}
			if c.taken != nil && c.taken.taken.Load() > c.most {
				t.Errorf("%d bytes were taken", c.taken.taken.Load())
			}
		})
	}
	if _, body := fetch(t, "GET", p.url+"/bot"+p.token+"/getMe", "", ""); !strings.Contains(body, "desk_bot") {
		t.Error("it answers nobody any more:", body)
	}
}

// TestManyParts: a form of very many parts, or of forms within forms, is refused or
// taken for what it is, at once.
func TestManyParts(t *testing.T) {
	p := open(t, sim.Unlimited())
	many, parts := form(t, func(w *multipart.Writer) {
		for n := range 20_000 {
			w.WriteField(fmt.Sprint("field", n), "")
		}
	})
	again, same := form(t, func(w *multipart.Writer) {
		for range 20_000 {
			part, _ := w.CreateFormFile("f", "x")
			part.Write(nil)
		}
	})
	inner := "text"
	for n := range 200 {
		inner = fmt.Sprintf("--b%d\r\nContent-Type: multipart/form-data; boundary=b%d\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n%s\r\n--b%d--", n+1, n, inner, n+1)
	}
	bot := p.url + "/bot" + p.token
	for _, c := range []struct {
		name, method, kind, body string
		code                     int
	}{
		{"parameters", "getMe", many, parts, 431},
		{"one file again and again", "getMe", again, same, 431},
		{"forms within forms", "getMe", "multipart/form-data; boundary=b200", inner, 200},
		{"JSON in JSON", "sendMessage", "application/json", `{"chat_id":` + strings.Repeat("[", 1<<19) + strings.Repeat("]", 1<<19-100) + "}", 400},
		{"objects in objects", "sendMessage", "application/json", strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000), 400},
	} {
		began := time.Now()
		res, body := fetch(t, "POST", bot+"/"+c.method, c.kind, c.body)
		if res.StatusCode != c.code {
			t.Errorf("%s: %d %.200s", c.name, res.StatusCode, body)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s took %s", c.name, took)
		}
	}
}

// TestPathsLeadNowhere: no path, however written, leads out of what the doors serve.
func TestPathsLeadNowhere(t *testing.T) {
	p := open(t, sim.Strict())
	address := strings.TrimPrefix(p.url, "http://")
	for _, path := range []string{
		"/file/bot" + p.token + "/../../../../etc/passwd", "/file/bot" + p.token + "/documents/../../../etc/passwd",
		"/file/bot" + p.token + "/%2e%2e/%2e%2e/etc/passwd", "/file/bot" + p.token + "//etc/passwd", "/file/bot" + p.token + "/documents/file_1%00",
		"/file/bot/etc/passwd", "/file/bot../etc/passwd", "/../../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/go.mod", "/page/../../doc.go",
		"/..\\..\\etc\\passwd", "/bot" + p.token + "/../../etc/passwd", "/bot" + p.token + "/getFile?file_id=../../etc/passwd",
		"/bot" + p.token + "/getFile?file_id=%00", "/bot" + p.token + "/getChat?chat_id=@'%20OR%201=1--",
		"/world/file?as=1&chat=../../etc/passwd&message=1", "/world/../world/../etc/passwd",
	} {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path) // as it is, uncleaned
		answer, err := io.ReadAll(c)
		c.Close()
		if err != nil {
			t.Fatal(err)
		}
		if line, _, _ := strings.Cut(string(answer), "\r\n"); strings.Contains(line, " 200 ") || strings.Contains(string(answer), "root:") {
			t.Errorf("%s: %s", path, answer)
		}
	}
}

// TestUnknownPathsAreForgotten: whatever strangers ask for, nothing of it stays.
func TestUnknownPathsAreForgotten(t *testing.T) {
	p := open(t, sim.Strict())
	knock := func(from, to int) {
		long := strings.Repeat("x", 100<<10)
		for n := from; n < to; n++ {
			for _, path := range []string{fmt.Sprintf("/bot%d:secret/getMe", n), fmt.Sprintf("/bot%s/no%d%s", p.token, n, long), fmt.Sprintf("/%d%s", n, long)} {
				fetch(t, "GET", p.url+path, "", "")
			}
		}
	}
	held := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	knock(0, 20)
	before := held()
	knock(20, 420)
	if grown := held() - before; grown > 8<<20 { // they have sent 80 MB
		t.Errorf("%d bytes more are held", grown)
	}
}
