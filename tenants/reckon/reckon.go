package reckon

import (
	"slices"
	"time"

	"topicdesk/tenants"
)

const (
	// Linger is how long a call that was cut may go on inside Telegram: its server
	// waits out floods of 8 s by itself (TDLib source), the rest is for the way.
	Linger = 15 * time.Second
	// Most is how many messages are asked about at most; of more, the Near first
	// ones are, because a call seldom takes long.
	Most = 20
	Near = 5
	// Tail is how many numbers above the last known one may be the message's: what
	// other bots write is not told.
	Tail = 8
	// Silence is how many missing numbers in a row above the last known message end
	// the numbering of a supergroup: Telegram skips some, though seldom several. Each
	// costs a message of the group's budget: with three, a hundredth of lost answers
	// took a tenth of it.
	Silence = 2
	// Again is after how long somebody looks again who waits for others.
	Again = 2 * time.Second
)

// Facts are what is known when it is decided.
type Facts struct {
	Now time.Time
	// Chat and Login are those of the job now.
	Chat  tenants.ChatID
	Login tenants.ConnectionID
	// Known are messages above the Floor of which it is known whose they are,
	// ascending. High is the highest message known.
	Known []tenants.MessageID
	High  tenants.MessageID
	// Blurs are where messages of the login may be that nobody knows of.
	Blurs []Range
	// Sees: what people write in the chat is told to the login.
	Sees bool
	// Parts is how many messages the send makes.
	Parts int
	Peers []Peer
	// Busy: another send of the login into the chat is under way.
	Busy bool
}

// Range is numbers of messages, both included.
type Range struct{ From, To tenants.MessageID }

// Peer is another unsure send of the login into the chat.
type Peer struct {
	Ended time.Time
	Leads bool // it goes first
	Alike bool // its messages have the same buttons
	Parts int
}

// Step is what to do next. Exactly one of the kinds below.
//
//sumtype:decl
type Step interface{ isStep() }

type (
	// Wait: look again then.
	Wait struct{ Until time.Time }
	// Ask about one message.
	Ask struct{ ID tenants.MessageID }
	// Show what one of the messages holds that are the login's, of whichever send.
	Show struct{ ID tenants.MessageID }
	// Link: these are its messages, one for each part.
	Link struct{ Made []tenants.MessageID }
	// Part: of its parts these arrived, nobody knows which.
	Part struct{ Made []tenants.MessageID }
	// Came: it arrived, and which of Made it is nobody knows. Together: so did all
	// peers that are alike.
	Came struct {
		Made     []tenants.MessageID
		Together bool
	}
	// Repeat it. Found are messages that are the login's, though nobody knows of
	// which send. Together: the peers that are alike too.
	Repeat struct {
		Reason   tenants.Resent
		Found    []tenants.MessageID
		Together bool
		// Blur is where it may be nevertheless; zero = nowhere where it would be
		// taken for another one.
		Blur Range
	}
)

func (Wait) isStep()   {}
func (Ask) isStep()    {}
func (Show) isStep()   {}
func (Link) isStep()   {}
func (Part) isStep()   {}
func (Came) isStep()   {}
func (Repeat) isStep() {}

// Decide says what to do next about a search. It fills in s.Late.
func Decide(s *tenants.Search, f Facts) Step {
	switch {
	case s.Verdict == tenants.Delivered:
		return Came{}
	case s.Verdict == tenants.Resend:
		return Repeat{Reason: s.Reason}
	case s.Chat != f.Chat || s.Login != f.Login:
		return Repeat{Reason: tenants.NewChat, Blur: Range{s.Floor + 1, s.Floor + Most + Tail}}
	}
	if own := s.Ended.Add(Linger); own.After(f.Now) {
		return Wait{own}
	}
	if s.Late == 0 { // what comes later is not its own, however long others are waited for
		s.Late = max(f.High, s.Floor)
	}
	if until := due(f); until.After(f.Now) {
		return Wait{until}
	}
	if f.Busy || slices.ContainsFunc(f.Peers, func(p Peer) bool { return p.Leads }) {
		return Wait{f.Now.Add(Again)}
	}
	switch {
	case s.Floor == 0:
		return Repeat{Reason: tenants.NoFloor, Blur: blur(s, f)}
	case s.Late-s.Floor-known(s, f) > Most:
		return nearest(s, f)
	}
	if id := next(s, f); id != 0 {
		return Ask{id}
	}
	return ended(s, f)
}

// due is when nothing of the others that are unsure here can go on any more at
// Telegram.
func due(f Facts) (last time.Time) {
	for _, p := range f.Peers {
		if until := p.Ended.Add(Linger); until.After(last) {
			last = until
		}
	}
	return last
}

// known counts the known numbers up to Late.
func known(s *tenants.Search, f Facts) (n tenants.MessageID) {
	for _, id := range f.Known {
		if id > s.Floor && id <= s.Late {
			n++
		}
	}
	return n
}

