package store

import (
	"fmt"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// resolve looks up topic and twins, or sets Why.
func (tx *Tx) resolve(try *Try) error {
	job := &try.Row.Job
	topic, err := tx.topicFor(job)
	if err != nil {
		return err
	}
	there := topic != nil && topic.Thread != 0 && topic.Group == job.Chat
	if there {
		try.Thread = topic.Thread
	}
	switch e := job.Effect.(type) {
	case *dialog.Send:
		return tx.resolveSend(try, e, there)
	case *dialog.Edit:
		return tx.resolveEdit(try, e)
	case *dialog.Open:
		return tx.resolveOpen(try, e, topic, there)
	case *dialog.Rename:
		return tx.resolveRename(try, e, topic, there)
	case *dialog.SetOpen:
		if e.Thread != 0 {
			try.Thread = e.Thread
			return nil
		}
		if !there {
			try.Why = Moot
		}
		return nil
	case *dialog.Delete:
		return tx.resolveDelete(try, e)
	case *dialog.React, *dialog.AnswerPress:
		return nil
	default:
		panic(fmt.Sprintf("store: unknown effect %T", e))
	}
}

// resolveSend finds where a message goes, and what it replies to.
func (tx *Tx) resolveSend(try *Try, e *dialog.Send, there bool) (err error) {
	job := &try.Row.Job
	if len(e.Shows) > 0 {
		if there, err := tx.shows(job.Lane.Dialog, e); err != nil || !there {
			try.Why = Moot
			return err
		}
	}
	if try.moved, e.Room = e.Room != 0, 0; job.Lane.Side == dialog.ToTopic && job.Lane.Dialog != 0 && !there {
		if err := tx.resolveRoom(try, e); err != nil || try.Why != Clear {
			return err
		}
	}
	if job.Lane.Side == dialog.ToTitle && job.Lane.Dialog != 0 && !there {
		try.Why = Moot
		return nil
	}
	if try.TwinOf, err = tx.pollNote(job, e); err != nil {
		return err
	}
	try.ReplyTo, try.Quote, err = tx.replyTo(job, e.Reply)
	return err
}

// resolveRoom finds the place of what goes to a dialog without a topic: the
// waiting room, or it has to wait. Which room it was is kept in the
// job, so that its settlement knows it.
func (tx *Tx) resolveRoom(try *Try, e *dialog.Send) error {
	job := &try.Row.Job
	waits, err := tx.inRoom(job.Lane.Dialog)
	if err != nil || !waits {
		try.Why = NeedsTopic
		return err
	}
	kept, err := tx.GroupFacts(job.Chat)
	if kept.Room == 0 {
		try.Why = NeedsRoom
	}
	try.Thread, e.Room, try.moved = kept.Room, kept.Room, true
	return err
}

// resolveOpen finds the title of a topic that is to be made, unless it is there already.
func (tx *Tx) resolveOpen(try *Try, e *dialog.Open, topic *dialog.Topic, there bool) (err error) {
	job := &try.Row.Job
	if e.Room {
		kept, err := tx.GroupFacts(job.Chat)
		if try.Title = e.Title; kept.Room != 0 {
			try.Why = Moot
		}
		return err
	}
	try.Title, err = tx.wantedTitle(job.Lane.Dialog, topic)
	if there {
		try.Why = Moot
	}
	return err
}

// resolveRename finds the title that a topic should have, unless it is known to have it:
// after a try, Telegram may show another. It is changed only now and then.
func (tx *Tx) resolveRename(try *Try, e *dialog.Rename, topic *dialog.Topic, there bool) (err error) {
	if e.Thread != 0 {
		try.Thread, try.Title = e.Thread, e.Title
		return nil
	}
	try.Title, err = tx.wantedTitle(try.Row.Job.Lane.Dialog, topic)
	switch {
	case !there || try.Title == "" || try.Title == topic.Set && try.Row.Attempt == 0:
		try.Why = Moot
	case topic.SetAt.Add(tenants.RenamePause).After(tx.now):
		return tx.putOff(try, topic.SetAt.Add(tenants.RenamePause))
	}
	return err
}

// resolveDelete finds the twins of what is to be deleted.
func (tx *Tx) resolveDelete(try *Try, e *dialog.Delete) (err error) {
	if e.Notice != "" {
		e.Message, err = tx.notice(try.Row.Job.Chat, e.Notice)
		if e.Message.IsZero() {
			try.Why = Moot
		}
		return err
	}
	if len(e.Of) == 0 {
		return nil
	}
	var left bool
	e.Twins, left, err = tx.twins(&try.Row.Job, e.Of)
	if err == nil {
		err = tx.resolveTrims(try, e)
	}
	switch {
	case try.Why != Clear:
	case len(e.Twins) > 0:
	case left:
		try.Why = TwinLeft
	default:
		try.Why = Nothing
	}
	return err
}

// putOff lets a job wait until a time.
func (tx *Tx) putOff(try *Try, until time.Time) error {
	try.Why = Early
	return tx.PutOff(try.Row, until)
}

// topicFor reads the topic of a job's dialog; nil for lanes that have none.
func (tx *Tx) topicFor(job *dialog.Job) (*dialog.Topic, error) {
	if job.Lane.Dialog == 0 || job.Lane.Side == dialog.ToClient {
		return nil, nil
	}
	return tx.Topic(job.Lane.Dialog)
}

// wantedTitle is the title that a topic should have by now.
func (tx *Tx) wantedTitle(id tenants.DialogID, topic *dialog.Topic) (title string, err error) {
	if topic != nil && topic.Title != "" {
		return topic.Title, nil
	}
	err = tx.db.each(func(r *row) error {
		title = r.text()
		return nil
	}, "SELECT title FROM dialogs WHERE id = ?", id)
	return title, err
}
