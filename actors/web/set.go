package web

import (
	"context"
	"fmt"
	"slices"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/say"
	"topicdesk/tenants/store"
)

// typed is a value as somebody would type it.
func typed(v tenants.Value) string {
	s := ""
	if v.Level.Connection != 0 {
		s += fmt.Sprintf("--connection %d ", v.Level.Connection)
	}
	if v.Level.Dialog != 0 {
		s += fmt.Sprintf("--dialog %d ", v.Level.Dialog)
	}
	if v.Level.Kind != "" {
		s += string(v.Level.Kind) + "."
	}
	return s + v.Name + " " + v.Value
}

// Set sets a parameter. The lines that it gives say what was set and what
// somebody should know who set it. A value that is refused changes nothing.
func (d *Desk) Set(ctx context.Context, s Setting) ([]string, error) {
	t, err := d.known(s.Tenant)
	if err != nil {
		return nil, err
	}
	var value tenants.Value
	var lines []string
	err = d.Files.Read(ctx, t.ID, func(r store.Reads) (err error) {
		value, lines, err = check(r, s)
		return err
	})
	if err == nil {
		err = d.Files.Set(ctx, t.ID, value)
	}
	if err != nil {
		return nil, err
	}
	return lines, nil
}

// check gives the value in the form in which it is stored.
func check(r store.Reads, s Setting) (v tenants.Value, lines []string, err error) {
	name, kind, err := tenants.ParseTarget(s.Target)
	if err != nil {
		return v, nil, Errorf(Wrong, "%w", err)
	}
	param, _, _ := tenants.ParamNamed(name)
	v = tenants.Value{Level: tenants.Level{Connection: s.Connection, Kind: kind, Dialog: s.Dialog}, Name: name, Value: s.Value}
	if err := place(r, param, v.Level); err != nil {
		return v, nil, err
	}
	if tenants.IsDefault(s.Value) {
		v.Value = tenants.DefaultValue
		lines, err := takenBack(r, param, v)
		return v, lines, err
	}
	canonical, notice, err := dialog.CheckValue(param, s.Value)
	if err != nil {
		return v, nil, err
	}
	v.Value = canonical
	values, err := r.Params()
	if err != nil {
		return v, nil, err
	}
	if err := tenants.Conflict(values, v); err != nil {
		return v, nil, Errorf(Refused, "%w", err)
	}
	groups, err := r.KnownGroups(s.Connection)
	if err != nil {
		return v, nil, err
	}
	lines = []string{typed(v)}
	for _, said := range append([]say.Line{notice}, tenants.Notices(values, v, groups)...) {
		if words := said.In(say.English); words != "" {
			lines = append(lines, words)
		}
	}
	return v, lines, nil
}

// takenBack says what counts where a value is taken away: the default, or that of a
// wider level.
func takenBack(r store.Reads, p tenants.Param, v tenants.Value) (lines []string, err error) {
	values, err := r.Params()
	if err != nil {
		return nil, err
	}
	values = slices.DeleteFunc(values, func(old tenants.Value) bool { return old.Level == v.Level && old.Name == v.Name })
	l := v.Level
	if l.Dialog != 0 {
		state, err := r.Dialog(l.Dialog)
		if err != nil {
			return nil, err
		}
		l.Connection, l.Kind = state.Connection, state.Chat.Kind
	}
	value, from, set := p.InForce(values, l.Connection, l.Kind, l.Dialog)
	first := v.Name + " is back at its default: " + value
	if set {
		first = v.Name + " is taken back, so this counts there: " + typed(tenants.Value{Level: from, Name: v.Name, Value: value})
	}
	lines = []string{first}
	for _, notice := range tenants.Notices(values, v, 0) {
		lines = append(lines, notice.In(say.English))
	}
	return lines, nil
}

// place checks that a level exists and that the parameter may be set on it.
func place(r store.Reads, p tenants.Param, l tenants.Level) error {
	if l.Kind != "" && l.Dialog != 0 {
		return Errorf(Wrong, "a chat is of one kind: leave out the kind before the parameter's name")
	}
	if err := p.Allows(l); err != nil {
		return Errorf(Wrong, "%w", err)
	}
	if p.GroupWide && l.Connection != 0 {
		return Errorf(Wrong, "%s belongs to the group: leave out the connection", p.Name)
	}
	if l.Dialog != 0 {
		state, err := r.Dialog(l.Dialog)
		if err != nil {
			return err
		}
		if state == nil {
			return Errorf(Unknown, "there is no dialog %d", l.Dialog)
		}
	}
	if l.Connection == 0 {
		return nil
	}
	all, err := r.Connections()
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.ID == l.Connection {
			return nil
		}
	}
	return Errorf(Unknown, "there is no connection %d", l.Connection)
}
