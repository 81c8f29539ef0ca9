package keyword

import (
	"unicode"
	"unicode/utf8"
)

// term is one word, folded.
type term struct {
	word  string
	whole bool
}

// finder finds all of its terms in one pass over a text, however many there are
// (Aho and Corasick, 1975): a tenant's list of thousands of words must not cost
// the node a search each. The zero finder has no terms; link comes after the last
// add.
type finder struct {
	terms []term // each once
	index map[term]int
	nodes []node // the first is the empty word
}

// node is the beginning of a word. Numbers of nodes are 0 for none: to the empty
// word leads only the end of a way.
type node struct {
	ends          [2]int32 // the terms that end here, as a number from 1; 0 = none. The second is the whole word
	child, beside int32    // the first node that is longer by a byte, and the next with the same beginning
	fails         int32    // the longest other beginning that is its end
	also          int32    // the nearest one on the way of fails at which a term ends
	by            byte     // its last
}

func (n *node) ending() bool { return n.ends != [2]int32{} }

// add gives the number of a term.
func (f *finder) add(t term) int {
	if n, known := f.index[t]; known {
		return n
	}
	if f.index == nil {
		f.index, f.nodes = map[term]int{}, make([]node, 1)
	}
	at := int32(0)
	for i := range len(t.word) {
		to := f.longer(at, t.word[i])
		if to == 0 {
			to = int32(len(f.nodes))
			f.nodes = append(f.nodes, node{by: t.word[i], beside: f.nodes[at].child})
			f.nodes[at].child = to
		}
		at = to
	}
	n := len(f.terms)
	f.terms, f.index[t] = append(f.terms, t), n
	kind := 0
	if t.whole {
		kind = 1
	}
	f.nodes[at].ends[kind] = int32(n + 1)
	return n
}

// longer is the node that is longer by this byte; 0 = there is none.
func (f *finder) longer(at int32, by byte) int32 {
	to := f.nodes[at].child
	for to != 0 && f.nodes[to].by != by {
		to = f.nodes[to].beside
	}
	return to
}

// link finds for each node, the short ones first, where to go on when the text
// goes on otherwise.
func (f *finder) link() {
	queue := make([]int32, 1, max(1, len(f.nodes)))
	for len(queue) > 0 && len(f.nodes) > 0 {
		up := queue[0]
		queue = queue[1:]
		for to := f.nodes[up].child; to != 0; to = f.nodes[to].beside {
			queue = append(queue, to)
			n := &f.nodes[to]
			if up != 0 {
				n.fails = f.step(f.nodes[up].fails, n.by)
			}
			if n.also = n.fails; !f.nodes[n.fails].ending() {
				n.also = f.nodes[n.fails].also
			}
		}
	}
}

// step goes on by a byte.
func (f *finder) step(at int32, by byte) int32 {
	for {
		if to := f.longer(at, by); to != 0 || at == 0 {
			return to
		}
		at = f.nodes[at].fails
	}
}

// find tells for each term whether it is in a folded haystack, or was found before.
func (f *finder) find(haystack string, found []bool) []bool {
	if found == nil {
		found = make([]bool, len(f.terms))
	}
	if len(f.terms) == 0 {
		return found
	}
	seen := make([]bool, len(f.nodes)) // what ends there is found, but for whole words
	at := int32(0)
	for i := range len(haystack) {
		at = f.step(at, haystack[i])
		first := at
		if !f.nodes[at].ending() {
			first = f.nodes[at].also
		}
		// All that end here have the same last character.
		if first == 0 || seen[first] && inWord(haystack, i+1) {
			continue
		}
		for n := first; n != 0; n = f.nodes[n].also {
			f.found(n, haystack, i+1, found)
			seen[n] = true
		}
	}
	return found
}

// found notes the terms of a node that end at a place of the haystack.
func (f *finder) found(n int32, haystack string, end int, found []bool) {
	ends := f.nodes[n].ends
	if ends[0] != 0 {
		found[ends[0]-1] = true
	}
	if ends[1] != 0 && !found[ends[1]-1] {
		begin := end - len(f.terms[ends[1]-1].word)
		found[ends[1]-1] = !inWord(haystack, begin) && !inWord(haystack, end)
	}
}

// inWord tells that a place of a text is between two letters.
func inWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return letter(before) && letter(after)
}

// letter tells what words are made of.
func letter(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
