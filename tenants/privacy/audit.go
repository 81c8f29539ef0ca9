package privacy

import "topicdesk/tenants"

// Set is what must not occur in any call into a group, for the audit. It is
// less than what is replaced: words of the relay's own notes and single words of
// titles are not in it. Nil holds nothing.
type Set struct {
	hidden   *finder
	mentions bool // @mentions may occur
}

// NewSet makes the set of one chat.
func NewSet(k Known) *Set {
	s := &Set{hidden: newFinder(), mentions: !k.Hide.Link}
	for _, p := range audited(k) {
		s.hidden.add(p)
	}
	return s
}

// audited are the patterns of the set.
func audited(k Known) []pattern {
	var found []pattern
	add := func(patterns []pattern) {
		for _, p := range patterns {
			if len(p.words) > 1 || !ours[folded(p.words[0])] {
				found = append(found, p)
			}
		}
	}
	if k.Hide.Link {
		add(contacts(k))
	}
	if k.Hide.Name {
		for _, p := range k.People {
			for _, name := range orders(p) {
				add(whole(name, person(p.ID)))
			}
			add(parts(p.Name(), person(p.ID), false))
		}
	}
	if k.Hide.Title {
		for _, title := range k.Titles {
			add(whole(title, k.chat()))
		}
	}
	return found
}

// Hidden lists what the set of a chat looks for, as it was written: names,
// their words, titles, usernames, ids, phones. It is for tests of whole
// systems; a single word counts only as a whole word.
func Hidden(k Known) []string {
	var found []string
	if k.Hide.Link {
		found = append(found, usernames(k)...)
		found = append(found, ids(k)...)
		found = append(found, k.Phones...)
	}
	if k.Hide.Name {
		for _, p := range k.People {
			found = appendNames(found, p)
		}
	}
	if k.Hide.Title {
		for _, title := range k.Titles {
			found = appendWhole(found, title)
		}
	}
	return found
}

func appendNames(found []string, p tenants.Person) []string {
	for _, name := range orders(p) {
		found = appendWhole(found, name)
	}
	for _, part := range parts(p.Name(), who{}, false) {
		word := part.words[0]
		if !ours[folded(word)] {
			found = append(found, p.Name()[word[0].From:word[len(word)-1].To])
		}
	}
	return found
}

func appendWhole(found []string, name string) []string {
	for _, p := range whole(name, who{}) {
		if len(p.words) > 1 || !ours[folded(p.words[0])] {
			found = append(found, name)
		}
	}
	return found
}

// Audit tells whether any of the texts of a call holds something of the set.
// Which one and what is not told: it would end in an error or a log.
func Audit(hidden *Set, texts ...string) (bad bool) {
	if hidden == nil || len(hidden.hidden.starts) == 0 {
		return false
	}
	for _, text := range texts {
		glyphs := tenants.Look(text)
		maskRemoved(glyphs)
		if hidden.mentions {
			maskMentions(text, glyphs)
		}
		if len(hits(hidden.hidden, text, glyphs)) > 0 {
			return true
		}
	}
	return false
}
