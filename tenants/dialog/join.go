package dialog

import (
	"slices"
	"strings"
	"time"

	"topicdesk/tenants"
)

// While a group's budget is exhausted, short texts that wait in a lane become one
// message. Whether two neighbours may is decided here and looked at when the first
// of them is tried, so that all that has come by then is joined. In the job they
// stay parts, so that each can be edited or withdrawn while they wait, and go alone
// if Telegram will not have them together.

// Merge is whether a client's text may go as one message with others.
type Merge string

const (
	MergeNot   Merge = ""
	MergeFirst Merge = "first" // others may follow in its message
	MergeNext  Merge = "next"  // it may also follow in the message of the one before it
)

// bullet stands before each part of a joined message, so that one sees where it
// begins.
const bullet = "• "

// merges decides whether a message may be joined with its neighbours. The one
// before it must be the same author's, in the same thread, minutes ago at most, and
// nobody of the team may have written in the topic since.
func (d *draft) merges(m *tenants.Message, s Send) Merge {
	s.Merge = MergeFirst
	plain := s.joinable() && m.Content.Kind == tenants.KindText && m.Forwarded == "" && m.ReplyTo.IsZero() && !bystander(m)
	if !d.f.Settings.MergeTexts || !plain || d.s.Rare.Room || m.Chat.Kind == tenants.Channel {
		return MergeNot
	}
	if d.s.SaidBy != authorKey(m) || d.stale() || d.s.SaidAt.Before(d.f.TopicHeard) {
		return MergeFirst
	}
	return MergeNext
}

// Joins tells that the first of two waiting jobs may take the other, which comes
// directly behind it in the lane, into its message.
func Joins(a, b *Job) bool {
	first, second := joinable(a), joinable(b)
	if first == nil || second == nil || second.Merge != MergeNext || first.Half != second.Half ||
		a.Connection != b.Connection || a.Chat != b.Chat {
		return false
	}
	all := slices.Concat(first.Parts, second.Parts)
	return len(all) <= tenants.MaxJoined && joinedOf(all).Fits()
}

// Join takes the texts of b into the message of a; see Joins.
func Join(a, b *Job) {
	joined, more := *a.Effect.(*Send), b.Effect.(*Send)
	joined.Parts = slices.Concat(joined.Parts, more.Parts)
	joined.Way, joined.Joined = Write, true
	joined.Silent = joined.Silent && more.Silent
	a.Effect = &joined
}

// joinable is the Send of a job that may be joined with others; nil = it may not.
func joinable(j *Job) *Send {
	if s, ok := j.Effect.(*Send); ok && j.Origin == OfClient && s.joinable() {
		return s
	}
	return nil
}

// joinable: what may have arrived stays as it was.
func (s *Send) joinable() bool {
	if s.Merge == MergeNot || s.Way == Forward || s.Reply != (Reply{}) || len(s.Buttons) > 0 ||
		s.Room != 0 || s.Note || s.Lost || s.Doubt {
		return false
	}
	for _, p := range s.Parts {
		if p.Source.IsZero() || p.words().Len() > tenants.MaxJoinedPart || !flows(p.Content) || distinct(p.Content) {
			return false
		}
	}
	return true
}

// words are a part's text without the line of ours before it.
func (p *Part) words() tenants.Text { return p.Content.Text.Slice(p.Head, p.Content.Text.Len()) }

// flows tells a text that can stand in the middle of another: without blocks.
func flows(c tenants.Content) bool {
	return c.Kind == tenants.KindText && !slices.ContainsFunc(c.Text.Entities, func(e tenants.Entity) bool {
		return e.Kind == "pre" || e.Kind == "blockquote" || e.Kind == "expandable_blockquote"
	})
}

// distinct tells a text that loses something in a message with others: the preview
// of its link, or what only a copy of its own keeps (Bot API docs, MessageEntity).
func distinct(c tenants.Content) bool {
	return slices.ContainsFunc(c.Text.Entities, func(e tenants.Entity) bool {
		link := e.Kind == "url" || e.Kind == "text_link"
		return link && !c.NoPreview || bound(e)
	})
}

// Together tells that the parts of a joined Send still fit into one message.
func Together(s *Send) bool {
	for _, p := range s.Parts {
		if !flows(p.Content) {
			return false
		}
	}
	return joinedOf(s.Parts).Fits()
}

// KeepHead gives the author's line of parts to the first of those that are left.
func KeepHead(parts, left []Part) []Part {
	first := parts[0]
	if left[0].Source == first.Source || first.Head == 0 || left[0].Head > 0 {
		return left
	}
	left = slices.Clone(left)
	line := first.Content.Text.Slice(0, first.Head)
	left[0].Head, left[0].Content.Text = first.Head, line.Append(left[0].Content.Text)
	return left
}

// Trim is a job like a Delete that takes one of a client's messages out of the
// joined one in which it is.
func Trim(like *Job, of tenants.MessageRef) Job {
	trim := withEffect(like, &Edit{Of: of, Drop: true})
	trim.Source, trim.NotBefore = of, time.Time{}
	return trim
}

// apart lets the parts of a joined message that Telegram refuses go alone, and
// never together again: one of them may be what it does not take.
func apart(j *Job, s *Send, why string) Settlement {
	st := Settlement{Verdict: Retry, Why: why}
	for _, p := range s.Parts {
		alone := *s
		alone.Parts, alone.Joined, alone.Merge = []Part{p}, false, MergeNot
		one := withEffect(j, &alone)
		one.Source = p.Source
		st.Before = append(st.Before, one)
	}
	last := len(st.Before) - 1
	st.Before, st.Effect = st.Before[:last], st.Before[last].Effect
	return st
}

