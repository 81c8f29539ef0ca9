//go:build mtproto

package mtproto

import (
	"reflect"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// theCast are the login 1, Ann 7, the group -9, the forum 5 and the channel 6.
func theCast() cast {
	g := &Gateway{id: 1}
	return g.cast([]tg.UserClass{
		&tg.User{ID: 1, Self: true, Bot: true, FirstName: "Desk"},
		&tg.User{ID: 7, FirstName: "Ann", LastName: "Lee", Username: "ann", LangCode: "de", Premium: true},
		&tg.UserEmpty{ID: 8},
	}, []tg.ChatClass{
		&tg.Chat{ID: 9, Title: "Friends"},
		&tg.Channel{ID: 5, Title: "Desk", Megagroup: true, Forum: true},
		&tg.Channel{ID: 6, Title: "News", Broadcast: true, Usernames: []tg.Username{{Username: "old"}, {Active: true, Username: "news"}}},
		&tg.ChannelForbidden{ID: 4, Title: "Shut", Broadcast: true},
	})
}

var (
	annsName  = tenants.Person{ID: 7, First: "Ann", Last: "Lee", Username: "ann", Language: "de", Premium: true}
	theForum  = tenants.Chat{ID: channelChat(5), Kind: tenants.Group, Title: "Desk", Forum: true}
	theNews   = tenants.Chat{ID: channelChat(6), Kind: tenants.Channel, Title: "News", Username: "news"}
	anonymous = tenants.Person{ID: tenants.AnonymousAdmin, Bot: true}
)

// TestMessages: who wrote where, in which thread, in answer to what.
func TestMessages(t *testing.T) {
	date := time.Unix(100, 0).UTC()
	forum := &tg.PeerChannel{ChannelID: 5}
	ann := &tg.PeerUser{UserID: 7}
	tests := map[string]struct {
		in   tg.Message
		want tenants.Message
	}{
		"a client": {
			tg.Message{ID: 3, PeerID: ann, Date: 100, Message: "hello"},
			tenants.Message{Chat: tenants.Chat{ID: 7, Kind: tenants.Private, Username: "ann"}, ID: 3, Date: date, From: annsName},
		},
		"own words": {
			tg.Message{ID: 3, PeerID: ann, Date: 100, Message: "hello", Out: true},
			tenants.Message{Chat: tenants.Chat{ID: 7, Kind: tenants.Private, Username: "ann"}, ID: 3, Date: date,
				From: tenants.Person{ID: 1, First: "Desk", Bot: true}, Own: true},
		},
		"a basic group": {
			tg.Message{ID: 3, PeerID: &tg.PeerChat{ChatID: 9}, FromID: ann, Date: 100, Message: "hello"},
			tenants.Message{Chat: tenants.Chat{ID: -9, Kind: tenants.Group, Title: "Friends"}, ID: 3, Date: date, From: annsName},
		},
		"in a topic": {
			tg.Message{ID: 3, PeerID: forum, FromID: ann, Date: 100, Message: "hello",
				ReplyTo: &tg.MessageReplyHeader{ForumTopic: true, ReplyToMsgID: 2}},
			tenants.Message{Chat: theForum, ID: 3, Date: date, From: annsName, Thread: 2},
		},
		"an answer in a topic": {
			tg.Message{ID: 4, PeerID: forum, FromID: ann, Date: 100, Message: "hello", ReplyTo: &tg.MessageReplyHeader{
				ForumTopic: true, ReplyToMsgID: 3, ReplyToTopID: 2, Quote: true, QuoteText: "ell", QuoteOffset: 1}},
			tenants.Message{Chat: theForum, ID: 4, Date: date, From: annsName, Thread: 2,
				ReplyTo: tenants.MessageRef{Chat: theForum.ID, ID: 3}, Quote: &tenants.Quote{Text: tenants.Plain("ell"), Position: 1}},
		},
		"an answer to the topic's first": {
			tg.Message{ID: 4, PeerID: forum, FromID: ann, Date: 100, Message: "hello", ReplyTo: &tg.MessageReplyHeader{
				ForumTopic: true, ReplyToMsgID: 2, ReplyToTopID: 2}},
			tenants.Message{Chat: theForum, ID: 4, Date: date, From: annsName, Thread: 2},
		},
		"an answer in General": {
			tg.Message{ID: 4, PeerID: forum, FromID: ann, Date: 100, Message: "hello", ReplyTo: &tg.MessageReplyHeader{ReplyToMsgID: 3}},
			tenants.Message{Chat: theForum, ID: 4, Date: date, From: annsName, ReplyTo: tenants.MessageRef{Chat: theForum.ID, ID: 3}},
		},
		"General, said to be a topic": {
			tg.Message{ID: 4, PeerID: forum, FromID: ann, Date: 100, Message: "hello",
				ReplyTo: &tg.MessageReplyHeader{ForumTopic: true, ReplyToMsgID: 1}},
			tenants.Message{Chat: theForum, ID: 4, Date: date, From: annsName},
		},
		"an answer to another chat's message": {
			tg.Message{ID: 4, PeerID: forum, FromID: ann, Date: 100, Message: "hello",
				ReplyTo: &tg.MessageReplyHeader{ReplyToMsgID: 3, ReplyToPeerID: &tg.PeerChannel{ChannelID: 6}}},
			tenants.Message{Chat: theForum, ID: 4, Date: date, From: annsName},
		},
		"an anonymous administrator": {
			tg.Message{ID: 4, PeerID: forum, FromID: forum, Date: 100, Message: "hello", PostAuthor: "boss"},
			tenants.Message{Chat: theForum, ID: 4, Date: date, From: anonymous, Sender: &theForum, Signature: "boss"},
		},
		"a channel as sender": {
			tg.Message{ID: 4, PeerID: forum, FromID: &tg.PeerChannel{ChannelID: 6}, Date: 100, Message: "hello"},
			tenants.Message{Chat: theForum, ID: 4, Date: date, From: tenants.Person{ID: tenants.ChannelSender, Bot: true}, Sender: &theNews},
		},
		"a linked channel's post": {
			tg.Message{ID: 4, PeerID: forum, FromID: &tg.PeerChannel{ChannelID: 6}, Date: 100, Message: "hello", FwdFrom: tg.MessageFwdHeader{
				FromID: &tg.PeerChannel{ChannelID: 6}, SavedFromPeer: &tg.PeerChannel{ChannelID: 6}, SavedFromMsgID: 2}},
			tenants.Message{Chat: theForum, ID: 4, Date: date, From: tenants.Person{ID: tenants.TelegramService}, Sender: &theNews,
				AutoPost: true, Forwarded: "News"},
		},
		"a post": {
			tg.Message{ID: 4, PeerID: &tg.PeerChannel{ChannelID: 6}, Post: true, Date: 100, Message: "hello"},
			tenants.Message{Chat: theNews, ID: 4, Date: date, Sender: &theNews},
		},
		"a forward of somebody hidden": {
			tg.Message{ID: 3, PeerID: ann, Date: 100, Message: "hello", Noforwards: true, GroupedID: 12, FwdFrom: tg.MessageFwdHeader{FromName: "Bob"}},
			tenants.Message{Chat: tenants.Chat{ID: 7, Kind: tenants.Private, Username: "ann"}, ID: 3, Date: date, From: annsName,
				Forwarded: "Bob", Protected: true, Album: "12"},
		},
		"an edit": {
			tg.Message{ID: 3, PeerID: ann, Date: 100, EditDate: 200, Message: "hello"},
			tenants.Message{Chat: tenants.Chat{ID: 7, Kind: tenants.Private, Username: "ann"}, ID: 3, Date: date, From: annsName,
				Edited: time.Unix(200, 0).UTC()},
		},
		"a reaction": {
			tg.Message{ID: 3, PeerID: ann, Date: 100, EditDate: 200, EditHide: true, Message: "hello"},
			tenants.Message{Chat: tenants.Chat{ID: 7, Kind: tenants.Private, Username: "ann"}, ID: 3, Date: date, From: annsName},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.in.FwdFrom.FromID != nil || test.in.FwdFrom.FromName != "" {
				test.in.SetFwdFrom(test.in.FwdFrom)
			}
			test.want.Content = tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("hello")}
			got, asks := theCast().message(&test.in)
			if !reflect.DeepEqual(got, test.want) || asks != test.want.ReplyTo {
				t.Errorf("came as\n%+v, wants to know of %+v; want\n%+v", got, asks, test.want)
			}
		})
	}
}

