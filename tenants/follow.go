package tenants

import (
	"fmt"
	"slices"
)

// Follow is a value after a chat got another id: a list that names the old one
// names the new one too. ok is false if nothing changes.
func (v Value) Follow(from, to ChatID) (followed Value, ok bool) {
	p, _, known := ParamNamed(v.Name)
	if !known || p.Kind != ParamChats {
		return v, false
	}
	read, err := p.read(v.Value)
	if err != nil || !slices.Contains(read.ids, int64(from)) || slices.Contains(read.ids, int64(to)) {
		return v, false
	}
	v.Value = fmt.Sprintf("%s, %d", read.canonical, to)
	return v, true
}
