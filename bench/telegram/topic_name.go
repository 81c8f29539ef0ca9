package telegram

import (
	"strings"
)

// maxTopicName is the longest topic name, in characters; longer ones are cut.
const maxTopicName = 128

// cleanTopicName does what the server does with a topic's name.
func cleanTopicName(name string) string { return cleanTitle(name, maxTopicName) }

// cleanTitle does what the server does with a name or title before using it: it cuts
// it to so many characters; "" = there is nothing to see in it (TDLib source,
// clean_name).
func cleanTitle(name string, limit int) string {
	name = strings.Map(asSpace, dropControls(name))
	name = strings.Trim(name, cutSpaces)
	if r := []rune(name); len(r) > limit {
		name = strings.Trim(string(r[:limit]), cutSpaces)
	}
	if strings.Trim(name, unseen) == "" {
		return ""
	}
	return strings.Trim(oneSpace(name), cutSpaces)
}

// cutSpaces are cut from both ends of a name.
const cutSpaces = " \n"

// unseen are characters of which a name can't consist alone.
const unseen = " \n\u00A0\u200B\u200C\u200D\u200E\u200F\u202E\uFEFF"

// dropControls is the text of a name without control characters.
func dropControls(s string) string { return strings.Map(kept, s) }

// asSpace makes a space of what looks like one (TDLib source,
// strip_empty_characters).
func asSpace(r rune) rune {
	switch {
	case r >= '\u2000' && r <= '\u200A', r >= 0xE0000 && r <= 0xE007F:
		return ' '
	}
	switch r {
	case '\u1680', '\u180E', '\u202F', '\u205F', '\u2800', '\u3000', '\uFFFC':
		return ' '
	}
	return r
}

// oneSpace makes one space of each run of spaces, line breaks and no-break
// spaces.
func oneSpace(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '\n' || r == '\u00A0'
	}), " ")
}
