//go:build foreign

package clients

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// desk is the support desk of the bots in Go: each client has a topic in the
// operators' forum. It knows no library; node/desk.mjs is the same for bots in
// JavaScript, and both say the same lines.
type desk struct {
	config
	calls calls
	tell  func(line string)

	mu     sync.Mutex // libraries may run several handlers at once
	copies map[int]int
	told   map[int]int
	items  []string
	name   string
}

// calls are what a library does for the desk.
type calls interface {
	topic(name string) (thread int, err error)
	copyTo(from int64, thread, id int) (copied int, err error)
	say(chat int64, text string, how say) (message, error)
	album(chat int64, thread int, items []item) ([]message, error)
	upload(chat int64, thread int, name string, content []byte) (document, error)
	download(file string) ([]byte, error)
	editText(chat int64, id int, text string) error
	editCaption(chat int64, id int, caption string) error
	editButtons(chat int64, id int, button string) error
	react(chat int64, id int, emoji string) error
	closeTopic(thread int) error
	reopenTopic(thread int) error
	renameTopic(thread int, name string) error
	// failure tells a library's error; code 0 = it is none of Telegram's.
	failure(err error) failure
}

// say is how a text is sent.
type say struct {
	mode    string // parse_mode
	replyTo int
	buttons []string
}

// message is what the desk wants to know of a message.
type message struct {
	id       int
	text     string
	album    string
	entities []any
}

// entity writes one entity as the lines do.
func entity(kind string, offset, length int) any { return []any{kind, offset, length} }

// item is one photo of an album: a file's id, or content to upload.
type item struct {
	file, name, caption string
	content             []byte
}

type document struct {
	name, mime string
	size       int
}

type failure struct {
	code        int
	description string
	retry       int
	migrate     int64
}

// The commands that every bot sets, and what it wants to be told.
const (
	startText = "Начать 🟢"
	helpText  = "Help"
)

var allowedUpdates = []string{"message", "edited_message", "callback_query", "message_reaction", "my_chat_member"}

func newDesk(c config, calls calls, tell func(string)) *desk {
	return &desk{config: c, calls: calls, tell: tell, copies: map[int]int{}, told: map[int]int{}}
}

func (d *desk) says(pairs ...any) { d.tell(line(pairs...)) }

// bug tells what must not happen.
func (d *desk) bug(err error) bool {
	if err != nil {
		d.says("bug", err.Error())
	}
	return err != nil
}

// failed tells why something failed, if it did.
func (d *desk) failed(what string, err error) bool {
	if err == nil {
		return false
	}
	f := d.calls.failure(err)
	if f.code == 0 {
		return d.bug(err)
	}
	out := []any{"failed", what, "code", f.code, "description", f.description}
	if f.retry != 0 {
		out = append(out, "retry", f.retry)
	}
	if f.migrate != 0 {
		out = append(out, "migrate", f.migrate)
	}
	d.says(out...)
	return true
}

func (d *desk) open() {
	name := d.name
	if name == "" {
		name = "Somebody"
	}
	thread, err := d.calls.topic(name)
	if !d.bug(err) {
		d.Thread = int64(thread)
		d.says("did", "topic")
	}
}

func (d *desk) copy(id int) {
	copied, err := d.calls.copyTo(d.Client, int(d.Thread), id)
	if d.failed("copy", err) {
		d.open()
		if copied, err = d.calls.copyTo(d.Client, int(d.Thread), id); d.bug(err) {
			return
		}
	}
	d.copies[id] = copied
	d.says("did", "copy")
}

func (d *desk) started(chat int64, id int, payload, name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.says("saw", "start", "payload", payload)
	d.Client, d.name = chat, name
	d.open()
	d.copy(id)
	m, err := d.calls.say(chat, fmt.Sprintf(
		`<b>Привет</b>, <i>%s</i> 👋 &lt;3 <a href="https://example.org/?a=1&amp;b=2">ссылка</a>`, name), say{mode: "HTML", replyTo: id})
	if !d.bug(err) {
		d.says("did", "welcome", "text", m.text, "entities", listed(m.entities))
	}
}

// listed is never null in JSON.
func listed(entities []any) []any { return append([]any{}, entities...) }

func (d *desk) wrote(id int, text string, entities []any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.says("saw", "text", "text", text, "entities", listed(entities))
	d.copy(id)
}

func (d *desk) showed(id int, kind string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.says("saw", "kind", "kind", kind)
	d.copy(id)
}

func (d *desk) forwarded(id int, text, origin string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.says("saw", "forward", "text", text, "origin", origin)
	d.copy(id)
}

func (d *desk) photo(id int, caption string, sizes int, album, file string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.says("saw", "photo", "caption", caption, "sizes", sizes > 0, "album", album != "")
	if album == "" {
		d.copy(id)
		return
	}
	d.items = append(d.items, file)
	if len(d.items) < 3 {
		return
	}
	var items []item
	for i, file := range d.items {
		items = append(items, item{file: file, caption: fmt.Sprintf("№ %d", i+1)})
	}
	d.items = nil
	d.sendAlbum(d.Forum, int(d.Thread), items)
}

