package dialog

import "time"

// Veil hides, in a job that goes into the topic, what HIDE_INFO hides by now: it was
// decided before that was switched on. The body is kept until it is delivered, so it
// goes written anew. nil = it can't be had so: a forward shows whose it is, and so
// does an album of which a part is only named in a line.
func Veil(s State, j Job, f Facts) Effect {
	d := begin(s, f)
	switch e := j.Effect.(type) {
	case *Send:
		if veiled := d.veiled(e, j.Decided); e.Way != Forward && (len(e.Parts) == 1 || e.Joined || albumOf(veiled)) {
			return &veiled
		}
		return nil
	case *Edit:
		next := *e
		next.New = d.veiled(&e.New, j.Decided)
		return &next
	case *Open, *Rename, *SetOpen, *React, *Delete, *AnswerPress:
		return j.Effect
	default:
		panic("dialog: unknown effect")
	}
}

// VeiledTitle is the title as it may be shown now, if the one that the dialog has was
// decided before HIDE_INFO was switched on.
func VeiledTitle(s State, f Facts) string {
	d := begin(s, f)
	d.s.Shown = d.shown()
	return d.s.title()
}

// veiled is a send of which the words, the lines of ours before them, the files and
// the quote are as they may be shown; decided is when it came.
func (d *draft) veiled(s *Send, decided time.Time) Send {
	next := *s
	next.Way, next.Parts = Write, make([]Part, len(s.Parts))
	for i, p := range s.Parts {
		head := d.redactor().Text(p.Content.Text.Slice(0, p.Head))
		p.Content.Text = p.words()
		p.Content = d.hidden(p.Content, decided)
		p.Content.Text, p.Head = head.Append(p.Content.Text), head.Len()
		next.Parts[i] = p
	}
	if q := s.Reply.Quote; q != nil && d.redactor().Text(q.Text).Text != q.Text.Text {
		next.Reply.Quote = nil
	}
	return next
}

func albumOf(s Send) bool {
	for _, p := range s.Parts {
		if !carriageOf(p.Content.Kind).Album {
			return false
		}
	}
	return true
}
