package tenants

import "topicdesk/tenants/say"

// exclusion is two parameters that can't be in force together: the second one
// set is refused.
type exclusion struct {
	a, b     string
	aIs, bIs func(value string) bool // which values are meant
	why      say.Key
}

var exclusions = []exclusion{
	{
		a: "AUTHOR", aIs: func(value string) bool { return value == string(AuthorForward) },
		b: "HIDE_INFO", bIs: isSet,
		why: say.ForwardNames,
	},
}

func isSet(value string) bool { return !isClear(value) }

// Conflict tells why a value, in canonical form, can't be set beside those that
// are set; nil if it can. The error, a say.Line, names what to change first.
func Conflict(values []Value, set Value) error {
	for _, x := range exclusions {
		for _, old := range values {
			if !old.Level.meets(set.Level) {
				continue
			}
			forward := x.a == set.Name && x.aIs(set.Value) && x.b == old.Name && x.bIs(old.Value)
			backward := x.b == set.Name && x.bIs(set.Value) && x.a == old.Name && x.aIs(old.Value)
			if forward || backward {
				return say.ParamExcludes.With(say.Values{
					"param": set.Name, "value": set.Value, "other": old.Name, "set": old.Value, "why": x.why,
				})
			}
		}
	}
	return nil
}
