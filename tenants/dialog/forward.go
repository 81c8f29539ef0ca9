package dialog

import (
	"strings"
	"time"

	"topicdesk/tenants"
)

// forwards tells that a client's message is shown as a forward: one that is a
// forward itself, as long as no author has to be named, and with AUTHOR=forward
// all of client groups. Except replies, because a forward can't be one (Bot API
// docs, forwardMessage), and the team's, because a forward has no place for its
// sign: they get the author line.
func (d *draft) forwards(m *tenants.Message, author tenants.Text) bool {
	if d.byForward(m) {
		return m.ReplyTo.IsZero() && !d.f.Writer.Team
	}
	return m.Forwarded != "" && author.Text == "" && !m.AutoPost
}

// byForward tells that forwards show who wrote.
func (d *draft) byForward(m *tenants.Message) bool {
	return m.Chat.Kind == tenants.Group && d.f.Settings.Author == tenants.AuthorForward
}

// besides is what has to be said before a forward: it shows whose message was
// first, not who brought it into the group, whoever spoke before; nor does it
// show in which thread of a forum, if that is not the one before.
func (d *draft) besides(m *tenants.Message, author tenants.Text) tenants.Text {
	switch {
	case !d.byForward(m), d.joins(m):
		return tenants.Text{}
	case m.Forwarded != "" && !m.AutoPost:
		return d.author(m)
	case author.Text != "" && inForum(m) && (d.stale() || !strings.HasSuffix(d.s.SaidBy, threadKey(m))):
		return tenants.Plain("· " + d.threadName(m.Thread))
	default:
		return tenants.Text{}
	}
}

// unforwarded sends anew what can't be forwarded.
func unforwarded(j *Job, s *Send, o tenants.Outcome, may forms) (st Settlement, ok bool) {
	if s.Way != Forward || s.Author.Text == "" {
		return st, false
	}
	if o.As != tenants.AsNote && o.As != tenants.AsBody {
		return st, false
	}
	next := *s
	gone := o.As == tenants.AsBody && o.Reason != tenants.WhyProtected
	switch {
	case writable(s):
		next, _ = fromBody(s, o, may.voice)
		next.Lost = gone
	case !gone && may.copies && carriageOf(s.Parts[0].Content.Kind).Free == Copy:
		next.Way = Copy
	default:
		return st, false
	}
	st = credited(j, s, next)
	st.Why = o.Why
	return st, true
}

// credited tries a refused forward in another form, with what the forward would
// have shown: in its words, or in a line before it.
func credited(j *Job, s *Send, next Send) Settlement {
	next.Author = tenants.Text{}
	st := Settlement{Verdict: Retry, Effect: &next}
	switch author := s.Author; {
	case author.Text == "":
	case next.Way == Write && len(next.Parts) == 1 && takesLine(next.Parts[0].Content, author):
		next = headed(&next, author)
	default:
		line := pieceOf(s, author, pieceBase*(s.Piece+1))
		before := withEffect(j, &line)
		before.NotBefore = time.Time{}
		st.Before = []Job{before}
	}
	return st
}
