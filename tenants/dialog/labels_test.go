package dialog

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// relabel does what a decision changes of labels, as the store does.
func (w *world) relabel(changes []LabelChange) {
	for _, c := range changes {
		w.labels = slices.Clone(w.labels)
		at := slices.IndexFunc(w.labels, func(l Label) bool { return l.ID == c.Label.ID })
		switch {
		case c.Gone:
			w.labels = slices.Delete(w.labels, at, at+1)
		case at < 0:
			w.labels = append(w.labels, c.Label)
			w.lastLabel = c.Label.ID
		default:
			w.labels[at] = c.Label
		}
	}
}

// marked is what the tenant's actor knows of labels: one topic, the dialog's.
func (w *world) marked(m *tenants.Message) Marked {
	of := Marked{Topics: map[tenants.LabelID]int{}, Hidden: tenants.Resolve(w.values, 5, w.state.Chat.Kind, 1, 22).Hide.Any()}
	for _, id := range w.state.Rare.Labels {
		of.Topics[id] = 1
	}
	if m == nil {
		return of
	}
	call, _ := command.Parse(words(m), "shopbot")
	if id := MarkAsks(w.labels, call); of.Topics[id] > 0 {
		of.Page = []TopicLine{{Thread: w.topic.Thread, Title: w.state.Title}}
	}
	return of
}

func labelWords(c LabelChange) string {
	if c.Gone {
		return c.Label.Name + " gone"
	}
	words := c.Label.Name + " (" + c.Fold + ")"
	if c.Label.Ticker != "" {
		words += " ticker " + c.Label.Ticker
	}
	if c.Label.Sends != "" {
		words += " sends " + c.Label.Sends
	}
	if len(c.Label.After) > 0 {
		words += " after " + strings.Trim(fmt.Sprint(c.Label.After), "[]")
	}
	return words
}

// TestTitlesWithTickers: the name is cut before tickers, tickers go as wholes, and some
// of the name is always left.
func TestTitlesWithTickers(t *testing.T) {
	var labels []Label
	var ids []tenants.LabelID
	for i := range 12 {
		id := tenants.LabelID(i + 1)
		labels = append(labels, Label{ID: id, Name: fmt.Sprint("l", i), Ticker: fmt.Sprintf("%02d-45678901234", i)})
		ids = append(ids, id)
	}
	tests := []struct {
		labels []tenants.LabelID
		name   string
		want   string
	}{
		{nil, "Anna", "🟪 Anna"},
		{ids[:1], "Anna", "🟪 00-45678901234 Anna"},
		{ids[:1], strings.Repeat("nnnn ", 40), "🟪 00-45678901234 " + strings.TrimSpace(strings.Repeat("nnnn ", 22)) + "…"},
		{ids, "Anna", "🟪" + tickerWords(7) + " Anna"},
		{ids, strings.Repeat("nnnn ", 40), "🟪" + tickerWords(7) + " " + strings.TrimSpace(strings.Repeat("nnnn ", 4)) + "…"},
	}
	for _, test := range tests {
		d := begin(State{Status: UserAnswered, Custom: test.name}, Facts{Labels: labels})
		d.s.Rare.Labels = test.labels
		if got := d.title(); got != test.want {
			t.Errorf("%v %.8s:\ngot  %s\nwant %s", test.labels, test.name, got, test.want)
		}
	}
}

func tickerWords(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, " %02d-45678901234", i)
	}
	return out.String()
}

// TestTickersThatAreHidden: where a name is hidden, no ticker shows it, in whatever
// letters, but those of others do.
func TestTickersThatAreHidden(t *testing.T) {
	f := Facts{Key: []byte("a key of thirty-two bytes, or so"), Labels: []Label{
		{ID: 1, Ticker: "Anna"}, {ID: 2, Ticker: "🔥 ANNA BERG"}, {ID: 3, Ticker: "Аnna"}, {ID: 4, Ticker: "Olga"}, {ID: 5, Ticker: "@annaberg"},
	}}
	d := begin(State{Status: UserAnswered, Client: people["Anna"], Chat: tenants.Chat{ID: 11, Kind: tenants.Private}}, f)
	d.s.Rare.Labels = []tenants.LabelID{1, 2, 3, 4, 5}
	if got, want := d.tickers(99), "Anna 🔥 ANNA BERG Аnna Olga @annaberg"; got != want {
		t.Errorf("nothing hidden: %q, want %q", got, want)
	}
	d.f.Settings.Hide, d.red = tenants.Hide{Name: true, Link: true}, nil
	if got := d.tickers(99); got != "Olga" {
		t.Errorf("hidden: %q, want Olga", got)
	}
}

