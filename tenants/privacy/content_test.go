package privacy_test

import (
	"encoding/json"
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
	}{
		"text":         {tenants.Content{Kind: tenants.KindText, Text: caption, NoPreview: true}, tenants.Content{Kind: tenants.KindText, Text: shown, NoPreview: true}},
		"buttons":      {tenants.Content{Kind: tenants.KindText, Buttons: []string{"Will", "ok"}}, tenants.Content{Kind: tenants.KindText, Buttons: []string{w, "ok"}}},
		"photo":        {tenants.Content{Kind: tenants.KindPhoto, Text: caption, File: &tenants.File{ID: "f"}, Spoiler: true}, tenants.Content{Kind: tenants.KindPhoto, Text: shown, File: &tenants.File{ID: "f"}, Spoiler: true}},
		"voice":        {tenants.Content{Kind: tenants.KindVoice, File: file}, tenants.Content{Kind: tenants.KindVoice, File: file}},
		"sticker":      {tenants.Content{Kind: tenants.KindSticker, File: file}, tenants.Content{Kind: tenants.KindSticker, File: file}},
		"document":     {tenants.Content{Kind: tenants.KindDocument, Text: caption, File: file}, tenants.Content{Kind: tenants.KindDocument, Text: shown, File: file}},
		"location":     {tenants.Content{Kind: tenants.KindLocation, Place: &tenants.Place{Latitude: 1}}, tenants.Content{Kind: tenants.KindLocation, Place: &tenants.Place{Latitude: 1}}},
		"venue":        {tenants.Content{Kind: tenants.KindVenue, Place: &tenants.Place{Title: "Will's", Address: "Smith street"}}, tenants.Content{Kind: tenants.KindVenue, Place: &tenants.Place{Title: w + "'s", Address: w + " street"}}},
		"poll":         {tenants.Content{Kind: tenants.KindPoll, Poll: &tenants.Poll{Question: "Will?", Options: []string{"Smith", "no"}}}, tenants.Content{Kind: tenants.KindPoll, Poll: &tenants.Poll{Question: w + "?", Options: []string{w, "no"}}}},
		"checklist":    {tenants.Content{Kind: tenants.KindChecklist, List: &tenants.List{Title: "Will", Tasks: []tenants.Task{{Text: "Smith", Done: true}}}}, tenants.Content{Kind: tenants.KindChecklist, List: &tenants.List{Title: w, Tasks: []tenants.Task{{Text: w, Done: true}}}}},
		"story":        {tenants.Content{Kind: tenants.KindStory, Inside: []string{"Will"}}, tenants.Content{Kind: tenants.KindStory}},
		"dice":         {tenants.Content{Kind: tenants.KindDice, Dice: &tenants.Dice{Emoji: "🎲", Value: 3}}, tenants.Content{Kind: tenants.KindDice, Dice: &tenants.Dice{Emoji: "🎲", Value: 3}}},
		"joined":       {tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceJoined, People: []tenants.Person{will}}, tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceJoined, People: []tenants.Person{{First: w}}}},
		"new title":    {tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceNewTitle, Title: "Will & Co"}, tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceNewTitle, Title: w + " & Co"}},
		"topic's name": {tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceTopicCreated, TopicName: "Will"}, tenants.Content{Kind: tenants.KindService, Service: tenants.ServiceTopicCreated, TopicName: w}},
	}
	k := known(names, will)
	r := privacy.New(k)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := written(t, test.in)
			got := r.Content(test.in)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if written(t, test.in) != before {
				t.Error("the given content changed")
			}
			if privacy.Audit(privacy.NewSet(k), written(t, got)) {
				t.Errorf("the audit refuses %s", written(t, got))
			}
			open := privacy.New(known(tenants.Hide{}, will)).Content(test.in)
			if diff := cmp.Diff(test.in, open); diff != "" {
				t.Errorf("nothing is hidden: %s", diff)
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

func TestLabelled(t *testing.T) {
	r := privacy.New(known(names, will))
	for _, test := range []struct {
		file tenants.File
		want bool
	}{
		{tenants.File{Name: "report.pdf", Title: "Hello"}, false},
		{tenants.File{Name: "cv_will_smith.pdf"}, true},
		{tenants.File{Name: "Will.mp4"}, true},
		{tenants.File{Name: "my-smith.mp4"}, true},
		{tenants.File{Name: "goodwill.mp4"}, false},
		{tenants.File{Artist: "Will"}, true},
		{tenants.File{Title: "by Smith"}, true},
	} {
		if got := r.Labelled(&test.file); got != test.want {
			t.Errorf("%+v: %v", test.file, got)
		}
	}
	if r.Labelled(nil) {
		t.Error("no file is labelled")
	}
}
