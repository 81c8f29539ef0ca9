package dialog

import (
	"testing"

	"topicdesk/tenants"
)

// TestIdentify: a message is a send's only if it is in its topic, has its words, and
// holds nothing that can't be compared; who does not know says so.
func TestIdentify(t *testing.T) {
	text := func(words string) *tenants.Content {
		return &tenants.Content{Kind: tenants.KindText, Text: tenants.Plain(words)}
	}
	photo := func(words, file string) *tenants.Content {
		c := &tenants.Content{Kind: tenants.KindPhoto, Text: tenants.Plain(words)}
		if file != "" {
			c.File = &tenants.File{UniqueID: file}
		}
		return c
	}
	album := []Part{{Content: *photo("", "a")}, {Content: *photo("see", "b")}}
	const ours, changed, looked = tenants.Ours, tenants.Changed, true
	topic, client := Lane{Dialog: 1, Side: ToTopic}, Lane{Dialog: 1, Side: ToClient}
	for what, test := range map[string]struct {
		lane   Lane
		send   Send
		shown  *tenants.Content
		thread tenants.ThreadID
		is     tenants.Probe
		looked bool
		want   tenants.Probe
	}{
		"not looked at":              {topic, Send{Parts: []Part{{Content: *text("hi")}}}, nil, 0, ours, false, ours},
		"there is none":              {topic, Send{Parts: []Part{{Content: *text("hi")}}}, nil, 0, tenants.Missing, looked, tenants.Missing},
		"not shown":                  {topic, Send{Parts: []Part{{Content: *text("hi")}}}, nil, 0, ours, looked, tenants.Untold},
		"the same words":             {topic, Send{Parts: []Part{{Content: *text("hi")}}}, text(" hi\n"), 7, ours, looked, tenants.Mine},
		"in another topic":           {topic, Send{Parts: []Part{{Content: *text("hi")}}}, text("hi"), 8, ours, looked, tenants.Another},
		"in the waiting room":        {topic, Send{Room: 8, Parts: []Part{{Content: *text("hi")}}}, text("hi"), 8, ours, looked, tenants.Mine},
		"other words, the topic":     {topic, Send{Parts: []Part{{Content: *text("hi")}}}, text("ho"), 7, ours, looked, tenants.Untold},
		"other words, a client":      {client, Send{Parts: []Part{{Content: *text("hi")}}}, text("ho"), 0, ours, looked, tenants.Another},
		"another kind, a client":     {client, Send{Parts: []Part{{Content: *text("hi")}}}, photo("hi", "a"), 0, ours, looked, tenants.Another},
		"a client has no thread":     {client, Send{Parts: []Part{{Content: *text("hi")}}}, text("hi"), 9, ours, looked, tenants.Mine},
		"General has no topic":       {Lane{Group: -5, Side: ToTopic}, Send{Parts: []Part{{Content: *text("hi")}}}, text("hi"), 9, ours, looked, tenants.Mine},
		"the second of an album":     {client, Send{Parts: album}, photo("see", "b"), 0, ours, looked, tenants.Mine},
		"another file":               {client, Send{Parts: album}, photo("see", "c"), 0, ours, looked, tenants.Untold},
		"a file that is not told":    {client, Send{Parts: album}, photo("see", ""), 0, ours, looked, tenants.Untold},
		"another caption":            {client, Send{Parts: album}, photo("no", "b"), 0, ours, looked, tenants.Another},
		"joined":                     {topic, Send{Joined: true, Parts: []Part{{Content: *text("a")}, {Content: *text("b")}}}, text("• a\n• b"), 7, ours, looked, tenants.Mine},
		"a part of joined":           {topic, Send{Joined: true, Parts: []Part{{Content: *text("a")}, {Content: *text("b")}}}, text("b"), 7, ours, looked, tenants.Untold},
		"its buttons were changed":   {topic, Send{Parts: []Part{{Content: *text("hi")}}}, text("hi"), 7, changed, false, ours},
		"others' buttons":            {topic, Send{Parts: []Part{{Content: *text("hi")}}}, text("ho"), 7, changed, false, changed},
		"others' buttons, not shown": {topic, Send{Parts: []Part{{Content: *text("hi")}}}, nil, 0, changed, looked, changed},
	} {
		j := &Job{Lane: test.lane, Effect: &test.send}
		o := tenants.Outcome{Probed: tenants.Probed{ID: 5, Is: test.is}, Content: test.shown, Thread: test.thread}
		if got := j.Identify(o, test.looked, 7); got != test.want {
			t.Errorf("%s: %v, want %v", what, got, test.want)
		}
	}
}

// TestLost: a lost send is searched for if that can be; what needs no search says why.
func TestLost(t *testing.T) {
	search := tenants.Search{Login: 1, Chat: -5, Floor: 9}
	for what, test := range map[string]struct {
		effect     Effect
		idempotent bool
		searched   bool
		resent     tenants.Resent
	}{
		"a text":                       {&Send{Way: Write}, false, true, ""},
		"a copy":                       {&Send{Way: Copy}, false, true, ""},
		"a forward":                    {&Send{Way: Forward}, false, false, tenants.IsForward},
		"what was said before":         {&Send{Way: Write, Earlier: true}, false, false, ""},
		"a forward, repeated in peace": {&Send{Way: Forward}, true, false, tenants.Harmless},
		"a text, repeated in peace":    {&Send{Way: Write}, true, false, tenants.Harmless},
		"an edit":                      {&Edit{}, false, false, ""},
	} {
		j := &Job{Effect: test.effect}
		o := j.Lost(tenants.Outcome{Kind: tenants.Unsure}, test.idempotent, search)
		if (o.Search != nil) != test.searched || o.Resent != test.resent || o.Kind != tenants.Unsure {
			t.Errorf("%s: %+v", what, o)
		}
		if o.Search != nil && o.Search.Floor != search.Floor {
			t.Errorf("%s begins with %+v", what, o.Search)
		}
	}
}
