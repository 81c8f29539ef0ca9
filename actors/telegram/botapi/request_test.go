package botapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

const callsFile = "testdata/calls.txt"

var (
	aFile = &tenants.File{ID: "F", UniqueID: "U", Name: "a.bin"}
	words = tenants.Text{Text: "Hi Ann", Entities: []tenants.Entity{
		{Kind: "bold", Offset: 0, Length: 2},
		{Kind: "text_link", Offset: 3, Length: 3, URL: "https://example.org"},
		{Kind: "text_mention", Offset: 3, Length: 3, User: 42},
		{Kind: "custom_emoji", Offset: 0, Length: 2, EmojiID: "555"},
		{Kind: "date_time", Offset: 0, Length: 2, UnixTime: 1700000000, Format: "d"},
		{Kind: "pre", Offset: 0, Length: 2, Language: "go"},
	}}
	inTopic = telegram.To{Chat: -1001, Thread: 30, ReplyTo: 31, Silent: true,
		Quote:   &tenants.Quote{Text: tenants.Text{Text: "Hi", Entities: []tenants.Entity{{Kind: "bold", Length: 2}}}, Position: 4},
		Buttons: []telegram.Button{{Text: "Send", Data: "send:9"}, {Text: "Open", URL: "https://example.org"}}}
	toAnn = telegram.To{Chat: 42}
	there = tenants.MessageRef{Chat: -1001, ID: 31}
)

func carrying(kind tenants.Kind) telegram.SendContent {
	return telegram.SendContent{To: toAnn, Content: tenants.Content{
		Kind: kind, File: aFile, Text: tenants.Plain("look"), CaptionAbove: true, Spoiler: true,
	}}
}

func editing(kind tenants.Kind, file *tenants.File) telegram.EditContent {
	return telegram.EditContent{Message: there, Content: tenants.Content{Kind: kind, File: file, Text: tenants.Plain("look")}}
}