// TestText: what formatting the relay may send comes back as it was.
func TestText(t *testing.T) {
	want := tenants.Text{Text: "abcdefghijklmnop", Entities: []tenants.Entity{
		{Kind: "bold", Length: 1}, {Kind: "italic", Offset: 1, Length: 1}, {Kind: "underline", Offset: 2, Length: 1},
		{Kind: "strikethrough", Offset: 3, Length: 1}, {Kind: "spoiler", Offset: 4, Length: 1}, {Kind: "code", Offset: 5, Length: 1},
		{Kind: "pre", Offset: 6, Length: 1, Language: "go"}, {Kind: "text_link", Offset: 7, Length: 1, URL: "https://example.org/"},
		{Kind: "custom_emoji", Offset: 8, Length: 1, EmojiID: "5368324170671202286"}, {Kind: "blockquote", Offset: 9, Length: 1},
		{Kind: "expandable_blockquote", Offset: 10, Length: 1},
		{Kind: "date_time", Offset: 11, Length: 1, UnixTime: 1790000000, Format: "wDt"},
	}}
	if got := text(want.Text, new(peers).entities(want)); !reflect.DeepEqual(got, want) {
		t.Errorf("came back as %+v", got)
	}
	mention := tenants.Text{Text: "Ann", Entities: []tenants.Entity{{Kind: "text_mention", Length: 3, User: 7}}}
	sent, is := new(peers).entities(mention)[0].(*tg.InputMessageEntityMentionName)
	if !is || sent.UserID.(*tg.InputUser).UserID != 7 {
		t.Errorf("a mention goes as %+v", sent)
	}
	found := text("Ann", []tg.MessageEntityClass{&tg.MessageEntityMentionName{Length: 3, UserID: 7}, &tg.MessageEntityBankCard{Length: 3}})
	if !reflect.DeepEqual(found, mention) {
		t.Errorf("a mention came as %+v", found)
	}
}

