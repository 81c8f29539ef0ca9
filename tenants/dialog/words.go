package dialog

import (
	"fmt"
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Signs of the relay. Reactions must be of Telegram's list for bots
// (Bot API docs, ReactionTypeEmoji).
const (
	signTeam    = "↩ "
	signChannel = "📢 "
	signDone    = "👌"
	signWaits   = "👀"
	signInside  = "🙊"
	signArrived = "🕊"
)

// signs are those with which messages are marked. A group that refuses one of
// them may allow others, but not those that are needed.
var signs = []string{signDone, signWaits, signInside, signArrived}

// titleSigns are what titles begin with before the name: whoever edits a title
// in Telegram finds them in the field, and mostly leaves them there.
const titleSigns = "🟪🟨⬛\ufe0f🚫👁 "

// generalName is what Telegram calls a forum's first thread, in every language.
const generalName = "General"

// dash is what the words of a message become that can't be deleted any more.
const dash = "—"

// maxButton is how many characters of a button's text people see on a phone.
const maxButton = 40

// elsewhereWords tells that an answer goes into no thread; name is "" if nobody
// knows which one was meant.
func (d *draft) elsewhereWords(name string, closed bool) string {
	switch {
	case name == "" && closed:
		return d.words(say.ElsewhereClosed)
	case name == "":
		return d.words(say.ElsewhereGone)
	case closed:
		return d.words(say.ElsewhereNamedClosed, say.Values{"name": name})
	default:
		return d.words(say.ElsewhereNamedGone, say.Values{"name": name})
	}
}

func (d *draft) publishWords(channel string) string {
	before, after, _ := strings.Cut(d.words(say.ButtonPublish, say.Values{"channel": "\x00"}), "\x00")
	return tenants.TrimTitle(before, channel, after, maxButton)
}

// leftOut tells of an album of which Telegram took only some parts: arrived of
// n, 0 = it did not say how many.
func (d *draft) leftOut(n, arrived int) string {
	if arrived == 0 {
		return d.words(say.LeftOutSome)
	}
	return d.words(say.LeftOut, say.Values{"n": n - arrived, "of": n})
}

// lostWords tells that a message of so many parts had been deleted.
func (f Facts) lostWords(parts int) string {
	if parts > 1 {
		return f.words(say.NoteAlbumLost)
	}
	return f.words(say.NoteLost)
}

// deletedWords tells that the client deleted messages; the note replies to the first.
func (f Facts) deletedWords(n int) string {
	if n == 1 {
		return f.words(say.ClientDeleted)
	}
	return f.words(say.ClientDeletedMore, say.Values{"n": n})
}

// reactedWords tells of a client's reaction; of a custom emoji nobody knows the
// plain one any more.
func (f Facts) reactedWords(r tenants.Reaction) string {
	switch {
	case r.Paid:
		return f.words(say.ClientReactedStar)
	case r.Custom != "":
		return f.words(say.ClientReactedCustom)
	default:
		return f.words(say.ClientReacted, say.Values{"emoji": r.Emoji})
	}
}

// whyAway is why nothing reaches a chat.
func (d *draft) whyAway() string {
	if d.s.Chat.Kind == tenants.Private {
		return d.words(say.WhyBlocked)
	}
	return d.words(say.WhyOut)
}

// restricted is a text about a forbidden word.
func (d *draft) restricted(k say.Key, word string) string {
	return d.words(k, say.Values{"word": word})
}

// restrictedAlbum tells of an album with a forbidden word, by what has become of
// the parts before it.
func restrictedAlbum(before Fate) say.Key {
	switch before {
	case FateSent:
		return say.RestrictedAlbumSent
	case FateWaiting:
		return say.RestrictedAlbumAnew
	case FateUnknown, FateInternal:
		return say.RestrictedAlbum
	default:
		panic("dialog: unknown fate")
	}
}

// spanned is a text about how late something is.
func (d *draft) spanned(k say.Key, by time.Duration) string {
	return d.words(k, say.Values{"span": d.voice().Span(by)})
}

// came tells of content that can't be shown, without any of its words.
func (f Facts) came(k say.Key, what say.Key, at time.Time, why string) tenants.Text {
	v := f.Settings.Voice()
	text := v.Text(k, say.Values{"what": v.Say(what), "at": v.Near(at, f.Now), "why": why})
	text.Text = tenants.Capital(text.Text) // as long as before, in Telegram's units
	return text
}

// slanted is a text in italics.
func slanted(t tenants.Text) tenants.Text {
	if t.Text == "" {
		return tenants.Text{}
	}
	entities := []tenants.Entity{{Kind: "italic", Length: t.Len()}}
	return tenants.Text{Text: t.Text, Entities: append(entities, t.Entities...)}
}

// buttonNames lists buttons.
func buttonNames(k say.Key, v tenants.Voice, buttons []string) string {
	return v.Say(k, say.Values{"buttons": strings.Join(buttons, " · ")})
}

func pollWords(v tenants.Voice, p tenants.Poll) tenants.Text {
	what := say.Poll
	if p.Quiz {
		what = say.Quiz
	}
	text := tenants.Plain(v.Say(what)).Append(tenants.Bold(p.Question))
	if p.Description.Text != "" {
		text = text.Append(tenants.Plain("\n")).Append(p.Description)
	}
	for _, o := range p.Options {
		text = text.Append(tenants.Plain("\n▫️ " + o))
	}
	return text
}

// tallyWords tell how a poll stands.
func (d *draft) tallyWords(p tenants.Poll) tenants.Text {
	votes := d.words(say.VotesNone)
	if p.Voters > 0 {
		votes = d.words(say.Votes, say.Values{"n": p.Voters})
	}
	if p.Closed {
		votes = d.words(say.VotesClosed, say.Values{"votes": votes})
	}
	text := tenants.Plain("📊 ").Append(tenants.Bold(p.Question)).Append(tenants.Plain(" (" + votes + ")"))
	for i, o := range p.Options {
		if i < len(p.Votes) {
			text = text.Append(tenants.Plain(fmt.Sprintf("\n%d · %s", p.Votes[i], o)))
		}
	}
	return text
}

func diceWords(c tenants.Dice) tenants.Text {
	return tenants.Plain(fmt.Sprintf("%s %d", c.Emoji, c.Value))
}

func listWords(l tenants.List) tenants.Text {
	text := tenants.Plain("📋 ").Append(tenants.Bold(l.Title))
	for _, task := range l.Tasks {
		sign := "▫️ "
		if task.Done {
			sign = "☑️ "
		}
		text = text.Append(tenants.Plain("\n" + sign + task.Text))
	}
	return text
}

// Notes of service messages.

// always says the same of each message of a kind.
func always(k say.Key) func(*draft, tenants.Content, *tenants.Message) string {
	return func(d *draft, _ tenants.Content, _ *tenants.Message) string { return d.words(k) }
}

// walkWords tells who joined and left.
func (d *draft) walkWords(w Walks) string {
	var said []string
	if len(w.Came) > 0 {
		said = append(said, d.words(say.WalksCame, say.Values{"names": d.names(w.Came)}))
	}
	if len(w.Went) > 0 {
		said = append(said, d.words(say.WalksWent, say.Values{"names": d.names(w.Went)}))
	}
	if w.More > 0 {
		said = append(said, d.words(say.WalksMore, say.Values{"n": w.More}))
	}
	return strings.Join(said, " ")
}

func titleWords(d *draft, c tenants.Content, _ *tenants.Message) string {
	return d.words(say.ChatRenamed, say.Values{"title": d.redactor().OwnTitle(c.Title)})
}

// names lists people as the group may see them.
func (d *draft) names(people []tenants.Person) string {
	var shown []string
	for _, p := range people {
		shown = append(shown, d.personName(p))
	}
	return strings.Join(shown, ", ")
}
