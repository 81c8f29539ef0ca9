package tenants

import (
	"slices"
	"strconv"
	"strings"
)

// Parameters with a name of their own in the rules.
const (
	IgnoreChats = "IGNORE_CHATS" // into which bans go
	HideInfo    = "HIDE_INFO"
)

// WithListed is what a list of chats becomes for a connection when one more is in it,
// or no longer: the value for the connection's own level, DefaultValue if that is the
// same without one. ok is false if nothing changes, or if the list is full.
func WithListed(values []Value, c ConnectionID, name string, chat ChatID, in bool) (v Value, ok bool) {
	p, _, known := ParamNamed(name)
	if !known || p.Kind != ParamChats {
		panic("tenants: " + name + " is no list of chats")
	}
	now := slices.Clone(p.effective(values, c, "", 0).ids)
	if slices.Contains(now, int64(chat)) == in || in && len(now) >= MaxListed {
		return Value{}, false
	}
	if in {
		now = append(now, int64(chat))
	} else {
		now = slices.DeleteFunc(now, func(id int64) bool { return id == int64(chat) })
	}
	v = Value{Level: Level{Connection: c}, Name: p.Name, Value: listOf(now)}
	without := slices.DeleteFunc(slices.Clone(values), func(o Value) bool { return o.Level == v.Level && o.Name == v.Name })
	if p.effective(without, c, "", 0).canonical == v.Value {
		v.Value = DefaultValue
	}
	return v, true
}

// Without is a list of chats without one; ok is false if it is not in it.
func (v Value) Without(chat ChatID) (rest Value, ok bool) {
	p, _, known := ParamNamed(v.Name)
	if !known || p.Kind != ParamChats {
		return v, false
	}
	read, err := p.read(v.Value)
	if err != nil || !slices.Contains(read.ids, int64(chat)) {
		return v, false
	}
	v.Value = listOf(slices.DeleteFunc(read.ids, func(id int64) bool { return id == int64(chat) }))
	return v, true
}

// listOf is a list of ids in canonical form.
func listOf(ids []int64) string {
	if len(ids) == 0 {
		return noValue
	}
	written := make([]string, len(ids))
	for i, id := range ids {
		written[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(written, ", ")
}
