package dialog

import (
	"testing"

	"topicdesk/tenants"
)

// TestGroupGone: what was to be done in a group that is gone moves to the one in which
// new topics are made, or ends; without one it waits.
func TestGroupGone(t *testing.T) {
	const newest tenants.ChatID = -200
	text := Send{Way: Write, Parts: []Part{{Content: textContent(tenants.Plain("hello"))}}}
	reply := text
	reply.Reply = Reply{Direct: tenants.MessageRef{Chat: -100, ID: 7}}
	gone := tenants.Outcome{Kind: tenants.Gone, Gone: tenants.GoneChat}
	for what, test := range map[string]struct {
		dialog  tenants.DialogID // 0 = in General
		effect  Effect
		retired bool
		moves   bool // the dialog, or those that wait for the room
		anew    bool // as a message of its own
		dropped bool
	}{
		"a message":          {1, &text, false, true, false, false},
		"an edit":            {1, &Edit{New: text}, false, true, true, false},
		"a topic to be made": {1, &Open{}, false, true, false, false},
		"a title":            {1, &Rename{}, true, false, false, false},
		"a closing":          {1, &SetOpen{}, true, false, false, false},
		"the waiting room":   {0, &Open{Room: true}, true, true, false, false},
		"a note":             {0, &text, true, false, false, false},
		"an answer":          {0, &reply, true, false, false, true},
		"an edit in General": {0, &Edit{New: text}, true, false, false, true},
	} {
		j := Job{Lane: Lane{Dialog: test.dialog, Side: ToTopic}, Chat: -100, Connection: 3, Effect: test.effect}
		settle := func(f Facts) Settlement {
			if test.dialog == 0 {
				j.Lane.Group = -100
				return SettleGeneral(j, 1, gone, f)
			}
			return SettleTopic(Topic{Dialog: 1, Thread: 5}, j, 1, gone, f)
		}
		if st := settle(Facts{}); st.Verdict != Retry || st.After.IsZero() || st.Decision.Reopens() {
			t.Errorf("%s, nowhere else to go: %+v", what, st)
		}
		st := settle(Facts{Newest: newest})
		room := st.Decision.Room
		moves := st.Decision.Regroup == newest || room != nil && *room == RoomChange{Group: -100, Elsewhere: newest, Connection: 3}
		if moves != test.moves || moves && !st.Decision.Reopens() {
			t.Errorf("%s: moves %v, %+v", what, moves, st.Decision)
		}
		if got := st.Verdict == Retire; got != test.retired {
			t.Errorf("%s: retired %v", what, got)
		}
		if next, is := st.Effect.(*Send); test.anew != (is && next.Silent) {
			t.Errorf("%s: goes as %+v", what, st.Effect)
		}
		if (st.Decision.Dropped != "") != test.dropped {
			t.Errorf("%s: dropped %q", what, st.Decision.Dropped)
		}
	}
}
