package dialog

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// TestWorklistPages turns the pages of those who wait, as whoever asked chose them,
// whoever presses.
func TestWorklistPages(t *testing.T) {
	const home, asker, other = tenants.ChatID(-1000000000777), tenants.UserID(5_000_000_000), tenants.UserID(6)
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	f := Facts{
		Now: now, Settings: tenants.Settings{Language: say.English}, Room: 99,
		Labels: []Label{{ID: 1_000_000, Name: "vip"}},
	}
	var all []Waiting
	for i := range 100 {
		w := Waiting{
			Dialog: tenants.DialogID(i + 1), Thread: tenants.ThreadID(200 + i), Since: now.Add(-time.Duration(i) * time.Minute),
			Name: fmt.Sprintf("client %02d %s", i, strings.Repeat("ы", tenants.MaxTopicTitle-10)), Labels: []tenants.LabelID{1_000_000},
		}
		if i%2 == 0 {
			w.Assignee = Assignee{ID: asker, Name: strings.Repeat("W", maxAssignee)}
		}
		all = append(all, w)
	}
	all[0].Thread = 0
	mine := Selection{of: ones, who: asker, label: 1_000_000}
	f.Waiting = mine.Page(all, 0)
	page := waitingPage(home, mine, f, 0)
	var seen []string
	for {
		if n := tenants.Len(page.Text.Text); n > tenants.MaxText || !strings.HasPrefix(page.Text.Text, "vip: Mine: 50 clients wait\n") {
			t.Fatalf("%d units: %s", n, page.Text.Text)
		}
		seen = append(seen, strings.Split(page.Text.Text, "\n")[1:]...)
		seen = seen[:len(seen)-1] // how many wait in all
		next := page.Buttons[len(page.Buttons)-1]
		if next.Text != say.PageNext.In(say.English) {
			break
		}
		p, ok := ParsePress(next.Data)
		if !ok || len(next.Data) > 64 {
			t.Fatalf("button %q", next.Data)
		}
		f.Waiting = OpenPressed(p).Page(all, p.Page)
		d := PressedInGeneral(tenants.Pressed{By: tenants.Person{ID: other}, Message: tenants.MessageRef{Chat: home, ID: 4}, Query: "q"}, p, f)
		edit := d.Jobs[0].Effect.(*Edit)
		page = Listing{Text: edit.New.Parts[0].Content.Text, Buttons: edit.New.Buttons}
	}
	if len(seen) != 50 || !strings.Contains(seen[0], "client 00") || !strings.Contains(seen[49], "client 98") {
		t.Errorf("%d rows: %q … %q", len(seen), seen[0], seen[len(seen)-1])
	}
	for arg := range int64(4) {
		PressedInGeneral(tenants.Pressed{}, Press{Verb: PressOpen, Arg: arg, Page: -7}, f) // must not panic
	}
	f.Waiting = Selection{}.Page(all, 0)
	first := waitingPage(home, Selection{}, f, 0).Text
	for _, e := range first.Entities {
		if e.Kind == "text_link" && e.URL != "https://t.me/c/777/99" {
			t.Errorf("who is in the waiting room is linked with %s", e.URL)
		}
		if e.Kind == "text_link" {
			break
		}
	}
}
