package dialog

import (
	"fmt"

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
