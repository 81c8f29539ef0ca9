package dialog

import (
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// TestRoomOfAnotherLanguage: the line of a waiting room that was asked for before
// LANGUAGE changed is known as what it is; any other topic of ours is an orphan.
func TestRoomOfAnotherLanguage(t *testing.T) {
	for _, asked := range say.Languages() {
		for _, now := range say.Languages() {
			f := Facts{RoomAsked: true, Settings: tenants.Settings{Language: now}}
			m := tenants.Message{
				Chat: tenants.Chat{ID: -1001, Kind: tenants.Group, Forum: true}, Thread: 5, Own: true,
				Content: tenants.Content{
					Kind: tenants.KindService, Service: tenants.ServiceTopicCreated, TopicName: say.RoomTitle.In(asked),
				},
			}
			if d := InGeneral(m, false, f); d.Room == nil || d.Room.Thread != 5 || len(d.Jobs) != 0 {
				t.Errorf("a room asked for in %s is not known in %s: %+v", asked, now, d)
			}
			if m.Content.TopicName += "!"; InGeneral(m, false, f).Room != nil {
				t.Errorf("%q is taken for a waiting room", m.Content.TopicName)
			}
		}
	}
}

// TestGreetingLanguage: who greets, and in which language.
func TestGreetingLanguage(t *testing.T) {
	own := tenants.Plain("Hi!")
	for name, test := range map[string]struct {
		code string
		kind tenants.ChatKind
		set  tenants.Settings
		want string
	}{
		"the client's":        {"it", tenants.Private, tenants.Settings{OursGreets: true, Language: say.German}, say.DefaultWelcome.In(say.Italian)},
		"one not spoken":      {"fr", tenants.Private, tenants.Settings{OursGreets: true, Language: say.German}, say.DefaultWelcome.In(say.German)},
		"a group's":           {"it", tenants.Group, tenants.Settings{OursGreets: true, Language: say.German}, say.DefaultWelcome.In(say.German)},
		"the administrator's": {"it", tenants.Private, tenants.Settings{Welcome: own, Language: say.German}, own.Text},
	} {
		s := State{Chat: tenants.Chat{ID: 5, Kind: test.kind}, Client: tenants.Person{ID: 5, Language: test.code}}
		d := begin(s, Facts{Now: time.Unix(0, 0), Settings: test.set})
		if got := d.greeting().Text; got != test.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