// blur is where a message may be that was not found.
func blur(s *tenants.Search, f Facts) Range {
	return Range{From: s.Floor + 1, To: max(s.Late, f.High, s.Floor) + 2*Tail}
}

// next is the number to ask about now, 0 = all that is needed is known. Up to Late
// all are asked; above it, until nothing is there any more, or all that is looked
// for is found.
func next(s *tenants.Search, f Facts) tenants.MessageID {
	silent := 0
	for id := s.Floor + 1; id <= s.Late+Tail; id++ {
		is := answer(s, id)
		switch {
		case slices.Contains(f.Known, id):
			silent = 0
			continue
		case is == tenants.NotProbed && id > s.Late && (silent >= silence(s) || enough(s, f)):
			return 0
		case is == tenants.NotProbed:
			return id
		case is != tenants.Missing:
			silent = 0
		case id > s.Late:
			silent++
		}
	}
	return 0
}

// nearest asks about the first numbers of too many.
func nearest(s *tenants.Search, f Facts) Step {
	all := found(s, f)
	if alone(s, f) && len(all) == f.Parts {
		return Link{all}
	}
	for id, asked := s.Floor+1, 0; asked < Near && alone(s, f); id++ {
		switch {
		case slices.Contains(f.Known, id):
		case answer(s, id) == tenants.NotProbed:
			return Ask{id}
		default:
			asked++
		}
	}
	return Repeat{Reason: tenants.TooMany, Found: all, Blur: blur(s, f)}
}

// silence is how many missing numbers end the numbering: elsewhere than in a
// supergroup each may be another chat's, so none do.
func silence(s *tenants.Search) int {
	if s.Chat.Supergroup() {
		return Silence
	}
	return Tail
}

func answer(s *tenants.Search, id tenants.MessageID) tenants.Probe {
	for _, a := range s.Asked {
		if a.ID == id {
			return a.Is
		}
	}
	return tenants.NotProbed
}

// enough tells that as many are found as are looked for.
func enough(s *tenants.Search, f Facts) bool { return !blurred(s, f) && len(found(s, f)) >= wanted(f) }

// blurred tells that a message may be among those asked about that an earlier send
// made, of which nobody found out.
func blurred(s *tenants.Search, f Facts) bool {
	return slices.ContainsFunc(f.Blurs, func(r Range) bool { return r.To > s.Floor && r.From <= s.Late+Tail })
}

// wanted is how many messages all that are alike would have made.
func wanted(f Facts) int {
	n := f.Parts
	for _, p := range f.Peers {
		if p.Alike {
			n += p.Parts
		}
	}
	return n
}

// alone tells that no other unsure send can have made messages that are alike.
func alone(s *tenants.Search, f Facts) bool { return wanted(f) == f.Parts && !blurred(s, f) }

// found are the messages of the login's, of this send or of those that are alike.
func found(s *tenants.Search, f Facts) []tenants.MessageID {
	if alone(s, f) {
		return that(s, tenants.Ours, tenants.Mine, tenants.Untold)
	}
	return that(s, tenants.Ours, tenants.Mine, tenants.Untold, tenants.Another)
}

// that are the messages of which one of these was answered, ascending.
func that(s *tenants.Search, is ...tenants.Probe) (ids []tenants.MessageID) {
	for _, a := range s.Asked {
		if slices.Contains(is, a.Is) {
			ids = append(ids, a.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// ended: everything has been asked.
func ended(s *tenants.Search, f Facts) Step {
	all := found(s, f)
	if alone(s, f) {
		return made(s, f, all)
	}
	if unseen := that(s, tenants.Ours); len(unseen) > 0 {
		return Show{unseen[0]}
	}
	switch untold := that(s, tenants.Untold); {
	case len(untold) == 0:
		return made(s, f, that(s, tenants.Mine))
	case blurred(s, f):
		return Repeat{Reason: tenants.Blurred, Blur: blur(s, f)}
	case len(all) >= wanted(f):
		return Came{Made: all, Together: true}
	default:
		return Repeat{Reason: tenants.SomeCame, Found: all, Together: true}
	}
}

// made is the end of a search of which it is known which messages are its own.
func made(s *tenants.Search, f Facts, ids []tenants.MessageID) Step {
	switch {
	case len(ids) == 0:
		return absent(s, f)
	case len(ids) == f.Parts:
		return Link{ids}
	case len(ids) < f.Parts:
		return Part{ids}
	default:
		return Came{Made: ids}
	}
}

// absent: none of them is ours.
func absent(s *tenants.Search, f Facts) Step {
	top := max(s.Late, f.High)
	for _, a := range s.Asked {
		if a.Is != tenants.Missing {
			top = max(top, a.ID)
		}
	}
	for _, a := range s.Asked {
		if a.Is == tenants.Missing && a.ID <= s.Late && a.ID < top && f.Sees {
			return Repeat{Reason: tenants.WasDeleted}
		}
	}
	if !f.Sees {
		return Repeat{Reason: tenants.NoRight, Blur: blur(s, f)}
	}
	return Repeat{Reason: tenants.Absent}
}
