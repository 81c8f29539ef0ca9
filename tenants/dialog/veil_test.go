package dialog

import (
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
	veil := func() Effect {
		e, _ := NewCover(s, f).Veil(job, f)
		return e
	}
	veiled := veil().(*Send)
	text := veiled.Parts[0].Content.Text
	if strings.Contains(text.Text, "Ann") || strings.Contains(text.Text, "annlee") || !strings.Contains(text.Text, "I am ") {
		t.Errorf("shows %q", text.Text)
	}
	if veiled.Way != Write || veiled.Reply.Quote != nil || !strings.HasPrefix(veiled.Parts[0].words().Text, "I am ") {
		t.Errorf("goes as %+v", veiled)
	}
	job.Effect = veiled
	if again := veil(); again != job.Effect {
		t.Errorf("veiled again: %+v", again)
	}
	job.Effect = &Edit{Of: send.Parts[0].Source, New: send}
	if e := veil().(*Edit); strings.Contains(e.New.Parts[0].Content.Text.Text, "Ann") {
		t.Errorf("an edit shows %q", e.New.Parts[0].Content.Text.Text)
	}
	list := ownSend(tenants.Plain("who?"), false)
	list.Buttons = []Button{{Text: "Ann Lee", Data: Press{Verb: PressUnban, Dialog: 1, Arg: 700100200}.Data()}}
	job.Effect = list
	told := veil().(*Send)
	if b := told.Buttons[0]; strings.Contains(b.Text, "Ann") || strings.Contains(b.Data, "700100200") {
		t.Errorf("a button shows %+v", b)
	}
	job.Effect = told
	if again := veil(); again != job.Effect {
		t.Errorf("a button veiled again: %+v", again)
	}
	send.Way = Forward
	job.Effect = &send
	if _, ok := NewCover(s, f).Veil(job, f); ok {
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
