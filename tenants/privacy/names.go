package privacy

import (
	"slices"
	"strconv"
	"strings"

	"topicdesk/tenants"
)

const (
	partLetters    = 3 // letters from which a part of a name is hidden
	numberDigits   = 3 // digits from which a name without letters is looked for
	idDigits       = 5 // digits from which an id is looked for: a smaller one is any number
	usernameLength = 4 // the shortest username that Telegram gives
	phoneDigits    = 7 // the shortest phone number
	localDigits    = 10
)

// whole makes the pattern of a whole name: one, or none if the name holds
// nothing to look for.
func whole(name string, of who) []pattern {
	words, glued := wordsOf(name)
	letters, digits := 0, 0
	for _, word := range words {
		if classOf(word[0]) == letter {
			letters += lettersOf(word)
		} else {
			digits += len(word)
		}
	}
	if letters == 0 && digits < numberDigits {
		return nil
	}
	p := pattern{words: words, glued: glued, of: of}
	if len(words) == 1 {
		p.capital = common(folded(words[0]))
		return []pattern{p}
	}
	if letters >= longWhole {
		p.reach = spaced
	}
	for i := 1; i < len(glued); i++ {
		glued[i] = glued[i] || letters >= longWhole || unspaced(words[i-1][0].Seen) && unspaced(words[i][0].Seen)
	}
	return []pattern{p}
}

// common tells that a folded word is more often no name.
func common(word string) bool { return everyday[word] || ours[word] }

// orders are the ways to write a person's whole name.
func orders(p tenants.Person) []string {
	if p.First == "" || p.Last == "" {
		return []string{p.Name()}
	}
	return []string{p.Name(), p.Last + " " + p.First}
}

// parts are the patterns of single words of a name. Of a title, linking words
// are none whatever their case.
func parts(name string, of who, title bool) []pattern {
	words, _ := wordsOf(name)
	var found []pattern
	for _, word := range words {
		small := !slices.ContainsFunc(word, func(g tenants.Glyph) bool { return upper(g.Seen) })
		switch {
		case classOf(word[0]) != letter || lettersOf(word) < partLetters:
		case linking[folded(word)] && (title || small):
		default:
			found = append(found, pattern{words: [][]tenants.Glyph{word}, glued: []bool{false}, capital: true, of: of})
		}
	}
	return found
}

// contacts are the patterns of what leads to the people of a chat: usernames,
// ids, phones.
func contacts(k Known) []pattern {
	var found []pattern
	exact := func(s string) {
		found = append(found, pattern{words: [][]tenants.Glyph{tenants.Look(s)}, glued: []bool{false}})
	}
	for _, username := range usernames(k) {
		exact(username)
	}
	for _, id := range ids(k) {
		exact(id)
	}
	for _, phone := range k.Phones {
		found = append(found, phonePatterns(phone)...)
	}
	return found
}

// usernames are those to be looked for without their @. One that is only the
// visible name again is not.
func usernames(k Known) []string {
	var found []string
	for _, p := range k.People {
		plain := folded(tenants.Look(p.Username))
		if len(p.Username) < usernameLength || common(plain) || !k.Hide.Name && isName(plain, p) {
			continue
		}
		found = append(found, p.Username)
	}
	return found
}

// isName tells whether a folded word is a person's name, or a word of it.
func isName(plain string, p tenants.Person) bool {
	words, _ := wordsOf(p.Name())
	joined := ""
	for _, word := range words {
		if folded(word) == plain {
			return true
		}
		joined += folded(word)
	}
	return joined == plain
}

// ids are the numbers of the people and of the chat: as the Bot API writes
// them without sign, and a chat's also as links write it.
func ids(k Known) []string {
	var found []string
	add := func(digits string) {
		if len(digits) >= idDigits {
			found = append(found, digits)
		}
	}
	for _, p := range k.People {
		add(strconv.FormatInt(int64(p.ID), 10))
	}
	for _, id := range []tenants.ChatID{k.ChatID, k.Born} {
		chat, negative := strings.CutPrefix(strconv.FormatInt(int64(id), 10), "-")
		add(chat)
		if inner, super := strings.CutPrefix(chat, "100"); negative && super {
			add(inner)
		}
	}
	return found
}

// phonePatterns find a number however its digits are grouped, and without the
// code of its country.
func phonePatterns(phone string) []pattern {
	var digits []tenants.Glyph
	for _, g := range tenants.Look(phone) {
		if classOf(g) == digit {
			digits = append(digits, g)
		}
	}
	if len(digits) < phoneDigits {
		return nil
	}
	found := []pattern{grouped(digits)}
	if len(digits) > localDigits {
		found = append(found, grouped(digits[len(digits)-localDigits:]))
	}
	return found
}

func grouped(digits []tenants.Glyph) pattern {
	p := pattern{reach: anywhere}
	for i := range digits {
		p.words = append(p.words, digits[i:i+1])
		p.glued = append(p.glued, true)
	}
	return p
}
