package tenants

import (
	"slices"
	"strings"

	"topicdesk/tenants/say"
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

// Allows tells why a parameter may not be set on a level, as a say.Line; nil if it
// may.
func (p Param) Allows(l Level) error {
	switch {
	case l.Dialog != 0 && p.Levels&OfChat == 0 && p.GroupWide:
		return say.ParamGroupWide.With(say.Values{"param": p.Name})
	case l.Dialog != 0 && p.Levels&OfChat == 0:
		return say.ParamNotByChat.With(say.Values{"param": p.Name})
	case l.Kind != "" && p.Levels&OfKind == 0:
		return say.ParamNotByKind.With(say.Values{"param": p.Name, "kind": string(l.Kind)})
	default:
		return nil
	}
}

// Counts tells that a parameter has an effect in a kind of chats.
func (p Param) Counts(k ChatKind) bool { return p.Kinds == nil || slices.Contains(p.Kinds, k) }

// ParseTarget reads what is to be set: AUTOCLOSE, or group.AUTOCLOSE for one
// kind of chat. The name comes back as the table writes it. The error, a
// say.Line, says what was probably meant.
func ParseTarget(target string) (name string, kind ChatKind, err error) {
	prefix, rest, typed := strings.Cut(strings.TrimSpace(target), ".")
	if !typed {
		prefix, rest = "", prefix
	}
	param, suggestion, ok := ParamNamed(rest)
	switch {
	case !ok && suggestion != "":
		return "", "", say.ParamMeant.With(say.Values{"name": shorten(rest), "meant": suggestion})
	case !ok:
		return "", "", say.ParamUnknown.With(say.Values{"name": shorten(rest)})
	case !typed:
		return param.Name, "", nil
	}
	kind, ok = chatKindNamed(prefix)
	if !ok {
		return "", "", say.ParamBadKind.With(say.Values{"kind": shorten(prefix), "param": param.Name})
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
	best, _, _ := p.inForce(values, c, k, d)
	return best
}

// InForce is the value of a parameter for a dialog, and where it is set; set is
// false for its default.
func (p Param) InForce(values []Value, c ConnectionID, k ChatKind, d DialogID) (value string, from Level, set bool) {
	v, from, set := p.inForce(values, c, k, d)
	return v.canonical, from, set
}

func (p Param) inForce(values []Value, c ConnectionID, k ChatKind, d DialogID) (best parsed, from Level, set bool) {
	best, narrowest := p.mustRead(p.Default), -1
	best.unset = true
	for _, value := range values {
		n := value.Level.narrowness()
		if value.Name != p.Name || n < narrowest || !value.Level.covers(c, k, d) || p.Allows(value.Level) != nil {
			continue
		}
		if v, err := p.read(value.Value); err == nil {
			best, narrowest, from, set = v, n, value.Level, true
		}
	}
	return best, from, set
}

func (p Param) mustRead(value string) parsed {
	v, err := p.read(value)
	if err != nil {
		panic("tenants: default of " + p.Name + ": " + err.Error())
	}
	return v
}

// Setting names a value for the log of who administered what, as "group.AUTOCLOSE 48".
// Texts, words and chats are left out: who reads the log need not know them.
func Setting(v Value) string {
	name := v.Name
	if v.Level.Kind != "" {
		name = string(v.Level.Kind) + "." + name
	}
	p, _, _ := ParamNamed(v.Name)
	if IsDefault(v.Value) || len(v.Value) == 0 {
		return name + " " + DefaultValue
	}
	switch p.Kind {
	case ParamText, ParamWords, ParamExpression, ParamChats:
		return name
	default:
		return name + " " + shorten(v.Value)
	}
}
