package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// Verb is what a button of the relay does.
type Verb string

const (
	// PressSend sends to the client what was kept inside.
	PressSend Verb = "send"
	// PressPublish posts in the channel what an operator wrote in its topic.
	PressPublish Verb = "publish"
	// PressKeep leaves inside what waited for a choice.
	PressKeep Verb = "keep"
	// PressThread sends to a thread of the client's forum what could be for several.
	PressThread Verb = "thread"
	// PressAgain sends to the client what was refused, as it is.
	PressAgain Verb = "again"
	// PressPlain sends it without formatting.
	PressPlain Verb = "plain"
	// PressFile sends its media as files.
	PressFile Verb = "file"
	// PressNew sends as a message of its own the new version of one that can't be
	// edited at the client.
	PressNew Verb = "new"
	// PressRelay, PressKeywords and PressIgnore choose what becomes of a client group.
	PressRelay    Verb = "relay"
	PressKeywords Verb = "keywords"
	PressIgnore   Verb = "ignore"
	// PressReplace saves as a quick reply what another one has been until now, PressSay
	// sends that one.
	PressReplace Verb = "replace"
	PressSay     Verb = "say"
	// PressUndo takes back what a label sends, of which the message is the /mark.
	PressUndo Verb = "undo"
	// PressDash replaces the words of what can't be taken back any more.
	PressDash Verb = "dash"
	// PressRenew and PressStay choose what becomes of the topics of before HIDE_INFO.
	PressRenew Verb = "renew"
	PressStay  Verb = "stay"
	// PressTake takes a dialog over from the operator whose number is the argument.
	PressTake Verb = "take"
	// PressBan bans the whole chat, PressUnban lets the person or chat that the
	// argument stands for be relayed again.
	PressBan   Verb = "ban"
	PressUnban Verb = "unban"
	// PressCancel leaves everything as it was.
	PressCancel Verb = "cancel"
	// PressLabelNew makes the label that a /mark in a topic named, and sets it.
	PressLabelNew Verb = "labelnew"
	// PressLabels turns the pages of a list in General: of the topics with the label
	// Arg, or of all labels where that is 0.
	PressLabels Verb = "labels"
	// PressOpen turns the pages of /open.
	PressOpen Verb = "open"
	// PressLabelDel deletes the label Arg.
	PressLabelDel Verb = "labeldel"
)

// verbs is the closed list.
var verbs = []Verb{
	PressSend, PressPublish, PressKeep, PressThread, PressAgain, PressPlain, PressFile, PressNew, PressDash,
	PressRelay, PressKeywords, PressIgnore, PressReplace, PressSay, PressTake, PressUndo,
	PressBan, PressUnban, PressCancel, PressLabelNew,
}

// generalVerbs are those of buttons about no dialog.
var generalVerbs = []Verb{PressOpen, PressLabels, PressLabelDel, PressRenew, PressStay}

// Press is what a button of the relay stands for. It says nothing that cannot
// be checked again when it is pressed: anybody in the group may press, as late
// as they like.
type Press struct {
	Verb   Verb
	Dialog tenants.DialogID // 0 = it is about General; see PressedInGeneral
	// Message is the held message (its album, if it has one), in the chat of the
	// button or in the client chat; 0 = the button is about none.
	Message tenants.MessageID
	Arg     int64 // of the verb; 0 = none
	Page    int   // of a list in General, from 0
}

// Data is the form in which a button carries it: at most 64 bytes (Bot API docs,
// InlineKeyboardButton).
func (p Press) Data() string {
	data := fmt.Sprintf("%s %d %d %d", p.Verb, p.Dialog, p.Message, p.Arg)
	if p.Page != 0 {
		data += fmt.Sprintf(" %d", p.Page)
	}
	return data
}

// ParsePress reads Data; ok is false for what is no button of the relay: some apps send
// what they like.
func ParsePress(data string) (p Press, ok bool) {
	words := strings.Split(data, " ")
	if len(words) < 4 || len(words) > 5 {
		return Press{}, false
	}
	var n [4]int64
	for i := range words[1:] {
		var err error
		if n[i], err = strconv.ParseInt(words[i+1], 10, 64); err != nil {
			return Press{}, false
		}
	}
	p = Press{
		Verb: Verb(words[0]), Dialog: tenants.DialogID(n[0]), Message: tenants.MessageID(n[1]), Arg: n[2], Page: int(n[3]),
	}
	known := verbs
	if p.Dialog == 0 {
		known = generalVerbs
	}
	if !slices.Contains(known, p.Verb) || p.Page != 0 && p.Dialog != 0 {
		return Press{}, false
	}
	return p, true
}

// Right is what the presser needs of Telegram: what the command needs that the
// button goes on with.
func (v Verb) Right() command.Right {
	if v == PressBan || v == PressUnban {
		return command.BanUsers
	}
	return command.NoRight
}

// Held is a message that waits for somebody's choice. It is kept whole, since a
// button can't carry it, until the choice or for HeldKept.
type Held struct{ Message tenants.Message }

