package memory

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// World is a small Telegram. All methods may be called at the same time; those
// that act as people panic where a real Telegram would not offer the action.
type World struct {
	now func() time.Time

	mu     sync.Mutex
	people map[tenants.UserID]tenants.Person
	logins map[tenants.UserID]*Gateway
	chats  map[Place]*chat
	files  map[string]tenants.File // by id

	lastUser    tenants.UserID
	lastGroup   tenants.ChatID
	lastMessage tenants.MessageID // of private chats and basic groups
	lastName    int               // of files, albums and queries
}

// Place is a chat as a login names it: a private chat by the person's id. For
// groups Login is 0.
type Place struct {
	Login tenants.UserID
	Chat  tenants.ChatID
}

type chat struct {
	tenants.Chat
	place    Place
	super    bool
	messages []*message
	last     tenants.MessageID // of a supergroup
	topics   map[tenants.ThreadID]*Topic
	members  map[tenants.UserID]tenants.Rights
	movedTo  tenants.ChatID
	blocked  bool // the person of a private chat blocked the login
}

type message struct {
	tenants.Message
	buttons   []telegram.Button
	reactions map[tenants.UserID]string
}

// Topic is a topic of a forum.
type Topic struct {
	Title string
	Open  bool
}

// New makes an empty World, whose messages are dated by now.
func New(now func() time.Time) *World {
	return &World{
		now: now, people: map[tenants.UserID]tenants.Person{}, logins: map[tenants.UserID]*Gateway{},
		chats: map[Place]*chat{}, files: map[string]tenants.File{},
		lastUser: 1000, lastGroup: -1000000001000,
	}
}

// NewPerson makes a person who is in no chat yet.
func (w *World) NewPerson(first string) tenants.UserID {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.newPerson(first).ID
}

func (w *World) newPerson(first string) tenants.Person {
	w.lastUser++
	w.people[w.lastUser] = tenants.Person{ID: w.lastUser, First: first}
	return w.people[w.lastUser]
}

// NewLogin makes a person who is a login, and its gateway. poll is how long
// Receive waits when there is nothing; 0 = not at all.
func (w *World) NewLogin(first string, poll time.Duration) *Gateway {
	w.mu.Lock()
	defer w.mu.Unlock()
	g := &Gateway{
		world: w, me: w.newPerson(first), poll: poll,
		wake: make(chan struct{}), answers: map[tenants.SendKey]tenants.Outcome{},
	}
	w.logins[g.me.ID] = g
	return g
}

// Begin opens the private chat of a login with a person.
func (w *World) Begin(login, person tenants.UserID) Place {
	w.mu.Lock()
	defer w.mu.Unlock()
	place := Place{Login: login, Chat: tenants.ChatID(person)}
	w.addChat(&chat{
		Chat: tenants.Chat{ID: place.Chat, Kind: tenants.Private}, place: place,
		members: map[tenants.UserID]tenants.Rights{login: {}, person: {}},
	})
	return place
}

// allRights are an owner's.
var allRights = tenants.Rights{Admin: true, ManageTopics: true, DeleteMessages: true, BanUsers: true, PinMessages: true}

// NewForum makes a supergroup with topics.
func (w *World) NewForum(owner tenants.UserID, title string) Place {
	return w.newGroup(owner, title, true)
}

// NewGroup makes a basic group.
func (w *World) NewGroup(owner tenants.UserID, title string) Place {
	return w.newGroup(owner, title, false)
}

func (w *World) newGroup(owner tenants.UserID, title string, super bool) Place {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.makeGroup(owner, title, super).place
}

func (w *World) makeGroup(owner tenants.UserID, title string, super bool) *chat {
	w.lastGroup--
	id := w.lastGroup
	if !super {
		id += 1000000000000
	}
	c := &chat{
		Chat:  tenants.Chat{ID: id, Kind: tenants.Group, Title: title, Forum: super},
		place: Place{Chat: id}, super: super, topics: map[tenants.ThreadID]*Topic{},
		members: map[tenants.UserID]tenants.Rights{owner: allRights},
	}
	w.addChat(c)
	return c
}

func (w *World) addChat(c *chat) { w.chats[c.place] = c }

// Admit lets somebody into a group, or changes what they may do there.
func (w *World) Admit(in Place, by, who tenants.UserID, rights tenants.Rights) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.chatAt(in)
	c.members[who] = rights
	w.tellMembership(c, by, who, true)
}

// Expel takes somebody out of a group.
func (w *World) Expel(in Place, by, who tenants.UserID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.chatAt(in)
	delete(c.members, who)
	w.tellMembership(c, by, who, false)
}

// Block makes the person of a private chat block the login.
func (w *World) Block(in Place) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.chatAt(in)
	c.blocked = true
	w.tellMembership(c, tenants.UserID(in.Chat), in.Login, false)
}

// Upgrade makes a basic group a supergroup; the old one stays as a sign. The
// updates come in the order that was captured at Telegram.
func (w *World) Upgrade(in Place) Place {
	w.mu.Lock()
	defer w.mu.Unlock()
	old := w.chatAt(in)
	if old.super || old.movedTo != 0 {
		panic(fmt.Sprintf("memory: chat %d is no basic group", in.Chat))
	}
	now := w.makeGroup(0, old.Title, true)
	now.Forum = false
	now.members = maps.Clone(old.members)
	by := slices.Sorted(maps.Keys(old.members))[0]
	for _, g := range w.listeners(now) {
		w.tellMembership(now, by, g.me.ID, true)
	}
	w.post(old, &message{Message: serviceOf(w.people[by], tenants.Content{Service: tenants.ServiceMigratedTo, Migrated: now.ID})})
	old.movedTo = now.ID
	w.post(now, &message{Message: serviceOf(w.people[by], tenants.Content{Service: tenants.ServiceMigratedFrom, Migrated: old.ID})})
	return now.place
}

// Revoke ends a login from outside.
func (w *World) Revoke(login tenants.UserID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	g := w.logins[login]
	g.ended = true
	g.rouse()
}

// Topic is a topic of a forum, as it is now.
func (w *World) Topic(in Place, thread tenants.ThreadID) (topic Topic, exists bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t := w.chatAt(in).topics[thread]; t != nil {
		return *t, true
	}
	return Topic{}, false
}

// chatAt is a chat that has to exist.
func (w *World) chatAt(in Place) *chat {
	if in.Chat < 0 {
		in.Login = 0
	}
	c := w.chats[in]
	if c == nil {
		panic(fmt.Sprintf("memory: no chat %+v", in))
	}
	return c
}

// name is a new text for a file, an album or a query.
func (w *World) name(of string) string {
	w.lastName++
	return fmt.Sprintf("%s%d", of, w.lastName)
}