func (d *desk) sendAlbum(chat int64, thread int, items []item) {
	sent, err := d.calls.album(chat, thread, items)
	if d.bug(err) {
		return
	}
	together := !slices.ContainsFunc(sent, func(m message) bool { return m.album == "" || m.album != sent[0].album })
	d.says("did", "album", "count", len(sent), "together", together)
}

func (d *desk) document(file string, doc document) {
	d.mu.Lock()
	defer d.mu.Unlock()
	content, err := d.calls.download(file)
	if d.bug(err) {
		return
	}
	d.says("saw", "document", "name", doc.name, "mime", doc.mime, "size", doc.size, "text", string(content))
	up, err := d.calls.upload(d.Forum, int(d.Thread), doc.name, content)
	if !d.bug(err) {
		d.says("did", "document", "name", up.name, "size", up.size)
	}
}

func (d *desk) edited(id int, text, caption string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.says("saw", "edit", "text", text+caption)
	var err error
	if text != "" {
		err = d.calls.editText(d.Forum, d.copies[id], text)
	} else {
		err = d.calls.editCaption(d.Forum, d.copies[id], caption)
	}
	if !d.bug(err) {
		d.says("did", "edit")
	}
}

// pressed: answer is how this update's query is answered.
func (d *desk) pressed(chat int64, id int, data string, answer func(text string) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.says("saw", "button", "data", data)
	if !d.bug(errors.Join(answer("готово"), d.calls.editButtons(chat, id, "Again"))) {
		d.says("did", "answer")
	}
}

func (d *desk) reacted(chat int64, id int, emoji string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.says("saw", "reaction", "emoji", emoji)
	if !d.bug(d.calls.react(chat, id, "🔥")) {
		d.says("did", "reaction")
	}
}

// operator: replyTo is 0 unless the operator chose a message to reply to.
func (d *desk) operator(id int, text string, replyTo int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if command, argument, _ := strings.Cut(text, " "); strings.HasPrefix(command, "/") {
		d.order(command, argument)
		return
	}
	d.says("saw", "operator", "text", text, "reply", replyTo != 0)
	original := 0
	for from, to := range d.copies {
		if to == replyTo {
			original = from
		}
	}
	m, err := d.calls.say(d.Client, text, say{replyTo: original})
	if !d.failed("tell", err) {
		d.told[id] = m.id
		d.says("did", "tell")
	}
}

func (d *desk) operatorEdited(id int, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.says("saw", "operator edit", "text", text)
	if !d.bug(d.calls.editText(d.Client, d.told[id], text)) {
		d.says("did", "edit")
	}
}

// order does what an operator wants to see done.
func (d *desk) order(command, argument string) {
	switch command {
	case "/album":
		var items []item
		for i, picture := range d.Pictures {
			items = append(items, item{content: picture, name: fmt.Sprintf("%d.png", i), caption: fmt.Sprintf("№ %d", i+1)})
		}
		d.sendAlbum(d.Client, 0, items)
	case "/markdown":
		m, err := d.calls.say(d.Client, "*жирный* _курсив_ ||тайна|| `код 🟢` [ссылка](https://example.org/) 1\\.5", say{mode: "MarkdownV2"})
		if !d.bug(err) {
			d.says("did", "markdown", "text", m.text, "entities", listed(m.entities))
		}
	case "/broken":
		_, err := d.calls.say(d.Client, "a *b", say{mode: "MarkdownV2"})
		d.failed("broken", err)
	case "/buttons":
		_, err := d.calls.say(d.Client, "Pick", say{buttons: []string{"Yes", "No"}})
		d.done("buttons", err)
	case "/rename":
		d.done("rename", d.calls.renameTopic(int(d.Thread), argument))
	case "/close":
		d.done("close", d.calls.closeTopic(int(d.Thread)))
		d.failed("close", d.calls.closeTopic(int(d.Thread)))
	case "/reopen":
		d.done("reopen", d.calls.reopenTopic(int(d.Thread)))
	case "/flood":
		for i := range 40 {
			if _, err := d.calls.say(d.Client, strconv.Itoa(i), say{}); d.failed("flood", err) {
				return
			}
		}
	case "/group":
		id, _ := strconv.ParseInt(argument, 10, 64)
		_, err := d.calls.say(id, "hello, group", say{})
		d.failed("group", err)
	default:
		d.says("bug", "unknown order "+command)
	}
}

func (d *desk) done(what string, err error) {
	if !d.bug(err) {
		d.says("did", what)
	}
}

func (d *desk) topicClosed()             { d.says("saw", "closed") }
func (d *desk) topicReopened()           { d.says("saw", "reopened") }
func (d *desk) topicRenamed(name string) { d.says("saw", "renamed", "name", name) }
func (d *desk) migrated(to int64)        { d.says("saw", "migration", "to", to) }
func (d *desk) blocked(status string)    { d.says("saw", "membership", "status", status) }

// data is what a button with that text sends.
func data(button string) string { return strings.ToLower(button) }