// TestMedia: what is carried, and what only has a name.
func TestMedia(t *testing.T) {
	photo := &tg.Photo{ID: 5, AccessHash: 6, FileReference: []byte("ref"), Sizes: []tg.PhotoSizeClass{
		&tg.PhotoSize{Size: 100}, &tg.PhotoSizeProgressive{Sizes: []int{50, 300}}}}
	still := tg.MessageMediaPhoto{Spoiler: true}
	still.SetPhoto(photo)
	live := tg.MessageMediaPhoto{LivePhoto: true}
	live.SetPhoto(photo)
	live.SetVideo(&tg.Document{ID: 7})
	vanishing := tg.MessageMediaPhoto{}
	vanishing.SetPhoto(photo)
	vanishing.SetTTLSeconds(10)

	if got := carried(&still); got.Kind != tenants.KindPhoto || !got.Spoiler || got.File.Size != 300 {
		t.Errorf("a photo came as %+v", got)
	} else if back, is := inputMedia(got).(*tg.InputMediaPhoto); !is || !back.Spoiler ||
		!reflect.DeepEqual(back.ID, &tg.InputPhoto{ID: 5, AccessHash: 6, FileReference: []byte("ref")}) {
		t.Errorf("a photo goes as %+v", back)
	}
	if got := carried(&live); got.Kind != tenants.KindLivePhoto || got.Motion == nil {
		t.Errorf("a live photo came as %+v", got)
	} else if back, is := inputMedia(got).(*tg.InputMediaPhoto); !is || !back.LivePhoto || back.Video == nil {
		t.Errorf("a live photo goes as %+v", back)
	}
	for name, test := range map[string]struct {
		in   tg.MessageMediaClass
		want tenants.Content
	}{
		"a preview":         {&tg.MessageMediaWebPage{}, tenants.Content{Kind: tenants.KindText}},
		"a vanishing photo": {&vanishing, tenants.Content{Kind: tenants.KindOther, Name: "photo"}},
		"a story":           {&tg.MessageMediaStory{}, tenants.Content{Kind: tenants.KindStory}},
		"something new":     {&tg.MessageMediaUnsupported{}, tenants.Content{Kind: tenants.KindOther, Name: "messageMediaUnsupported"}},
		"a live location": {&tg.MessageMediaGeoLive{Geo: &tg.GeoPoint{Lat: 1, Long: 2}},
			tenants.Content{Kind: tenants.KindLocation, Place: &tenants.Place{Latitude: 1, Longitude: 2, Live: true}}},
		"a checklist": {&tg.MessageMediaToDo{
			Todo:        tg.TodoList{Title: tg.TextWithEntities{Text: "List"}, List: []tg.TodoItem{{ID: 1, Title: tg.TextWithEntities{Text: "a"}}, {ID: 2}}},
			Completions: []tg.TodoCompletion{{ID: 1}},
		}, tenants.Content{Kind: tenants.KindChecklist, List: &tenants.List{Title: "List", Tasks: []tenants.Task{{Text: "a", Done: true}, {}}}}},
	} {
		if got := carried(test.in); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s came as %+v", name, got)
		}
	}
	for _, id := range []string{"", "?", "cGFo", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"} {
		if got := inputMedia(tenants.Content{Kind: tenants.KindPhoto, File: &tenants.File{ID: id}}); got != nil {
			t.Errorf("file id %q goes as %+v", id, got)
		}
	}
}

// TestReactions: of a person, and of who writes as a chat.
func TestReactions(t *testing.T) {
	g := &Gateway{id: 1}
	update := &tg.UpdateBotMessageReaction{Peer: &tg.PeerChannel{ChannelID: 5}, MsgID: 3, Date: 100, Actor: &tg.PeerUser{UserID: 7},
		NewReactions: []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: "👍"}, &tg.ReactionCustomEmoji{DocumentID: 53}, &tg.ReactionPaid{}}}
	want := tenants.Reacted{Chat: theForum, Message: tenants.MessageRef{Chat: theForum.ID, ID: 3}, By: annsName,
		Now: []tenants.Reaction{{Emoji: "👍"}, {Custom: "53"}, {Paid: true}}}
	if got := g.reacted(update, theCast()); !reflect.DeepEqual(got.update.Event, want) || got.date != 100 {
		t.Errorf("came as %+v", got)
	}
	update.Actor, update.NewReactions = &tg.PeerChannel{ChannelID: 5}, nil
	want = tenants.Reacted{Chat: theForum, Message: want.Message, Sender: &theForum}
	if got := g.reacted(update, theCast()).update.Event; !reflect.DeepEqual(got, want) {
		t.Errorf("a chat's came as %+v", got)
	}
}
