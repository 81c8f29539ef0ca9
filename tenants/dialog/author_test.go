package dialog

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"topicdesk/tenants"
)

// premiumCaption is the longest caption that a premium user may write.
const premiumCaption = 4096

// longText gives texts up to the longest that people can write, of what is
// awkward to cut, with as many entities as Telegram keeps.
func longText(t *rapid.T, limit int) tenants.Text {
	parts := []string{"a", "word ", "\n", "\n\n", "End. ", "я", "e\u0301", "😀", "👩‍👩‍👧", "👍🏽", "🇩🇪", "漢。", "⬛️"}
	whole := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 60).Draw(t, "parts"), "")
	many := rapid.IntRange(1, 1+limit/tenants.Len(whole)).Draw(t, "times")
	text := tenants.Plain(strings.TrimSpace("x"+strings.Repeat(whole, many))).Slice(0, limit)
	kinds := []string{"bold", "code", "custom_emoji", "text_link", "pre", "expandable_blockquote", "spoiler"}
	for range rapid.IntRange(0, tenants.MaxEntities).Draw(t, "entities") {
		from := rapid.IntRange(0, text.Len()-1).Draw(t, "from")
		length := rapid.IntRange(1, text.Len()-from).Draw(t, "length")
		piece := text.Slice(from, from+length)
		if piece.Text == "" || tenants.Len(text.Slice(0, from).Text) != from || tenants.Len(piece.Text) != length {
			continue // between the halves of a pair: no sender can do that
		}
		text.Entities = append(text.Entities, tenants.Entity{
			Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Offset: from, Length: length,
		})
	}
	return text
}

// TestNothingIsCut: whatever somebody in a client group writes, what goes into
// the topic stays within Telegram's limits and says the same, formatted the same.
func TestNothingIsCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, s, f := groupMessage(t)
		d := Client(s, m, false, f)
		var said tenants.Text
		for _, j := range d.Jobs {
			send, ok := j.Effect.(*Send)
			if !ok || j.Lane.Side != ToTopic || j.Source != m.Ref() {
				continue
			}
			withinLimits(t, send)
			said = said.Append(send.Parts[0].Content.Text)
		}
		original := m.Content.Text
		if !strings.HasSuffix(said.Text, original.Text) {
			t.Fatalf("%.200q became %.200q", original.Text, said.Text)
		}
		head := said.Len() - original.Len()
		if line := said.Slice(0, head).Text; head > tenants.MaxAuthorName+1 {
			t.Fatalf("an author line %q", line)
		}
		if diff := cmp.Diff(formats(original), formats(said.Slice(head, said.Len()))); diff != "" {
			t.Fatalf("formatting changed: %s", diff)
		}
	})
}

// groupMessage is a message of somebody in a client group.
func groupMessage(t *rapid.T) (tenants.Message, State, Facts) {
	kind, limit := tenants.KindText, tenants.MaxText
	if rapid.Bool().Draw(t, "photo") {
		kind, limit = tenants.KindPhoto, premiumCaption
	}
	m := tenants.Message{
		Chat: tenants.Chat{ID: clientGroup, Kind: tenants.Group, Title: "Acme"}, ID: 9,
		From:    tenants.Person{ID: 7, First: rapid.StringN(0, 70, -1).Draw(t, "name")},
		Content: tenants.Content{Kind: kind, Text: longText(t, limit)},
	}
	if kind == tenants.KindPhoto {
		m.Content.File = &tenants.File{ID: "file"}
	}
	var values []tenants.Value
	values = append(values, tenants.Value{Name: "MONITOR_GROUPS", Value: "TRUE"})
	if rapid.Bool().Draw(t, "filtered") { // nothing is copied unseen
		values = append(values, tenants.Value{Name: "RESTRICTED_KEYWORDS_FRONTEND", Value: `"never written"`})
	}
	values = append(values, tenants.Value{Name: "AUTHOR", Value: rapid.SampledFrom([]string{"header", "forward"}).Draw(t, "style")})
	f := Facts{Now: time.Unix(1e9, 0), Settings: tenants.Resolve(values, 1, tenants.Group, 1, 0), TopicKnown: true}
	return m, State{ID: 1, Chat: m.Chat, Group: backend, Status: UserAnswered}, f
}

// withinLimits checks what is written anew; what is copied or forwarded keeps
// the lengths that its author could use.
func withinLimits(t *rapid.T, s *Send) {
	text := s.Parts[0].Content.Text
	limit := tenants.MaxCaption
	if s.Parts[0].Content.Kind == tenants.KindText {
		limit = tenants.MaxText
	}
	if s.Way == Write && (text.Len() > limit || text.Len() == 0 && s.Parts[0].Content.Kind == tenants.KindText) {
		t.Fatalf("%d units in a %s", text.Len(), s.Parts[0].Content.Kind)
	}
	if len(text.Entities) > tenants.MaxEntities {
		t.Fatalf("%d entities", len(text.Entities))
	}
	for _, e := range text.Entities {
		if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > text.Len() {
			t.Fatalf("entity %+v in %d units", e, text.Len())
		}
	}
}

// formats lists for each UTF-16 unit of a text what lies on it.
func formats(text tenants.Text) [][]string {
	units := make([][]string, text.Len())
	for _, e := range text.Entities {
		for at := e.Offset; at < e.Offset+e.Length; at++ {
			units[at] = append(units[at], e.Kind)
		}
	}
	for _, kinds := range units {
		slices.Sort(kinds)
	}
	return units
}
