package tenants

import "fmt"

// exclusion is two parameters that can't be in force together: the second one
// set is refused.
type exclusion struct {
	a, b     string
	aIs, bIs func(value string) bool // which values are meant
	why      string
}

var exclusions = []exclusion{
	{
		a: "AUTHOR", aIs: func(value string) bool { return value == string(AuthorForward) },
		b: "HIDE_INFO", bIs: isSet,
		why: "a forwarded message shows who wrote it",
	},
}

func isSet(value string) bool { return !isClear(value) }

// Conflict tells why a value, in canonical form, can't be set beside those that
// are set; nil if it can. The error names what to change first.
func Conflict(values []Value, set Value) error {
	for _, x := range exclusions {
		for _, old := range values {
			if !old.Level.meets(set.Level) {
				continue
			}
			forward := x.a == set.Name && x.aIs(set.Value) && x.b == old.Name && x.bIs(old.Value)
			backward := x.b == set.Name && x.bIs(set.Value) && x.a == old.Name && x.aIs(old.Value)
			if forward || backward {
				return fmt.Errorf("%s=%s excludes %s=%s: %s. Change %s first",
					set.Name, set.Value, old.Name, old.Value, x.why, old.Name)
			}
		}
	}
	return nil
}

// Notices are what somebody should know who sets a value, in canonical form,
// beside those that are set. They hinder nothing.
func Notices(values []Value, set Value) []string {
	var out []string
	after := append(append([]Value(nil), values...), set)
	if greetsGroups(after, set) {
		out = append(out, "Client groups are relayed and a welcome is set: the bot will greet each group at its first message. group.WELCOME=OFF keeps it silent there.")
	}
	if set.Name == "HIDE_INFO" && isSet(set.Value) {
		hide := Resolve(after, set.Level.Connection, set.Level.Kind, set.Level.Dialog, 0).Hide
		if hide.Name && !hide.Link {
			out = append(out, "Names are hidden, but @names and links stay visible in messages: add link to hide them too.")
		}
		if hide.Any() {
			out = append(out, "Out of reach: voices, pictures, the insides of files, and names that are spelt out.")
		}
	}
	return out
}

// greetsGroups tells that it is this value through which client groups will be greeted.
func greetsGroups(after []Value, set Value) bool {
	if set.Name != "MONITOR_GROUPS" && set.Name != "WELCOME" {
		return false
	}
	if set.Level.Dialog != 0 || (set.Level.Kind != "" && set.Level.Kind != Group) {
		return false
	}
	s := Resolve(after, set.Level.Connection, Group, 0, 0)
	return s.Monitor[Group] && s.Welcome.Text != ""
}
