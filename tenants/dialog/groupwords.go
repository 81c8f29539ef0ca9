package dialog

import (
	"fmt"
	"time"

	"topicdesk/tenants"
)

// About client groups, in General.
const (
	sayGroupsOff     = "Nothing is relayed from there: MONITOR_GROUPS is FALSE."
	sayGroupIgnored  = "Nothing is relayed from there: IGNORE_CHATS has it."
	sayGroupUnlisted = "Nothing is relayed from there: WHITE_LIST does not have it."
	sayNoReactions   = "Reactions come and go only if the bot is an administrator there."
	sayMutedThere    = "⚠️ The bot may not write there: answers will be refused until an administrator of the group lets it."
)

// privacyWords say what privacy mode means and how to be rid of it.
func privacyWords(bot string) string {
	return fmt.Sprintf("⚠️ The bot hears only commands and replies there, because its privacy mode is on. Write /setprivacy to @BotFather, "+
		"choose @%s, Disable; then remove the bot from the group and add it again. Or make it an administrator there.", bot)
}

func (d *draft) addedWords(ev tenants.Membership) string {
	if ev.By.ID == 0 {
		return fmt.Sprintf("➕ @%s was added to the group “%s”.", d.f.Bot, d.shown())
	}
	return fmt.Sprintf("➕ %s added @%s to the group “%s”.", d.personName(ev.By), d.f.Bot, d.shown())
}

func (d *draft) promotedWords() string {
	return fmt.Sprintf("@%s is an administrator of the group “%s” now: it hears everything there, and reactions come and go.", d.f.Bot, d.shown())
}

func (d *draft) demotedWords() string {
	return fmt.Sprintf("@%s is no administrator of the group “%s” any more.", d.f.Bot, d.shown())
}

// sayChosen is what the presser of a question reads.
const sayChosen = "Done."

func askLargeWords(title string, members int) string {
	if members == 0 {
		return fmt.Sprintf("❓ What becomes of the group “%s”? What is written there waits for your choice.", title)
	}
	return fmt.Sprintf("❓ The group “%s” has %s members. Is it to be relayed? What is written there waits for your choice.",
		title, thousands(members))
}

func askBusyWords(title string) string {
	return fmt.Sprintf("❓ In the group “%s” over %d messages came in %d minutes. Is it to be relayed? "+
		"Until somebody chooses it takes at most half of what can be posted here.", title, busyMessages, busyMinutes)
}

// chosenWords note in General what somebody chose for a group; lost counts
// messages that waited and are not shown.
func chosenWords(c Choice, title, by string, filter bool, lost int) string {
	words := map[Choice]string{
		ChoiceRelay:    "The group “%s” is relayed: %s chose it.",
		ChoiceKeywords: "Of the group “%s” only what matches GROUPS_KEYWORDS begins a dialog: %s chose it.",
		ChoiceIgnore:   "The group “%s” is ignored, nothing of it comes here: %s chose it.",
	}[c]
	words = fmt.Sprintf(words, title, by)
	if c == ChoiceKeywords && !filter {
		words += " GROUPS_KEYWORDS is not set, so nothing comes until it is."
	}
	switch {
	case lost == 1:
		words += " 1 message that came before is not shown."
	case lost > 1:
		words += fmt.Sprintf(" %d messages that came before are not shown.", lost)
	}
	return words
}

// heldWords stand before messages that have waited for a choice.
func heldWords(n int, first, last time.Time) string {
	const form = "2 Jan 15:04"
	if n == 1 {
		return fmt.Sprintf("1 message waited for a choice. It came on %s UTC.", first.UTC().Format(form))
	}
	return fmt.Sprintf("%d messages waited for a choice. They came between %s and %s UTC.",
		n, first.UTC().Format(form), last.UTC().Format(form))
}
