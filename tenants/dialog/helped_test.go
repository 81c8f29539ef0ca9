package dialog

import (
	"testing"

	"topicdesk/tenants"
)

// TestHelped: only a client's text in a topic goes by helpers, in either way in
// which they can send it.
func TestHelped(t *testing.T) {
	text := func(change func(*Job, *Send)) *Job {
		s := &Send{Way: Copy, Parts: []Part{{Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("hello")}}}}
		j := &Job{Lane: Lane{Dialog: 1, Side: ToTopic}, Origin: OfClient, Effect: s}
		change(j, s)
		return j
	}
	entity := func(kind string) func(*Job, *Send) {
		return func(_ *Job, s *Send) {
			s.Parts[0].Content.Text.Entities = []tenants.Entity{{Kind: kind, Length: 5}}
		}
	}
	for what, test := range map[string]struct {
		change func(*Job, *Send)
		want   bool
	}{
		"a text":              {func(*Job, *Send) {}, true},
		"written":             {func(_ *Job, s *Send) { s.Way = Write }, true},
		"bold":                {entity("bold"), true},
		"a further piece":     {func(_ *Job, s *Send) { s.Piece = 1 }, true},
		"forwarded":           {func(_ *Job, s *Send) { s.Way = Forward }, false},
		"a photo":             {func(_ *Job, s *Send) { s.Parts[0].Content.Kind = tenants.KindPhoto }, false},
		"of an album":         {func(_ *Job, s *Send) { s.Album = "a" }, false},
		"with a button":       {func(_ *Job, s *Send) { s.Buttons = []Button{{Text: "x", Data: "y"}} }, false},
		"a custom emoji":      {entity("custom_emoji"), false},
		"somebody mentioned":  {entity("text_mention"), false},
		"an own note":         {func(j *Job, s *Send) { j.Origin, s.Internal = OfRelay, true }, false},
		"internal":            {func(_ *Job, s *Send) { s.Internal = true }, false},
		"in General":          {func(j *Job, _ *Send) { j.Lane = Lane{Group: -5, Side: ToTopic} }, false},
		"behind all live":     {func(j *Job, _ *Send) { j.Lane.Side = ToTitle }, false},
		"to the client":       {func(j *Job, _ *Send) { j.Lane.Side = ToClient }, false},
		"an edit":             {func(j *Job, s *Send) { j.Effect = &Edit{New: *s} }, false},
		"a topic to be made":  {func(j *Job, _ *Send) { j.Effect = &Open{} }, false},
		"an operator's words": {func(j *Job, _ *Send) { j.Origin = OfOperator }, false},
	} {
		if got := text(test.change).Helped(); got != test.want {
			t.Errorf("%s: %v", what, got)
		}
	}
}
