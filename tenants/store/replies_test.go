package store_test

import (
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// saved is a quick reply of the group.
func saved(name string, parts ...dialog.SavedPart) *dialog.ReplyChange {
	return &dialog.ReplyChange{Group: group, Key: name, Saved: &dialog.Saved{Name: name, By: anna, At: start, Parts: parts}}
}

// TestReplies: a quick reply is kept with who saved it until it is deleted, follows its
// group, and gets the words of the part that was asked for.
func TestReplies(t *testing.T) {
	f := open(t)
	f.client()
	first, second := inGroup(301), inGroup(302)
	f.apply(0, dialog.Decision{Reply: saved("b", dialog.SavedPart{Source: first, Unread: true}, dialog.SavedPart{Source: second, Unread: true})})
	f.apply(0, dialog.Decision{Reply: saved("a")})
	f.apply(0, dialog.Decision{ReplyWords: &dialog.ReplyWords{
		Reading: dialog.Reading{Group: group, Key: "b", Part: second}, Text: tenants.Plain("words"),
	}})
	all := must(f.Replies(group))
	equal(t, "names", []any{len(all), all[0].Name, all[1].Name, all[1].By, all[1].At}, []any{2, "a", "b", anna, start})
	parts := all[1].Parts
	equal(t, "parts", []any{parts[0].Unread, parts[1].Unread, parts[1].Content.Text.Text}, []any{true, false, "words"})
	f.apply(0, dialog.Decision{Vanished: []tenants.MessageRef{second, {}}})
	equal(t, "gone", must(f.Replies(group))[1].Gone, false)
	source := saved("c", dialog.SavedPart{Source: first})
	source.Saved.Source = first
	f.apply(0, dialog.Decision{Reply: source})
	f.apply(0, dialog.Decision{Vanished: []tenants.MessageRef{first}})
	all = must(f.Replies(group))
	equal(t, "gone", []bool{all[0].Gone, all[1].Gone, all[2].Gone}, []bool{false, false, true})
	f.apply(0, dialog.Decision{Reply: &dialog.ReplyChange{Group: group, Key: "c"}})
	f.apply(0, dialog.Decision{Reply: &dialog.ReplyChange{Group: group, Key: "a"}})
	f.apply(0, dialog.Decision{Moved: []dialog.Move{{From: group, To: -1007}}})
	equal(t, "moved", []any{len(must(f.Replies(group))), len(must(f.Replies(-1007)))}, []any{0, 1})
}

// TestAlbumParts: a message of a group leads to all parts of its album, in order.
func TestAlbumParts(t *testing.T) {
	f := open(t)
	f.write(func(tx *store.Tx) error {
		for i, id := range []tenants.MessageID{12, 11, 20} {
			album := []string{"a", "a", "b"}[i]
			part := dialog.PartOf(inGroup(id), bot1, tenants.Content{Kind: tenants.KindPhoto, Text: tenants.Plain("secret")})
			if err := tx.PutAlbumPart(album, part); err != nil {
				return err
			}
		}
		return nil
	})
	parts := must(f.AlbumParts(inGroup(12)))
	equal(t, "parts", []any{len(parts), parts[0].Message, parts[1].Worded, parts[1].Content.Text.Text, parts[1].Connection},
		[]any{2, inGroup(11), true, "", bot1})
	equal(t, "of none", len(must(f.AlbumParts(inGroup(13)))), 0)
}

// TestCopyOfTakenBack: a silent copy of what the client has no more is not made, and one
// that is made leads to what the client has, as the command does.
func TestCopyOfTakenBack(t *testing.T) {
	f := open(t)
	f.client()
	said := answer(200, "dear")
	said.Effect.(*dialog.Send).Said = "/say 200"
	f.done(f.queue(said)[0], 901)
	copied := incoming(0, "dear")
	copied.Source, copied.Origin = tenants.MessageRef{}, dialog.OfRelay
	copied.Effect = &dialog.Send{
		Way: dialog.Write, Said: "/say 200", Shows: []tenants.MessageRef{{Chat: yuki, ID: 901}},
		Parts: []dialog.Part{{Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("dear")}}},
	}
	f.done(f.queue(copied)[0], 400)
	equal(t, "link", must(f.LinkByClient(bot1, fromYuki(901))).Topic, inGroup(400))
	equal(t, "target", must(f.Target(1, inGroup(400))).Of, []tenants.MessageRef{inGroup(400), inGroup(200)})
	equal(t, "an edit", must(f.Fate(lane(dialog.ToClient), inGroup(200))), dialog.FateInternal)
	f.apply(1, dialog.Decision{Forget: []tenants.MessageRef{inGroup(200), inGroup(400)}})
	again := copied
	again.Effect = &dialog.Send{Way: dialog.Write, Said: "/say 200", Shows: []tenants.MessageRef{{Chat: yuki, ID: 901}}, Parts: copied.Effect.(*dialog.Send).Parts}
	equal(t, "taken back", f.try(f.queue(again)[0], start).Why, store.Moot)
}
