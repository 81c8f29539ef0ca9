package dialog

import (
	"time"

	"topicdesk/tenants"
)

// pieceBase keeps the numbers of pieces that a refusal made apart from those of
// the decision.
const pieceBase = 10

// forms says which other ways are open to a refused send.
type forms struct {
	copies   bool          // it may be copied unseen
	forwards bool          // it may be forwarded: shows whose it is
	voice    tenants.Voice // of what is said about it
}

// reform gives a refused send another form. ok is false if there is none left.
// It ends, whatever Telegram answers: ways only go from Write over Copy and
// Forward to the kept body, and formatting, quotes, replies, length and kinds of files
// are given up once.
func reform(j *Job, s *Send, o tenants.Outcome, may forms) (st Settlement, ok bool) {
	if st, ok := unforwarded(j, s, o, may); ok {
		return st, true
	}
	next := *s
	switch o.As {
	case tenants.AsNone, tenants.AsNote, tenants.AsCaption:
		return st, false
	case tenants.AsCopy:
		ok = may.copies && s.Way == Write && !s.Lost && sourced(s) && s.Said == "" // whose marks are filled in
		next.Way = Copy
	case tenants.AsForward:
		ok = may.forwards && s.Way != Forward && !s.Lost && sourced(s) && len(s.Parts) == 1
		next.Way = Forward
	case tenants.AsPlain:
		next, ok = unformatted(s)
	case tenants.AsSplit:
		return splitSend(j, s)
	case tenants.AsApart:
		return halved(j, s, o)
	case tenants.AsUnthreaded:
		ok = s.Reply != Reply{}
		next.Reply = lessReply(s.Reply)
	case tenants.AsFile:
		next, ok = asFile(s)
	case tenants.AsBody:
		next, ok = fromBody(s, o, may.voice)
	default:
		panic("dialog: unknown form")
	}
	return Settlement{Verdict: Retry, Effect: &next, Why: o.Why}, ok
}

// lessReply gives up the quote before the reply: it may hold the author line,
// which the quoted message itself does not have.
func lessReply(r Reply) Reply {
	if r.Shown() == nil {
		return Reply{}
	}
	r.Unquoted = true
	return r
}

// sourced tells that all parts are messages at Telegram.
func sourced(s *Send) bool {
	for _, p := range s.Parts {
		if p.Source.IsZero() {
			return false
		}
	}
	return true
}

// rewritten is s sent from its decided contents, each changed by f.
func rewritten(s *Send, f func(tenants.Content) tenants.Content) Send {
	next := *s
	next.Way = Write
	next.Parts = make([]Part, len(s.Parts))
	for i, p := range s.Parts {
		p.Content = f(p.Content)
		next.Parts[i] = p
	}
	return next
}

// headed puts a line of ours before the words of each part.
func headed(s *Send, line tenants.Text) Send {
	next := rewritten(s, func(c tenants.Content) tenants.Content { return prefixed(line, c) })
	for i := range next.Parts {
		next.Parts[i].Head += next.Parts[i].Content.Text.Len() - s.Parts[i].Content.Text.Len()
	}
	return next
}

// writable tells that all contents can be sent anew.
func writable(s *Send) bool {
	for _, p := range s.Parts {
		if carriageOf(p.Content.Kind).Bound != Write {
			return false
		}
	}
	return true
}

func unformatted(s *Send) (Send, bool) {
	formatted := false
	for _, p := range s.Parts {
		formatted = formatted || len(p.Content.Text.Entities) > 0
	}
	return rewritten(s, plain), formatted && writable(s)
}

// asFile sends media as documents.
func asFile(s *Send) (Send, bool) {
	ok := false
	next := rewritten(s, func(c tenants.Content) tenants.Content {
		c, changed := document(c)
		ok = ok || changed
		return c
	})
	return next, ok
}

// document is media as a file; ok tells that it can be one. It goes as a new file:
// by its id it would stay what it is, and a photo's is refused (Bot API docs,
// Sending files; TDLib source).
func document(c tenants.Content) (as tenants.Content, ok bool) {
	name, media := fileNames[c.Kind]
	if !media || c.File == nil || c.File.Size > tenants.MaxDownload {
		return c, false
	}
	file := *c.File
	file.Anew = true
	if file.Name == "" {
		file.Name = name
	}
	c.Kind, c.File = tenants.KindDocument, &file
	return c, true
}

// fileNames are for files of media, which have none of their own.
var fileNames = map[tenants.Kind]string{
	tenants.KindPhoto: "photo.jpg", tenants.KindVideo: "video.mp4", tenants.KindAnimation: "animation.mp4",
	tenants.KindAudio: "audio.mp3", tenants.KindVoice: "voice.ogg", tenants.KindVideoNote: "video.mp4",
}

// fromBody sends what was kept, because the source is gone, or protected.
func fromBody(s *Send, o tenants.Outcome, v tenants.Voice) (Send, bool) {
	next := rewritten(s, func(c tenants.Content) tenants.Content {
		text, ok := asText(v, c)
		if ok {
			return text
		}
		return c
	})
	next.Lost, next.Left = o.Reason != tenants.WhyProtected, o.Reason == tenants.WhyLeft
	return next, s.Way != Write && writable(s)
}

// splitSend cuts what is too long: all pieces but the last go before it.
func splitSend(j *Job, s *Send) (Settlement, bool) {
	if !writable(s) {
		return Settlement{}, false
	}
	var rest []tenants.Text
	first := rewritten(s, func(c tenants.Content) tenants.Content {
		cut, more := fit(c)
		rest = append(rest, more...)
		return cut
	})
	if len(rest) == 0 {
		return Settlement{}, false
	}
	if whole := s.Parts[0].Content; j.Origin == OfOperator && s.Piece == 0 && len(s.Parts) == 1 && s.Whole == nil {
		first.Whole = &whole
	}
	before := []Job{withEffect(j, &first)}
	for i, words := range rest {
		piece := pieceOf(s, words, pieceBase*(s.Piece+1)+i)
		if i == len(rest)-1 {
			return Settlement{Verdict: Retry, Before: before, Effect: &piece, Why: "too long, so it goes in pieces"}, true
		}
		before = append(before, withEffect(j, &piece))
	}
	panic("dialog: a split without pieces")
}

// withEffect is a job like j that does something else.
func withEffect(j *Job, e Effect) Job {
	other := *j
	other.Effect = e
	return other
}

// skipped are jobs for the parts of an album that Telegram left out without a
// word (Bot API docs, copyMessages): each goes alone, from its body.
func skipped(j *Job, s *Send, o tenants.Outcome, now time.Time) []Job {
	var jobs []Job
	for i, p := range s.Parts {
		if s.Messages() == 1 || i >= len(o.Made) || o.Made[i] != 0 || o.Short {
			continue
		}
		job := withEffect(j, &Send{
			Way: Write, Parts: []Part{p}, Silent: true, Thread: s.Thread, By: s.By, Writer: s.Writer,
			Reply: Reply{Of: s.Parts[0].Source}, Piece: pieceBase + i,
		})
		job.NotBefore, job.Decided = time.Time{}, now
		if s.Said == "" {
			job.Source = p.Source
		}
		jobs = append(jobs, job)
	}
	return jobs
}

// plainEdit tries an edit without formatting.
func plainEdit(e *Edit, o tenants.Outcome) (Settlement, bool) {
	if o.As != tenants.AsPlain {
		return Settlement{}, false
	}
	next := *e
	var ok bool
	next.New, ok = unformatted(&e.New)
	return Settlement{Verdict: Retry, Effect: &next, Why: o.Why}, ok
}