var calls = []struct {
	name string
	call telegram.Call
}{
	{"text with everything", telegram.SendContent{To: inTopic, Content: tenants.Content{Kind: tenants.KindText, Text: words, NoPreview: true}}},
	{"plain text", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("a < b & c")}}},
	{"photo", carrying(tenants.KindPhoto)},
	{"photo with everything around", telegram.SendContent{To: inTopic, Content: tenants.Content{Kind: tenants.KindPhoto, File: aFile, Text: words}}},
	{"video", carrying(tenants.KindVideo)},
	{"animation", carrying(tenants.KindAnimation)},
	{"audio", carrying(tenants.KindAudio)},
	{"voice", carrying(tenants.KindVoice)},
	{"video note", carrying(tenants.KindVideoNote)},
	{"document", carrying(tenants.KindDocument)},
	{"sticker", carrying(tenants.KindSticker)},
	{"location", telegram.SendContent{To: inTopic, Content: tenants.Content{Kind: tenants.KindLocation, Place: &tenants.Place{Latitude: 52.5, Longitude: 13.4, Live: true}}}},
	{"venue", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindVenue, Place: &tenants.Place{Latitude: 52.5, Longitude: 13.4, Title: "Cafe", Address: "Street 1"}}}},
	{"contact", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindContact, Contact: &tenants.Contact{Phone: "+491", First: "Bob", Last: "Ox", User: 77, VCard: "V"}}}},
	{"quiz", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindPoll, Poll: &tenants.Poll{
		Question: "Why?", Options: []string{"a", "b"}, Quiz: true, Correct: []int{1}, Explanation: tenants.Bold("so"), Closed: true, NoRevoting: true}}}},
	{"poll with all that it can be", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindPoll, Poll: &tenants.Poll{
		ID: "5", Question: "Why?", Options: []string{"a", "b"}, Description: tenants.Plain("long"), Public: true, Multiple: true,
		Period: 600, Closes: time.Unix(1700000000, 0), Votes: []int{1, 2}, Voters: 3}}}},
	{"poll with an end", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindPoll, Poll: &tenants.Poll{
		Question: "Why?", Options: []string{"a"}, Closes: time.Unix(1700000000, 0)}}}},
	{"live photo", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindLivePhoto, File: aFile, Motion: aFile}}},
	{"file that goes as a new one", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindVideo, File: &tenants.File{
		ID: "F", UniqueID: "U", Anew: true, Name: "file.mp4", Width: 1, Height: 2, Duration: 3}}}},
	{"dice", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindDice, Dice: &tenants.Dice{Emoji: "🎲", Value: 4}}}},
	{"game", carrying(tenants.KindGame)},
	{"other", carrying(tenants.KindOther)},
	{"service", carrying(tenants.KindService)},
	{"photo without a file", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindPhoto}}},
	{"venue without a place", telegram.SendContent{To: toAnn, Content: tenants.Content{Kind: tenants.KindVenue}}},
	{"copy", telegram.CopyMessage{To: inTopic, From: tenants.MessageRef{Chat: 42, ID: 9}}},
	{"copy, bare", telegram.CopyMessage{To: toAnn, From: there}},
	{"forward", telegram.ForwardMessage{To: inTopic, From: tenants.MessageRef{Chat: 42, ID: 9}}},
	{"forwarded album", telegram.ForwardAlbum{To: inTopic, From: []tenants.MessageRef{{Chat: 42, ID: 9}, {Chat: 42, ID: 10}}}},
	{"copied album", telegram.CopyAlbum{To: inTopic, From: []tenants.MessageRef{{Chat: 42, ID: 9}, {Chat: 42, ID: 10}}}},
	{"album", telegram.SendAlbum{To: inTopic, Contents: []tenants.Content{
		{Kind: tenants.KindPhoto, File: aFile, Text: words, Spoiler: true, CaptionAbove: true}, {Kind: tenants.KindVideo, File: aFile}}}},
	{"album of documents", telegram.SendAlbum{To: toAnn, Contents: []tenants.Content{{Kind: tenants.KindDocument, File: aFile}, {Kind: tenants.KindDocument, File: aFile, Text: tenants.Plain("c")}}}},
	{"album of audio", telegram.SendAlbum{To: toAnn, Contents: []tenants.Content{{Kind: tenants.KindAudio, File: aFile}, {Kind: tenants.KindAudio, File: aFile}}}},
	{"album of what makes none", telegram.SendAlbum{To: toAnn, Contents: []tenants.Content{{Kind: tenants.KindSticker, File: aFile}}}},
	{"album with an animation", telegram.SendAlbum{To: toAnn, Contents: []tenants.Content{{Kind: tenants.KindAnimation, File: aFile}}}},
	{"edited text", telegram.EditContent{Message: there, Content: tenants.Content{Kind: tenants.KindText, Text: words, NoPreview: true}, Buttons: inTopic.Buttons}},
	{"edited photo", editing(tenants.KindPhoto, aFile)},
	{"edited animation", editing(tenants.KindAnimation, aFile)},
	{"edited caption of a photo", editing(tenants.KindPhoto, nil)},
	{"edited caption of a voice message", editing(tenants.KindVoice, aFile)},
	{"edited sticker", editing(tenants.KindSticker, aFile)},
	{"probe", telegram.Probe{Message: there}},
	{"probe with buttons", telegram.Probe{Message: there, Buttons: inTopic.Buttons}},
	{"deletion", telegram.DeleteMessages{Chat: there.Chat, Messages: []tenants.MessageID{there.ID}}},
	{"deletion of several", telegram.DeleteMessages{Chat: there.Chat, Messages: []tenants.MessageID{there.ID, there.ID + 1}}},
	{"reaction", telegram.SetReaction{Message: there, Emoji: "👀"}},
	{"reaction taken off", telegram.SetReaction{Message: there}},
	{"topic", telegram.OpenTopic{Chat: -1001, Title: "Ann", Color: 7322096}},
	{"topic of no colour", telegram.OpenTopic{Chat: -1001, Title: "Ann"}},
	{"topic renamed", telegram.RenameTopic{Chat: -1001, Thread: 30, Title: "Ann!"}},
	{"topic closed", telegram.SetTopicOpen{Chat: -1001, Thread: 30}},
	{"topic reopened", telegram.SetTopicOpen{Chat: -1001, Thread: 30, Open: true}},
	{"press answered", telegram.AnswerPress{Chat: -1001, Query: "88", Text: "done"}},
}

