package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// TestUnanswered: of a group, who waits longest comes first, and only those who wait are
// looked at.
func TestUnanswered(t *testing.T) {
	f := open(t)
	for id, s := range []dialog.State{
		{Status: dialog.UserAnswered, Shown: "Late", Rare: dialog.Rare{Waits: start.Add(time.Hour)}},
		{Status: dialog.UserAnswered, Shown: "Early", Custom: "Plans", Rare: dialog.Rare{Waits: start, Assignee: dialog.Assignee{ID: anna, Name: "Anna", Since: start}}},
		{Status: dialog.SupportAnswered, Shown: "Answered"},
		{Status: dialog.Closed, Shown: "Closed"},
		{Status: dialog.UserAnswered, Shown: "Elsewhere", Group: -1000000000777},
	} {
		s.ID, s.Connection, s.FirstSeen = tenants.DialogID(id+1), bot1, start
		s.Chat = tenants.Chat{ID: tenants.ChatID(500 + id), Kind: tenants.Private}
		if s.Group == 0 {
			s.Group = group
		}
		f.apply(s.ID, dialog.Decision{State: &s, Topic: &dialog.TopicChange{Title: new(s.Shown), Thread: new(tenants.ThreadID(70 + id))}})
	}
	var got []string
	for _, w := range must(f.Unanswered(group)) {
		got = append(got, fmt.Sprintf("%d %d %s %s %q", w.Dialog, w.Thread, w.Name, w.Since.UTC().Format("15:04"), w.Assignee.Name))
	}
	equal(t, "who waits", strings.Join(got, "; "), fmt.Sprintf("2 71 Plans %s \"Anna\"; 1 70 Late %s \"\"",
		start.UTC().Format("15:04"), start.Add(time.Hour).UTC().Format("15:04")))
	equal(t, "plan", strings.Contains(must(f.Plan(strings.Replace(store.UnansweredQuery, "?", fmt.Sprint(int64(group)), 1))), "dialogs_waiting"), true)
}

// TestClockBackOfWaits: nobody waits from a moment that has not come.
func TestClockBackOfWaits(t *testing.T) {
	f := open(t)
	f.client()
	state := *must(f.Dialog(1))
	state.Rare.Waits = start.Add(time.Hour)
	f.apply(1, dialog.Decision{State: &state})
	f.write(func(tx *store.Tx) error { return tx.ClockBack(time.Hour) })
	if at := must(f.Dialog(1)).Rare.Waits; at.After(start) {
		t.Errorf("waits since %s, the clock says %s", at, start)
	}
}
