package keyword

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Expr is a compiled expression. It never changes and may be shared.
type Expr struct {
	terms []term // each once
	index map[term]int
	any   []group
}

// group holds if all of its terms are there and none of the others; the numbers
// are those of Expr.terms.
type group struct{ all, none []int }

// term is one word, folded.
type term struct {
	word  string
	whole bool
}

// add gives the number of a term.
func (e *Expr) add(t term) int {
	n, known := e.index[t]
	if !known {
		n = len(e.terms)
		e.terms = append(e.terms, t)
		e.index[t] = n
	}
	return n
}

// Match tells whether the expression holds for a haystack, which need not be
// folded. See Haystack.
func (e *Expr) Match(haystack string) bool {
	found := e.find(Fold(haystack))
	for _, g := range e.any {
		if g.holds(found) {
			return true
		}
	}
	return false
}

// find tells for each term whether it is in a folded haystack.
func (e *Expr) find(haystack string) []bool {
	found := make([]bool, len(e.terms))
	for i, t := range e.terms {
		found[i] = t.in(haystack)
	}
	return found
}

func (g group) holds(found []bool) bool {
	for _, n := range g.all {
		if !found[n] {
			return false
		}
	}
	for _, n := range g.none {
		if found[n] {
			return false
		}
	}
	return true
}

// First gives the first word of a list (see Words) that one of the haystacks
// contains, as it was written but without a leading =.
func First(words []string, haystacks ...string) (word string, ok bool) {
	folded := make([]string, len(haystacks))
	for i, haystack := range haystacks {
		folded[i] = Fold(haystack)
	}
	for _, word := range words {
		t, err := newTerm(word)
		if err != nil {
			continue // Words lets no such word through
		}
		for _, haystack := range folded {
			if t.in(haystack) {
				return strings.TrimPrefix(word, "="), true
			}
		}
	}
	return "", false
}

// in tells whether a folded haystack contains the term.
func (t term) in(haystack string) bool {
	if !t.whole {
		return strings.Contains(haystack, t.word)
	}
	first, _ := utf8.DecodeRuneInString(t.word)
	last, _ := utf8.DecodeLastRuneInString(t.word)
	for from := 0; ; {
		at := strings.Index(haystack[from:], t.word)
		if at < 0 {
			return false
		}
		begin := from + at
		end := begin + len(t.word)
		before, _ := utf8.DecodeLastRuneInString(haystack[:begin])
		after, _ := utf8.DecodeRuneInString(haystack[end:])
		if !(letter(before) && letter(first)) && !(letter(last) && letter(after)) {
			return true
		}
		_, size := utf8.DecodeRuneInString(haystack[begin:])
		from = begin + size
	}
}

// letter tells what words are made of.
func letter(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
