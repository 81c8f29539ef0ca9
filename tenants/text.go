package tenants

import "slices"

// surrogate is the first rune that takes two UTF-16 units.
const surrogate = 0x10000

// Len is the length of s in UTF-16 units, as Telegram counts offsets and
// limits of text. A byte that is not UTF-8 counts one.
func Len(s string) int {
	n := 0
	for _, r := range s {
		n += units(r)
	}
	return n
}

func units(r rune) int {
	if r >= surrogate {
		return 2
	}
	return 1
}

// byteAt is the byte offset in s of a UTF-16 offset. An offset between the
// halves of a surrogate pair means the pair's begin; beyond the ends, the ends.
func byteAt(s string, unit int) int {
	at := 0
	for i, r := range s {
		at += units(r)
		if at > unit {
			return i
		}
	}
	if unit < 0 {
		return 0
	}
	return len(s)
}

// Len is the length of the text in UTF-16 units.
func (t Text) Len() int { return Len(t.Text) }

// Append is t followed by u, whose entities move along. Neither is changed.
func (t Text) Append(u Text) Text {
	shift := t.Len()
	all := slices.Clip(t.Entities)
	for _, e := range u.Entities {
		e.Offset += shift
		all = append(all, e)
	}
	return Text{Text: t.Text + u.Text, Entities: all}
}

// Slice is the part of the text from one UTF-16 offset up to another, with the
// entities cut at its ends. Offsets beyond the text mean its ends; one between
// the halves of a surrogate pair means the pair's begin, so that neighbouring
// slices never lose or double a character.
func (t Text) Slice(from, to int) Text {
	first, last := byteAt(t.Text, from), byteAt(t.Text, to)
	if first >= last {
		return Text{}
	}
	return t.part(first, last, Len(t.Text[:first]))
}

// part is the text's bytes from first up to last; start is first in UTF-16 units.
func (t Text) part(first, last, start int) Text {
	length := Len(t.Text[first:last])
	var kept []Entity
	for _, e := range t.Entities {
		begin := max(e.Offset-start, 0)
		end := min(e.Offset+e.Length-start, length)
		if begin >= end {
			continue
		}
		e.Offset, e.Length = begin, end-begin
		kept = append(kept, e)
	}
	return Text{Text: t.Text[first:last], Entities: kept}
}

// Bold is s in bold.
func Bold(s string) Text {
	if s == "" {
		return Text{}
	}
	return Text{Text: s, Entities: []Entity{{Kind: "bold", Length: Len(s)}}}
}
