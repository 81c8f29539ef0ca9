package dialog

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
)

// TestFillMarks: values take the place of marks, formatting stays over the same words,
// whatever stands around it, and a value that looks like a mark stays as it is.
func TestFillMarks(t *testing.T) {
	values := map[string]string{titleMark: "Ann {operator} 👋", operatorMark: "Olga"}
	pieces := []string{titleMark, operatorMark, "dear ", "👋", "{", "{titl ", "\n", "é"}
	rapid.Check(t, func(t *rapid.T) {
		var text tenants.Text
		var want strings.Builder
		var bold []string
		for range rapid.IntRange(0, 12).Draw(t, "pieces") {
			piece := rapid.SampledFrom(pieces).Draw(t, "piece")
			filled, ok := values[piece]
			if !ok {
				filled = piece
			}
			if rapid.Bool().Draw(t, "bold") {
				text = text.Append(tenants.Bold(piece))
				bold = append(bold, filled)
			} else {
				text = text.Append(tenants.Plain(piece))
			}
			want.WriteString(filled)
		}
		got := fillMarks(text, values)
		if got.Text != want.String() {
			t.Fatalf("got %q, want %q", got.Text, want.String())
		}
		for i, e := range got.Entities {
			if words := got.Slice(e.Offset, e.Offset+e.Length).Text; words != bold[i] {
				t.Fatalf("entity %d is over %q, want %q", i, words, bold[i])
			}
		}
	})
	cut := tenants.Text{Text: "a {title} b", Entities: []tenants.Entity{{Kind: "bold", Offset: 0, Length: 5}, {Kind: "code", Offset: 4, Length: 7}}}
	got := fillMarks(cut, map[string]string{titleMark: "Ann"})
	if want := (tenants.Text{Text: "a Ann b", Entities: []tenants.Entity{
		{Kind: "bold", Offset: 0, Length: 5}, {Kind: "code", Offset: 2, Length: 5},
	}}); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("cut marks: %+v, want %+v", got, want)
	}
}

// TestReplyList: any number of quick replies is listed, each once with its link, in
// messages that Telegram takes.
func TestReplyList(t *testing.T) {
	for _, n := range []int{1, 99, 100, 101, tenants.MaxReplies} {
		var all []Saved
		for i := range n {
			all = append(all, Saved{
				Name:   fmt.Sprintf("%s-%03d", strings.Repeat("ы", command.MaxName-4), i),
				Source: tenants.MessageRef{Chat: -1002000000001, ID: tenants.MessageID(i + 1)},
			})
		}
		found := 0
		for _, page := range (shelf{f: &Facts{Replies: all}}).list() {
			if page.Len() > tenants.MaxText || len(page.Entities) > tenants.MaxEntities || page.Text == "" {
				t.Errorf("%d: a page of %d units and %d links", n, page.Len(), len(page.Entities))
			}
			for _, e := range page.Entities {
				name := page.Slice(e.Offset, e.Offset+e.Length).Text
				if want := fmt.Sprintf("https://t.me/c/2000000001/%d", found+1); name != all[found].Name || e.URL != want {
					t.Errorf("%d: %s leads to %s, want %s to %s", n, name, e.URL, all[found].Name, want)
				}
				found++
			}
		}
		if found != n {
			t.Errorf("%d of %d are listed", found, n)
		}
	}
}

// TestMessageLink: what is no message of a supergroup has no link.
func TestMessageLink(t *testing.T) {
	for want, test := range map[string]struct {
		chat   tenants.ChatID
		thread tenants.ThreadID
	}{
		"https://t.me/c/1234567890/7":   {-1001234567890, 0},
		"https://t.me/c/1234567890/5/7": {-1001234567890, 5},
		"":                              {-4711, 0},
	} {
		if got := messageLink(tenants.MessageRef{Chat: test.chat, ID: 7}, test.thread); got != want {
			t.Errorf("%d: %q, want %q", test.chat, got, want)
		}
	}
}
