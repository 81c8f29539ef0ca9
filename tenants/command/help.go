package command

import (
	"strings"

	"topicdesk/tenants"
)

// phrases are what the package says, beside the table's own words.
var phrases = struct{ inTopic, inGeneral, comment, comments tenants.Words }{
	inTopic:   tenants.Words{tenants.English: "What you can do in this topic"},
	inGeneral: tenants.Words{tenants.English: "What you can do here"},
	comment:   tenants.Words{tenants.English: "/ text"},
	comments:  tenants.Words{tenants.English: "a comment for the team: the client never gets it"},
}

// Guide is the answer to /help: what somebody may do in a place under HIDE_INFO.
// Commands are shown as code, because a tap on a plain one would send it.
func Guide(place Place, who Permission, hide tenants.Hide, language tenants.Language) tenants.Text {
	var out tenants.Composer
	title := phrases.inGeneral
	if place == Topic {
		title = phrases.inTopic
	}
	out.As("bold", title.In(language))
	row := func(usage, help string) {
		out.Say("\n")
		out.As("code", usage)
		out.Say(" — " + help)
	}
	for _, c := range table {
		if c.Places&place != 0 && who >= c.Needs(hide) {
			row(c.Form(), c.Help.In(language))
		}
	}
	if place == Topic {
		row(phrases.comment.In(language), phrases.comments.In(language))
	}
	return out.Text()
}

// Form is how the command is typed: "/bind CODE".
func (c Command) Form() string {
	return strings.TrimSpace("/" + string(c.Name) + " " + c.Usage)
}

// refusals are the reasons for which a command is not done.
var refusals = struct{ topic, general, manager, administrator, unknown, meant tenants.Words }{
	topic:         tenants.Words{tenants.English: " works in a client's topic."},
	general:       tenants.Words{tenants.English: " works in General."},
	manager:       tenants.Words{tenants.English: " is for managers: people listed in EXTENSIONS_ALLOWED."},
	administrator: tenants.Words{tenants.English: " is for the administrator of this connection."},
	unknown:       tenants.Words{tenants.English: "There is no such command. What can be done here: "},
	meant:         tenants.Words{tenants.English: "There is no such command. Did you mean: "},
}

// Refusal is why somebody may not use the command in a place under HIDE_INFO; a
// Text without words if they may.
func (c Command) Refusal(place Place, who Permission, hide tenants.Hide, language tenants.Language) tenants.Text {
	var why tenants.Words
	switch needs := c.Needs(hide); {
	case c.Places&place == 0 && c.Places == Topic:
		why = refusals.topic
	case c.Places&place == 0:
		why = refusals.general
	case who >= needs:
		return tenants.Text{}
	case needs == Manager:
		why = refusals.manager
	default:
		why = refusals.administrator
	}
	var out tenants.Composer
	out.As("code", "/"+string(c.Name))
	out.Say(why.In(language))
	return out.Text()
}

// Hint is the answer to an Unknown call.
func (c Call) Hint(language tenants.Language) tenants.Text {
	var out tenants.Composer
	if c.Suggestion == "" {
		out.Say(refusals.unknown.In(language))
		out.As("code", "/"+string(Help))
		return out.Text()
	}
	out.Say(refusals.meant.In(language))
	out.As("code", "/"+string(c.Suggestion))
	out.Say("?")
	return out.Text()
}
