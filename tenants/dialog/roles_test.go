package dialog

import (
	"strings"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// roles are who may type a command: an operator; one who is an administrator of the
// group with all of Telegram's rights; one of whom Telegram does not tell them; a
// manager; the administrator of the connection; and who remains anonymous.
var roles = []Standing{
	{Team: true},
	{Team: true, CanBan: true, CanDelete: true},
	{Team: true, Untold: true},
	{Team: true, Manager: true},
	{Team: true, Manager: true, Administrator: true},
	{Team: true, Anonymous: true, Manager: true, CanBan: true},
}

// answers to them: y it is done, p another place, m for managers, h for them because
// cards are hidden, a for the administrator, b the right to ban, u which is not told, n a
// name is needed, l later.
var answers = map[byte]say.Key{
	'p': say.RefusedPlaceTopic, 'P': say.RefusedPlaceGeneral, 'm': say.RefusedManager, 'M': say.RefusedGeneralManager,
	'h': say.InfoPrivate, 'a': say.RefusedAdministrator, 'b': say.RefusedBanUsers, 'u': say.RefusedUntold, 'n': say.NoAnonymous, 'l': say.CommandLater,
}

// TestRoles: who × command × place.
func TestRoles(t *testing.T) {
	tests := map[command.Name]struct{ topic, general, hidden string }{ // hidden: in the topic, with HIDE_INFO=command
		command.Hold:  {"yyyyyn", "pppppn", "yyyyyn"},
		command.Wait:  {"yyyyyn", "pppppn", "yyyyyn"},
		command.Close: {"yyyyyn", "pppppn", "yyyyyn"},
		command.Mode:  {"yyyyyn", "pppppn", "yyyyyn"},
		command.Info:  {"yyyyyn", "pppppn", "hhhyyn"},
		command.Del:   {"yyyyyn", "pppppn", "yyyyyn"}, // of others' answers: see testdata/del.txt
		command.Undo:  {"yyyyyn", "pppppn", "yyyyyn"},
		command.Ban:   {"byubbn", "pppppn", "byubbn"},
		command.Unban: {"byubbn", "pppppn", "byubbn"},
		command.Set:   {"mmmyyn", "pppppn", "mmmyyn"},
		command.Say:   {"yyyyyn", "yyyyyn", "yyyyyn"},
		command.Mark:  {"yyyyyn", "MMMyyn", "yyyyyn"},
		command.Take:  {"yyyyyn", "pppppn", "yyyyyn"},
		command.Give:  {"yyyyyn", "pppppn", "yyyyyn"},
		command.Free:  {"yyyyyn", "pppppn", "yyyyyn"},
		command.Open:  {"PPPPPn", "yyyyyn", "PPPPPn"},
		command.Queue: {"PPPPPn", "yyyyyn", "PPPPPn"},
		command.Help:  {"yyyyyn", "yyyyyn", "yyyyyn"},
		command.New:   {"PPPPPn", "llllln", "PPPPPn"},
		command.Chat:  {"mmmlln", "mmmlln", "mmmlln"},
		command.Send:  {"llllln", "MMMlln", "llllln"},
		// The client base is listed in General only.
		command.Export: {"PPPPPn", "mmmlln", "PPPPPn"},
		command.Stats:  {"llllln", "llllln", "llllln"},
		// In General it is judged by package onboard.
		command.Bind: {"PPPPPn", "", "PPPPPn"},
	}
	for _, c := range command.Commands() {
		want, ok := tests[c.Name]
		if !ok {
			t.Errorf("/%s has no row", c.Name)
		}
		if got := typed(c, command.Topic, tenants.Hide{}); got != want.topic {
			t.Errorf("/%s in a topic: %s, want %s", c.Name, got, want.topic)
		}
		if got := typed(c, command.Topic, tenants.Hide{Command: true}); got != want.hidden {
			t.Errorf("/%s in a topic where cards are hidden: %s, want %s", c.Name, got, want.hidden)
		}
		if c.Name == command.Bind {
			continue
		}
		if got := typed(c, command.General, tenants.Hide{}); got != want.general {
			t.Errorf("/%s in General: %s, want %s", c.Name, got, want.general)
		}
	}
}

// typed is what each role is answered.
func typed(c command.Command, place command.Place, hide tenants.Hide) string {
	var out strings.Builder
	for _, who := range roles {
		f := Facts{Writer: who, Settings: tenants.Settings{Language: say.English, Hide: hide}}
		m := tenants.Message{
			Chat: tenants.Chat{ID: -1000000000777}, ID: 5, From: tenants.Person{ID: 7, First: "Olga"},
			Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("/" + string(c.Name))},
		}
		var d Decision
		var h Hand
		if place == command.Topic {
			m.Thread = 3
			d, h = InTopic(Topic{Dialog: 1, Group: m.Chat.ID, Thread: 3}, m, false, f)
		} else {
			d = InGeneral(m, false, f)
		}
		out.WriteByte(answered(c, d, h))
	}
	return out.String()
}

func answered(c command.Command, d Decision, h Hand) byte {
	if h.Kind == HandCommand {
		return 'y'
	}
	if len(d.Jobs) == 0 {
		return '-'
	}
	said := d.Jobs[0].Effect.(*Send).Parts[0].Content.Text.Text
	name := "/" + string(c.Name)
	for sign, key := range answers {
		if said == key.In(say.English, say.Values{"command": name}) {
			return sign
		}
	}
	return 'y'
}
