package tenants

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// FormatMarkdown writes a text as somebody formatted it, so that ParseMarkdown gives
// it back. What MarkdownV2 can't say here, quotations and custom emoji, becomes its
// plain words; formatting that crosses other formatting is left out as a whole.
func FormatMarkdown(t Text) string {
	var kept []Entity
	for _, e := range t.Entities {
		if e.Length > 0 && opening(e) != "" {
			e = Entity{Kind: e.Kind, Offset: e.Offset, Length: e.Length, URL: e.URL, User: e.User, Language: e.Language}
			kept = append(kept, e)
		}
	}
	slices.SortStableFunc(kept, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	written := writeMarkdown(t.Text, kept)
	if back, err := ParseMarkdown(written); err != nil || back.Text != t.Text || !slices.Equal(back.Entities, kept) {
		return EscapeMarkdown(t.Text)
	}
	return written
}

// writeMarkdown puts signs around the words of ordered entities.
func writeMarkdown(text string, entities []Entity) string {
	var out strings.Builder
	var open []Entity
	at, next := 0, 0
	turn := func() {
		for len(open) > 0 && open[len(open)-1].Offset+open[len(open)-1].Length <= at {
			out.WriteString(closing(open[len(open)-1]))
			open = open[:len(open)-1]
		}
		for next < len(entities) && entities[next].Offset <= at {
			out.WriteString(opening(entities[next]))
			open = append(open, entities[next])
			next++
		}
	}
	for _, r := range text {
		turn()
		verbatim := len(open) > 0 && (open[len(open)-1].Kind == "code" || open[len(open)-1].Kind == "pre")
		out.WriteString(escapedRune(r, verbatim))
		at += units(r)
	}
	turn()
	return out.String()
}

// escapedRune is a character that stands for itself. In code only a backslash and a
// backtick mean anything.
func escapedRune(r rune, verbatim bool) string {
	if verbatim && r != '\\' && r != '`' {
		return string(r)
	}
	return EscapeMarkdown(string(r))
}

// opening is what begins an entity; "" = it can't be said.
func opening(e Entity) string {
	switch e.Kind {
	case "code":
		return "`"
	case "pre":
		return "```" + e.Language + "\n"
	case "text_link", "text_mention":
		return "["
	}
	return signOf(e.Kind)
}

func closing(e Entity) string {
	switch e.Kind {
	case "code":
		return "`"
	case "pre":
		return "```"
	case "text_link":
		return "](" + strings.NewReplacer(`\`, `\\`, ")", `\)`).Replace(e.URL) + ")"
	case "text_mention":
		return "](" + mentionPrefix + strconv.FormatInt(int64(e.User), 10) + ")"
	}
	return signOf(e.Kind)
}

func signOf(kind string) string {
	for _, mark := range marks {
		if mark.kind == kind {
			return mark.sign
		}
	}
	return ""
}
