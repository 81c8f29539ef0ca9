package dialog

import (
	"fmt"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// pressed is the press of a button in General, with what is needed to answer it.
type pressed struct {
	e     tenants.Pressed
	press Press
	f     Facts
	out   Decision
}

// PressedInGeneral decides the press of a button about no dialog. p is zero for one
// that is none of the relay's, or about a dialog that is not known any more.
func PressedInGeneral(e tenants.Pressed, p Press, f Facts) Decision {
	g := &pressed{e: e, press: p, f: f, out: Decision{Operator: e.By}}
	switch p.Verb {
	case PressLabels:
		g.turned()
	case PressOpen:
		g.reopened()
	case PressLabelDel:
		g.labelDeleted()
	case PressRenew, PressStay:
		g.hidingChosen()
	default:
		g.out.Operator = tenants.Person{}
		g.answer(g.f.words(say.PressedLate))
	}
	return g.out
}

// answer ends the waiting circle on the button, with words over the chat if there
// are any.
func (p *pressed) answer(words string) {
	p.job(ToMark, ClassMark, &AnswerPress{Query: p.e.Query, Text: words})
}

// edit lays another page into the message that has the button. Where that can't be
// done any more, nobody misses it.
func (p *pressed) edit(l Listing) {
	s := ownSend(l.Text, true)
	s.Buttons, s.Names = l.Buttons, l.Names
	p.job(ToTopic, ClassAnswer, &Edit{Of: p.e.Message, New: *s, Direct: true})
}

func (p *pressed) job(side Side, class Class, e Effect) {
	p.out.Jobs = append(p.out.Jobs, Job{
		Lane: Lane{Group: p.e.Message.Chat, Side: side}, Connection: p.f.Connection, Chat: p.e.Message.Chat,
		Class: class, Effect: e, Origin: OfRelay, Decided: p.f.Now,
	})
}

// Listing is one page of a list in General, which buttons turn.
type Listing struct {
	Text    tenants.Text
	Names   []tenants.DialogID // see Send.Names
	Buttons []Button
}

// listed answers the writer with a list.
func (p *post) listed(l Listing) {
	s := answerTo(p.m.Ref(), l.Text, false)
	s.Buttons, s.Names = l.Buttons, l.Names
	p.job(ToTopic, ClassAnswer, s, tenants.MessageRef{})
}

// pageRows is how many rows one page of a list has.
const pageRows = 20

// PageOf is which rows of n are on a page; of one that is not there any more, those of
// the last.
func PageOf(page, n int) (first, last int) {
	page = min(max(page, 0), max(n-1, 0)/pageRows)
	return page * pageRows, min((page+1)*pageRows, n)
}

// pageButtons lead to the pages before and after one of a list of n rows.
func pageButtons(p Press, page, n int, language say.Language) []Button {
	first, last := PageOf(page, n)
	at := first / pageRows
	var all []Button
	if first > 0 {
		p.Page = at - 1
		all = append(all, Button{Text: say.PageBack.In(language), Data: p.Data()})
	}
	if last < n {
		p.Page = at + 1
		all = append(all, Button{Text: say.PageNext.In(language), Data: p.Data()})
	}
	return all
}

// topicLink leads to a topic of a supergroup, "" = to none. Telegram's apps open it
// for members (core.telegram.org/api/links).
func topicLink(group tenants.ChatID, thread tenants.ThreadID) string {
	if thread == 0 || !group.Supergroup() {
		return ""
	}
	return fmt.Sprintf("https://t.me/c/%d/%d", tenants.FirstSupergroup-group, thread)
}
