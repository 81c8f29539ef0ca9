package run

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
	"topicdesk/tenants"
)

// town is a simulated Telegram with offices of tenants and the people who write
// to them, behind its HTTP door.
type town struct {
	name string // in the history
	door *sim.Door
	root string // http://host:port

	offices []*office
	guests  []*guest // by number - 1
	source  int64    // a group without bots, from which people forward
	author  int64    // who writes there
	numbers int      // of what was said; inside the door

	mu   sync.Mutex
	said chronicle

	stop  context.CancelFunc
	ended chan error
}

// office is a tenant with its bot, its operators' group and its client chats.
type office struct {
	*desk
	town      *town
	colleague int64    // a second operator, of the team
	foreign   []string // tokens of strangers' bots in the group
	guests    []*guest
}

// The kinds of offices.
const (
	kindMerging = "merging" // MERGE_TEXTS is on
	kindSingle  = "single"  // each text is a message
)

// withoutMerging are the parameters of an office in which each text is a message.
func withoutMerging() map[string]string {
	params := map[string]string{}
	if _, _, ok := tenants.ParamNamed("MERGE_TEXTS"); ok {
		params["MERGE_TEXTS"] = "FALSE"
	}
	return params
}

// guest is one client chat.
type guest struct {
	*office
	number int
	person int64 // who writes
	chat   int64 // as the person names it: the bot, or a group
	group  bool
	waits  bool // says nothing before the load
}

// seenByBot is the chat as the bot names it.
func (c *guest) seenByBot() int64 {
	if c.group {
		return c.chat
	}
	return c.person
}

// openTown opens a simulated Telegram; its people come afterwards, before begin.
func openTown(name string, seed uint64) *town {
	unlimited := sim.Unlimited()
	t := &town{name: name, door: sim.NewDoor(sim.New(sim.Options{Seed: seed, Knobs: &unlimited}), nil)}
	t.door.With(func(w *sim.World) {
		t.author = w.NewUser(sim.Person{FirstName: "Author"})
		t.source = w.NewSupergroup(t.author, "Source")
	})
	return t
}

// begin answers calls until close.
func (t *town) begin() error {
	l, err := listenLoopback()
	if err != nil {
		return err
	}
	t.root = "http://" + l.Addr().String()
	t.stop, t.ended = serveDoor(l, doors.Options{Door: t.door}, func(h http.Handler) http.Handler { return h })
	return nil
}

func (t *town) close() error {
	t.stop()
	return <-t.ended
}

// rule puts a profile's limits in force.
func (t *town) rule(profile string) error {
	knobs, err := sim.Profile(profile)
	if err != nil {
		return err
	}
	t.door.With(func(w *sim.World) { w.SetKnobs(knobs) })
	return nil
}

// newBot makes a bot that is an administrator of a group.
func newBot(w *sim.World, owner, forum int64, username string) (id int64, token string, err error) {
	id, token = w.NewBot(sim.Robot{Name: "Desk", Username: username, NoPrivacy: true})
	if err := w.AddMember(owner, forum, id); err != nil {
		return 0, "", err
	}
	return id, token, w.Promote(owner, forum, id, sim.AllRights(), "")
}

// newOffice makes an office with so many private clients and client groups.
func (t *town) newOffice(name string, private, groups, helpers int, params map[string]string) (o *office, err error) {
	t.door.With(func(w *sim.World) { o, err = t.officeIn(w, name, private, groups, helpers, params) })
	if err != nil {
		return nil, fmt.Errorf("make the office %s: %w", name, err)
	}
	t.offices = append(t.offices, o)
	return o, nil
}

