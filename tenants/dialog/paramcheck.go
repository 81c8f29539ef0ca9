package dialog

import (
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/keyword"
	"topicdesk/tenants/say"
)

// CheckValue is Param.ParseNoting with what only the rules know: keyword expressions
// are compiled, and commands of the relay are refused where those of other bots are
// named.
func CheckValue(p tenants.Param, value string) (canonical string, notice say.Line, err error) {
	canonical, notice, err = p.ParseNoting(value)
	if err != nil || canonical == p.Default {
		return canonical, notice, err
	}
	switch p.Kind {
	case tenants.ParamExpression:
		_, err = keyword.Compile(canonical)
	case tenants.ParamCommands:
		err = ownCommand(canonical)
	}
	if err != nil {
		return "", say.Line{}, p.Refuse(err)
	}
	return canonical, notice, nil
}

// ownCommand is why a list of commands can't be left to other bots.
func ownCommand(list string) error {
	for typed := range strings.SplitSeq(list, ", ") {
		if _, ours := command.Named(command.Name(strings.TrimPrefix(typed, "/"))); ours {
			return say.ValueOwnCommand.With(say.Values{"command": typed})
		}
	}
	return nil
}
