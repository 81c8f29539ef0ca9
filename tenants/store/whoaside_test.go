package store

import (
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// TestWhoIsInAJobSetAside: what is theirs, what lists them and what of ours names them;
// what others wrote of them is not theirs.
func TestWhoIsInAJobSetAside(t *testing.T) {
	who := Who{Dialogs: []tenants.DialogID{7}, Traces: []string{"Zanzi Bartok"}}
	text := func(words string) *dialog.Send {
		return &dialog.Send{Parts: []dialog.Part{{Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain(words)}}}}
	}
	for name, tt := range map[string]struct {
		job  dialog.Job
		want bool
	}{
		"theirs":            {dialog.Job{Lane: dialog.Lane{Dialog: 7}, Origin: dialog.OfClient, Effect: text("hello")}, true},
		"a list with them":  {dialog.Job{Origin: dialog.OfRelay, Effect: &dialog.Send{Names: []tenants.DialogID{3, 7}}}, true},
		"a list of others":  {dialog.Job{Origin: dialog.OfRelay, Effect: &dialog.Send{Names: []tenants.DialogID{3}}}, false},
		"a note about them": {dialog.Job{Lane: dialog.Lane{Dialog: 3}, Origin: dialog.OfRelay, Effect: text("Zanzi Bartok left")}, true},
		"another's words":   {dialog.Job{Lane: dialog.Lane{Dialog: 3}, Origin: dialog.OfClient, Effect: text("ask Zanzi Bartok")}, false},
	} {
		if got := who.in(&tt.job, string(PackJob(tt.job))); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
