package store

import (
	"fmt"
	"slices"
	"strconv"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Apply writes a decision of the dialog of, or of a group if of is 0. key gives
// a send key for each job that gets a row. It returns for each of d.Jobs, in
// their order, the number under which it will be done: its own, or that of the
// job into which it was merged.
//
// Several statements: on an error part of them is done, so call it in a Save.
func (tx *Tx) Apply(of tenants.DialogID, d *dialog.Decision, key func() tenants.SendKey) ([]tenants.JobID, error) {
	if d.State != nil && d.State.ID != of {
		panic("store: a decision of one dialog with the state of another")
	}
	if of == 0 && d.Topic != nil {
		panic("store: a group's decision with a topic")
	}
	if err := tx.applyFacts(of, d); err != nil {
		return nil, err
	}
	for _, album := range d.Withdraw {
		if err := tx.takeBack(of, album); err != nil {
			return nil, err
		}
	}
	for _, ref := range d.Cancel {
		if _, err := tx.cancel(of, ref); err != nil {
			return nil, err
		}
	}
	numbers := make([]tenants.JobID, len(d.Jobs))
	for i := range d.Jobs {
		id, err := tx.put(&d.Jobs[i], key)
		if err != nil {
			return nil, err
		}
		numbers[i] = id
	}
	return numbers, nil
}

// applyFacts writes all of a decision but its jobs, the dialog first: the
// others point to it.
func (tx *Tx) applyFacts(of tenants.DialogID, d *dialog.Decision) error {
	if err := tx.applyGroups(d); err != nil {
		return err
	}
	if err := tx.applyDialog(of, d); err != nil {
		return err
	}
	if err := tx.applyLabels(of, d); err != nil {
		return err
	}
	if err := tx.applyMessages(of, d); err != nil {
		return err
	}
	for _, event := range d.Events {
		if err := tx.putEvent(event); err != nil {
			return err
		}
	}
	if err := tx.applyDesk(d); err != nil {
		return err
	}
	if n := d.NoSigns; !n.Until.IsZero() {
		if err := tx.SetMeta(noSigns(n.Group), []byte(strconv.FormatInt(n.Until.UnixMilli(), 10))); err != nil {
			return err
		}
	}
	return tx.applyOperators(d)
}

// applyOperators writes who is of the team from now on.
func (tx *Tx) applyOperators(d *dialog.Decision) error {
	for _, id := range d.Left {
		if _, err := tx.db.exec("DELETE FROM operators WHERE user_id = ?", id); err != nil {
			return err
		}
	}
	for _, person := range append(slices.Clip(d.Joined), d.Operator) {
		if person.ID == 0 {
			continue
		}
		if err := tx.putOperator(person); err != nil {
			return err
		}
	}
	return nil
}

// applyGroups writes what a decision changes of groups, and of the connections there.
func (tx *Tx) applyGroups(d *dialog.Decision) error {
	if d.Binding != nil {
		if err := tx.bind(d.Binding); err != nil {
			return err
		}
	}
	if d.Room != nil {
		if err := tx.changeRoom(d.Room); err != nil {
			return err
		}
	}
	if d.Stand != nil {
		if err := tx.stand(d.Stand); err != nil {
			return err
		}
	}
	for _, m := range d.Moved {
		if err := tx.move(m); err != nil {
			return err
		}
	}
	return nil
}

// applyDialog writes what a decision changes of a dialog and its topic.
func (tx *Tx) applyDialog(of tenants.DialogID, d *dialog.Decision) error {
	if d.State != nil {
		if err := tx.putState(d.State); err != nil {
			return err
		}
	}
	if d.Topic != nil {
		if err := tx.changeTopic(of, d.Topic); err != nil {
			return err
		}
	}
	for _, ref := range d.Forget {
		if err := tx.forget(of, ref); err != nil {
			return err
		}
	}
	if d.Regroup != 0 {
		return tx.regroup(of, d.Regroup)
	}
	return nil
}

// applyMessages writes what a decision tells of messages: which stay inside, which
// belong together.
func (tx *Tx) applyMessages(of tenants.DialogID, d *dialog.Decision) error {
	for _, ref := range d.Inside {
		if err := tx.keepInside(ref, d.InsideAlbum); err != nil {
			return err
		}
	}
	for _, ref := range d.Vanished {
		if err := tx.vanished(ref); err != nil {
			return err
		}
	}
	for _, ref := range d.Outside {
		if err := tx.letOut(ref); err != nil {
			return err
		}
	}
	if err := tx.hold(of, d); err != nil {
		return err
	}
	for _, link := range d.Links {
		if err := tx.putLink(link); err != nil {
			return err
		}
	}
	if d.Poll != nil {
		return tx.putPoll(of, d.Poll)
	}
	return nil
}

// put queues one job, or merges it into one that waits.
func (tx *Tx) put(job *dialog.Job, key func() tenants.SendKey) (tenants.JobID, error) {
	own := *job // merging may change it
	merged, err := tx.merge(&own)
	if err != nil || merged != 0 {
		return merged, err
	}
	if err := tx.pause(&own); err != nil {
		return 0, err
	}
	return tx.insert(&own, key())
}

// merge does what dialog.Job tells of jobs that need no row of their own. 0 =
// it needs one.
func (tx *Tx) merge(job *dialog.Job) (tenants.JobID, error) {
	switch e := job.Effect.(type) {
	case *dialog.Send:
		switch {
		case e.Poll != "":
			return tx.mergePoll(job, e)
		case e.Album != "":
			return tx.mergePart(job, e)
		default:
			return 0, nil
		}
	case *dialog.Edit:
		return tx.mergeEdit(job, e)
	case *dialog.Rename:
		if e.Thread != 0 {
			return 0, nil // another topic's, an orphan's
		}
		return tx.mergeRename(job)
	case *dialog.React:
		return tx.mergeReact(job, e)
	case *dialog.Delete:
		return 0, tx.mergeDelete(job, e)
	case *dialog.Open, *dialog.SetOpen, *dialog.AnswerPress:
		return 0, nil
	default:
		panic(fmt.Sprintf("store: unknown effect %T", e))
	}
}
