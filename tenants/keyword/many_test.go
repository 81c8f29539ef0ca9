package keyword_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/keyword"
)

// many is the longest expression that a parameter may hold, of words that are
// nearly alike, and the longest text, of their beginnings.
func many() (expr, text string, words []string) {
	for n := 10; n < tenants.MaxExpression; n += 9 {
		words = append(words, fmt.Sprintf("a%05d", len(words)))
	}
	return `"` + strings.Join(words, `","`) + `"`, strings.Repeat("a0000 ", tenants.MaxText/6), words
}

// TestManyWords: a tenant's thousands of words are compiled in a moment and cost
// one pass over a message. A search for each of them, or counting from the
// beginning at each, takes minutes here.
func TestManyWords(t *testing.T) {
	expr, text, words := many()
	begin := time.Now()
	compiled, err := keyword.Compile(expr)
	if err != nil {
		t.Fatal(err)
	}
	list := keyword.NewList(words)
	for range 200 {
		if _, found := list.First(text); found || compiled.Match(text) {
			t.Fatal("found what is not there")
		}
	}
	last := words[len(words)-1]
	if word, _ := list.First(text + last); word != last || !compiled.Match(text+last) {
		t.Error("the last word is not found")
	}
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}

// TestWholeWordsWithinOneAnother: a text in which each place ends hundreds of words.
func TestWholeWordsWithinOneAnother(t *testing.T) {
	var words []string
	for n := 2; n <= keyword.MaxWord; n++ {
		words = append(words, "="+strings.Repeat("a", n))
	}
	begin := time.Now()
	list := keyword.NewList(words)
	for range 20 {
		if word, found := list.First(strings.Repeat("a", tenants.MaxText)); found {
			t.Fatalf("%q is part of a longer word", word)
		}
	}
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}

func BenchmarkManyWords(b *testing.B) {
	expr, text, _ := many()
	compiled, err := keyword.Compile(expr)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("compile", func(b *testing.B) {
		for b.Loop() {
			_, _ = keyword.Compile(expr) // compiled above
		}
	})
	b.Run("match", func(b *testing.B) {
		for b.Loop() {
			compiled.Match(text)
		}
	})
}