// TestCalls holds what each call asks of the Bot API against calls.txt.
func TestCalls(t *testing.T) {
	var out strings.Builder
	for _, c := range calls {
		r, err := plan(c.call)
		if err != nil {
			fmt.Fprintf(&out, "# %s\n%v\n\n", c.name, err)
			continue
		}
		params, err := json.Marshal(r.params)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		fmt.Fprintf(&out, "# %s\n%s %s\n\n", c.name, r.method, params)
	}
	if *rewrite {
		if err := os.WriteFile(callsFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := blocks(readFile(t, callsFile))
	got := blocks(out.String())
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || strings.TrimSpace(got[i]) != strings.TrimSpace(want[i]) {
			t.Fatalf("call %d\n got %s\nwant %s", i+1, got[min(i, len(got)-1)], want[min(i, len(want)-1)])
		}
	}
}

func TestResults(t *testing.T) {
	pair := telegram.CopyAlbum{To: toAnn, From: []tenants.MessageRef{{Chat: 1, ID: 1}, {Chat: 1, ID: 2}}}
	edited := tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("new")}
	tests := map[string]struct {
		call   telegram.Call
		result string
		want   tenants.Outcome
	}{
		"a message":           {aText, `{"message_id":5}`, tenants.Outcome{Made: []tenants.MessageID{5}}},
		"a scheduled message": {telegram.CopyMessage{To: toAnn, From: there}, `{"message_id":0}`, tenants.Outcome{Made: []tenants.MessageID{0}}},
		"an album":            {telegram.SendAlbum{To: toAnn}, `[{"message_id":5},{"message_id":6}]`, tenants.Outcome{Made: []tenants.MessageID{5, 6}}},
		"a copied album":      {pair, `[{"message_id":5},{"message_id":6}]`, tenants.Outcome{Made: []tenants.MessageID{5, 6}}},
		"a copied album with a hole": {pair, `[{"message_id":5}]`,
			tenants.Outcome{Short: true, Strays: []tenants.MessageID{5}, Why: "1 of 2 made, not said which"}},
		"a topic":    {telegram.OpenTopic{Chat: -1001}, `{"message_thread_id":30,"name":"Ann"}`, tenants.Outcome{Thread: 30}},
		"a deletion": {telegram.DeleteMessages{Chat: there.Chat, Messages: []tenants.MessageID{there.ID}}, `true`, tenants.Outcome{}},
		"an edit": {telegram.EditContent{Message: there, Content: edited},
			`{"message_id":31,"date":1,"chat":{"id":-1001,"type":"supergroup"},"text":"new"}`, tenants.Outcome{Content: &edited}},
		"an edit, not shown": {telegram.EditContent{Message: there, Content: edited}, `true`, tenants.Outcome{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			g := serve(t, answer(http.StatusOK, `{"ok":true,"result":`+test.result+`}`))
			if got := g.Try(t.Context(), 1, test.call); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestUnsendable(t *testing.T) {
	g := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("Telegram was asked") })
	if out := g.Try(t.Context(), 1, carrying(tenants.KindOther)); show(out) != "refused as note" {
		t.Errorf("got %s", show(out))
	}
}

func TestStanding(t *testing.T) {
	g := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch _, method, _ := strings.Cut(r.URL.Path[1:], "/"); method {
		case "getMe":
			fmt.Fprint(w, `{"ok":true,"result":{"id":7001,"is_bot":true,"first_name":"Desk","username":"desk_bot","can_read_all_group_messages":true}}`)
		case "getChat":
			fmt.Fprint(w, `{"ok":true,"result":{"id":-1001,"type":"supergroup","title":"Desk","is_forum":true,"accent_color_id":1,"available_reactions":"what"}}`)
		case "getChatMember":
			fmt.Fprint(w, `{"ok":true,"result":{"user":{"id":7001,"is_bot":true,"first_name":"Desk"},"status":"administrator","can_manage_topics":true,"can_restrict_members":true}}`)
		default:
			t.Errorf("asked for %s", method)
		}
	})
	self, err := g.Self(t.Context())
	if err != nil || self.Person.ID != 7001 || self.Person.Username != "desk_bot" || !self.Person.Bot || !self.ReadsGroups {
		t.Errorf("self %+v, error %v", self, err)
	}
	standing, err := g.Standing(t.Context(), -1001)
	want := telegram.Standing{
		Chat:   tenants.Chat{ID: -1001, Kind: tenants.Group, Title: "Desk", Forum: true},
		Member: true, Rights: tenants.Rights{Admin: true, ManageTopics: true, BanUsers: true},
	}
	if err != nil || standing != want {
		t.Errorf("standing %+v, error %v", standing, err)
	}
}

func TestStandingOfAChatThatIsAway(t *testing.T) {
	g := serve(t, answer(403, `{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the supergroup chat"}`))
	_, err := g.Standing(t.Context(), -1001)
	var refusal *telegram.ReceiveError
	if !errors.As(err, &refusal) || show(refusal.Outcome) != "gone chat" {
		t.Errorf("error %v", err)
	}
}