// Joined is a message of the group that was made of several of a client's texts.
type Joined struct {
	Head  tenants.Text `json:"head,omitzero"` // the author's line, with its line break
	Parts []JoinedPart `json:"parts"`
}

// JoinedPart is one text of a Joined.
type JoinedPart struct {
	Of     tenants.MessageRef `json:"of"`            // the client's message
	Text   tenants.Text       `json:"text,omitzero"` // as it is shown; empty once it is forgotten
	Length int                `json:"length"`        // of Text, UTF-16 units
}

// JoinedOf is what a joined Send makes.
func JoinedOf(s *Send) Joined { return joinedOf(s.Parts) }

func joinedOf(parts []Part) Joined {
	j := Joined{Head: parts[0].Content.Text.Slice(0, parts[0].Head)}
	for _, p := range parts {
		text := p.words()
		j.Parts = append(j.Parts, JoinedPart{Of: p.Source, Text: text, Length: text.Len()})
	}
	return j
}

// Content is the whole message: the author's line, and each text on lines of its
// own behind a bullet. It has no preview: what has one is not joined.
func (j Joined) Content() tenants.Content {
	text := j.Head
	for i, p := range j.Parts {
		text = text.Append(tenants.Plain(j.before(i))).Append(p.Text)
	}
	return textContent(text)
}

// before is what stands between the text before a part and its own.
func (j Joined) before(i int) string {
	switch {
	case len(j.Parts) == 1:
		return ""
	case i == 0:
		return bullet
	default:
		return "\n" + bullet
	}
}

// Fits tells that the message is within Telegram's limits.
func (j Joined) Fits() bool {
	text := j.Content().Text
	return text.Len() <= tenants.MaxText && len(text.Entities) <= tenants.MaxEntities
}

// Known tells that no text of it is forgotten.
func (j Joined) Known() bool {
	return !slices.ContainsFunc(j.Parts, func(p JoinedPart) bool { return p.Text.Len() != p.Length })
}

// Span is where the text of a part begins and ends in the message, UTF-16 units.
func (j Joined) Span(part int) (from, to int) {
	from = j.Head.Len()
	for i, p := range j.Parts[:part+1] {
		from += tenants.Len(j.before(i))
		if i < part {
			from += p.Length
		}
	}
	return from, from + j.Parts[part].Length
}

// Index finds the part of a client's message; -1 = it is not in it.
func (j Joined) Index(of tenants.MessageRef) int {
	return slices.IndexFunc(j.Parts, func(p JoinedPart) bool { return p.Of == of })
}

// With is the message with another text of one of its parts; ok is false if it has
// no room for it, or the others are forgotten.
func (j Joined) With(of tenants.MessageRef, p Part) (changed Joined, ok bool) {
	at := j.Index(of)
	if at < 0 || !j.Known() || !flows(p.Content) {
		return j, false
	}
	text := p.words()
	j.Parts = slices.Clone(j.Parts)
	j.Parts[at].Text, j.Parts[at].Length = text, text.Len()
	return j, j.Fits()
}

// Without is the message without some of its parts.
func (j Joined) Without(of ...tenants.MessageRef) Joined {
	j.Parts = slices.DeleteFunc(slices.Clone(j.Parts), func(p JoinedPart) bool { return slices.Contains(of, p.Of) })
	return j
}

// Forgotten is the message without its words, but with where they stand.
func (j Joined) Forgotten() Joined {
	j.Parts = slices.Clone(j.Parts)
	for i := range j.Parts {
		j.Parts[i].Text = tenants.Text{}
	}
	return j
}

// Answered finds the part that a reply to the message means: that in which the
// quote begins, and what the quote is in the client's own message; without a quote
// the last.
func (j Joined) Answered(q *tenants.Quote) (part int, cut *tenants.Quote) {
	if q == nil {
		return len(j.Parts) - 1, nil
	}
	begin := j.begins(q)
	for i := range j.Parts {
		if from, _ := j.Span(i); i == 0 || from-tenants.Len(bullet) <= begin {
			part = i
		}
	}
	from, to := j.Span(part)
	skip, end := max(from-begin, 0), min(q.Text.Len(), to-begin)
	words := q.Text.Slice(skip, end)
	if strings.TrimSpace(words.Text) == "" {
		return part, nil
	}
	return part, &tenants.Quote{Text: words, Position: begin + skip - from}
}

// begins is where a quote begins in the message. Its position is only about where
// (Bot API docs, TextQuote), so the words are looked for.
func (j Joined) begins(q *tenants.Quote) int {
	text := j.Content().Text
	if !j.Known() || text.Slice(q.Position, q.Position+q.Text.Len()).Text == q.Text.Text {
		return q.Position
	}
	if at := strings.Index(text.Text, q.Text.Text); at >= 0 {
		return tenants.Len(text.Text[:at])
	}
	return q.Position
}

// Quote is what a reply to one of the client's messages quotes in the joined one:
// what it quoted there, or the whole part, so that one sees which is meant; nil =
// nothing can be quoted.
func (j Joined) Quote(of tenants.MessageRef, q *tenants.Quote) *tenants.Quote {
	at := j.Index(of)
	if at < 0 {
		return q
	}
	from, _ := j.Span(at)
	if q != nil {
		return &tenants.Quote{Text: q.Text, Position: from + q.Position}
	}
	words := j.Parts[at].Text.Slice(0, tenants.MaxQuote)
	words.Entities = slices.DeleteFunc(words.Entities, func(e tenants.Entity) bool { return !slices.Contains(quotable, e.Kind) })
	if words.Text == "" {
		return nil
	}
	return &tenants.Quote{Text: words, Position: from}
}

// quotable are the entities that belong to a quote (Bot API docs, ReplyParameters).
var quotable = []string{"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji", "date_time"}
