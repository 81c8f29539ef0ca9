package dialog

import (
	"reflect"
	"strings"
	"testing"

	"topicdesk/tenants"
)

// TestVeil: what was decided before HIDE_INFO is written anew without the names, the
// line before it too, and stays so; a forward can't be had like that.
func TestVeil(t *testing.T) {
	ann := tenants.Person{ID: 7, First: "Ann", Last: "Lee"}
	s := State{ID: 1, Chat: tenants.Chat{ID: 7, Kind: tenants.Private}, Client: ann, People: []tenants.Person{ann}}
	f := Facts{Key: []byte("key")}
	f.Settings.Hide.Name, f.Settings.Hide.Link = true, true
	head := tenants.Bold("Ann Lee").Append(tenants.Plain("\n"))
	send := Send{Way: Copy, Reply: Reply{Quote: &tenants.Quote{Text: tenants.Plain("Ann")}}, Parts: []Part{{
		Source: tenants.MessageRef{Chat: 7, ID: 9}, Head: head.Len(), Content: textContent(head.Append(tenants.Plain("I am Ann, @annlee"))),
	}}}
	job := Job{Lane: Lane{Dialog: 1, Side: ToTopic}, Origin: OfClient, Effect: &send}
	veiled := Veil(s, job, f).(*Send)
	text := veiled.Parts[0].Content.Text
	if strings.Contains(text.Text, "Ann") || strings.Contains(text.Text, "annlee") || !strings.Contains(text.Text, "I am ") {
		t.Errorf("shows %q", text.Text)
	}
	if veiled.Way != Write || veiled.Reply.Quote != nil || !strings.HasPrefix(veiled.Parts[0].words().Text, "I am ") {
		t.Errorf("goes as %+v", veiled)
	}
	job.Effect = veiled
	if again := Veil(s, job, f); !reflect.DeepEqual(again, veiled) {
		t.Errorf("veiled again: %+v", again)
	}
	job.Effect = &Edit{Of: send.Parts[0].Source, New: send}
	if e := Veil(s, job, f).(*Edit); strings.Contains(e.New.Parts[0].Content.Text.Text, "Ann") {
		t.Errorf("an edit shows %q", e.New.Parts[0].Content.Text.Text)
	}
	send.Way = Forward
	if job.Effect = &send; Veil(s, job, f) != nil {
		t.Error("a forward does not show whose it is")
	}
}

// TestVeiledTitle: a title from before HIDE_INFO has a pseudonym in place of the name,
// and all its signs.
func TestVeiledTitle(t *testing.T) {
	ann := tenants.Person{ID: 7, First: "Ann", Last: "Lee"}
	s := State{
		ID: 1, Chat: tenants.Chat{ID: 7, Kind: tenants.Private}, Client: ann, People: []tenants.Person{ann},
		Status: UserAnswered, Unreachable: true, Shown: "Ann Lee", Title: "🟪🚫 Ann Lee",
	}
	f := Facts{Key: []byte("key")}
	f.Settings.Hide.Name = true
	name, signs := strings.CutPrefix(VeiledTitle(s, f), "🟪🚫 ")
	if !signs || name == "" || strings.Contains(name, "Ann") || strings.Contains(name, "Lee") {
		t.Errorf("%q", VeiledTitle(s, f))
	}
}
