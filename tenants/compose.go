package tenants

import "strings"

// Composer puts a Text together from pieces and counts their offsets. The zero
// value is an empty text.
type Composer struct {
	text     strings.Builder
	units    int
	entities []Entity
}

// Say adds words without formatting.
func (c *Composer) Say(s string) {
	c.text.WriteString(s)
	c.units += Len(s)
}

// As adds words formatted as kind, the Bot API's name of an entity that needs
// no more than its place: "bold", "code".
func (c *Composer) As(kind, s string) {
	from := c.units
	c.Say(s)
	c.mark(Entity{Kind: kind}, from)
}

// Add adds a text with its formatting.
func (c *Composer) Add(t Text) {
	for _, e := range t.Entities {
		e.Offset += c.units
		c.entities = append(c.entities, e)
	}
	c.Say(t.Text)
}

// Link adds words that lead to an address; "" = to none, plain words.
func (c *Composer) Link(url, s string) {
	from := c.units
	c.Say(s)
	if url != "" {
		c.mark(Entity{Kind: "text_link", URL: url}, from)
	}
}

// Coded is words in which the first code is shown as such.
func Coded(words, code string) Text {
	var out Composer
	before, after, found := strings.Cut(words, code)
	out.Say(before)
	if found {
		out.As("code", code)
	}
	out.Say(after)
	return out.Text()
}

// Text is what has been put together so far.
func (c *Composer) Text() Text {
	return Text{Text: c.text.String(), Entities: c.entities}
}

// mark formats all that was said since offset from; nothing said, nothing marked.
func (c *Composer) mark(e Entity, from int) {
	if from == c.units {
		return
	}
	e.Offset, e.Length = from, c.units-from
	c.entities = append(c.entities, e)
}
