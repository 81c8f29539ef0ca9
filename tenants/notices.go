package tenants

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"topicdesk/tenants/say"
)

// Notices are what somebody should know who sets a value, in canonical form, or takes it
// away, beside those that are set; groups is how many client groups are known. They
// hinder nothing.
func Notices(values []Value, set Value, groups int) []say.Line {
	after := slices.DeleteFunc(slices.Clone(values), func(v Value) bool { return v.Level == set.Level && v.Name == set.Name })
	if !IsDefault(set.Value) {
		after = append(after, set)
	}
	var out []say.Line
	if greetsGroups(after, set) {
		out = append(out, say.NoticeGreetsGroups.With(nil))
		if groups > 0 {
			out = append(out, say.NoticeKnownGroups.With(say.Values{"n": groups}))
		}
	}
	places := placesOf(after, set)
	for _, n := range notices {
		at := slices.IndexFunc(places, func(s Settings) bool { return slices.Contains(n.of, set.Name) && n.holds(s, after, set) })
		if at >= 0 {
			out = append(out, n.key.With(n.values(places[at], set)))
		}
	}
	return out
}

// placesOf are the settings where a value counts: on its level, and for the connections
// and kinds of chats below it that differ.
func placesOf(after []Value, set Value) (all []Settings) {
	levels := []Level{set.Level}
	for _, v := range after {
		l := Level{
			Connection: cmp.Or(set.Level.Connection, v.Level.Connection), Kind: cmp.Or(set.Level.Kind, v.Level.Kind),
			Dialog: set.Level.Dialog,
		}
		if v.Level.meets(set.Level) && (v.Level.Dialog == 0 || v.Level.Dialog == l.Dialog) && !slices.Contains(levels, l) {
			levels = append(levels, l)
		}
	}
	for _, l := range levels {
		all = append(all, Resolve(after, l.Connection, l.Kind, l.Dialog, 0))
	}
	return all
}

// notice is what somebody should know who sets one of some parameters.
type notice struct {
	of    []string
	key   say.Key
	holds func(s Settings, after []Value, set Value) bool // with the value in force
	with  func(s Settings, set Value) say.Values          // nil = none
}

func (n notice) values(s Settings, set Value) say.Values {
	if n.with == nil {
		return nil
	}
	return n.with(s, set)
}

// sets is a condition that only counts of who sets something, not who takes it away.
func sets(holds func(Settings) bool) func(Settings, []Value, Value) bool {
	return func(s Settings, _ []Value, set Value) bool {
		return isSet(set.Value) && !IsDefault(set.Value) && holds(s)
	}
}

// keywordsOf are the kinds of chats of the keyword filters, and what has them relayed.
var keywordsOf = map[string]struct {
	kind    ChatKind
	monitor string
}{
	"PRIVATE_KEYWORDS":  {Private, "MONITOR_PRIVATE"},
	"GROUPS_KEYWORDS":   {Group, "MONITOR_GROUPS"},
	"CHANNELS_KEYWORDS": {Channel, "MONITOR_CHANNELS"},
}

var notices = []notice{
	{
		of: []string{"HIDE_INFO"}, key: say.NoticeNamesVisible,
		holds: sets(func(s Settings) bool { return s.Hide.Name && !s.Hide.Link }),
	},
	{
		of: []string{"HIDE_INFO"}, key: say.NoticeOutOfReach,
		holds: sets(func(s Settings) bool { return s.Hide.Any() }),
	},
	{
		of: []string{"HIDE_INFO", "AUTO_INFO"}, key: say.NoticeNoCards,
		holds: sets(func(s Settings) bool { return s.AutoInfo && s.Hide.Command }),
	},
	{
		of: []string{"HIDE_INFO", "EXTENSIONS_ALLOWED"}, key: say.NoticeAllSeeInfo,
		holds: sets(func(s Settings) bool { return s.AllManagers && s.Hide.Command }),
	},
	{
		of: []string{"AWAY"}, key: say.NoticeAwayNoHours,
		holds: sets(func(s Settings) bool { return s.Office.IsZero() }),
	},
	{
		of: []string{"OFFICE_HOURS"}, key: say.NoticeHoursUTC,
		holds: func(s Settings, after []Value, set Value) bool {
			return !s.Office.IsZero() && isSet(set.Value) && !zoned(after)
		},
	},
	{
		of: []string{"PRIVATE_KEYWORDS", "GROUPS_KEYWORDS", "CHANNELS_KEYWORDS"}, key: say.NoticeNotMonitored,
		holds: func(s Settings, _ []Value, set Value) bool {
			kind := keywordsOf[set.Name].kind
			return s.Keywords[kind] != "" && !s.Monitor[kind]
		},
		with: func(_ Settings, set Value) say.Values {
			return say.Values{"param": set.Name, "monitor": keywordsOf[set.Name].monitor}
		},
	},
	{
		of: []string{"MONITOR_PRIVATE", "MONITOR_GROUPS", "MONITOR_CHANNELS"}, key: say.NoticeNothingRelayed,
		holds: func(s Settings, _ []Value, _ Value) bool {
			return !s.Monitor[Private] && !s.Monitor[Group] && !s.Monitor[Channel]
		},
	},
	{
		of: []string{"IGNORE_CHATS", "WHITE_LIST"}, key: say.NoticeIgnoredToo,
		holds: func(s Settings, _ []Value, _ Value) bool { return len(inBoth(s.WhiteList, s.Ignore)) > 0 },
		with: func(s Settings, _ Value) say.Values {
			return say.Values{"ids": shorten(strings.Join(inBoth(s.WhiteList, s.Ignore), ", "))}
		},
	},
	{
		of: []string{"AUTHOR", "RESTRICTED_KEYWORDS_FRONTEND"}, key: say.NoticeNotForwarded,
		holds: sets(func(s Settings) bool { return s.Author == AuthorForward && len(s.RestrictedFrontend) > 0 }),
	},
	{
		of: []string{"SILENT_MODE"}, key: say.NoticeStillGreets,
		holds: sets(func(s Settings) bool { return s.Silent && s.Welcome.Text+s.Away.Text != "" }),
	},
}

// inBoth are the chats of a list that are in another too.
func inBoth(a, b []ChatID) (ids []string) {
	for _, id := range a {
		if slices.Contains(b, id) {
			ids = append(ids, fmt.Sprint(id))
		}
	}
	return ids
}

// zoned tells that somebody has said in which time zone the team works.
func zoned(values []Value) bool {
	return slices.ContainsFunc(values, func(v Value) bool { return v.Name == "TIMEZONE" })
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
