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
	// Most is how many messages are asked about at most.
	Most = 20
	// Tail is how many numbers above the last known one may be the message's: what
	// other bots write is not told.
	Tail = 8
	// Silence is how many missing numbers in a row above the last known message end
	// the numbering: Telegram skips some, though seldom several.
	Silence = 3
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
	if until := due(s, f); until.After(f.Now) {
		return Wait{until}
	}
	if f.Busy || slices.ContainsFunc(f.Peers, func(p Peer) bool { return p.Leads }) {
		return Wait{f.Now.Add(Again)}
	}
	if s.Late == 0 {
		s.Late = max(f.High, s.Floor)
	}
	switch {
	case s.Floor == 0:
		return Repeat{Reason: tenants.NoFloor, Blur: blur(s, f)}
	case s.Late-s.Floor-known(s, f) > Most:
		return Repeat{Reason: tenants.TooMany, Blur: blur(s, f)}
	case slices.ContainsFunc(f.Blurs, func(r Range) bool { return r.To > s.Floor && r.From <= s.Late+Tail }):
		return Repeat{Reason: tenants.Blurred, Blur: blur(s, f)}
	}
	if id := next(s, f); id != 0 {
		return Ask{id}
	}
	return found(s, f)
}

// due is when nothing that is unsure here can go on any more at Telegram.
func due(s *tenants.Search, f Facts) time.Time {
	last := s.Ended
	for _, p := range f.Peers {
		if p.Ended.After(last) {
			last = p.Ended
		}
	}
	return last.Add(Linger)
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
		case is == tenants.NotProbed && id > s.Late && (silent >= Silence || enough(s, f)):
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

func answer(s *tenants.Search, id tenants.MessageID) tenants.Probe {
	for _, a := range s.Asked {
		if a.ID == id {
			return a.Is
		}
	}
	return tenants.NotProbed
}

// enough tells that as many are found as are looked for.
func enough(s *tenants.Search, f Facts) bool { return len(ours(s)) >= wanted(f) }

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

func ours(s *tenants.Search) (ids []tenants.MessageID) {
	for _, a := range s.Asked {
		if a.Is == tenants.Ours {
			ids = append(ids, a.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// found is the end of a search: everything has been asked.
func found(s *tenants.Search, f Facts) Step {
	made, alone := ours(s), wanted(f) == f.Parts
	switch {
	case len(made) == 0:
		return absent(s, f)
	case !alone && len(made) >= wanted(f):
		return Came{Made: made, Together: true}
	case !alone:
		return Repeat{Reason: tenants.SomeCame, Found: made, Together: true}
	case len(made) == f.Parts:
		return Link{made}
	case len(made) < f.Parts:
		return Part{made}
	default:
		return Came{Made: made}
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
