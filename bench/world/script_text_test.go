package world

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	sim "topicdesk/bench/telegram"
)

// Formatting in scripts: <bold>, <italic>, <code>, <spoiler>, <underline>,
// <text_link url>, <text_mention olga>, <pre> … </>; ⏎ is a line break, {x*5000} five
// thousand x.

var (
	tag    = regexp.MustCompile(`<(/|bold|italic|code|spoiler|underline|text_link|text_mention|custom_emoji|blockquote|pre)(?: ([^>]*))?>`)
	repeat = regexp.MustCompile(`\{(.[^*{}]*)\*(\d+)\}`)
)

// parsed reads a script's text.
func (s *scene) parsed(source string) sim.Content {
	source = strings.ReplaceAll(source, "⏎", "\n")
	source = repeat.ReplaceAllStringFunc(source, func(m string) string {
		p := repeat.FindStringSubmatch(m)
		n, _ := strconv.Atoi(p[2])
		return strings.Repeat(p[1], n)
	})
	c := sim.Content{Kind: sim.KindText}
	var open []sim.Entity
	for source != "" {
		loc := tag.FindStringSubmatchIndex(source)
		if loc == nil {
			c.Text += source
			break
		}
		p := tag.FindStringSubmatch(source)
		c.Text += source[:loc[0]]
		source = source[loc[1]:]
		at := units(c.Text)
		if p[1] != "/" {
			open = append(open, s.entity(p[1], p[2], at))
			continue
		}
		e := open[len(open)-1]
		open = open[:len(open)-1]
		e.Length = at - e.Offset
		c.Entities = append(c.Entities, e)
	}
	slices.SortFunc(c.Entities, func(a, b sim.Entity) int { return a.Offset - b.Offset })
	return c
}

func (s *scene) entity(kind, arg string, at int) sim.Entity {
	e := sim.Entity{Type: kind, Offset: at}
	switch kind {
	case "text_link":
		e.URL = arg
	case "pre":
		e.Language = arg
	case "text_mention":
		id := s.person(arg)
		e.User = &id
	case "custom_emoji":
		e.CustomEmojiID = arg
	}
	return e
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// formatted writes a text as a script does, without what Telegram finds by itself.
func formatted(text string, entities []sim.Entity) string {
	u := utf16.Encode([]rune(text))
	opens, closes := map[int]string{}, map[int]string{}
	for _, e := range entities {
		switch e.Type {
		case "mention", "bot_command", "url", "email", "phone_number", "hashtag", "cashtag":
			continue
		}
		name := e.Type
		if e.URL != "" {
			name += " " + e.URL
		}
		opens[e.Offset] += "<" + name + ">"
		closes[e.Offset+e.Length] += "</>"
	}
	if len(entities) > 20 {
		return fmt.Sprintf("%s with %d entities", shortened(text), len(entities))
	}
	if len(entities) == 0 || len(u) > 700 {
		return shortened(text)
	}
	var out strings.Builder
	from := 0
	for i := 0; i <= len(u); i++ {
		if opens[i] == "" && closes[i] == "" && i < len(u) {
			continue
		}
		out.WriteString(string(utf16.Decode(u[from:i])) + closes[i] + opens[i])
		from = i
	}
	return strings.ReplaceAll(out.String(), "\n", "⏎")
}
