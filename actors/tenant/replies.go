package tenant

import (
	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/dialog"
)

// repliesFor adds to the facts about a /say, or a /mark that may cause one, the quick
// replies of its group, and the album to which it replies.
func (t *Tenant) repliesFor(f *dialog.Facts, m tenants.Message) (err error) {
	call, kind := command.Parse(m.Content.Text.Text, f.Bot)
	if kind != command.Known || call.Name != command.Say && call.Name != command.Mark {
		return nil
	}
	if f.Replies, err = t.tx.Replies(m.Chat.ID); err != nil || m.ReplyTo.IsZero() || call.Name == command.Mark {
		return err
	}
	f.Parts, err = t.tx.AlbumParts(m.ReplyTo)
	return err
}

// keepPart notes a part of an album of a group, but for its words: somebody may want to
// save the album, and a reply brings only the part that it is to.
func (t *Tenant) keepPart(c tenants.ConnectionID, m tenants.Message) error {
	if m.Album == "" || m.Content.File == nil {
		return nil
	}
	return t.tx.PutAlbumPart(m.Album, dialog.PartOf(m.Ref(), c, m.Content))
}
