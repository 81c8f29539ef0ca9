//go:build foreign

package clients

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
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
	kind       string // of what needs no more than a copy, "" = another
	origin     string // of a forward, "" = none
	replyTo    int    // 0 also when it is the topic's first message
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
	case p.private && p.origin != "":
		d.forwarded(p.id, p.text, p.origin)
	case p.private && p.kind != "":
		d.showed(p.id, p.kind)
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

// present are the kinds of which a message may be; each library fills it with
// its own fields.
type present struct {
	animation, audio, video, videoNote, voice, sticker, venue, location, contact, dice bool
}

// kind names it as the Bot API does. Animations have a document too, and
// venues a location.
func (p present) kind() string {
	switch {
	case p.animation:
		return "animation"
	case p.audio:
		return "audio"
	case p.video:
		return "video"
	case p.videoNote:
		return "video_note"
	case p.voice:
		return "voice"
	case p.sticker:
		return "sticker"
	case p.venue:
		return "venue"
	case p.location:
		return "location"
	case p.contact:
		return "contact"
	case p.dice:
		return "dice"
	default:
		return ""
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

// ports counts the ports that were tried, from another place in each process.
// They lie below those that the system gives away by itself.
var ports atomic.Uint32

func init() { ports.Store(uint32(os.Getpid()) * 32) }

// freeAddress is one that nobody listens at, and nobody else is given.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprint("127.0.0.1:", 20000+ports.Add(1)%12000))
		if err == nil {
			l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("a hundred ports are taken")
	return ""
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
