package tenants

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"topicdesk/tenants/say"
)

// Formatting typed as text: MarkdownV2 as the Bot API's "Formatting options"
// describe it, without quotations and custom emoji. It is as strict as Telegram's:
// a reserved character that formats nothing must be escaped, so that ordinary
// prose is not half read as formatting. The one exception is { and }, which may
// stand as they are, since texts of ours hold {title}.

// reserved must be escaped wherever they format nothing.
const reserved = "_*[]()~`>#+-=|.!"

// marks open and close formatting. Longer ones first: two underscores are always
// underline, from left to right.
var marks = []struct{ sign, kind string }{
	{"__", "underline"},
	{"||", "spoiler"},
	{"*", "bold"},
	{"_", "italic"},
	{"~", "strikethrough"},
}

// MarkdownError tells why a text is not MarkdownV2.
type MarkdownError struct {
	At     int // character, from 1
	Reason say.Line
}

// In is it in a language.
func (e *MarkdownError) In(l Language) string {
	return say.MarkdownAt.In(l, say.Values{"at": e.At, "reason": e.Reason.In(l)})
}

// Error is In English.
func (e *MarkdownError) Error() string { return e.In(English) }

// ParseMarkdown reads MarkdownV2. The error is a *MarkdownError.
func ParseMarkdown(source string) (Text, error) {
	m := markdown{source: strings.ToValidUTF8(source, "\uFFFD")}
	for m.at < len(m.source) {
		if err := m.next(); err != nil {
			return Text{}, err
		}
	}
	if n := len(m.open); n > 0 {
		return Text{}, m.fault(m.open[n-1].at, say.MarkdownOpen, m.open[n-1].sign)
	}
	text := m.out.Text()
	slices.Reverse(text.Entities) // of two on the same words the outer one, closed later, comes first
	slices.SortStableFunc(text.Entities, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	return text, nil
}

// EscapeMarkdown writes a plain text so that ParseMarkdown gives it back.
func EscapeMarkdown(plain string) string {
	var out strings.Builder
	for _, r := range plain {
		if r == '\\' || strings.ContainsRune(reserved, r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// markdown is a text half read.
type markdown struct {
	source string
	at     int // byte
	out    Composer
	open   []opened
}

// opened is formatting that waits for its end.
type opened struct {
	sign, kind string
	at         int // byte of the sign
	from       int // UTF-16 offset
}

// next reads one sign, one piece of code or one character.
func (m *markdown) next() error {
	rest := m.source[m.at:]
	switch {
	case rest[0] == '\\':
		m.escaped()
		return nil
	case strings.HasPrefix(rest, "```"):
		return m.code("```", "pre")
	case rest[0] == '`':
		return m.code("`", "code")
	case rest[0] == '[':
		return m.begin("[", "text_link")
	case rest[0] == ']':
		return m.link()
	}
	for _, mark := range marks {
		if strings.HasPrefix(rest, mark.sign) {
			return m.toggle(mark.sign, mark.kind)
		}
	}
	if strings.IndexByte(reserved, rest[0]) >= 0 {
		return m.fault(m.at, say.MarkdownEscape, rest[:1])
	}
	m.plain()
	return nil
}

func (m *markdown) plain() {
	_, size := utf8.DecodeRuneInString(m.source[m.at:])
	m.out.Say(m.source[m.at : m.at+size])
	m.at += size
}

// escaped reads a backslash: any ASCII character after it stands for itself;
// before anything else it is only a backslash.
func (m *markdown) escaped() {
	if next := m.at + 1; next < len(m.source) && m.source[next] < utf8.RuneSelf {
		m.at = next
	}
	m.plain()
}

func (m *markdown) begin(sign, kind string) error {
	if slices.ContainsFunc(m.open, func(o opened) bool { return o.sign == sign }) {
		return m.fault(m.at, say.MarkdownNested, sign)
	}
	m.open = append(m.open, opened{sign: sign, kind: kind, at: m.at, from: m.out.units})
	m.at += len(sign)
	return nil
}

func (m *markdown) toggle(sign, kind string) error {
	n := len(m.open)
	if n == 0 || m.open[n-1].sign != sign {
		return m.begin(sign, kind)
	}
	m.out.mark(Entity{Kind: kind}, m.open[n-1].from)
	m.open = m.open[:n-1]
	m.at += len(sign)
	return nil
}

// code reads up to the closing sign; inside, only a backslash means anything.
func (m *markdown) code(sign, kind string) error {
	body, end, ok := m.until(m.at+len(sign), sign)
	if !ok {
		return m.fault(m.at, say.MarkdownOpen, sign)
	}
	e := Entity{Kind: kind}
	if kind == "pre" {
		e.Language, body = codeLanguage(body)
	}
	from := m.out.units
	m.out.Say(body)
	m.out.mark(e, from)
	m.at = end
	return nil
}

// codeLanguage takes the language's name off the first line of a block.
func codeLanguage(body string) (language, rest string) {
	first, after, found := strings.Cut(body, "\n")
	if !found || strings.ContainsAny(first, " \t") {
		return "", body
	}
	return first, after
}

// link reads the end of a link: ](address).
func (m *markdown) link() error {
	n := len(m.open)
	if n == 0 || m.open[n-1].sign != "[" {
		return m.fault(m.at, say.MarkdownEscape, "]")
	}
	if !strings.HasPrefix(m.source[m.at:], "](") {
		return m.fault(m.at, say.MarkdownLink, "")
	}
	address, end, ok := m.until(m.at+2, ")")
	if !ok || address == "" || strings.ContainsAny(address, " \n\t") {
		return m.fault(m.at, say.MarkdownAddress, "")
	}
	m.out.mark(linkTo(address), m.open[n-1].from)
	m.open = m.open[:n-1]
	m.at = end
	return nil
}

// mentionPrefix begins the address of a mention by id.
const mentionPrefix = "tg://user?id="

// linkTo is a link, or a mention of a person by id.
func linkTo(address string) Entity {
	if id, ok := strings.CutPrefix(address, mentionPrefix); ok {
		if user, err := strconv.ParseInt(id, 10, 64); err == nil && user > 0 {
			return Entity{Kind: "text_mention", User: UserID(user)}
		}
	}
	return Entity{Kind: "text_link", URL: address}
}

// until reads from a byte up to sign, taking escapes off; end is behind the sign.
func (m *markdown) until(from int, sign string) (body string, end int, ok bool) {
	var out strings.Builder
	for at := from; at < len(m.source); at++ {
		switch {
		case strings.HasPrefix(m.source[at:], sign):
			return out.String(), at + len(sign), true
		case m.source[at] == '\\' && at+1 < len(m.source) && m.source[at+1] < utf8.RuneSelf:
			at++
		}
		out.WriteByte(m.source[at])
	}
	return "", 0, false
}

// fault is what is wrong at a byte, with a sign.
func (m *markdown) fault(at int, why say.Key, sign string) error {
	return &MarkdownError{At: utf8.RuneCountInString(m.source[:at]) + 1, Reason: why.With(say.Values{"sign": sign})}
}