// TestTickersOfNames: signs in the field of a title that is edited are no part of the
// name, but what is left of a name that looks like one is.
func TestTickersOfNames(t *testing.T) {
	f := Facts{Labels: []Label{{ID: 1, Ticker: "VIP"}, {ID: 2, Ticker: "🔥 hot"}, {ID: 3, Ticker: "other"}}}
	for typed, want := range map[string]string{
		"Anna": "Anna", "VIP Anna": "Anna", "VIP 🔥 hot Anna": "Anna", "🔥 hot VIP Anna": "Anna",
		"VIP": "", "VIP VIP": "VIP", "VIPs": "VIPs", "other Anna": "other Anna", "Anna VIP": "Anna VIP", "": "",
	} {
		d := begin(State{}, f)
		d.s.Rare.Labels = []tenants.LabelID{2, 1}
		if got := d.withoutTickers(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// TestPages: every row is on one page, and buttons lead only to pages that are there.
func TestPages(t *testing.T) {
	for _, n := range []int{0, 1, 19, 20, 21, 40, 41} {
		seen, pages := 0, 0
		for page := 0; ; page++ {
			first, last := PageOf(page, n)
			if first != seen {
				t.Fatalf("%d rows: page %d begins at %d, %d were shown", n, page, first, seen)
			}
			seen, pages = last, pages+1
			buttons := pageButtons(Press{Verb: PressLabels}, page, n, tenants.English)
			if next := len(buttons) > 0 && buttons[len(buttons)-1].Text == "Next ›"; next != (last < n) {
				t.Fatalf("%d rows, page %d: %v", n, page, buttons)
			}
			if last == n {
				break
			}
		}
		if first, last := PageOf(99, n); last != n || first != (pages-1)*pageRows {
			t.Errorf("%d rows: a page too far shows %d to %d", n, first, last)
		}
	}
}

// TestNamesOfOldForm: names that became the same since they were kept do not get into
// each other's way: the first is meant, no further one is made, and a quick reply keeps
// the key that it has.
func TestNamesOfOldForm(t *testing.T) {
	const old, now = "Cafe\u0301", "caf\u00e9"
	all := []Label{{ID: 1, Name: old}, {ID: 2, Name: now}}
	if l, ok := LabelNamed(all, now); !ok || l.ID != 1 {
		t.Errorf("%q is %+v", now, l)
	}
	for _, own := range []tenants.LabelID{0, 1, 2} {
		if labelRefused("CAFÉ", own, all, say.English) == "" {
			t.Errorf("label %d becomes a namesake", own)
		}
	}
	if why := labelRefused("CAFÉ", 1, all[:1], say.English); why != "" {
		t.Errorf("a label can't be written in another way: %s", why)
	}
	f := Facts{Replies: []Saved{{Name: old, Key: "cafe\u0301", By: 7}}}
	m := tenants.Message{ReplyTo: tenants.MessageRef{Chat: -1, ID: 2}, Replied: &tenants.Replied{Content: textContent(tenants.Plain("hello"))}}
	s := shelf{f: &f, m: &m, by: tenants.Person{ID: 7}}
	gone, _ := s.remove(now)
	again, _ := s.save(now)
	anew, _ := s.save("THÉ")
	if gone == nil || gone.Key != "cafe\u0301" || gone.Name != old || again == nil || again.Key != gone.Key || again.Saved.Name != now {
		t.Errorf("deleted %+v, saved %+v", gone, again)
	}
	if anew == nil || anew.Key != "th\u00e9" {
		t.Errorf("saved %+v", anew)
	}
}
