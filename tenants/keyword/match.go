package keyword

import (
	"strings"

	"topicdesk/tenants"
)

// Expr is a compiled expression. It never changes and may be shared.
type Expr struct {
	words finder
	any   []group
}

// group holds if all of its terms are there and none of the others; the numbers
// are those of Expr.words.
type group struct{ all, none []int }

// Match tells whether the expression holds for a haystack, which need not be
// folded. See Haystack.
func (e *Expr) Match(haystack string) bool {
	found := e.words.find(Fold(haystack), nil)
	for _, g := range e.any {
		if g.holds(found) {
			return true
		}
	}
	return false
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

// List is a compiled list of words. It never changes and may be shared. The nil
// List holds none.
type List struct {
	words  []string // as they were written, without a leading =
	terms  []int    // of each
	finder finder
}

// NewList compiles words as the table of parameters lets them through; what is no
// word is left out.
func NewList(words []string) *List {
	l := &List{}
	for _, word := range words {
		t, problem := newTerm(word)
		if problem.Key != "" {
			continue
		}
		l.words = append(l.words, strings.TrimPrefix(word, "="))
		l.terms = append(l.terms, l.finder.add(t))
	}
	l.finder.link()
	return l
}

// First gives the first word of the list that one of the haystacks contains.
func (l *List) First(haystacks ...string) (word string, ok bool) {
	if l == nil || len(l.words) == 0 {
		return "", false
	}
	var found []bool
	for _, haystack := range haystacks {
		found = l.finder.find(Fold(haystack), found)
	}
	for i, n := range l.terms {
		if found != nil && found[n] {
			return l.words[i], true
		}
	}
	return "", false
}

// In is First for content, see Haystack, and for what is shown beside it.
func (l *List) In(c tenants.Content, beside ...string) (word string, ok bool) {
	if l == nil || len(l.words) == 0 {
		return "", false
	}
	return l.First(append(beside, Haystack(c))...)
}
