package keyword

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxWord is the longest word, in characters: a longer one is a slip of the quotes.
const MaxWord = 256

const exampleExpr = `"word", ["both","words"], ["this","~but not that"], "=whole"`

// SyntaxError tells what is wrong with an expression, and where.
type SyntaxError struct {
	At      int    // which character, from 1, leading white space not counted
	Problem string // in plain words
	Example string // a right one
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("at character %d: %s; for example: %s", e.At, e.Problem, e.Example)
}

// Compile reads an expression (see the package's doc). An error is a *SyntaxError.
// The empty expression is an error: that a filter is OFF is told elsewhere.
func Compile(expr string) (*Expr, error) {
	p := newParser(expr, exampleExpr)
	e := &Expr{}
	err := p.list(func() error {
		if p.next() != '[' {
			return p.alternative(e)
		}
		return p.group(e)
	}, end)
	if err != nil {
		return nil, err
	}
	e.words.link()
	return e, nil
}

// parser eats rest from its begin.
type parser struct {
	rest, source, example string
}

func newParser(source, example string) *parser {
	source = strings.TrimSpace(source)
	return &parser{rest: source, source: source, example: example}
}

// end is what follows the last character.
const end rune = -1

// alternative is one word on its own.
func (p *parser) alternative(e *Expr) error {
	at := p.at()
	word, err := p.word()
	if err != nil {
		return err
	}
	if strings.HasPrefix(word, "~") {
		return p.fault(at, "~ means not, and works only in square brackets")
	}
	t, err := newTerm(word)
	if err != nil {
		return p.fault(at, err.Error())
	}
	e.any = append(e.any, group{all: []int{e.words.add(t)}})
	return nil
}

// group is a list in square brackets.
func (p *parser) group(e *Expr) error {
	p.rest = p.rest[1:]
	var g group
	err := p.list(func() error {
		at := p.at()
		word, err := p.word()
		if err != nil {
			return err
		}
		word, not := strings.CutPrefix(word, "~")
		t, err := newTerm(word)
		if err != nil {
			return p.fault(at, err.Error())
		}
		if not {
			g.none = append(g.none, e.words.add(t))
		} else {
			g.all = append(g.all, e.words.add(t))
		}
		return nil
	}, ']')
	if err != nil {
		return err
	}
	e.any = append(e.any, g)
	return nil
}

// list reads items with commas between them, up to close; which may be end.
func (p *parser) list(item func() error, close rune) error {
	for {
		if err := item(); err != nil {
			return err
		}
		switch r := p.next(); {
		case r == close:
			p.rest = p.rest[min(1, len(p.rest)):]
			return nil
		case r == ',':
			p.rest = p.rest[1:]
		case r == end:
			return p.fault(p.at(), "the closing ] is missing")
		default:
			return p.fault(p.at(), fmt.Sprintf("a comma is missing before %q", r))
		}
	}
}

// word reads a string in double quotes.
func (p *parser) word() (string, error) {
	at := p.at()
	switch r := p.next(); r {
	case '"':
	case end:
		return "", p.fault(at, "a word in double quotes is missing")
	case '“', '”', '„', '«', '»', '\'', '‘', '’':
		return "", p.fault(at, fmt.Sprintf("use straight double quotes \" instead of %c", r))
	default:
		return "", p.fault(at, fmt.Sprintf("words stand in double quotes, here is %q", r))
	}
	var word strings.Builder
	escaped := false
	for i, r := range p.rest[1:] {
		switch {
		case escaped && r != '"' && r != '\\':
			return "", p.fault(at, `after \ only " or \ may follow`)
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && r == '"':
			p.rest = p.rest[1+i+1:]
			return word.String(), nil
		}
		escaped = false
		word.WriteRune(r)
	}
	return "", p.fault(at, "the closing quote is missing")
}

// next skips white space and looks at what follows; or end.
func (p *parser) next() rune {
	p.rest = strings.TrimSpace(p.rest)
	if p.rest == "" {
		return end
	}
	r, _ := utf8.DecodeRuneInString(p.rest)
	return r
}

// at is where the parser stands, in bytes from 0.
func (p *parser) at() int {
	p.next()
	return len(p.source) - len(p.rest)
}

// fault is what is wrong at a place that at has told.
func (p *parser) fault(at int, problem string) error {
	return &SyntaxError{At: 1 + utf8.RuneCountInString(p.source[:at]), Problem: problem, Example: p.example}
}

// newTerm folds a word. = before it asks for a whole word.
func newTerm(word string) (term, error) {
	word, whole := strings.CutPrefix(word, "=")
	if utf8.RuneCountInString(word) > MaxWord {
		return term{}, fmt.Errorf("a word has at most %d characters", MaxWord)
	}
	folded := strings.Trim(Fold(strings.ReplaceAll(word, string(border), "")), " ")
	if folded == "" {
		return term{}, errors.New("the word is empty")
	}
	return term{word: folded, whole: whole}, nil
}
