package tenants

import (
	"slices"
	"strings"

	"topicdesk/tenants/say"
)

// ParamKind is what sort of value a parameter takes.
type ParamKind int

const (
	ParamText       ParamKind = iota // MarkdownV2, or plain text where it is none
	ParamNumber                      // a whole number of Param.Unit; OFF is Param.Off
	ParamSwitch                      // TRUE or FALSE
	ParamUsers                       // ids of people
	ParamChats                       // ids of people, groups and channels
	ParamWords                       // words in double quotes
	ParamExpression                  // a keyword expression: its maker checks it with package keyword
	ParamChoice                      // one of Param.Choices
	ParamChoices                     // a list out of Param.Choices
	ParamColor                       // one of Telegram's colours of topics, by name
	ParamWeek                        // times of the week, see package hours
	ParamZone                        // a time zone, as the IANA database names it
	ParamCommands                    // a list of /commands
	ParamLater                       // nothing: it comes with a later version
)

// Levels are the places where a parameter may be set.
type Levels int

const (
	OfConnection Levels = 1 << iota // for a whole connection
	OfKind                          // for its private dialogs, groups or channels: group.AUTOCLOSE
	OfChat                          // for one chat
)

const everyLevel = OfConnection | OfKind | OfChat

// Param is one row of the table of parameters (paramtable.go). Setting,
// checking, help and documentation are made from it.
type Param struct {
	Name    string
	Kind    ParamKind
	Default string // canonical
	Levels  Levels
	// Kinds are the kinds of chats in which it has an effect; nil = in all.
	Kinds []ChatKind
	// GroupWide: one value for all connections of a group. Who sets it, sets it
	// for each of them.
	GroupWide bool
	// Rings: a change makes every dialog decide anew when it is to be rung, and what
	// its topic is called and whether it is open.
	Rings bool
	// Least, Most, Off and Unit are of a ParamNumber: its limits, what OFF means, and
	// what is counted.
	Least, Most, Off int
	Unit             say.Key
	Choices          []string // of ParamChoice and ParamChoices, in canonical order
	Everybody        bool     // of ParamUsers: "." is a value
	Example          string   // a value to show
	Help             say.Key  // what it does, one sentence without a full stop

	// apply puts a value into effect.
	apply func(*Settings, parsed)
}

// Params are all parameters in the order of the table. The caller must not
// change what the rows point to.
func Params() []Param { return slices.Clone(paramTable) }

// ParamNamed finds a parameter; case does not count. If there is none, suggestion
// is the name that was probably meant, or "".
func ParamNamed(name string) (param Param, suggestion string, ok bool) {
	names := make([]string, 0, len(paramTable))
	for _, p := range paramTable {
		if strings.EqualFold(p.Name, name) {
			return p, "", true
		}
		names = append(names, p.Name)
	}
	return Param{}, Closest(name, names), false
}

// ParamError tells why a value is refused. The old value stays.
type ParamError struct {
	Param   string
	Reason  error  // mostly a say.Line
	Example string // a value that would be taken
}

// In is the whole of it in a language.
func (e *ParamError) In(l Language) string {
	return say.ParamRefused.In(l, say.Values{"param": e.Param, "reason": say.Ended(say.Reason(e.Reason, l)), "example": e.Example})
}

// Error is In English.
func (e *ParamError) Error() string { return e.In(English) }

// Unwrap is the reason.
func (e *ParamError) Unwrap() error { return e.Reason }

// Refuse is why a value of the parameter is refused.
func (p Param) Refuse(reason error) *ParamError {
	return &ParamError{Param: p.Name, Reason: reason, Example: p.Example}
}

// Parse checks a value as somebody typed it and gives the form in which it is
// stored. Parsing the stored form gives it back. The error is a *ParamError. Of
// a ParamExpression it checks only its length.
func (p Param) Parse(value string) (canonical string, err error) {
	canonical, _, err = p.ParseNoting(value)
	return canonical, err
}

// ParseNoting is Parse, with a notice for the asker about how the value was
// understood; the zero Line when there is nothing to say.
func (p Param) ParseNoting(value string) (canonical string, notice say.Line, err error) {
	v, err := p.read(value)
	if err != nil {
		return "", say.Line{}, p.Refuse(err)
	}
	return v.canonical, v.notice, nil
}

// DefaultValue is the Value that takes a parameter away from its level.
const DefaultValue = "default"

// IsDefault tells that somebody asks for a parameter's default: the value on
// that level is to be taken away.
func IsDefault(value string) bool { return strings.EqualFold(strings.TrimSpace(value), DefaultValue) }
