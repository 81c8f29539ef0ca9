package onboard

import (
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// say is a text with the connection's name in it.
func (f Facts) say(k say.Key) string {
	bot := "@" + f.Bot
	if f.Bot == "" {
		bot = say.BindTheBot.In(f.Language)
	}
	return tenants.Capital(k.In(f.Language, say.Values{"bot": bot}))
}

// refusal is the answer for a reason that is one sentence.
func refusal(reason Reason, f Facts) tenants.Text {
	words := map[Reason]say.Key{
		WrongCode:   say.BindWrongCode,
		Anonymous:   say.BindAnonymous,
		NotAllowed:  say.BindNotAllowed,
		NotGroup:    say.BindNotGroup,
		OtherTenant: say.BindOtherTenant,
	}
	return tenants.Plain(f.say(words[reason]))
}

// report tells what lacks, or that nothing does, with the hints.
func report(f Facts, chat tenants.Chat, reason Reason) tenants.Text {
	if reason == Already {
		return tenants.Plain(strings.Join(append([]string{f.say(say.BindAlready)}, Hints(f)...), "\n\n"))
	}
	lines := []string{f.say(say.BindLacks)}
	for _, lack := range Lacks(f, chat) {
		lines = append(lines, "• "+lack)
	}
	return tenants.Plain(strings.Join(append(lines, f.say(say.BindAgain)), "\n"))
}

// Greeting is the one message that General gets when the group is bound: the
// squares, comments, the work list, help, who may write, and the hints.
func Greeting(f Facts) tenants.Text {
	var out tenants.Composer
	out.As("bold", f.say(say.BindHello))
	out.Say("\n\n" + f.say(say.BindSquares))
	for _, square := range []say.Key{say.BindWaits, say.BindAnswered, say.BindClosed} {
		out.Say("\n" + f.say(square))
	}
	out.Say("\n\n" + f.say(say.BindWrite) + "\n")
	out.As("code", say.BindExample.In(f.Language))
	out.Say(say.BindComment.In(f.Language) + "\n")
	out.As("code", "/open")
	out.Say(say.BindOpen.In(f.Language) + "\n")
	out.As("code", "/help")
	out.Say(say.BindHelp.In(f.Language) + "\n\n" + f.say(say.BindWho))
	if f.Further {
		out.Say("\n\n" + f.say(say.BindFurther))
	}
	for _, hint := range Hints(f) {
		out.Say("\n\n" + hint)
	}
	return out.Text()
}

// Steps are what the administrator has to do so that a connection gets its
// group, for who prints the code: the page of a first run, or the setup bot.
func Steps(f Facts) []string {
	command := "/bind " + f.Code
	if f.Bot != "" { // heard in privacy mode too, and by no other bot
		command = "/bind@" + f.Bot + " " + f.Code
	}
	return []string{f.say(say.BindStepGroup), f.say(say.BindStepRights), say.BindStepCommand.In(f.Language, say.Values{"command": command})}
}
