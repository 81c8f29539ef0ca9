package onboard

import (
	"strings"

	"topicdesk/tenants"
)

// phrases are all that the package says. {bot} becomes the connection's name.
// What to tap is named as in Telegram's apps.
var phrases = struct {
	topicsOff, noAdmin, noTopics, noDeleting, privacy      tenants.Words
	wrongCode, anonymous, notAllowed, notGroup             tenants.Words
	otherTenant, lacks, again, already                     tenants.Words
	back, further, out, works, missing, untilThen          tenants.Words
	hello, squares, waits, answered, closed, write         tenants.Words
	comment, help, who, stepGroup, stepRights, stepCommand tenants.Words
}{
	topicsOff: tenants.Words{tenants.English: "Topics are off in this group. Tap the group's name, then Edit, then Topics, and switch them on."},
	noAdmin:   tenants.Words{tenants.English: "{bot} is no administrator here. Tap the group's name, Edit, Administrators, Add Admin, choose {bot}, and leave Manage Topics and Delete Messages switched on."},
	noTopics:  tenants.Words{tenants.English: "{bot} may not manage topics. Tap the group's name, Edit, Administrators, {bot}, and switch on Manage Topics."},
	noDeleting: tenants.Words{tenants.English: "{bot} may not delete messages. Tap the group's name, Edit, Administrators, {bot}, " +
		"and switch on Delete Messages: it takes away Telegram's lines about its own renames."},
	privacy: tenants.Words{tenants.English: "Privacy mode of {bot} is on. Here and in private dialogs that changes nothing, but in client groups it hears only commands and replies. " +
		"For client groups: write /setprivacy to @BotFather, choose {bot}, Disable; then remove {bot} from each client group and add it again, or make it administrator there."},

	wrongCode:   tenants.Words{tenants.English: "This is not the code of {bot}. Please copy it once more and type it behind the command, like this: /bind CODE"},
	anonymous:   tenants.Words{tenants.English: "I can't see who you are: please switch off Remain anonymous (the group's name, Edit, Administrators, you) and write as yourself, not as the group or a channel. Then send the command again."},
	notAllowed:  tenants.Words{tenants.English: "Only the administrator of {bot} can bind it to a group."},
	notGroup:    tenants.Words{tenants.English: "Please send this in the group where your team is to work, not here."},
	otherTenant: tenants.Words{tenants.English: "This group already belongs to somebody else on this server. Please make a new group and send the command there."},
	lacks:       tenants.Words{tenants.English: "Not yet. This is missing:"},
	again:       tenants.Words{tenants.English: "Then send the command again."},
	already:     tenants.Words{tenants.English: "{bot} works in this group already, and nothing is missing."},

	back:      tenants.Words{tenants.English: "{bot} gives new clients their topics here again. Dialogs that have a topic in another group keep it there."},
	further:   tenants.Words{tenants.English: "From now on new clients get their topics here. Dialogs that have a topic in another group keep it there."},
	out:       tenants.Words{tenants.English: "⚠️ {bot} is no longer in the group where the team works. What clients write waits, and nothing of it is lost. Add {bot} again, as administrator with Manage Topics and Delete Messages, and it goes on."},
	works:     tenants.Words{tenants.English: "{bot} can work here again; what has waited comes now."},
	missing:   tenants.Words{tenants.English: "⚠️ This is missing for {bot}:"},
	untilThen: tenants.Words{tenants.English: "Until then what can't come here waits, and nothing of it is lost."},

	hello:    tenants.Words{tenants.English: "This group is where the team of {bot} works."},
	squares:  tenants.Words{tenants.English: "Each client gets a topic. The square before the name tells how it stands:"},
	waits:    tenants.Words{tenants.English: "🟪 the client waits for us"},
	answered: tenants.Words{tenants.English: "🟨 we answered last"},
	closed:   tenants.Words{tenants.English: "⬛️ closed; the client's next message opens it again"},
	write:    tenants.Words{tenants.English: "What you write in a topic goes to its client, in the name of {bot}."},
	comment:  tenants.Words{tenants.English: "/ text"},
	help:     tenants.Words{tenants.English: "/help"},
	who:      tenants.Words{tenants.English: "Everybody in this group can answer: nobody needs to be administrator, but nobody may write anonymously. Topics that you make yourselves are yours: nothing there is relayed."},

	stepGroup:   tenants.Words{tenants.English: "Make a group in Telegram: tap its name, Edit, Topics, and switch them on."},
	stepRights:  tenants.Words{tenants.English: "Add {bot} to it as administrator, with Manage Topics and Delete Messages."},
	stepCommand: tenants.Words{tenants.English: "In that group, send this: "},
}

// meanings of what is shown as code in the greeting.
var meanings = struct{ comment, help tenants.Words }{
	comment: tenants.Words{tenants.English: " stays inside: a comment for the team"},
	help:    tenants.Words{tenants.English: " shows what else can be done"},
}

// say puts the connection's name into words.
func (f Facts) say(words tenants.Words) string {
	text := words.In(f.Language)
	if f.Bot != "" {
		return strings.ReplaceAll(text, "{bot}", "@"+f.Bot)
	}
	if after, first := strings.CutPrefix(text, "{bot}"); first {
		text = "The bot" + after
	}
	return strings.ReplaceAll(text, "{bot}", "the bot")
}

// refusal is the answer for a reason that is one sentence.
func refusal(reason Reason, f Facts) tenants.Text {
	words := map[Reason]tenants.Words{
		WrongCode:   phrases.wrongCode,
		Anonymous:   phrases.anonymous,
		NotAllowed:  phrases.notAllowed,
		NotGroup:    phrases.notGroup,
		OtherTenant: phrases.otherTenant,
	}
	return tenants.Plain(f.say(words[reason]))
}

// report tells what lacks, or that nothing does, with the hints.
func report(f Facts, chat tenants.Chat, reason Reason) tenants.Text {
	if reason == Already {
		return tenants.Plain(strings.Join(append([]string{f.say(phrases.already)}, Hints(f)...), "\n\n"))
	}
	lines := []string{f.say(phrases.lacks)}
	for _, lack := range Lacks(f, chat) {
		lines = append(lines, "• "+lack)
	}
	return tenants.Plain(strings.Join(append(lines, f.say(phrases.again)), "\n"))
}

// Greeting is the one message that General gets when the group is bound: the
// squares, comments, help, who may write, and the hints.
func Greeting(f Facts) tenants.Text {
	var out tenants.Composer
	out.As("bold", f.say(phrases.hello))
	out.Say("\n\n" + f.say(phrases.squares))
	for _, square := range []tenants.Words{phrases.waits, phrases.answered, phrases.closed} {
		out.Say("\n" + f.say(square))
	}
	out.Say("\n\n" + f.say(phrases.write) + "\n")
	out.As("code", f.say(phrases.comment))
	out.Say(f.say(meanings.comment) + "\n")
	out.As("code", f.say(phrases.help))
	out.Say(f.say(meanings.help) + "\n\n" + f.say(phrases.who))
	if f.Further {
		out.Say("\n\n" + f.say(phrases.further))
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
	return []string{f.say(phrases.stepGroup), f.say(phrases.stepRights), f.say(phrases.stepCommand) + command}
}
