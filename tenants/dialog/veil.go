package dialog

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/privacy"
)

// Cover hides the names of one dialog in what goes into its group. Making one costs
// some microseconds for each person who was met; used, it costs next to nothing for
// them. It never changes, and may be shared and kept for as long as nobody and nothing
// new was met. Nil hides nothing.
type Cover struct {
	state State // of which the names count, and nothing else
	known privacy.Known
	red   *privacy.Redactor
	set   *privacy.Set
}

// NewCover makes the cover of a dialog; nil if nothing is hidden in it.
func NewCover(s State, f Facts) *Cover {
	if !f.Settings.Hide.Any() {
		return nil
	}
	k := known(s, f)
	return &Cover{state: s, known: k, red: privacy.New(k), set: privacy.NewSet(k)}
}

// Hidden is what no call into the group may hold; nil if nothing is hidden.
func (c *Cover) Hidden() *privacy.Set {
	if c == nil {
		return nil
	}
	return c.set
}

// OfNames is the cover without what hides links: a list of ours leads to the topics by
// links, and names people by names.
func (c *Cover) OfNames(f Facts) *Cover {
	f.Settings.Hide.Link = false
	return NewCover(c.state, f)
}

// Names are the pseudonyms that the cover gives.
func (c *Cover) Names() []privacy.Name { return c.red.Names() }

// Fits tells whether the cover is that of a dialog as it is now.
func (c *Cover) Fits(s State, f Facts) bool { return c.fits(known(s, f)) }

// fits tells whether the cover was made of just this.
func (c *Cover) fits(k privacy.Known) bool { return c != nil && c.known.Equal(k) }

// Veil hides, in a job that goes into the topic, what HIDE_INFO hides by now: it was
// decided before that was switched on, or before a name was known. The body is kept
// until it is delivered, so it goes written anew. The effect is the job's own if
// nothing is to be hidden in it. ok is false if it can't be had so: a forward shows
// whose it is, and so does an album of which a part is only named in a line.
func (c *Cover) Veil(j Job, f Facts) (e Effect, ok bool) {
	if c == nil {
		return j.Effect, true
	}
	f.Cover, f.Settings.Hide = c, c.known.Hide
	d := begin(c.state, f)
	switch e := j.Effect.(type) {
	case *Send:
		veiled := d.veiled(e, j.Decided)
		switch {
		case same(veiled, *e):
			return e, true
		case e.Way != Forward && (len(e.Parts) == 1 || e.Joined || albumOf(veiled)):
			return &veiled, true
		default:
			return nil, false
		}
	case *Edit:
		if next := *e; !e.Drop {
			next.New = d.veiled(&e.New, j.Decided)
			if !same(next.New, e.New) {
				return &next, true
			}
		}
		return e, true
	case *Open, *Rename, *SetOpen, *React, *Delete, *AnswerPress:
		return j.Effect, true
	default:
		panic("dialog: unknown effect")
	}
}

// same compares as the store would write them.
func same[T Send | tenants.Content](a, b T) bool {
	one, err := json.Marshal(a)
	if err != nil {
		panic(err)
	}
	other, err := json.Marshal(b)
	if err != nil {
		panic(err)
	}
	return bytes.Equal(one, other)
}

// VeiledTitle is the title as it may be shown now, if the one that the dialog has was
// decided before HIDE_INFO was switched on.
func VeiledTitle(s State, f Facts) string {
	d := begin(s, f)
	d.s.Shown = d.shown()
	return d.title()
}

// VeiledName is the name in that title.
func VeiledName(s State, f Facts) string {
	d := begin(s, f)
	d.s.Shown = d.shown()
	return d.name()
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
	next.Buttons = slices.Clone(s.Buttons)
	for i := range next.Buttons {
		b := &next.Buttons[i]
		b.Text, b.Data = d.redactor().Text(tenants.Plain(b.Text)).Text, d.veiledData(b.Data)
	}
	if d.hides(s.Reply.Quote) {
		next.Reply.Quote = nil
	}
	return next
}

// veiledData is the data of a button that names nobody by their id.
func (d *draft) veiledData(data string) string {
	p, ok := ParsePress(data)
	if !ok || p.Verb != PressUnban || privacy.IsToken(p.Arg) {
		return data
	}
	p.Arg = d.banArg(tenants.ChatID(p.Arg))
	return p.Data()
}

func albumOf(s Send) bool {
	for _, p := range s.Parts {
		if !carriageOf(p.Content.Kind).Album {
			return false
		}
	}
	return true
}
