package store_test

import (
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// label makes or changes a label of a group.
func (f *file) label(in tenants.ChatID, id tenants.LabelID, name, ticker string, after ...tenants.LabelID) {
	f.t.Helper()
	l := dialog.Label{ID: id, Name: name, Ticker: ticker, After: after}
	f.apply(0, dialog.Decision{Labels: []dialog.LabelChange{{Group: in, Label: l, Fold: name}}})
}

// attach gives dialog 1 labels and no others.
func (f *file) attach(ids ...tenants.LabelID) {
	f.t.Helper()
	state := must(f.Dialog(1))
	d := dialog.Decision{State: state}
	for _, id := range state.Rare.Labels {
		d.Labelled = append(d.Labelled, dialog.Labelling{Label: id})
	}
	state.Rare.Labels = ids
	for _, id := range ids {
		d.Labelled = append(d.Labelled, dialog.Labelling{Label: id, On: true})
	}
	f.apply(1, d)
}

// TestLabels: only those who have a label are rung when its sign changes or it is
// deleted, and a label that is gone keeps its name, which another may get.
func TestLabels(t *testing.T) {
	f := open(t)
	f.client()
	f.label(group, 1, "lead", "🔥")
	f.label(group, 2, "paid", "", 1)
	f.attach(1)
	f.apply(0, dialog.Decision{Labels: []dialog.LabelChange{{
		Group: group, Fold: "lead", Label: dialog.Label{ID: 1, Name: "lead", Ticker: "🔥", Sends: "Offer"},
	}}})
	equal(t, "sends", must(f.Labels(group))[0].Sends, "Offer")
	wake := func() bool { return !must(f.Dialog(1)).Wake.IsZero() }
	f.label(group, 1, "prospect", "🔥")
	f.label(group, 2, "paid", "✅", 1)
	equal(t, "rung for another label, or a name", wake(), false)
	f.label(group, 1, "prospect", "🌶")
	equal(t, "rung for its sign", wake(), true)
	equal(t, "labels", must(f.Labels(group)), []dialog.Label{
		{ID: 1, Name: "prospect", Ticker: "🌶"}, {ID: 2, Name: "paid", Ticker: "✅", After: []tenants.LabelID{1}},
	})
	equal(t, "topics", must(f.LabelTopics(group)), map[tenants.LabelID]int{1: 1})
	equal(t, "listed", len(must(f.Labelled(1, 0, 20))), 1)
	f.apply(0, dialog.Decision{Labels: []dialog.LabelChange{{Group: group, Label: dialog.Label{ID: 1}, Gone: true}}})
	equal(t, "left", must(f.Labels(group)), []dialog.Label{{ID: 2, Name: "paid", Ticker: "✅"}})
	equal(t, "name of what is gone", must(f.LabelName(1)), "prospect")
	equal(t, "events", must(f.Count("events")), 1)
	f.attach(1) // decided before it was gone
	equal(t, "topics of what is gone", len(must(f.LabelTopics(group))), 0)
	f.label(group, must(f.NextLabel()), "prospect", "")
	equal(t, "made anew", must(f.Labels(group))[1].ID, tenants.LabelID(3))
}

// TestLabelsMove: labels follow a group that gets another id, and a dialog takes its
// own along into another group of the team.
func TestLabelsMove(t *testing.T) {
	f := open(t)
	f.client()
	const later, beside = group - 1, group - 2
	f.label(group, 1, "lead", "🔥")
	f.label(group, 2, "vip", "💎")
	f.label(beside, 3, "vip", "VIP")
	f.attach(1, 2)
	f.apply(0, dialog.Decision{Moved: []dialog.Move{{From: group, To: later}}})
	equal(t, "after the upgrade", len(must(f.Labels(later))), 2)
	gone := tenants.ThreadID(0)
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: &gone}, Regroup: beside})
	equal(t, "beside", must(f.Labels(beside)), []dialog.Label{{ID: 3, Name: "vip", Ticker: "VIP"}, {ID: 4, Name: "lead", Ticker: "🔥"}})
	equal(t, "of the dialog", must(f.Dialog(1)).Rare.Labels, []tenants.LabelID{3, 4})
	equal(t, "before", len(must(f.LabelTopics(later))), 0)
}

// TestLabelsOfOldForm: labels whose names became the same because names are compared in
// another form than when they were made can still be changed, and a dialog finds its own
// by name in another group.
func TestLabelsOfOldForm(t *testing.T) {
	f := open(t)
	f.client()
	const beside = group - 2
	const old, now = "cafe\u0301", "caf\u00e9"
	f.label(group, 1, old, "")
	f.label(group, 2, now, "")
	f.label(beside, 3, now, "")
	f.attach(1)
	f.apply(0, dialog.Decision{Labels: []dialog.LabelChange{{Group: group, Fold: now, Label: dialog.Label{ID: 1, Name: old, Ticker: "☕"}}}})
	equal(t, "sign", must(f.Labels(group))[0].Ticker, "☕")
	f.apply(0, dialog.Decision{Labels: []dialog.LabelChange{{Group: group, Fold: "bar", Label: dialog.Label{ID: 1, Name: "bar"}}}})
	f.apply(0, dialog.Decision{Labels: []dialog.LabelChange{{Group: group, Fold: "tea", Label: dialog.Label{ID: 2, Name: "Tea"}}}})
	f.apply(0, dialog.Decision{Labels: []dialog.LabelChange{{Group: group, Fold: now, Label: dialog.Label{ID: 1, Name: old}}}})
	gone := tenants.ThreadID(0)
	f.apply(1, dialog.Decision{Topic: &dialog.TopicChange{Thread: &gone}, Regroup: beside})
	equal(t, "beside", len(must(f.Labels(beside))), 1)
	equal(t, "of the dialog", must(f.Dialog(1)).Rare.Labels, []tenants.LabelID{3})
}
