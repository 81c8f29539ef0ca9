package tenants

import (
	"fmt"
	"strings"
)

// Level is where a value is set. Zero fields are wider: a Level with only a
// Connection is the whole connection, one without a Connection all of the
// tenant's. Kind and Dialog are not set together.
type Level struct {
	Connection ConnectionID
	Kind       ChatKind
	Dialog     DialogID
}

// Value is one parameter's value on one level, in its canonical form.
type Value struct {
	Level Level
	Name  string
	Value string
}

// covers tells that a value set here counts for a dialog.
func (l Level) covers(c ConnectionID, k ChatKind, d DialogID) bool {
	return (l.Connection == 0 || l.Connection == c) && (l.Kind == "" || l.Kind == k) && (l.Dialog == 0 || l.Dialog == d)
}

// meets tells that there may be dialogs for which both levels count.
func (l Level) meets(other Level) bool {
	return (l.Connection == 0 || other.Connection == 0 || l.Connection == other.Connection) &&
		(l.Kind == "" || other.Kind == "" || l.Kind == other.Kind) &&
		(l.Dialog == 0 || other.Dialog == 0 || l.Dialog == other.Dialog)
}

// narrowness orders levels: a chat before a kind before a connection before all.
func (l Level) narrowness() int {
	n := 0
	if l.Connection != 0 {
		n++
	}
	if l.Kind != "" {
		n += 2
	}
	if l.Dialog != 0 {
		n += 4
	}
	return n
}

// Allows tells why a parameter may not be set on a level; nil if it may.
func (p Param) Allows(l Level) error {
	switch {
	case l.Dialog != 0 && p.Levels&OfChat == 0:
		return fmt.Errorf("%s can't differ by chat: it belongs to the connection", p.Name)
	case l.Kind != "" && p.Levels&OfKind == 0:
		return fmt.Errorf("%s can't differ by kind of chat: write %s without %q", p.Name, p.Name, l.Kind+".")
	default:
		return nil
	}
}

// ParseTarget reads what is to be set: AUTOCLOSE, or group.AUTOCLOSE for one
// kind of chat. The name comes back as the table writes it. The error says what
// was probably meant.
func ParseTarget(target string) (name string, kind ChatKind, err error) {
	prefix, rest, typed := strings.Cut(strings.TrimSpace(target), ".")
	if !typed {
		prefix, rest = "", prefix
	}
	param, suggestion, ok := ParamNamed(rest)
	switch {
	case !ok && suggestion != "":
		return "", "", fmt.Errorf("there is no parameter %q. Did you mean %s?", shorten(rest), suggestion)
	case !ok:
		return "", "", fmt.Errorf("there is no parameter %q", shorten(rest))
	case !typed:
		return param.Name, "", nil
	}
	kind, ok = chatKindNamed(prefix)
	if !ok {
		return "", "", fmt.Errorf("%q is not a kind of chat: write private, group or channel, for example group.%s", shorten(prefix), param.Name)
	}
	return param.Name, kind, param.Allows(Level{Kind: kind})
}

func chatKindNamed(s string) (ChatKind, bool) {
	kind := ChatKind(strings.ToLower(s))
	switch kind {
	case Private, Group, Channel:
		return kind, true
	default:
		return "", false
	}
}

// Resolve lays the values that count for a dialog over each other: the narrowest
// wins, of two on one level the later. The administrator is always a manager; 0 =
// there is none yet. It never fails: a value that no longer parses or stands on a
// level that its parameter does not have is passed over, as if it were not set.
//
// It parses what it uses, thousands of words perhaps: make it once for a dialog
// and keep the result until a value changes.
func Resolve(values []Value, c ConnectionID, k ChatKind, d DialogID, admin UserID) Settings {
	s := Settings{
		Monitor:     map[ChatKind]bool{},
		Keywords:    map[ChatKind]string{},
		LeaveClosed: map[ChatKind]bool{},
	}
	if admin != 0 {
		s.Managers = append(s.Managers, admin)
	}
	for _, p := range paramTable {
		p.apply(&s, p.effective(values, c, k, d))
	}
	return s
}

// effective is the value of a parameter for a dialog.
func (p Param) effective(values []Value, c ConnectionID, k ChatKind, d DialogID) parsed {
	best, narrowest := p.mustRead(p.Default), -1
	for _, value := range values {
		n := value.Level.narrowness()
		if value.Name != p.Name || n < narrowest || !value.Level.covers(c, k, d) || p.Allows(value.Level) != nil {
			continue
		}
		if v, err := p.read(value.Value); err == nil {
			best, narrowest = v, n
		}
	}
	return best
}

func (p Param) mustRead(value string) parsed {
	v, err := p.read(value)
	if err != nil {
		panic("tenants: default of " + p.Name + ": " + err.Error())
	}
	return v
}
