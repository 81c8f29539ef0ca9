package dialog

import (
	"testing"
	"time"

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
		"refused a helper":    {func(_ *Job, s *Send) { s.Alone = true }, false},
		"searched for":        {func(_ *Job, s *Send) { s.Search = &tenants.Search{} }, false},
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

// TestByOthers: what one login can't do goes by the others at once; a helper that
// can't write in the group helps no more; all else is as if the own bot had tried.
func TestByOthers(t *testing.T) {
	now := time.Date(2026, 1, 2, 10, 0, 0, 0, time.UTC)
	job := Job{Lane: Lane{Dialog: 1, Side: ToTopic}, Chat: -100, Connection: 1, Origin: OfClient, Effect: &Send{
		Way: Copy, Parts: []Part{{Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("hello")}}},
	}}
	photo := job
	photo.Effect = &Send{Way: Copy, Parts: []Part{{Content: tenants.Content{Kind: tenants.KindPhoto}}}}
	gone := func(what tenants.GoneWhat) tenants.Outcome { return tenants.Outcome{Kind: tenants.Gone, Gone: what} }
	flood := tenants.Outcome{Kind: tenants.Flood, After: 9 * time.Second}
	for what, test := range map[string]struct {
		job   Job
		facts Facts
		o     tenants.Outcome
		want  string
	}{
		"helper: flood":    {job, Facts{Helper: 7}, flood, "retry pausing the chat until 02T10:00:10 because \"Telegram asks for a pause\""},
		"own: flood":       {job, Facts{Helpers: true}, flood, "retry pausing the chat until 02T10:00:10 because \"Telegram asks for a pause\""},
		"own: photo flood": {photo, Facts{Helpers: true}, flood, "retry at 02T10:00:10 pausing the chat because \"Telegram asks for a pause\""},
		"alone: flood":     {job, Facts{}, flood, "retry at 02T10:00:10 pausing the chat because \"Telegram asks for a pause\""},
		"helper: out":      {job, Facts{Helper: 7}, gone(tenants.GoneChat), "retry because \"a helper can't write in the group: \""},
		"helper: no right": {job, Facts{Helper: 7}, gone(tenants.GoneRights), "retry because \"a helper can't write in the group: \""},
		"helper: revoked":  {job, Facts{Helper: 7}, gone(tenants.GoneLogin), "retry pausing the login until 02T10:10:00 because \"the login of a helper is revoked\""},
		"helper: closed":   {job, Facts{Helper: 7}, gone(tenants.GoneTopicClosed), "retry because \"a helper was refused: \""},
		"helper: refused":  {job, Facts{Helper: 7}, tenants.Outcome{Kind: tenants.Refused, As: tenants.AsNote, Why: "x"}, "retry because \"a helper was refused: x\""},
		"own: out":         {job, Facts{Helpers: true}, gone(tenants.GoneChat), "retry at 02T10:10:00 pausing the chat because \"the group is gone, or we are out of it\""},
	} {
		test.facts.Now = now
		st := SettleTopic(Topic{Dialog: 1, Thread: 5}, test.job, 1, test.o, test.facts)
		if got := printSettlement(st, State{})[0]; got != test.want {
			t.Errorf("%s: %s, want %s", what, got, test.want)
		}
		if next, is := st.Effect.(*Send); (what == "helper: refused" || what == "helper: closed") != (is && next.Alone) {
			t.Errorf("%s: goes as %+v", what, st.Effect)
		}
		lacks := map[string]Lack{"helper: out": LacksPlace, "helper: no right": LacksRights}[what]
		if s := st.Decision.Stand; test.facts.Helper != 0 && (s != nil) != (lacks != "") || s != nil && lacks != "" && (*s != Stand{Connection: 7, Group: -100, Lack: lacks}) {
			t.Errorf("%s: stands %+v", what, s)
		}
	}
}
