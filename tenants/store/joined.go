package store

import (
	"encoding/json"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// JoinAndTry is MarkTrying in a crowd: what waits directly behind the job and may
// go in its message does, and is Try.Absorbed.
func (tx *Tx) JoinAndTry(id tenants.JobID, by tenants.ConnectionID) (*Try, error) {
	return tx.mark(id, by, true)
}

// absorb takes the jobs behind one that is about to be tried into its message.
func (tx *Tx) absorb(try *Try) error {
	head := try.Row
	if send, ok := head.Job.Effect.(*dialog.Send); !ok || send.Merge == dialog.MergeNot {
		return nil
	}
	behind, err := tx.jobs("SELECT "+jobColumns+" FROM jobs WHERE "+inLane+" AND place > ? ORDER BY place LIMIT ?",
		laneArgs(head.Job.Lane, head.place, tenants.MaxJoined-1)...)
	if err != nil {
		return err
	}
	for _, row := range behind {
		if row.Job.NotBefore.After(tx.now) || !dialog.Joins(&head.Job, &row.Job) {
			break
		}
		dialog.Join(&head.Job, &row.Job)
		try.Absorbed = append(try.Absorbed, row.ID)
		if err := tx.Retire(row.ID); err != nil {
			return err
		}
	}
	return nil
}

// Joined is what stands in a joined message of a group; nil = it is none.
func (r Reads) Joined(message tenants.MessageRef) (*dialog.Joined, error) {
	var found *dialog.Joined
	err := r.db.each(func(row *row) error {
		found = &dialog.Joined{}
		return json.Unmarshal([]byte(row.text()), found)
	}, "SELECT body FROM joined WHERE topic_chat = ? AND topic_id = ?", message.Chat, message.ID)
	return found, err
}

func (tx *Tx) putJoined(id tenants.DialogID, message tenants.MessageRef, j dialog.Joined) error {
	if len(j.Parts) == 0 {
		_, err := tx.db.exec("DELETE FROM joined WHERE topic_chat = ? AND topic_id = ?", message.Chat, message.ID)
		return err
	}
	_, err := tx.db.exec(`INSERT INTO joined (topic_chat, topic_id, dialog, body, at) VALUES (?1, ?2, ?3, ?4, ?5)
		ON CONFLICT (topic_chat, topic_id) DO UPDATE SET body = ?4`, message.Chat, message.ID, id, toJSON(j), tx.now)
	return err
}

// leave takes client's messages out of the joined ones in which they are: nothing
// stands there of them any more.
func (tx *Tx) leave(id tenants.DialogID, of tenants.MessageRef) error {
	var in []tenants.MessageRef
	err := tx.db.each(func(r *row) error {
		in = append(in, readRef(r))
		return nil
	}, `SELECT topic_chat, topic_id FROM links JOIN joined USING (topic_chat, topic_id)
		WHERE client_chat = ? AND client_id = ? AND links.dialog = ? AND ours = 0`, of.Chat, of.ID, id)
	if err != nil {
		return err
	}
	for _, message := range in {
		j, err := tx.Joined(message)
		if err != nil {
			return err
		}
		if err := tx.putJoined(id, message, j.Without(of)); err != nil {
			return err
		}
	}
	return nil
}

// replyTo is the message in the job's chat that a Send answers to, with what it
// quotes of it; 0 = it goes without. In a joined message each of the client's
// is meant apart.
func (tx *Tx) replyTo(job *dialog.Job, reply dialog.Reply) (tenants.MessageID, *tenants.Quote, error) {
	switch {
	case !reply.Direct.IsZero():
		if reply.Direct.Chat != job.Chat {
			return 0, nil, nil
		}
		return reply.Direct.ID, reply.Shown(), nil
	case reply.Of.IsZero():
		return 0, nil, nil
	}
	if job.Lane.Side == dialog.ToClient {
		j, err := tx.Joined(reply.Of)
		if err != nil || j == nil {
			id, err := tx.twin(job, reply.Of)
			return id, reply.Shown(), err
		}
		part, quote := j.Answered(reply.Quote)
		if j.Parts[part].Of.Chat != job.Chat {
			return 0, nil, nil
		}
		if reply.Unquoted {
			quote = nil
		}
		return j.Parts[part].Of.ID, quote, nil
	}
	id, err := tx.twin(job, reply.Of)
	if err != nil || id == 0 {
		return id, nil, err
	}
	j, err := tx.Joined(tenants.MessageRef{Chat: job.Chat, ID: id})
	if err != nil || j == nil || reply.Unquoted {
		return id, reply.Shown(), err
	}
	return id, j.Quote(reply.Of, reply.Quote), nil
}

// resolveEdit finds the twin that an Edit is of. Of a joined message only its part
// is changed, or taken out.
func (tx *Tx) resolveEdit(try *Try, e *dialog.Edit) error {
	job := &try.Row.Job
	if e.Direct {
		try.TwinOf = e.Of.ID
		return nil
	}
	twin, sender, err := tx.twinOf(job, e.Of)
	if e.Drop {
		twin, sender, err = tx.joinedTwin(job, e.Of)
	}
	if err != nil {
		return err
	}
	if twin == 0 {
		return tx.noTwin(try, e)
	}
	try.TwinOf = twin
	j, err := tx.Joined(tenants.MessageRef{Chat: job.Chat, ID: twin})
	if err != nil {
		return err
	}
	if j != nil && job.Lane.Side == dialog.ToTopic && j.Index(e.Of) >= 0 {
		changed, ok := revised(*j, e)
		if !ok {
			try.Why = NoRoom
			return nil
		}
		whole := changed.Content()
		try.Whole = &whole
	}
	if sender != try.Row.TriedBy {
		try.Why, try.By = Others, sender
	}
	return nil
}

// noTwin tells why the twin of an edit is not found.
func (tx *Tx) noTwin(try *Try, e *dialog.Edit) error {
	link, err := tx.sourceLink(try.Row.Job.Lane, e.Of)
	switch {
	case e.Drop:
		try.Why = Moot
	case link != nil:
		try.Why = TwinLeft
	default:
		try.Why = TwinGone
	}
	return err
}

// revised is a joined message after an edit of one of its parts; ok is false if it
// can't be had.
func revised(j dialog.Joined, e *dialog.Edit) (changed dialog.Joined, ok bool) {
	if e.Drop {
		return j.Without(e.Of), j.Known() && len(j.Parts) > 1
	}
	return j.With(e.Of, e.New.Parts[0])
}

// joinedTwin is the joined message in which one of a client's is, and who sent it;
// 0 = none.
func (tx *Tx) joinedTwin(job *dialog.Job, of tenants.MessageRef) (id tenants.MessageID, sender tenants.ConnectionID, err error) {
	link, err := tx.link("SELECT "+linkColumns+` FROM links WHERE client_chat = ?1 AND client_id = ?2 AND dialog = ?3 AND ours = 0
		AND topic_chat = ?4 AND (topic_chat, topic_id) IN (SELECT topic_chat, topic_id FROM joined) LIMIT 1`,
		of.Chat, of.ID, job.Lane.Dialog, job.Chat)
	if err != nil || link == nil {
		return 0, 0, err
	}
	return link.Topic.ID, link.SentBy, nil
}

// changeJoined notes what an edit that Telegram has made changed of a joined message.
func (tx *Tx) changeJoined(job *dialog.Job, e *dialog.Edit) error {
	twin, _, err := tx.twinOf(job, e.Of)
	if e.Drop {
		twin, _, err = tx.joinedTwin(job, e.Of)
	}
	if err != nil || twin == 0 || job.Lane.Side != dialog.ToTopic {
		return err
	}
	message := tenants.MessageRef{Chat: job.Chat, ID: twin}
	j, err := tx.Joined(message)
	if err != nil || j == nil || j.Index(e.Of) < 0 {
		return err
	}
	if changed, ok := revised(*j, e); ok {
		err = tx.putJoined(job.Lane.Dialog, message, changed)
	}
	if err != nil || !e.Drop {
		return err
	}
	_, err = tx.db.exec("DELETE FROM links WHERE topic_chat = ? AND topic_id = ? AND client_chat = ? AND client_id = ?",
		message.Chat, message.ID, e.Of.Chat, e.Of.ID)
	return err
}

// trims are the edits that take messages to be deleted out of joined ones in which
// others stay. What is deleted after them is left in twins.
func (tx *Tx) trims(job *dialog.Job, e *dialog.Delete) (trims []dialog.Job, err error) {
	e.Twins = slices.Clone(e.Twins)
	for _, id := range slices.Clone(e.Twins) {
		j, err := tx.Joined(tenants.MessageRef{Chat: job.Chat, ID: id})
		if err != nil {
			return nil, err
		}
		if j == nil || len(j.Without(e.Of...).Parts) == 0 {
			continue
		}
		e.Twins = slices.DeleteFunc(e.Twins, func(twin tenants.MessageID) bool { return twin == id })
		for _, p := range j.Parts {
			if slices.Contains(e.Of, p.Of) && !slices.ContainsFunc(trims, func(t dialog.Job) bool { return t.Source == p.Of }) {
				trims = append(trims, dialog.Trim(job, p.Of))
			}
		}
	}
	return trims, nil
}

// resolveTrims lets a Delete wait for the edits that it needs. They are asked for
// once: what they could not take out stays, and is marked.
func (tx *Tx) resolveTrims(try *Try, e *dialog.Delete) error {
	trims, err := tx.trims(&try.Row.Job, e)
	if err != nil || e.Trimmed || len(trims) == 0 {
		return err
	}
	try.Why, try.Trims, e.Trimmed = Trim, trims, true
	return tx.rewrite(try.Row.ID, &try.Row.Job)
}

// forgetJoined drops the words of joined messages that nobody can edit any more, and
// all of those to which no link leads.
func (tx *Tx) forgetJoined() error {
	_, err := tx.db.exec(`DELETE FROM joined WHERE NOT EXISTS
		(SELECT 1 FROM links WHERE links.topic_chat = joined.topic_chat AND links.topic_id = joined.topic_id)`)
	if err != nil {
		return err
	}
	_, err = tx.dropWords("at < ?", tx.now.Add(-tenants.JoinedKept))
	return err
}

// dropWords drops the words of some joined messages; where they stand stays.
func (tx *Tx) dropWords(of string, arg any) (n int64, err error) {
	type aged struct {
		ref tenants.MessageRef
		j   dialog.Joined
	}
	var old []aged
	err = tx.db.each(func(r *row) error {
		one := aged{ref: readRef(r)}
		if err := json.Unmarshal([]byte(r.text()), &one.j); err != nil {
			return err
		}
		old = append(old, one)
		return nil
	}, "SELECT topic_chat, topic_id, body FROM joined WHERE forgotten = 0 AND "+of, arg)
	if err != nil {
		return 0, err
	}
	for _, one := range old {
		_, err := tx.db.exec("UPDATE joined SET body = ?, forgotten = 1 WHERE topic_chat = ? AND topic_id = ?",
			toJSON(one.j.Forgotten()), one.ref.Chat, one.ref.ID)
		if err != nil {
			return 0, err
		}
	}
	return int64(len(old)), nil
}
