package dialog

import (
	"maps"
	"slices"
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// Waiting is a dialog in which the client waits for us.
type Waiting struct {
	Dialog     tenants.DialogID
	Connection tenants.ConnectionID // that serves it
	Kind       tenants.ChatKind
	Thread     tenants.ThreadID // of its topic; 0 = not made yet, or in the waiting room
	Name       string           // as the title was decided to have it; in a page, as HIDE_INFO lets it be shown
	Since      time.Time        // zero = from before that was kept
	Assignee   Assignee
	Labels     []tenants.LabelID
	Open       bool // HIDE_INFO hides nothing of it
}

// Whose dialogs /open lists. Buttons carry them, so numbers never change.
type whose int

const (
	everybodys whose = iota
	ones             // of one operator
	nobodys
)

var openWords = map[string]whose{"mine": ones, "free": nobodys, "all": everybodys}

// Selection is what /open lists.
type Selection struct {
	of    whose
	who   tenants.UserID // of ones
	label tenants.LabelID
}

// WaitingPage is a page of the list of those who wait. It has nobody who is not on it:
// what HIDE_INFO hides is looked for in the names of some, not of thousands.
type WaitingPage struct {
	Rows   []Waiting // who waits longest comes first
	Chosen int       // so many are chosen, on all pages
	All    int       // so many wait, whoever is chosen
}

// Page is one page of those who are chosen of all.
func (c Selection) Page(all []Waiting, page int) WaitingPage {
	var chosen []Waiting
	for _, w := range all {
		if c.has(w) {
			chosen = append(chosen, w)
		}
	}
	first, last := PageOf(page, len(chosen))
	return WaitingPage{Rows: slices.Clone(chosen[first:last]), Chosen: len(chosen), All: len(all)}
}

func (c Selection) has(w Waiting) bool {
	mine := c.of != ones || w.Assignee.ID == c.who
	free := c.of != nobodys || w.Assignee.ID == 0
	return mine && free && (c.label == 0 || slices.Contains(w.Labels, c.label))
}

// press is the button that turns the pages of the list. Whose "mine" it is stays,
// whoever presses.
func (c Selection) press() Press {
	return Press{Verb: PressOpen, Message: tenants.MessageID(c.who), Arg: int64(c.label)<<2 | int64(c.of)}
}

// OpenPressed is what a button below the list chooses.
func OpenPressed(p Press) Selection {
	c := Selection{of: whose(p.Arg & 3), who: tenants.UserID(p.Message), label: tenants.LabelID(p.Arg >> 2)}
	if c.of > nobodys { // apps may send what they like
		c.of = everybodys
	}
	return c
}

// worklist is /open: who waits, the longest first.
func (p *post) worklist(call command.Call) {
	c, why := OpenAsks(*p.m, call, p.f)
	if why != "" {
		p.reply(tenants.Plain(why), true)
		return
	}
	p.listed(waitingPage(p.group, c, p.f, 0))
}

// OpenAsks reads [mine|free|all] [LABEL] of an /open; why is what is wrong with it.
func OpenAsks(m tenants.Message, call command.Call, f Facts) (c Selection, why string) {
	args := call.Args
	if len(args) > 0 {
		if of, ok := openWords[command.FoldName(args[0])]; ok {
			c.of, args = of, args[1:]
		}
	}
	if c.of == ones {
		c.who = operator(&m, f).ID
	}
	switch len(args) {
	case 0:
		return c, ""
	case 1:
		l, ok := LabelNamed(f.Labels, args[0])
		if !ok {
			near := append(names(f.Labels), slices.Sorted(maps.Keys(openWords))...)
			return c, unknownName(args[0], near, f.Settings.Language)
		}
		c.label = l.ID
		return c, ""
	default:
		return c, f.words(say.OpenUsage)
	}
}

// reopened turns the pages of the list, or looks again.
func (p *pressed) reopened() {
	c := OpenPressed(p.press)
	page := waitingPage(p.e.Message.Chat, c, p.f, p.press.Page)
	if _, ok := labelOf(p.f.Labels, c.label); c.label != 0 && !ok {
		page = Listing{Text: tenants.Plain(say.LabelGone.In(p.f.Settings.Language))}
	}
	p.edit(page)
	p.answer("")
}

// waitingPage shows the page of those who wait in a group that the facts have.
func waitingPage(group tenants.ChatID, c Selection, f Facts, page int) Listing {
	v, all := f.Settings.Voice(), f.Waiting
	var out tenants.Composer
	var named []tenants.DialogID
	out.As("bold", waitingTitle(v, c, f, all.Chosen))
	for _, w := range all.Rows {
		if w.Open {
			named = append(named, w.Dialog)
		}
		out.Say("\n" + square(UserAnswered) + " ")
		out.Link(topicLink(group, waitsIn(w, f)), w.Name)
		if !w.Since.IsZero() {
			out.Say(" · " + unbroken(v.Span(max(f.Now.Sub(w.Since), 0))))
		}
		if w.Assignee.ID != 0 && c.of != ones {
			out.Say(" · " + w.Assignee.Name)
		}
	}
	if all.All > all.Chosen {
		out.Say("\n" + v.Say(say.OpenTotal, say.Values{"n": all.All}))
	}
	return Listing{Text: out.Text(), Names: named, Buttons: pageButtons(c.press(), page, all.Chosen, f.Settings.Language)}
}

// unbroken are words that stay in one line, since on a telephone a name takes most of it.
func unbroken(words string) string { return strings.ReplaceAll(words, " ", "\u00a0") }

// waitsIn is the topic in which a client's words are read.
func waitsIn(w Waiting, f Facts) tenants.ThreadID {
	if w.Thread == 0 {
		return f.Room
	}
	return w.Thread
}

func waitingTitle(v tenants.Voice, c Selection, f Facts, n int) string {
	title := map[whose][2]say.Key{
		everybodys: {say.OpenNobody, say.OpenAll},
		ones:       {say.OpenNobodyMine, say.OpenMine},
		nobodys:    {say.OpenNobodyFree, say.OpenFree},
	}[c.of][min(n, 1)]
	words := v.Say(title, say.Values{"n": n})
	if l, ok := labelOf(f.Labels, c.label); ok {
		return l.Name + ": " + words
	}
	return words
}
