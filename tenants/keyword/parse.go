package keyword

import (
	"strings"
	"unicode/utf8"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// MaxWord is the longest word, in characters: a longer one is a slip of the quotes.
const MaxWord = 256

const exampleExpr = `"word", ["both","words"], ["this","~but not that"], "=whole"`

// SyntaxError tells what is wrong with an expression, and where.
type SyntaxError struct {
	At      int // which character, from 1, leading white space not counted
	Problem say.Line
	Example string // a right one
}

// In is what is wrong, and where, for whom it may concern.
func (e *SyntaxError) In(l say.Language) string {
	return say.KeywordAt.In(l, say.Values{"at": e.At, "problem": e.Problem.In(l)})
}

// Error is the same in English, with the example.
func (e *SyntaxError) Error() string { return e.In(say.English) + ". For example: " + e.Example }

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
		return p.fault(at, say.KeywordNot.With(nil))
	}
	t, problem := newTerm(word)
	if problem.Key != "" {
		return p.fault(at, problem)
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
		t, problem := newTerm(word)
		if problem.Key != "" {
			return p.fault(at, problem)
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
			return p.fault(p.at(), say.KeywordBracket.With(nil))
		default:
			return p.fault(p.at(), say.KeywordComma.With(say.Values{"sign": string(r)}))
		}
	}
}

// word reads a string in double quotes, straight ones or those that Telegram's apps make
// of them as one types.
func (p *parser) word() (string, error) {
	at := p.at()
	open := p.next()
	closers := tenants.ClosingQuotes(open)
	switch r := open; r {
	case '"', '“', '”', '„', '«':
	case end:
		return "", p.fault(at, say.KeywordMissing.With(nil))
	case '»', '\'', '‘', '’':
		return "", p.fault(at, say.KeywordStraight.With(say.Values{"sign": string(r)}))
	default:
		return "", p.fault(at, say.KeywordQuotes.With(say.Values{"sign": string(r)}))
	}
	var word strings.Builder
	escaped := false
	begin := utf8.RuneLen(open)
	for i, r := range p.rest[begin:] {
		switch {
		case escaped && r != '"' && r != '\\':
			return "", p.fault(at, say.KeywordEscape.With(nil))
		case !escaped && open == '"' && r == '\\':
			escaped = true
			continue
		case !escaped && strings.ContainsRune(closers, r):
			p.rest = p.rest[begin+i+utf8.RuneLen(r):]
			return word.String(), nil
		}
		escaped = false
		word.WriteRune(r)
	}
	return "", p.fault(at, say.KeywordUnclosed.With(nil))
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
func (p *parser) fault(at int, problem say.Line) error {
	return &SyntaxError{At: 1 + utf8.RuneCountInString(p.source[:at]), Problem: problem, Example: p.example}
}

// newTerm folds a word. = before it asks for a whole word. problem is zero if there is
// none.
func newTerm(word string) (t term, problem say.Line) {
	word, whole := strings.CutPrefix(word, "=")
	if utf8.RuneCountInString(word) > MaxWord {
		return term{}, say.KeywordLong.With(say.Values{"most": MaxWord})
	}
	folded := strings.Trim(Fold(strings.ReplaceAll(word, string(border), "")), " ")
	if folded == "" {
		return term{}, say.KeywordEmpty.With(nil)
	}
	return term{word: folded, whole: whole}, say.Line{}
}