// Pressed decides the press of a button about the dialog. Facts.Held is the
// message that it is about, an album whole and in order; none if it has been
// dealt with or is too old.
func Pressed(s State, e tenants.Pressed, p Press, f Facts) Decision {
	d := begin(s, f)
	d.out.Operator = e.By
	if why := d.mayNotPress(p.Verb); why != "" {
		d.answerPress(e, why)
		return d.done()
	}
	// Only who sent a button can take it away and answer its press.
	d.put(ToMark, ClassMark, &Delete{Message: e.Message}, e.Message, OfRelay).Connection = f.Connection
	if c, ok := p.Verb.Choosing(); ok {
		d.choose(e, c)
		return d.done()
	}
	switch p.Verb {
	case PressTake:
		d.takeOver(e, p)
		return d.done()
	case PressUndo:
		d.pressedUndo(e, p)
		return d.done()
	case PressBan, PressUnban, PressCancel:
		d.banPressed(e, p)
		return d.done()
	}
	if len(f.Held) == 0 {
		d.answerPress(e, d.words(say.PressedLate))
		return d.done()
	}
	if m, asked, ok := d.saying(f.Held); ok && p.Verb != PressKeep {
		if p.Verb == PressThread {
			thread := tenants.ThreadID(p.Arg)
			d.chosen = &thread
		}
		d.pressedSay(e, p, m, asked)
		return d.done()
	}
	d.pressedHeld(e, p)
	return d.done()
}

// pressedHeld goes on with what is held as the button says.
func (d *draft) pressedHeld(e tenants.Pressed, p Press) {
	switch p.Verb {
	case PressReplace, PressSay:
		d.answerPress(e, d.words(say.PressedLate))
	case PressSend:
		d.sendHeld(e, d.words(say.PressedSend))
		d.unmark()
	case PressPublish:
		d.sendHeld(e, d.words(say.PressedPublish))
	case PressKeep:
		d.keepHeld(e)
	case PressThread:
		thread := tenants.ThreadID(p.Arg)
		d.chosen = &thread
		d.sendHeld(e, d.words(say.PressedSend))
	case PressAgain, PressNew:
		d.sendHeld(e, d.words(say.PressedSend))
	case PressFile:
		d.f.Held, _ = filed(d.f.Held)
		d.anew = true
		d.sendHeld(e, d.words(say.PressedSend))
	case PressPlain:
		d.f.Held, d.anew = plainly(d.f.Held), true
		d.sendHeld(e, d.words(say.PressedSend))
	case PressDash:
		d.dash(e)
	case PressLabelNew:
		d.createLabel(e)
	default:
		panic("dialog: no rule for button " + string(p.Verb))
	}
}

// answerPress ends the waiting circle on a button, with words over the chat if
// there are any.
func (d *draft) answerPress(e tenants.Pressed, words string) {
	d.put(ToMark, ClassMark, &AnswerPress{Query: e.Query, Text: words}, tenants.MessageRef{}, OfRelay).Connection = d.f.Connection
}

// sendHeld puts what was kept inside on its way to the client, as if it had been
// written now; said is what the presser reads.
func (d *draft) sendHeld(e tenants.Pressed, said string) {
	if why := d.unsendableHeld(); why != "" {
		d.offer(d.f.Held, why, true, []Verb{PressAgain})
		d.event(MessageRefused, d.out.Operator.ID)
		d.answerPress(e, d.words(say.PressedNot))
		return
	}
	if d.undecided(&d.f.Held[0].Message) {
		d.askThread(d.f.Held)
		d.answerPress(e, d.words(say.PressedWhich))
		return
	}
	for _, h := range d.f.Held {
		m := h.Message
		d.out.Unhold = append(d.out.Unhold, m.Ref())
		if why := d.sendOne(&m); why != "" {
			said = d.words(say.PressedNot)
			d.tell(m.Ref(), d.why(say.NotDelivered, why), true)
			d.event(MessageRefused, d.out.Operator.ID)
		}
	}
	d.answerPress(e, said)
}

// unsendableHeld tells that a rule of now forbids what is held, an album as a
// whole.
func (d *draft) unsendableHeld() string {
	for _, h := range d.f.Held {
		if why := d.unsendable(&h.Message); why != "" {
			return why
		}
		if slashed(&h.Message, d.f.Bot) {
			return d.why(say.NotDelivered, d.words(say.WhyComment))
		}
	}
	return ""
}

// unmark takes the sign of what is inside off those that go out.
func (d *draft) unmark() {
	for _, ref := range d.out.Outside {
		d.mark(ref, "")
	}
}

// sendOne sends one held message; why tells that it stays inside all the same.
func (d *draft) sendOne(m *tenants.Message) (why string) {
	d.pressed = true
	p, why := d.outgoing(m)
	if why != "" {
		return why
	}
	p.bound = p.bound || d.anew
	if m.Sender == nil && m.From.ID != 0 {
		p.by = m.From.ID // whoever pressed, it is their answer
	}
	d.out.Outside = append(d.out.Outside, m.Ref())
	d.accept(m, p)
	d.f.AlbumFate = FateWaiting // of the album's further parts
	return ""
}

// unsendable tells that a rule forbids a message whatever somebody chooses.
func (d *draft) unsendable(m *tenants.Message) string {
	if d.s.listens() {
		return d.why(say.NotSent, d.words(say.WhyListens))
	}
	if word, found := d.f.filters().Backend.In(m.Content); found {
		return d.forbiddenWords(m, word)
	}
	return ""
}
