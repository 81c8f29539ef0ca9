package dialog

import (
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// ofGroup is a text about a client group in General.
func (d *draft) ofGroup(k say.Key) string {
	return d.words(k, say.Values{"bot": d.f.Bot, "title": d.shown()})
}

func (d *draft) addedWords(ev tenants.Membership) string {
	if ev.By.ID == 0 {
		return d.ofGroup(say.GroupAdded)
	}
	return d.words(say.GroupAddedBy, say.Values{"bot": d.f.Bot, "title": d.shown(), "who": d.personName(ev.By)})
}

func (d *draft) askLargeWords(members int) string {
	if members == 0 {
		return d.ofGroup(say.AskUnknown)
	}
	return d.words(say.AskLarge, say.Values{"title": d.shown(), "members": d.voice().Number(members)})
}

func (d *draft) askBusyWords() string {
	return d.words(say.AskBusy, say.Values{"title": d.shown(), "messages": busyMessages, "minutes": busyMinutes})
}

// chosenWords note in General what somebody chose for a group; lost counts
// messages that waited and are not shown.
func (d *draft) chosenWords(c Choice, by string, filter bool, lost int) string {
	of := map[Choice]say.Key{
		ChoiceRelay: say.ChosenRelay, ChoiceKeywords: say.ChosenKeywords, ChoiceIgnore: say.ChosenIgnore,
	}
	said := []string{d.words(of[c], say.Values{"title": d.shown(), "who": by})}
	if c == ChoiceKeywords && !filter {
		said = append(said, d.words(say.ChosenNoKeywords))
	}
	if lost > 0 {
		said = append(said, d.words(say.ChosenUnshown, say.Values{"n": lost}))
	}
	return strings.Join(said, " ")
}

// heldWords stand before messages that have waited for a choice.
func (d *draft) heldWords(n int, first, last time.Time) tenants.Text {
	if n == 1 {
		return d.voice().Text(say.HeldOne, say.Values{"first": first})
	}
	return d.voice().Text(say.HeldMore, say.Values{"n": n, "first": first, "last": last})
}
