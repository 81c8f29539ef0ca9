package store

import (
	"cmp"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Target tells of a message of a group what our side sent to the client with it.
func (r Reads) Target(id tenants.DialogID, message tenants.MessageRef) (dialog.Target, error) {
	lane := dialog.Lane{Dialog: id, Side: dialog.ToClient}
	link, err := r.sourceLink(lane, message)
	if err != nil {
		return dialog.Target{}, err
	}
	target := dialog.Target{Of: []tenants.MessageRef{message}}
	if link != nil {
		target.By, target.Album, target.Sent = link.By, link.Album, link.At
	} else {
		send, err := r.carrierOf(lane, message)
		if err != nil || send == nil {
			return dialog.Target{}, err
		}
		target.By, target.Album = send.By, cmp.Or(send.Album, send.Said)
	}
	if target.Album == "" {
		return target, nil
	}
	return target, r.albumSources(lane, &target)
}

// searched is how many messages of a group LastBy looks back at.
const searched = 2000

// LastBy is the latest message that an operator wrote for the client of a dialog,
// sent or on its way; zero = none lately.
func (r Reads) LastBy(id tenants.DialogID, group tenants.ChatID, operator tenants.UserID) (last tenants.MessageRef, err error) {
	err = r.db.each(func(row *row) error {
		last = readRef(row)
		return nil
	}, `SELECT chat, id FROM (
			SELECT source_chat AS chat, source_id AS id FROM jobs WHERE dialog = ?1 AND side = 'client' AND origin = 'operator'
				AND effect = 'send' AND source_id <> 0 AND body ->> 'by' = ?3
			UNION ALL
			SELECT topic_chat, topic_id FROM (SELECT * FROM links WHERE topic_chat = ?2 ORDER BY topic_id DESC LIMIT ?4)
				WHERE dialog = ?1 AND ours = 1 AND person = ?3
		) ORDER BY id DESC LIMIT 1`, id, group, operator, searched)
	return last, err
}

// carrierOf is what would carry a message through a lane; nil = nothing.
func (r Reads) carrierOf(lane dialog.Lane, message tenants.MessageRef) (*dialog.Send, error) {
	rows, err := r.carriers(lane.Dialog, effectSend, message)
	for _, row := range rows {
		if row.Job.Lane == lane && hasPart(row, message) {
			return row.Job.Effect.(*dialog.Send), err
		}
	}
	return nil, err
}

// albumSources adds to a target the other parts of its album that went, or are to
// go, through a lane.
func (r Reads) albumSources(lane dialog.Lane, target *dialog.Target) error {
	add := func(ref tenants.MessageRef) {
		if !ref.IsZero() && !slices.Contains(target.Of, ref) {
			target.Of = append(target.Of, ref)
		}
	}
	err := r.db.each(func(row *row) error {
		add(readRef(row))
		return nil
	}, "SELECT topic_chat, topic_id FROM links WHERE dialog = ? AND album = ? AND album <> '' AND ours = 1 ORDER BY topic_id",
		lane.Dialog, target.Album)
	if err != nil {
		return err
	}
	rows, err := r.jobs("SELECT "+jobColumns+" FROM jobs WHERE album = ? AND album <> '' AND "+inLane+" ORDER BY place",
		append([]any{target.Album}, laneArgs(lane)...)...)
	for _, row := range rows {
		for _, part := range row.Job.Effect.(*dialog.Send).Parts {
			add(part.Source)
		}
	}
	return err
}
