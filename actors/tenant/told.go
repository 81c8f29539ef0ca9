package tenant

import (
	"topicdesk/actors/chat"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// told collects what the owners of lanes are to be told after a commit, in the
// order in which it happened.
type told struct {
	lanes []dialog.Lane
	by    map[dialog.Lane]*forOwner
}

type forOwner struct {
	stored []lane.Stored
	first  []lane.Numbers
	due    []lane.Numbers
}

func (o *told) of(l dialog.Lane) *forOwner {
	if o.by == nil {
		o.by = map[dialog.Lane]*forOwner{}
	}
	if o.by[l] == nil {
		o.by[l] = &forOwner{}
		o.lanes = append(o.lanes, l)
	}
	return o.by[l]
}

// tellOwners tells the owners of lanes, after the commit, what became of their jobs.
func (t *Tenant) tellOwners(out told) {
	for _, l := range out.lanes {
		o := out.by[l]
		if len(o.stored) > 0 {
			t.tellOwner(l, chat.Stored{Jobs: o.stored}, group.Stored{Jobs: o.stored})
		}
		if len(o.first) > 0 {
			t.tellOwner(l, chat.First{Jobs: o.first}, group.First{Jobs: o.first})
		}
		for _, n := range o.due {
			t.tellOwner(l, chat.Due{Job: n}, group.Due{Job: n})
		}
	}
}

// tellOwner tells the chat or the group that owns a lane.
func (t *Tenant) tellOwner(l dialog.Lane, toChat chat.Message, toGroup group.Message) {
	if id := dialogOfLane(l); id != 0 {
		s, err := t.slot(id, nil)
		if err != nil {
			panic(err)
		}
		t.tellChat(s, toChat)
		return
	}
	chat := t.groupOf(l)
	if err := t.openGroup(chat); err != nil {
		panic(err)
	}
	g := t.groups[chat]
	t.later(func() { g.Tell(toGroup) })
}

// groupOf is the backend group into which a lane goes.
func (t *Tenant) groupOf(l dialog.Lane) tenants.ChatID {
	if l.Dialog == 0 {
		return l.Group
	}
	s, err := t.slot(l.Dialog, nil)
	if err != nil {
		panic(err)
	}
	return s.group
}

func rowNumbers(r *store.Row) lane.Numbers {
	_, opens := r.Job.Effect.(*dialog.Open)
	return lane.Numbers{
		Job: r.ID, Attempt: r.Attempt, Lane: r.Job.Lane, Connection: r.Job.Connection, Class: r.Job.Class,
		Weight: r.Weight, NotBefore: r.Job.NotBefore, Trying: r.Trying, Opens: opens, Half: r.Job.Half(),
		Helped: r.Job.Helped(), By: r.TriedBy,
	}
}

// dialogOfLane tells which dialog's chat owns a lane; 0 = the group owns it.
func dialogOfLane(l dialog.Lane) tenants.DialogID {
	if l.Side == dialog.ToClient {
		return l.Dialog
	}
	return 0
}
