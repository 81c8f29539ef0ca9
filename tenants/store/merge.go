package store

import (
	"cmp"
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// mergeRename: one waiting Rename a dialog is enough, since the title is looked
// up at the try. The waiting one keeps its place and its earliest time.
func (tx *Tx) mergeRename(job *dialog.Job) (tenants.JobID, error) {
	id, _, err := tx.db.one("SELECT id FROM jobs WHERE "+inLane+" AND state = 'waiting' AND effect = 'rename' AND coalesce(body ->> 'thread', 0) = 0 ORDER BY place LIMIT 1",
		laneArgs(job.Lane)...)
	return tenants.JobID(id), err
}

// pause lets a Rename wait from the start as long as its topic's last one asks
// for: found out at the try, that would take a commit of its own.
func (tx *Tx) pause(job *dialog.Job) error {
	e, ok := job.Effect.(*dialog.Rename)
	if !ok || e.Thread != 0 {
		return nil
	}
	topic, err := tx.Topic(job.Lane.Dialog)
	if err != nil || topic == nil || topic.SetAt.IsZero() {
		return err
	}
	if free := topic.SetAt.Add(tenants.RenamePause); free.After(tx.now) {
		job.NotBefore = later(job.NotBefore, free)
	}
	return nil
}

// mergeReact: the last reaction on a message counts.
func (tx *Tx) mergeReact(job *dialog.Job, e *dialog.React) (tenants.JobID, error) {
	waiting, err := tx.lastWaiting(job.Lane, effectReact, e.Message)
	if err != nil || waiting == nil {
		return 0, err
	}
	waiting.Job.Effect = e
	return waiting.ID, tx.rewrite(waiting.ID, &waiting.Job)
}

// mergeEdit: what has not been tried is sent in its new form; what waits to be
// edited is edited once.
func (tx *Tx) mergeEdit(job *dialog.Job, e *dialog.Edit) (tenants.JobID, error) {
	sends, err := tx.carriers(job.Lane.Dialog, effectSend, e.Of)
	if err != nil {
		return 0, err
	}
	for _, row := range slices.Backward(sends) {
		if row.Job.Lane != job.Lane || !hasPart(row, e.Of) {
			continue
		}
		if !row.unsent() || row.Job.Effect.(*dialog.Send).Note {
			break
		}
		edited := rebody(row.Job.Effect.(*dialog.Send), e)
		if edited.Joined && !dialog.Together(edited) {
			break // it changes, or follows, what is there by then
		}
		row.Job.Effect = edited
		if err := tx.dropPieces(sends, row, e.Of); err != nil {
			return 0, err
		}
		return row.ID, tx.rewrite(row.ID, &row.Job)
	}
	waiting, err := tx.lastWaiting(job.Lane, effectEdit, e.Of)
	if err != nil || waiting == nil {
		return 0, err
	}
	own := *e
	own.Late = own.Late || waiting.Job.Effect.(*dialog.Edit).Late
	waiting.Job.Effect = &own
	return waiting.ID, tx.rewrite(waiting.ID, &waiting.Job)
}

// dropPieces drops what was to follow a message that goes in its new form now:
// pieces of the old one.
func (tx *Tx) dropPieces(sends []*Row, main *Row, of tenants.MessageRef) error {
	for _, row := range sends {
		send := row.Job.Effect.(*dialog.Send)
		behind := row.Job.Lane == main.Job.Lane && row.place > main.place && row.unsent()
		if behind && row.Job.Source == of && send.Piece > 0 && send.Parts[0].Source.IsZero() {
			if err := tx.Retire(row.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// rebody gives an unsent message its edited content. Where it goes, what it
// replies to and how loud stay: an edit changes none of them.
func rebody(send *dialog.Send, e *dialog.Edit) *dialog.Send {
	edited := *send
	if len(send.Parts) == 1 {
		edited.Way, edited.Parts, edited.Buttons = e.New.Way, e.New.Parts, e.New.Buttons
		return &edited
	}
	edited.Parts = slices.Clone(send.Parts)
	for i := range edited.Parts {
		if edited.Parts[i].Source == e.Of && len(e.New.Parts) > 0 {
			edited.Parts[i] = e.New.Parts[0]
			edited.Way = strictest(send.Way, e.New.Way)
		}
	}
	return &edited
}

// strictest is how an album goes whose parts were decided apart: if one of them
// must be written anew, all are, because an album is one call.
func strictest(a, b dialog.Way) dialog.Way {
	if a == dialog.Write || b == dialog.Write {
		return dialog.Write
	}
	return a
}

// mergePart joins an album's next part to the album while that waits untried.
// A part that comes too late goes alone, as a reply to the album's first part.
func (tx *Tx) mergePart(job *dialog.Job, e *dialog.Send) (tenants.JobID, error) {
	rows, err := tx.jobs("SELECT "+jobColumns+" FROM jobs WHERE album = ? AND album <> '' AND "+inLane+" ORDER BY place",
		append([]any{e.Album}, laneArgs(job.Lane)...)...)
	if err != nil {
		return 0, err
	}
	for _, row := range rows {
		album := row.Job.Effect.(*dialog.Send)
		if row.untried() && fits(album, e) {
			join(&row.Job, job)
			return row.ID, tx.rewrite(row.ID, &row.Job)
		}
	}
	return 0, tx.replyToAlbum(rows, job, e)
}

func fits(album, more *dialog.Send) bool {
	return len(withParts(album.Parts, more.Parts)) <= tenants.MaxAlbum
}

// join lays a part into its album's job.
func join(into, job *dialog.Job) {
	album, more := *into.Effect.(*dialog.Send), job.Effect.(*dialog.Send)
	album.Parts = withParts(album.Parts, more.Parts)
	album.Way = strictest(album.Way, more.Way)
	album.Silent = album.Silent && more.Silent
	if album.Reply == (dialog.Reply{}) {
		album.Reply = more.Reply
	}
	into.Effect = &album
	into.Source = album.Parts[0].Source
	into.Class = job.Class
	into.NotBefore = later(into.NotBefore, job.NotBefore)
}

// withParts puts parts together in the order of their messages; a part that is
// there already is replaced.
func withParts(parts, more []dialog.Part) []dialog.Part {
	all := slices.Clone(parts)
	for _, part := range more {
		at := slices.IndexFunc(all, func(p dialog.Part) bool { return p.Source == part.Source })
		if at >= 0 {
			all[at] = part
		} else {
			all = append(all, part)
		}
	}
	slices.SortStableFunc(all, func(a, b dialog.Part) int { return cmp.Compare(a.Source.ID, b.Source.ID) })
	return all
}

// replyToAlbum makes a late part a reply to the first part of its album, of
// which rows are left in the outbox. The first part of all has no album yet.
func (tx *Tx) replyToAlbum(rows []*Row, job *dialog.Job, e *dialog.Send) error {
	first, err := tx.albumLink(job.Lane, e.Album)
	if err != nil {
		return err
	}
	for _, row := range rows {
		parts := row.Job.Effect.(*dialog.Send).Parts
		if first.IsZero() || parts[0].Source.ID < first.ID {
			first = parts[0].Source
		}
	}
	if first.IsZero() || !e.Reply.Of.IsZero() || !e.Reply.Direct.IsZero() {
		return nil
	}
	late := *e
	late.Reply = dialog.Reply{Of: first}
	job.Effect = &late
	return nil
}

// mergeDelete withdraws what has not left yet of the messages to be deleted. Of
// our side's that is counted in the job.
func (tx *Tx) mergeDelete(job *dialog.Job, e *dialog.Delete) error {
	if e.Notice != "" {
		return tx.dropNotice(job.Lane, e.Notice)
	}
	for _, id := range append([]tenants.MessageID{e.Message.ID}, e.Beside...) {
		if _, err := tx.cancel(job.Lane.Dialog, tenants.MessageRef{Chat: e.Message.Chat, ID: id}); err != nil {
			return err
		}
	}
	own := *e
	for _, ref := range e.Of {
		dropped, err := tx.cancel(job.Lane.Dialog, ref)
		if err != nil {
			return err
		}
		own.Withdrawn += dropped
	}
	job.Effect = &own
	return nil
}

// cancel takes a message out of what has not left yet. It counts the messages
// for the client that are dropped by that, as dialog.State.Pending does.
func (tx *Tx) cancel(id tenants.DialogID, ref tenants.MessageRef) (dropped int, err error) {
	sends, err := tx.carriers(id, effectSend, ref)
	if err != nil {
		return 0, err
	}
	for _, row := range sends {
		if !row.unsent() || !carries(row, ref) {
			continue
		}
		gone, err := tx.withdraw(row, ref)
		if err != nil {
			return 0, err
		}
		if gone && row.Job.Origin == dialog.OfOperator && row.Job.Effect.(*dialog.Send).Piece == 0 {
			dropped++
		}
	}
	return dropped, tx.cancelProbe(id, ref)
}

// cancelProbe drops the question whether a message that does not go any more is
// still there.
func (tx *Tx) cancelProbe(id tenants.DialogID, ref tenants.MessageRef) error {
	probes, err := tx.carriers(id, effectReact, ref)
	if err != nil {
		return err
	}
	for _, row := range probes {
		if !row.Job.Effect.(*dialog.React).Probe || row.Trying {
			continue
		}
		if err := tx.Retire(row.ID); err != nil {
			return err
		}
	}
	return nil
}

// withdraw drops a job, or only one part of its album; gone tells which.
func (tx *Tx) withdraw(row *Row, ref tenants.MessageRef) (gone bool, err error) {
	send := *row.Job.Effect.(*dialog.Send)
	left := slices.DeleteFunc(slices.Clone(send.Parts), func(p dialog.Part) bool { return p.Source == ref })
	if len(left) == 0 || len(left) == len(send.Parts) {
		return true, tx.Retire(row.ID)
	}
	if send.Joined {
		left = dialog.KeepHead(send.Parts, left)
	}
	send.Parts, send.Joined = left, send.Joined && len(left) > 1
	row.Job.Effect = &send
	row.Job.Source = left[0].Source
	return false, tx.rewrite(row.ID, &row.Job)
}

// hasPart tells that a Send carries this message as one of its parts. A note
// about a message has it as its source too, but does not carry it.
func hasPart(row *Row, ref tenants.MessageRef) bool {
	parts := row.Job.Effect.(*dialog.Send).Parts
	return slices.ContainsFunc(parts, func(p dialog.Part) bool { return p.Source == ref })
}

// carries is hasPart, or a piece of the message: a split text, an author line.
func carries(row *Row, ref tenants.MessageRef) bool {
	piece := row.Job.Source == ref && row.Job.Origin != dialog.OfRelay
	return piece || hasPart(row, ref)
}

// lastWaiting finds the last waiting job of a lane with this effect on a
// message; nil = none.
func (tx *Tx) lastWaiting(lane dialog.Lane, effect string, ref tenants.MessageRef) (*Row, error) {
	rows, err := tx.carriers(lane.Dialog, effect, ref)
	if err != nil {
		return nil, err
	}
	for _, row := range slices.Backward(rows) {
		if row.Job.Lane == lane && !row.Trying && slices.Contains(touched(row.Job.Effect), ref) {
			return row, nil
		}
	}
	return nil, nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// takeBack drops an album that waits untried, with its author line and the
// pieces behind it, and keeps its parts inside: a later part said so.
func (tx *Tx) takeBack(id tenants.DialogID, album string) error {
	rows, err := tx.jobs("SELECT "+jobColumns+" FROM jobs WHERE dialog = ? AND album = ? AND album <> '' ORDER BY side, place", id, album)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if !row.untried() {
			continue
		}
		for _, part := range row.Job.Effect.(*dialog.Send).Parts {
			if err := tx.keepInside(part.Source, album); err != nil {
				return err
			}
			if _, err := tx.cancel(id, part.Source); err != nil {
				return err
			}
		}
	}
	return nil
}
