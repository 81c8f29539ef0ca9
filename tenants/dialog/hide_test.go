package dialog

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
)

// secrets are what HIDE_INFO must keep out of the group, in any field.
var secrets = []string{"Anna", "Berg", "annaberg", "Acme Ltd", "+491701234567", "anna@example.org"}

func hiding(kind tenants.ChatKind) Facts {
	set := tenants.Resolve(nil, 5, kind, 1, 0)
	set.Hide = tenants.Hide{Name: true, Title: true, Link: true}
	set.AutoInfo = true
	set.Monitor[tenants.Group] = true
	return Facts{
		Now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Settings: set, Bot: "shopbot", Connection: 5,
		Key: []byte("a key of thirty-two bytes, or so"),
	}
}

// telling is content of each kind that names the client wherever it can.
func telling(kind tenants.Kind) tenants.Content {
	c := tenants.Content{Kind: kind, Text: tenants.Plain(tellingWords), Buttons: []string{"Anna", "@annaberg"}}
	switch kind {
	case tenants.KindText, tenants.KindGame:
	case tenants.KindContact:
		c.Contact = &tenants.Contact{Phone: "+491701234567", First: "Anna", Last: "Berg", VCard: tellingWords}
	case tenants.KindLocation, tenants.KindVenue:
		c.Place = &tenants.Place{Title: "Anna Berg", Address: "c/o Anna Berg"}
	case tenants.KindPoll:
		c.Poll = &tenants.Poll{Question: "Anna?", Options: []string{"Berg", "@annaberg"}}
	case tenants.KindDice:
		c.Dice = &tenants.Dice{Emoji: "🎲", Value: 3}
	case tenants.KindChecklist:
		c.List = &tenants.List{Title: "Anna", Tasks: []tenants.Task{{Text: "call Berg", Done: true}}}
	case tenants.KindRich, tenants.KindStory, tenants.KindInvoice, tenants.KindOther:
		c.Inside = []string{tellingWords}
	case tenants.KindService:
		c.Service, c.People = tenants.ServiceJoined, []tenants.Person{people["Anna"]}
	case tenants.KindPhoto, tenants.KindLivePhoto, tenants.KindVoice, tenants.KindVideoNote, tenants.KindSticker:
		c.File = &tenants.File{ID: "f"} // nothing is written on it
	default:
		c.File = &tenants.File{ID: "f", Name: "Anna Berg.pdf", Title: "Anna", Artist: "Berg"}
	}
	return c
}

const tellingWords = "Anna Berg, @annaberg, anna@example.org"

// TestNothingHiddenGoesIntoTheGroup holds every job into the group, and the
// title, against the secrets.
func TestNothingHiddenGoesIntoTheGroup(t *testing.T) {
	chats := []tenants.Chat{
		{ID: 11, Kind: tenants.Private},
		{ID: clientGroup, Kind: tenants.Group, Title: "Acme Ltd", Username: "acme_chat"},
	}
	for _, chat := range chats {
		for kind := range carriages {
			s := State{ID: 1, Connection: 5, Group: backend, Chat: chat, People: []tenants.Person{people["Anna"]}}
			f := hiding(chat.Kind)
			m := tenants.Message{
				Chat: chat, ID: 3, From: people["Anna"], Forwarded: "Anna Berg", Content: telling(kind),
				ReplyTo: tenants.MessageRef{Chat: chat.ID, ID: 2}, Quote: &tenants.Quote{Text: tenants.Plain("Anna")},
			}
			first := Client(s, m, false, f)
			holds(t, string(kind), first)
			s.Status, f.TopicKnown = UserAnswered, true
			holds(t, string(kind)+" protected", Client(s, func() tenants.Message { p := m; p.Protected = true; return p }(), false, f))
			for _, fate := range []Fate{FateUnknown, FateWaiting, FateSent} {
				f.Fate = fate
				holds(t, string(kind)+" edited", Client(s, m, true, f))
			}
			for _, j := range first.Jobs {
				fails(t, s, j, f)
			}
		}
	}
}

// fails lets Telegram refuse a job in each form: what follows hides, too.
func fails(t *testing.T, s State, j Job, f Facts) {
	t.Helper()
	for as := tenants.AsNone; as <= tenants.AsBody; as++ {
		o := tenants.Outcome{Kind: tenants.Refused, As: as}
		st := SettleTopic(Topic{Dialog: 1, Group: backend, Thread: 7}, j, 1, o, f)
		if j.Lane.Side == ToClient {
			st = SettleClient(s, j, 1, o, f)
		}
		holds(t, "refused", st.Decision)
		if st.Effect != nil && j.Lane.Side == ToTopic {
			holds(t, "refused", Decision{Jobs: append(st.Before, withEffect(&j, st.Effect))})
		}
	}
}

func holds(t *testing.T, what string, d Decision) {
	t.Helper()
	if d.Topic != nil && d.Topic.Title != nil {
		clean(t, what+" title", *d.Topic.Title)
	}
	for _, j := range d.Jobs {
		if j.Lane.Side != ToTopic {
			continue
		}
		for _, s := range sendsOf(j.Effect) {
			if s.Way != Write {
				t.Errorf("%s goes unseen, by %s", what, s.Way)
			}
			for _, p := range s.Parts {
				text, err := json.Marshal(p.Content)
				if err != nil {
					t.Fatal(err)
				}
				clean(t, what, string(text))
			}
			if s.Reply.Shown() != nil {
				clean(t, what+" quote", s.Reply.Shown().Text.Text)
			}
		}
	}
}

func sendsOf(e Effect) []Send {
	switch e := e.(type) {
	case *Send:
		return []Send{*e}
	case *Edit:
		return []Send{e.New}
	default:
		return nil
	}
}

func clean(t *testing.T, what, text string) {
	t.Helper()
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Errorf("%s shows %q: %s", what, secret, text)
		}
	}
}

// TestDecisionsLeaveTheirInputs: a state may be used again after a decision.
func TestDecisionsLeaveTheirInputs(t *testing.T) {
	chat := tenants.Chat{ID: clientGroup, Kind: tenants.Group, Title: "Acme"}
	s := State{
		ID: 1, Connection: 5, Group: backend, Chat: chat,
		People: append(make([]tenants.Person, 0, 10), people["Bob"]), Titles: append(make([]string, 0, 10), "Old"),
	}
	f := hiding(tenants.Group)
	said := func(who string) Decision {
		m := tenants.Message{Chat: chat, ID: 3, From: people[who], Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("hi")}}
		m.Chat.Title = who
		return Client(s, m, false, f)
	}
	first := said("Anna")
	kept := slices.Clone(first.State.People)
	titles := slices.Clone(first.State.Titles)
	said("Olga")
	if !reflect.DeepEqual(first.State.People, kept) || !reflect.DeepEqual(first.State.Titles, titles) {
		t.Errorf("a second decision changed the first: %v, %v", first.State.People, first.State.Titles)
	}
	if len(s.People) != 1 || len(s.Titles) != 1 {
		t.Errorf("a decision changed its state: %+v", s)
	}
}
