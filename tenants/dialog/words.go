package dialog

import (
	"fmt"
	"strings"
	"time"

	"topicdesk/tenants"
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

// Names for what has none.
const (
	nameless    = "no name"
	adminName   = "Admin"
	generalName = "General"
)

// Lines added to clients' messages.
const (
	lineForwarded = "↪️ forwarded"
	lineEdited    = "✏️ edited"
)

// Notes in the topic.
const (
	noteEditedLate   = "✏️ edited after your answer"
	noteStart        = "The client pressed Start."
	noteBlocked      = "🚫 The client blocked the bot or deleted the account. What you write can't reach them until they come back."
	noteOut          = "🚫 We are no longer in this chat. What you write can't reach it until we are added again."
	noteBack         = "The client can be reached again."
	noteMuted        = "🔇 We may not write in this chat any more. What is written there still comes here."
	noteUnmuted      = "We may write in this chat again."
	noteLiveEnded    = "The live location has ended."
	noteLost         = "🗑 The client had deleted this message before it came here."
	noteAlbumLost    = "🗑 The client had deleted this album, or a part of it, before it came here."
	notePinned       = "A message was pinned in the chat."
	noteUpgraded     = "The chat became a supergroup."
	noteAlbumCut     = "The album above goes on with a part that your filter withholds. Its first parts had come here before."
	noteTwice        = "This may be here twice: Telegram did not answer when it was sent first."
	noteClientTwice  = "The client may have this twice: Telegram did not answer when it was sent first."
	noteShort        = "Telegram left out a part of this album, and does not say which."
	notePhoto        = "The chat has a new picture."
	noteNoPhoto      = "The chat's picture was taken off."
	noteOwner        = "The chat has another owner."
	noteTimer        = "The time after which messages in the chat are deleted was changed."
	noteCallPlanned  = "A video chat was planned in the chat."
	noteCall         = "A video chat began in the chat."
	noteTasksDone    = "Tasks of a checklist were ticked off or opened again."
	noteTasksAdded   = "Tasks were added to a checklist."
	noteProximity    = "Two people who share their location came near to each other."
	noteRefunded     = "A payment was given back."
	noteGiftUpgraded = "A gift was upgraded."
	noteGiveawayDone = "A giveaway has ended."
	noteTakenBack    = "🗑 A message was deleted before it went out: it is not sent."
	noteOperatorLost = "Your message was deleted before it went out; the client has got it."
)

// RoomTitle is the name of a group's waiting room.
const RoomTitle = "🌊 Waiting room"

// Of the waiting room.
const (
	noteFromRoom = "Answered in the waiting room; from now on this is the client's topic."
	sayRoom      = "Nobody gets this. Reply to a client's message here: then your answer reaches that client, who gets a topic."
)

// Notes in a topic that was made anew.
const (
	noteEarlier        = "What was said before, once more:"
	noteEarlierHidden  = "What was said before is not shown again: HIDE_INFO or a filter forbids to forward it unseen."
	noteEarlierRefused = "Telegram does not let it be shown again."
)

// Notes to the administrator in private.
const (
	noteOutOfGroup    = "⚠️ I am no longer in the group where the team works. What clients write waits, and nothing of it is lost. Add me again, as administrator with Manage Topics and Delete Messages, and it goes on."
	noteGeneralClosed = "General of the team's group is closed, so this comes to you:"
)

// What General is told of helpers, behind their name.
const (
	helperHelps   = " helps here from now on: when much waits, clients' texts come through it too."
	helperAwaited = " is to help here. Please add it to this group; it needs no rights of an administrator."
	helperOut     = " is no longer in this group. What it would have brought comes without it, and nothing of it is lost. Add it again, and it helps again."
	helperMuted   = " may not write in this group. What it would have brought comes without it, and nothing of it is lost. Let it write again, or make it an administrator, and it helps again."
)

// missingRight is the same for a right; why is Telegram's.
func missingRight(why string) string {
	return "⚠️ I lack a right in the group where the team works (" + why + "). What clients write waits, and nothing of it is lost. " +
		"Tap the group's name, Edit, Administrators, choose me, and switch on Manage Topics and Delete Messages: then it goes on."
}

// Answers to operators.
const (
	sayNoAnonymous = "Commands need a name: please switch off Remain anonymous. Your answers are sent."
	sayHasIt       = "The client already has it; this edit is not passed on."
	sayInfoPrivate = "HIDE_INFO has command in it: the card is only for managers, in private from the setup bot."
	sayInfoNoSetup = "HIDE_INFO has command in it: the card comes in private from the setup bot, and this node has none. Take command out of HIDE_INFO to see the card here."
	sayAlbumGone   = "This part stays inside. The parts before it have already gone to the client."
	sayNotKnown    = "This message went out too long ago, or never: its edit is not passed on."
)

// What /mode tells.
const (
	sayModeDefault      = "What is written here goes to the client. /mode answer, reply or listen changes that for this topic."
	sayModeDefaultReply = "Only replies to a client's message go out: REPLY_ONLY is set. /mode answer, reply or listen changes that for this topic."
	sayModeAnswer       = "What is written here goes to the client, whatever REPLY_ONLY says. /mode default leaves it to REPLY_ONLY."
	sayModeReply        = "Only replies to a client's message go out of this topic. /mode default leaves it to REPLY_ONLY."
	sayModeListen       = "👁 Nothing goes out of this topic: no answers, no welcome, no closing by itself. /mode default ends that."
	sayListens          = "Not sent: " + whyListens
)

func modeUnknown(word string) string {
	return fmt.Sprintf("There is no mode «%s», only %s. For example: /mode listen", tenants.Clean(word), strings.Join(modes, ", "))
}

// Answers to /del.
const (
	sayDelWhat  = "Reply with /del to the message that is to be taken back."
	sayDelOurs  = "Only what you sent can be taken back."
	sayDelNever = "This never went to the client, or too long ago."
	sayDelWhose = "Only its author and managers may take it back."
	dashWords   = "—"
)

// Buttons of the relay, and what is said under and over them.
const (
	buttonSend  = "Send to client"
	buttonAgain = "Try again"
	buttonPlain = "Send as plain text"
	buttonFile  = "Send as file"
	buttonKeep  = "Keep inside"
	buttonNew   = "Send as new message"
	buttonDash  = "Replace text with «—»"

	sayPollCopied  = "The poll went out as a copy, because it has pictures: its votes can't be told here."
	sayKeptInside  = "Kept inside."
	sayForgotten   = "Kept inside: only replies to a client's message go out, and what this one replies to is not known any more."
	sayStillGoes   = "It still goes to the client as it was. /undo stops it."
	sayUndone      = "Not sent."
	sayUndoNothing = "Nothing of yours to take back here."
	sayUndoWhose   = "Only who wrote it can undo it. /del takes back what others sent, if you may."
	sayUndoLate    = "The client has had it for more than 5 minutes. /del takes it back."

	sayWaits = "Not delivered yet: it waits, and goes out as soon as Telegram lets it."

	sayPressedSend = "On its way to the client."
	sayPublish     = "Publish this in the channel?"

	sayPressedPublish = "Published."
	sayPressedKeep    = "Kept inside."
	sayPressedDash    = "The text is being replaced."
	sayThread         = "Several threads of the client's group wait. Where does this go?"
	sayPressedWhich   = "Several threads wait: choose one."
	sayPressedNot     = "Not sent."
	sayPressedLate    = "This has been dealt with, or it was too long ago: write it again."
)

// maxButton is how many characters of a button's text people see on a phone.
const maxButton = 40

// Reasons, in plain words, to follow "Not delivered: ".
const (
	whyProtected = "the group protects its content, so media can't be copied. Switch that off in the group's settings."
	whyQuiz      = "Telegram doesn't tell bots the right answer of a quiz. Send it as an ordinary poll."
	whyTooLong   = "it is too long for one message."
	whyListens   = "nothing goes out of this topic. /mode default changes that."
	whyGone      = "it was deleted before it could go out."

	whyThreadGone   = "the thread in the client's group is gone."
	whyThreadClosed = "the thread in the client's group is closed."
	whyDropped      = "the host of this desk took it out of the queue."
	whyComment      = "it begins with a slash now, so it is a comment."
	whyNoMore       = "Telegram no longer allows it."
)

// orphanTitle is the name of a topic that a lost answer left behind.
const orphanTitle = "✖️ not used: the dialog has another topic"

func notDelivered(why string) string { return "Not delivered: " + why }

// elsewhereWords tells that an answer goes into no thread; name is "" if nobody
// knows which one was meant.
func elsewhereWords(name string, closed bool) string {
	thread, what := "The thread", "gone"
	if name != "" {
		thread = "The thread " + name
	}
	if closed {
		what = "closed"
	}
	return thread + " of the client's group is " + what + ": this goes to " + generalName + "."
}

func publishWords(channel string) string {
	return tenants.TrimTitle("Publish in ", channel, "", maxButton)
}

// leftOut tells of an album of which Telegram took only some parts: arrived of
// n, 0 = it did not say how many.
func leftOut(n, arrived int) string {
	if arrived == 0 {
		return "Telegram left out a part of this album: it was deleted, or may not be sent there. The client has the others. Which one is missing nobody says."
	}
	return fmt.Sprintf("Telegram left out %d of the %d parts of this album: deleted, or not to be sent there. The client has the others. Which one is missing nobody says.", n-arrived, n)
}

// lostWords tells that a message of so many parts had been deleted.
func lostWords(parts int) string {
	if parts > 1 {
		return noteAlbumLost
	}
	return noteLost
}

func notWhole(why string) string { return "The end of it was not delivered: " + why }

// deletedWords tells that the client deleted messages; the note replies to the first.
func deletedWords(n int) string {
	if n == 1 {
		return "🗑 The client deleted this message."
	}
	return fmt.Sprintf("🗑 The client deleted %d messages, from this one on.", n)
}

func notReacted(why string) string { return "The client does not see your reaction: " + why }

// reactedWords tells of a client's reaction; of a custom emoji nobody knows the
// plain one any more.
func reactedWords(r tenants.Reaction) string {
	switch {
	case r.Paid:
		return "The client reacted with a star."
	case r.Custom != "":
		return "The client reacted with a custom emoji."
	default:
		return "The client reacted with " + r.Emoji
	}
}

func notTakenBackWords(why string) string { return "Not taken back: " + why }

func tookBackWords(who string) string { return "🗑 " + who + " took back a message." }

func tookBackEarly(who string) string {
	return "🗑 " + who + " took back a message that the client had not got yet."
}

func dashedWords(who string) string {
	return "🗑 " + who + " replaced the text of a message with «—»."
}

func notPassedOn(why string) string { return "The client still sees the old text: " + why }

func welcomeFailed(why string) string { return "The welcome did not reach the client: " + why }

// whyAway is why nothing reaches a chat.
func whyAway(kind tenants.ChatKind) string {
	if kind == tenants.Private {
		return "the client blocked the bot or deleted the account."
	}
	return "we are no longer in this chat."
}

func restrictedWords(word string) string {
	return fmt.Sprintf("Not sent: contains «%s». Take that out and try again.", word)
}

// restrictedAlbum tells of an album with a forbidden word, by what has become of
// the parts before it.
func restrictedAlbum(word string, before Fate) string {
	switch before {
	case FateSent:
		return fmt.Sprintf("The rest of this album is not sent: contains «%s». The parts before it have already gone to the client.", word)
	case FateWaiting:
		return fmt.Sprintf("Not sent: the album contains «%s». Send it anew without it.", word)
	case FateUnknown, FateInternal:
		return fmt.Sprintf("Not sent: the album contains «%s». Take that out and try again.", word)
	default:
		panic("dialog: unknown fate")
	}
}

func restrictedEdit(word string) string {
	return fmt.Sprintf("Not sent: contains «%s». The client still sees the old text.", word)
}

func withheldWords(n int) string {
	if n == 1 {
		return "1 message withheld by your filter."
	}
	return fmt.Sprintf("%d messages withheld by your filter.", n)
}

func lateEdit(late time.Duration) string {
	return "Your edit reached the client late, after " + spanWords(late) + "."
}

func lateWords(late time.Duration) string {
	return "Delivered late, after " + spanWords(late) + "."
}

// oversleptWords asks about a message that was held when the process ended.
func oversleptWords(late time.Duration) string {
	return "This was held when the relay stopped, and is " + spanWords(late) + " late. It has not gone out."
}

// spanWords is a time span as people say it, to the minute.
func spanWords(d time.Duration) string {
	hours, minutes := int(d.Hours()), int(d.Minutes())%60
	if hours == 0 {
		return fmt.Sprintf("%d min", minutes)
	}
	return fmt.Sprintf("%d h %d min", hours, minutes)
}

// hereWords tells of content that can't be shown, without any of its words.
func hereWords(what string, at time.Time, why string) string {
	return fmt.Sprintf("%s came at %s UTC and can't be shown here: %s", capital(what), at.UTC().Format("15:04"), why)
}

// cameWords tells of content that Telegram shows only where it was sent.
func cameWords(what string, at time.Time) string {
	return fmt.Sprintf("%s came at %s UTC. Telegram shows it only in the chat itself.", capital(what), at.UTC().Format("15:04"))
}

// hiddenWords tells of content that HIDE_INFO keeps out.
func hiddenWords(what string, at time.Time) string {
	return fmt.Sprintf("%s came at %s UTC. It is not shown here: names or links are hidden.", capital(what), at.UTC().Format("15:04"))
}

// whyUncopyable is why an operator's message can't go to the client.
func whyUncopyable(what string) string { return "Telegram lets nobody copy " + what + "." }

func protectedWords(what string) string {
	return capital(what) + " came in a chat that protects its content, so it can't be shown here."
}

func forwardedWords(from string) string { return lineForwarded + " from " + from }

func buttonWords(buttons []string) string { return "Buttons: " + strings.Join(buttons, " · ") }

// unpressed tells that buttons do not go to the client.
func unpressed(buttons []string) string {
	return "Sent without its buttons: " + strings.Join(buttons, " · ")
}

// capital begins a sentence.
func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func pollWords(p tenants.Poll) tenants.Text {
	what := "Poll"
	if p.Quiz {
		what = "Quiz"
	}
	text := tenants.Plain("📊 " + what + ": ").Append(tenants.Bold(p.Question))
	if p.Description.Text != "" {
		text = text.Append(tenants.Plain("\n")).Append(p.Description)
	}
	for _, o := range p.Options {
		text = text.Append(tenants.Plain("\n▫️ " + o))
	}
	return text
}

// tallyWords tell how a poll stands.
func tallyWords(p tenants.Poll) tenants.Text {
	votes := "no votes"
	switch {
	case p.Voters == 1:
		votes = "1 vote"
	case p.Voters > 1:
		votes = fmt.Sprintf("%d votes", p.Voters)
	}
	if p.Closed {
		votes += ", closed"
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
func always(words string) func(*draft, tenants.Content, *tenants.Message) string {
	return func(*draft, tenants.Content, *tenants.Message) string { return words }
}

// walkWords tells who joined and left.
func (d *draft) walkWords(w Walks) string {
	var said []string
	if len(w.Came) > 0 {
		said = append(said, d.names(w.Came)+" joined the chat.")
	}
	if len(w.Went) > 0 {
		said = append(said, d.names(w.Went)+" left the chat.")
	}
	if w.More > 0 {
		said = append(said, fmt.Sprintf("%d more came or went.", w.More))
	}
	return strings.Join(said, " ")
}

func titleWords(d *draft, c tenants.Content, _ *tenants.Message) string {
	return "The chat is now called " + d.redactor().OwnTitle(c.Title) + "."
}

// names lists people as the group may see them.
func (d *draft) names(people []tenants.Person) string {
	var shown []string
	for _, p := range people {
		shown = append(shown, d.personName(p))
	}
	return strings.Join(shown, ", ")
}
