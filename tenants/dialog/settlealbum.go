package dialog

import (
	"time"

	"topicdesk/tenants"
)

// An album is one call with several parts, and Telegram may do it for some of
// them only. What is known to have arrived never goes again.

// halved cuts an album that is refused for one of its parts, or because they
// can't stand together: the first half goes before the second. Nothing of it has
// arrived, and Telegram does not say reliably for which part it was: it numbers
// them in the order in which they fail (Bot API server source), and all of them
// fail at once. So at last the bad one is alone, and the others have gone.
func halved(j *Job, s *Send, o tenants.Outcome) (st Settlement, ok bool) {
	if len(s.Parts) < 2 {
		return st, false
	}
	first, second := *s, *s
	middle := (len(s.Parts) + 1) / 2
	first.Parts, second.Parts = s.Parts[:middle], s.Parts[middle:]
	second.Piece = pieceBase*(s.Piece+1) + middle
	before := withEffect(j, &first)
	before.NotBefore = time.Time{}
	return Settlement{Verdict: Retry, Before: []Job{before}, Effect: &second, Why: o.Why}, true
}

// rest is what is left of an album whose first parts have arrived before a flood
// met it; nil if none have. Nobody tells the ids of those: they stay without a
// link.
func rest(e Effect, o tenants.Outcome) Effect {
	s, ok := e.(*Send)
	if !ok || o.Arrived <= 0 || o.Arrived >= len(s.Parts) {
		return nil
	}
	left := *s
	left.Parts = s.Parts[o.Arrived:]
	return &left
}

// whole sends an album of a client's again from its kept body, because some of
// its parts were left out. What did come is taken away first; if nobody told
// what that is, it stays, and parts are there twice.
func whole(j *Job, s *Send, o tenants.Outcome, v tenants.Voice) (st Settlement, ok bool) {
	next, ok := fromBody(s, o, v)
	if !ok {
		return st, false
	}
	if s.Search != nil { // the try is found out: the next one is a send, no question
		next.Search, next.Doubt = nil, false
	}
	st = credited(j, s, next)
	if st.Why = o.Why; len(o.Strays) == 0 {
		st.Resent = tenants.PartsCame
	}
	for _, id := range o.Strays {
		remove := withEffect(j, &Delete{Message: tenants.MessageRef{Chat: j.Chat, ID: id}})
		remove.Class, remove.Origin, remove.Source, remove.NotBefore = ClassMark, OfRelay, tenants.MessageRef{}, time.Time{}
		st.Before = append(st.Before, remove)
	}
	return st, true
}

// partOf is the message that a refusal is about: the first of those that the
// send carries.
func partOf(j *Job, s *Send) tenants.MessageRef {
	if source := s.Parts[0].Source; !source.IsZero() {
		return source
	}
	return j.Source
}
