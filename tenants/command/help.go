package command

import (
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Guide is the answer to /help: what somebody may do in a place under HIDE_INFO, by
// subjects. Commands are shown as code, because a tap on a plain one would send it.
func Guide(place Place, who Asker, hide tenants.Hide, language tenants.Language) tenants.Text {
	var out tenants.Composer
	title := say.HelpHere
	if place == Topic {
		title = say.HelpInTopic
	}
	out.As("bold", title.In(language))
	for section, name := range sections {
		rows := offered(place, Section(section), who, hide)
		if len(rows) == 0 {
			continue
		}
		out.Say("\n\n")
		out.As("italic", name.In(language))
		for _, c := range rows {
			c = c.At(place)
			line(&out, c.Form(), c.Help.In(language))
		}
	}
	out.Say("\n")
	if place == Topic {
		line(&out, say.HelpComment.In(language), say.HelpComments.In(language))
	}
	if later := later(place, who, hide); later != "" {
		out.Say("\n")
		out.Add(tenants.Coded(say.HelpLater.In(language, say.Values{"commands": later}), later))
	}
	return out.Text()
}

func line(out *tenants.Composer, form, help string) {
	out.Say("\n")
	out.As("code", form)
	out.Say(" — " + help)
}

// offered are the commands of a section that somebody may use.
func offered(place Place, section Section, who Asker, hide tenants.Hide) (rows []Command) {
	for _, c := range table {
		if c.Section == section && !c.Later && c.offered(place, who, hide) {
			rows = append(rows, c)
		}
	}
	return rows
}

// later are the commands that are still to come.
func later(place Place, who Asker, hide tenants.Hide) string {
	var names []string
	for _, c := range table {
		if c.Later && c.offered(place, who, hide) {
			names = append(names, "/"+string(c.Name))
		}
	}
	return strings.Join(names, " ")
}

func (c Command) offered(place Place, who Asker, hide tenants.Hide) bool {
	return c.Places&place != 0 && who.Is >= c.Needs(place, hide)
}

// Form is how the command is typed: "/bind CODE".
func (c Command) Form() string {
	return strings.TrimSpace("/" + string(c.Name) + " " + c.Usage)
}

// Refusal is why somebody may not use the command in a place under HIDE_INFO; a
// Text without words if they may. Of a command about what others wrote, whoever
// decides knows whose it is.
func (c Command) Refusal(place Place, who Asker, hide tenants.Hide, language tenants.Language) tenants.Text {
	var why say.Key
	switch needs := c.Needs(place, hide); {
	case c.Places&place != 0 && who.Is < needs && who.Is >= c.Needs(place, tenants.Hide{}):
		return tenants.Plain(say.InfoPrivate.In(language))
	case c.Places&place == 0 && c.Places == Topic:
		why = say.RefusedPlaceTopic
	case c.Places&place == 0:
		why = say.RefusedPlaceGeneral
	case who.Is < needs && needs == Manager && c.Places&Topic != 0 && who.Is >= c.Needs(Topic, hide):
		why = say.RefusedGeneralManager
	case who.Is < needs && needs == Manager:
		why = say.RefusedManager
	case who.Is < needs:
		why = say.RefusedAdministrator
	case c.OfOthers || who.Has(c.Right):
		return tenants.Text{}
	default:
		return c.Right.Lacking(who.Untold, language)
	}
	return tenants.Coded(why.In(language, say.Values{"command": "/" + string(c.Name)}), "/"+string(c.Name))
}

// Lacking is what somebody reads who needs one of Telegram's rights; untold:
// Telegram did not say whether they have it.
func (r Right) Lacking(untold bool, language tenants.Language) tenants.Text {
	switch {
	case untold:
		return tenants.Plain(say.RefusedUntold.In(language))
	case r == BanUsers:
		return tenants.Plain(say.RefusedBanUsers.In(language))
	case r == DeleteMessages:
		return tenants.Plain(say.RefusedDeleteMessages.In(language))
	default:
		panic("command: nobody lacks no right")
	}
}

// Hint is the answer to an Unknown call.
func (c Call) Hint(language tenants.Language) tenants.Text {
	if c.Suggestion == "" {
		help := "/" + string(Help)
		return tenants.Coded(say.HintUnknown.In(language, say.Values{"help": help}), help)
	}
	meant := "/" + string(c.Suggestion)
	return tenants.Coded(say.HintMeant.In(language, say.Values{"command": meant}), meant)
}
