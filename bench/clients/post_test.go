//go:build foreign

package clients

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// post is a message of an update, whatever the library.
type post struct {
	from, chat int64
	private    bool
	topic      bool // is_topic_message
	edited     bool
	id         int
	text       string
	caption    string
	entities   []any
	album      string
	sizes      int    // of the photo, 0 = none
	file       string // of the photo or the document
	document   *document
	replyTo    int // 0 also when it is the topic's first message
	closed     bool
	reopened   bool
	renamed    string
	migrated   int64
}

// route gives a message to the part of the desk that it is for.
func (d *desk) route(p post) {
	switch {
	case p.from == d.Me:
	case p.private && p.edited:
		d.edited(p.id, p.text, p.caption)
	case p.private && p.document != nil:
		d.document(p.file, *p.document)
	case p.private && p.sizes > 0:
		d.photo(p.id, p.caption, p.sizes, p.album, p.file)
	case p.private:
		d.wrote(p.id, p.text, p.entities)
	case p.migrated != 0:
		d.migrated(p.migrated)
	case p.chat != d.Forum || !p.topic:
	case p.closed:
		d.topicClosed()
	case p.reopened:
		d.topicReopened()
	case p.renamed != "":
		d.topicRenamed(p.renamed)
	case p.edited:
		d.operatorEdited(p.id, p.text)
	case p.text != "":
		d.operator(p.id, p.text, p.replyTo)
	}
}

// hooked serves a webhook's handler; it returns the address for setWebhook.
func hooked(h http.Handler) (url string, stop func()) {
	web := httptest.NewServer(h)
	return web.URL + "/hook", func() { web.CloseClientConnections(); web.Close() }
}

// once makes a stop that a test and its cleanup may both call.
func once(t *testing.T, stop func()) func() {
	stop = sync.OnceFunc(stop)
	t.Cleanup(stop)
	return stop
}

// freeAddress is one that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// waitFor waits until somebody listens there.
func waitFor(t *testing.T, address string) {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
			return
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}