func (t *town) officeIn(w *sim.World, name string, private, groups, helpers int, params map[string]string) (*office, error) {
	d := &desk{tenant: name, username: name + "_bot", params: map[string]string{"WELCOME": "OFF", "MONITOR_GROUPS": "TRUE"}}
	o := &office{desk: d, town: t}
	d.operator = w.NewUser(sim.Person{FirstName: "Olga", Language: "en"})
	o.colleague = w.NewUser(sim.Person{FirstName: "Max", Language: "en"})
	d.params["TEAM"] = strconv.FormatInt(o.colleague, 10)
	for name, value := range params {
		d.params[name] = value
	}
	d.forum = w.NewForum(d.operator, name, o.colleague)
	var err error
	if d.bot, d.token, err = newBot(w, d.operator, d.forum, d.username); err != nil {
		return nil, err
	}
	for i := range helpers {
		h := &desk{username: fmt.Sprintf("%s_helper%d_bot", name, i+1), operator: d.operator, forum: d.forum}
		if h.bot, h.token, err = newBot(w, d.operator, d.forum, h.username); err != nil {
			return nil, err
		}
		d.helpers = append(d.helpers, h)
	}
	if err := w.AddMember(t.author, t.source, d.operator); err != nil {
		return nil, err
	}
	for i := range private + groups {
		if err := t.callIn(w, o, i >= private); err != nil {
			return nil, err
		}
	}
	kind := kindMerging
	if d.params["MERGE_TEXTS"] == "FALSE" {
		kind = kindSingle
	}
	t.note(entry{Event: "chat", Office: name, Kind: kind, Chat: d.forum, Bot: d.bot, Role: "forum", Admin: true, Helpers: helpers})
	for _, h := range o.helpers {
		t.note(entry{Event: "chat", Office: name, Kind: kind, Chat: d.forum, Bot: h.bot, Role: "forum", Admin: true, Helpers: helpers})
	}
	return o, nil
}

// callIn adds a client chat; in groups the bot is no administrator.
func (t *town) callIn(w *sim.World, o *office, group bool) error {
	c := &guest{office: o, number: len(t.guests) + 1, chat: o.bot, group: group}
	c.person = w.NewUser(sim.Person{FirstName: guestName(c.number), Language: "en"})
	if err := w.AddMember(t.author, t.source, c.person); err != nil {
		return err
	}
	role := "private"
	if group {
		role = "group"
		c.chat = w.NewSupergroup(c.person, guestName(c.number))
		if err := w.AddMember(c.person, c.chat, o.bot); err != nil {
			return err
		}
	} else if _, err := w.Start(c.person, o.bot, ""); err != nil {
		return err
	}
	t.guests, o.guests = append(t.guests, c), append(o.guests, c)
	t.note(entry{Event: "chat", Office: o.tenant, Chat: c.seenByBot(), Bot: o.bot, Role: role, Dialog: c.number})
	return nil
}

// strangers adds two bots of somebody else's to an office's group: one alone may
// not write enough at once.
func (t *town) strangers(o *office) (err error) {
	t.door.With(func(w *sim.World) {
		for i := range 2 {
			var token string
			if _, token, err = newBot(w, o.operator, o.forum, fmt.Sprintf("%s_foreign%d_bot", o.tenant, i+1)); err != nil {
				return
			}
			o.foreign = append(o.foreign, token)
		}
	})
	return err
}

// guestMark is how a client's name begins, which is the title of its topic too.
const guestMark = "Guest "

func guestName(number int) string { return fmt.Sprintf("%s%05d", guestMark, number) }

var namedGuest = regexp.MustCompile(guestMark + `(\d{5})`)

// dialogOf is the number of the guest whose topic that is; 0 = nobody's.
func dialogOf(title string) int {
	found := namedGuest.FindStringSubmatch(title)
	if found == nil {
		return 0
	}
	n, _ := strconv.Atoi(found[1]) // five digits
	return n
}

// topicOf is the newest topic of a guest; 0 = it has none yet.
func topicOf(w *sim.World, c *guest) (thread int) {
	for _, topic := range w.Topics(c.forum) {
		if dialogOf(topic.Name) == c.number {
			thread = topic.ID
		}
	}
	return thread
}

// note writes a line of the history; its time is now if it has none.
func (t *town) note(e entry) {
	if e.At.IsZero() {
		e.At = time.Now()
	}
	e.World = t.name
	t.mu.Lock()
	defer t.mu.Unlock()
	t.said.add(e)
}

// everything is what the town knows: what was said and noted, its Telegram's
// log, and what stands in its chats now.
func (t *town) everything() chronicle {
	t.mu.Lock()
	all := append(chronicle{}, t.said...)
	t.mu.Unlock()
	t.door.With(func(w *sim.World) {
		for _, e := range w.Log() {
			all = append(all, logged(t.name, e))
		}
		all = append(all, t.standing(w)...)
	})
	return all
}

var errNoTopic = errors.New("the client has no topic yet")
