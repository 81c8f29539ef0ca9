package dialog

import (
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// remedies are the buttons under a refusal, by its reason: what may help. None =
// the message has to be written anew.
var remedies = map[tenants.Reason][]Verb{
	tenants.WhyFormatting: {PressPlain},

	tenants.WhyProtected:  {PressAgain}, // the protection may be switched off
	tenants.WhyFile:       {PressAgain},
	tenants.WhyVanished:   {PressAgain},
	tenants.WhyVoice:      {PressFile, PressAgain},
	tenants.WhyVideoNote:  {PressFile, PressAgain},
	tenants.WhyPremium:    {PressAgain},
	tenants.WhyPaid:       {PressAgain},
	tenants.WhyKind:       {PressFile, PressAgain},
	tenants.WhyNoWriting:  {PressAgain},
	tenants.WhyNoRight:    {PressAgain},
	tenants.WhyNotAllowed: {PressAgain},
	tenants.WhyPicture:    {PressFile, PressAgain},
	tenants.WhyOurs:       {PressAgain}, // by then the relay may be another version
	tenants.WhyUnknown:    {PressAgain},
	"":                    {PressAgain},
}

// remediesOf are the buttons for an outcome; whoever is away may come back.
func remediesOf(o tenants.Outcome) []Verb {
	if o.Kind == tenants.Gone && o.Gone != tenants.GoneRights {
		return []Verb{PressAgain}
	}
	return remedies[o.Reason]
}

// pressWords are what stands on the button of a verb.
var pressWords = map[Verb]say.Key{
	PressSend:  say.ButtonSend,
	PressKeep:  say.ButtonKeep,
	PressAgain: say.ButtonAgain,
	PressPlain: say.ButtonPlain,
	PressFile:  say.ButtonFile,
	PressNew:   say.ButtonNew,
}

// offer tells something about an operator's message, with buttons of what can be
// done with it. It is held for them.
func (d *draft) offer(held []Held, words string, loud bool, verbs []Verb) {
	first := held[0].Message.Ref()
	s := answerTo(first, tenants.Plain(words), loud)
	for _, v := range verbs {
		s.Buttons = append(s.Buttons, Button{
			Text: d.words(pressWords[v]), Data: Press{Verb: v, Dialog: d.s.ID, Message: first.ID}.Data(),
		})
	}
	if len(verbs) > 0 {
		d.out.Hold = append(d.out.Hold, held...)
	}
	d.say(s, ClassAnswer)
}

// written are the messages that a job carries, as they were written: the dialog may
// have moved to another group since, in which their numbers are others'.
func written(s *Send) []tenants.MessageRef {
	var all []tenants.MessageRef
	for _, p := range s.Parts {
		if !p.Source.IsZero() { // of the album of a quick reply the command stands for all
			all = append(all, p.Source)
		}
	}
	return all
}

// heldOf is the message of an operator that a job carries, as far as sending it
// again needs it, by its number in the group where the buttons stand. An album gives
// its parts, in order.
func heldOf(j *Job, s *Send, group tenants.ChatID) []Held {
	var held []Held
	if s.Said != "" { // the command says what is sent
		held = append(held, Held{Message: tenants.Message{
			Chat: tenants.Chat{ID: group, Kind: tenants.Group}, ID: j.Source.ID, Date: j.Decided, From: tenants.Person{ID: s.By},
			ReplyTo: s.Reply.Of, Quote: s.Reply.Quote, Content: textContent(tenants.Plain(s.sayAgain())),
		}})
		return held
	}
	for i, p := range s.Parts {
		m := tenants.Message{
			Chat: tenants.Chat{ID: group, Kind: tenants.Group}, ID: p.Source.ID, Date: j.Decided,
			From: tenants.Person{ID: s.By}, Album: s.Album, Content: p.Content,
		}
		if s.Whole != nil {
			m.Content = *s.Whole
		}
		if i == 0 {
			m.ReplyTo, m.Quote = s.Reply.Of, s.Reply.Quote
		}
		held = append(held, Held{Message: m})
	}
	return held
}

// failed is the end of a job that did not arrive: the operator is told why, and
// what may help.
func (d *draft) failed(j *Job, why string, o tenants.Outcome) Settlement {
	st := Settlement{Verdict: Retire, Why: o.Why}
	s, isSend := j.Effect.(*Send)
	edit, isEdit := j.Effect.(*Edit)
	back, isDelete := j.Effect.(*Delete)
	reaction, isReaction := j.Effect.(*React)
	if isSend && s.Said != "" && s.Lost && o.Reason == tenants.WhyFile {
		d.out.Vanished = append(d.out.Vanished, origins(s)...)
		why = say.ReplyGone.In(d.f.Settings.Language, say.Values{"name": s.Name})
	}
	switch {
	case isReaction && reaction.Probe: // nobody is told of a question
	case isReaction:
		d.tell(j.Source, d.why(say.NotReacted, why), false)
	case isDelete && len(back.Of) > 0:
		d.notTakenBack(j, back, why, false)
	case j.Origin == OfOperator && isEdit && edit.Name != "":
		d.tell(j.Source, d.why(say.NotPassedOn, why), true)
	case j.Origin == OfOperator && isEdit:
		d.offer(heldOf(j, &edit.New, d.s.Group), d.why(say.NotPassedOn, why), true, []Verb{PressNew})
	case j.Origin == OfOperator && isSend && (s.Piece == 0 || sourced(s)):
		d.undelivered(j, s, why, remediesOf(o))
	case j.Origin == OfOperator && isSend:
		d.tell(j.Source, d.why(say.NotWhole, why), true)
	case isSend && d.hasTopic() && !d.s.Unreachable:
		d.note(d.why(say.AutomaticFailed, why))
	}
	d.out.Dropped = "refused"
	st.Decision = d.done()
	return st
}

// undelivered is an operator's message, or a part of an album, that the client
// does not get, nor the pieces of it that come after. From now on it is inside,
// and waits for a choice.
func (d *draft) undelivered(j *Job, s *Send, why string, verbs []Verb) {
	if s.Piece == 0 && d.f.Now.Sub(j.Decided) >= tenants.WaitingMark {
		d.mark(j.Source, "")
	}
	if s.Thread != 0 || s.Reply == (Reply{}) {
		d.waits(s.Thread)
	}
	d.noticeOver(s.Notice)
	held := heldOf(j, s, d.s.Group)
	if _, able := filed(held); !able {
		verbs = slices.DeleteFunc(slices.Clone(verbs), func(v Verb) bool { return v == PressFile })
	}
	d.offer(held, d.why(say.NotDelivered, why), true, verbs)
	d.out.Inside = append(d.out.Inside, written(s)...)
	d.out.InsideAlbum = s.Album
	if s.Whole != nil {
		d.out.Cancel = append(d.out.Cancel, written(s)...)
	}
	d.event(MessageRefused, s.By)
	if s.Piece == 0 {
		d.settled(false)
	}
}

// plainly takes the formatting off what is held.
func plainly(held []Held) []Held {
	held = slices.Clone(held)
	for i := range held {
		held[i].Message.Content = plain(held[i].Message.Content)
	}
	return held
}

// filed makes files of the media that are held; ok tells that there are some.
func filed(held []Held) (files []Held, ok bool) {
	files = slices.Clone(held)
	for i := range files {
		content, changed := document(files[i].Message.Content)
		files[i].Message.Content, ok = content, ok || changed
	}
	return files, ok
}
