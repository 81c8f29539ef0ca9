package dialog

import (
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// tallyPause is the least time between two tellings of how one poll stands.
const tallyPause = time.Minute

// maxTallies bounds the polls of one dialog of which votes are told at a time;
// the latest count.
const maxTallies = 20

// Poll is a poll of the team's in the client chat, as the login that sent it
// knows it.
type Poll struct {
	Connection tenants.ConnectionID
	ID         string
	Message    tenants.MessageRef // in the topic
}

// Tally is how one poll stands, from a vote until what was told is a while ago.
type Tally struct {
	Poll       string               `json:"poll"`
	Connection tenants.ConnectionID `json:"connection"` // that sent it
	Message    tenants.MessageRef   `json:"message"`    // in the topic
	Stands     *tenants.Poll        `json:"stands,omitempty"`
	Told       time.Time            `json:"told,omitzero"`
}

// due is when it is to be told; zero = all is told.
func (t Tally) due() time.Time {
	if t.Stands == nil {
		return time.Time{}
	}
	return t.Told.Add(tallyPause)
}

func talliesDue(all []Tally) (first time.Time) {
	for _, t := range all {
		first = earlier(first, t.due())
	}
	return first
}

// Voted decides how a poll stands, message being the one in the topic that it
// was: it is told there in one silent note, which is edited at most once a
// minute.
func Voted(s State, e tenants.Voted, message tenants.MessageRef, f Facts) Decision {
	d := begin(s, f)
	switch {
	case !d.hasTopic():
		return Decision{Dropped: "no_topic"}
	case d.ignored():
		return Decision{Dropped: "ignored"}
	}
	tallies := slices.Clone(d.s.Rare.Polls)
	i := slices.IndexFunc(tallies, func(t Tally) bool { return t.Poll == e.Poll.ID && t.Connection == f.Connection })
	if i < 0 {
		tallies = append(tallies, Tally{Poll: e.Poll.ID, Connection: f.Connection, Message: message})
		i = len(tallies) - 1
	}
	tallies[i].Stands = &e.Poll
	d.s.Rare.Polls = latest(tallies, maxTallies)
	d.tellPolls()
	return d.done()
}

// tellPolls tells how polls stand of which it is time, and forgets those that are
// told. Of who is banned meanwhile nothing is told any more.
func (d *draft) tellPolls() {
	if d.ignored() {
		d.s.Rare.Polls = nil
		return
	}
	var left []Tally
	for _, t := range d.s.Rare.Polls {
		switch {
		case t.Stands != nil && !d.f.Now.Before(t.due()):
			d.tellPoll(t)
			t.Stands, t.Told = nil, d.f.Now
		case t.Stands == nil && !d.f.Now.Before(t.Told.Add(tallyPause)):
			continue
		}
		left = append(left, t)
	}
	d.s.Rare.Polls = left
}

func (d *draft) tellPoll(t Tally) {
	shown := d.redactor().Content(tenants.Content{Kind: tenants.KindPoll, Poll: t.Stands})
	s := answerTo(t.Message, d.tallyWords(*shown.Poll), false)
	s.Poll = t.Poll
	d.put(ToTopic, ClassNote, s, tenants.MessageRef{}, OfRelay).Connection = t.Connection
}

// unpollable is why an operator's poll can't be made anew for the client, "" =
// it can. A copy would keep more, but nobody is told which poll a copy is, so
// its votes would be lost (Bot API docs, copyMessage): only one with pictures,
// which bots can't send again, is copied.
func (d *draft) unpollable(p tenants.Poll) string {
	if p.Quiz && len(p.Correct) == 0 {
		return d.words(say.WhyQuiz)
	}
	return ""
}
