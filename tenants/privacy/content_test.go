package privacy_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

func TestContent(t *testing.T) {
	w := personal(will)
	caption := tenants.Plain("of Will")
	shown := tenants.Plain("of " + w)
	file := &tenants.File{ID: "f", Name: "report.pdf", Title: "Hello"}
	tests := map[string]struct {
		in, want tenants.Content
		note     string // part of it; "" = none
	}{
		"text":          {tenants.Content{Kind: tenants.KindText, Text: caption, NoPreview: true}, tenants.Content{Kind: tenants.KindText, Text: shown, NoPreview: true}, ""},
		"buttons":       {tenants.Content{Kind: tenants.KindText, Buttons: []string{"Will", "ok"}}, tenants.Content{Kind: tenants.KindText, Buttons: []string{w, "ok"}}, ""},
		"photo":         {tenants.Content{Kind: tenants.KindPhoto, Text: caption, File: &tenants.File{ID: "f"}, Spoiler: true}, tenants.Content{Kind: tenants.KindPhoto, Text: shown, File: &tenants.File{ID: "f"}, Spoiler: true}, ""},
		"voice":         {tenants.Content{Kind: tenants.KindVoice, File: file}, tenants.Content{Kind: tenants.KindVoice, File: file}, ""},
		"sticker":       {tenants.Content{Kind: tenants.KindSticker, File: file}, tenants.Content{Kind: tenants.KindSticker, File: file}, ""},
		"document":      {tenants.Content{Kind: tenants.KindDocument, Text: caption, File: file}, tenants.Content{Kind: tenants.KindDocument, Text: shown, File: file}, ""},
		"file name":     {tenants.Content{Kind: tenants.KindDocument, Text: caption, File: &tenants.File{ID: "f", Name: "cv_will_smith.pdf"}}, tenants.Content{Kind: tenants.KindText, Text: shown}, "A document"},
		"video's name":  {tenants.Content{Kind: tenants.KindVideo, File: &tenants.File{ID: "f", Name: "Will.mp4"}}, tenants.Content{Kind: tenants.KindText}, "A video"},
		"artist":        {tenants.Content{Kind: tenants.KindAudio, File: &tenants.File{ID: "f", Artist: "Will"}}, tenants.Content{Kind: tenants.KindText}, "An audio file"},
		"audio's title": {tenants.Content{Kind: tenants.KindAudio, File: &tenants.File{ID: "f", Title: "by Smith"}}, tenants.Content{Kind: tenants.KindText}, "An audio file"},
		"location":      {tenants.Content{Kind: tenants.KindLocation, Place: &tenants.Place{Latitude: 1}}, tenants.Content{Kind: tenants.KindLocation, Place: &tenants.Place{Latitude: 1}}, ""},
		"venue":         {tenants.Content{Kind: tenants.KindVenue, Place: &tenants.Place{Title: "Will's", Address: "Smith street"}}, tenants.Content{Kind: tenants.KindVenue, Place: &tenants.Place{Title: w + "'s", Address: w + " street"}}, ""},
		"poll":          {tenants.Content{Kind: tenants.KindPoll, Poll: &tenants.Poll{Question: "Will?", Options: []string{"Smith", "no"}}}, tenants.Content{Kind: tenants.KindPoll, Poll: &tenants.Poll{Question: w + "?", Options: []string{w, "no"}}}, ""},
		"contact":       {tenants.Content{Kind: tenants.KindContact, Contact: &tenants.Contact{Phone: "+7999", First: "Will", VCard: "x"}}, tenants.Content{Kind: tenants.KindText}, "A contact"},
		"dice":          {tenants.Content{Kind: tenants.KindDice, Dice: &tenants.Dice{Emoji: "🎲", Value: 3}}, tenants.Content{Kind: tenants.KindDice, Dice: &tenants.Dice{Emoji: "🎲", Value: 3}}, ""},
		"game":          {tenants.Content{Kind: tenants.KindGame}, tenants.Content{Kind: tenants.KindText}, "A game"},
		"other":         {tenants.Content{Kind: tenants.KindOther, Name: "paid_media", Text: caption}, tenants.Content{Kind: tenants.KindText, Text: shown}, "paid media"},
		"joined":        {tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceJoined, People: []tenants.Person{will}}, tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceJoined, People: []tenants.Person{{First: w}}}, ""},
		"new title":     {tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceNewTitle, Title: "Will & Co"}, tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceNewTitle, Title: w + " & Co"}, ""},
		"topic's name":  {tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceTopicCreated, TopicName: "Will"}, tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceTopicCreated, TopicName: w}, ""},
	}
	k := known(names, will)
	r := privacy.New(k)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := written(t, test.in)
			got, note := r.Content(test.in)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if (note == "") != (test.note == "") || !strings.Contains(note, test.note) {
				t.Errorf("note %q, want %q", note, test.note)
			}
			if written(t, test.in) != before {
				t.Error("the given content changed")
			}
			if privacy.Audit(privacy.NewSet(k), written(t, got), note) {
				t.Errorf("the audit refuses %s %q", written(t, got), note)
			}
			open, none := privacy.New(known(tenants.Hide{}, will)).Content(test.in)
			if diff := cmp.Diff(test.in, open); diff != "" || none != "" {
				t.Errorf("nothing is hidden: %q %s", none, diff)
			}
		})
	}
}

func written(t *testing.T, c tenants.Content) string {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestContentOfNoKind(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	privacy.New(known(names, will)).Content(tenants.Content{Kind: "new"})
}
