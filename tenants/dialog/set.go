package dialog

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// setHere is /set: what is set for this chat, a value for it, or a parameter back to
// what counts for all.
func (d *draft) setHere(m *tenants.Message, call command.Call) {
	target, value := nameAndValue(m.Content.Text, call.Rest)
	if target == "" {
		d.say(answerTo(m.Ref(), d.setGuide(), false), ClassAnswer)
		return
	}
	p, err := settable(target, d.s.Chat.Kind)
	switch {
	case err != nil:
		d.say(answerTo(m.Ref(), tenants.Plain(d.sentence(err)), true), ClassAnswer)
	case strings.TrimSpace(value.Text) == "":
		d.say(answerTo(m.Ref(), d.setOne(p), false), ClassAnswer)
	default:
		d.setParam(m, p, value)
	}
}

// nameAndValue takes a command's text apart: NAME VALUE or NAME=VALUE, the value as
// somebody formatted it.
func nameAndValue(text tenants.Text, rest string) (name string, value tenants.Text) {
	end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == '=' })
	if end < 0 {
		return rest, tenants.Text{}
	}
	name = rest[:end]
	after := strings.TrimLeftFunc(rest[end:], unicode.IsSpace)
	after = strings.TrimLeftFunc(strings.TrimPrefix(after, "="), unicode.IsSpace)
	whole := strings.TrimRightFunc(text.Text, unicode.IsSpace)
	if !strings.HasSuffix(whole, after) {
		return name, tenants.Plain(after)
	}
	to := tenants.Len(whole)
	return name, text.Slice(to-tenants.Len(after), to)
}

// settable is the parameter that somebody named for a chat of a kind, if it may differ by
// chat and has an effect there. The error is a say.Line.
func settable(target string, of tenants.ChatKind) (tenants.Param, error) {
	name, kind, err := tenants.ParseTarget(target)
	if err != nil && name == "" {
		var why say.Line
		if errors.As(err, &why) && why.Key == say.ParamUnknown {
			why = say.SetUnknown.With(say.Values{"name": why.Values["name"], "names": namesOfChat(of)})
			return tenants.Param{}, why
		}
		return tenants.Param{}, err
	}
	p, _, _ := tenants.ParamNamed(name)
	if err := p.Allows(tenants.Level{Dialog: 1}); err != nil {
		return p, err
	}
	if kind != "" {
		return p, say.SetNoKind.With(say.Values{"param": p.Name, "kind": string(kind)})
	}
	if !p.Counts(of) {
		return p, say.SetNotHere.With(say.Values{"param": p.Name, "kinds": kindNames(p.Kinds)})
	}
	return p, nil
}

func kindNames(kinds []tenants.ChatKind) string {
	var names []string
	for _, k := range kinds {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// ofChat are the parameters that may differ by chat, and have an effect in chats of a kind.
func ofChat(kind tenants.ChatKind) (all []tenants.Param) {
	for _, p := range tenants.Params() {
		if p.Allows(tenants.Level{Dialog: 1}) == nil && p.Counts(kind) {
			all = append(all, p)
		}
	}
	return all
}

func namesOfChat(kind tenants.ChatKind) string {
	var names []string
	for _, p := range ofChat(kind) {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

// sentence is a reason as a whole sentence, in the group's language.
func (d *draft) sentence(err error) string {
	words := say.Reason(err, d.f.Settings.Language)
	first, size := utf8.DecodeRuneInString(words)
	return say.Ended(string(unicode.ToUpper(first)) + words[size:])
}

// setParam sets a parameter for this chat, or takes it back. That it worked is seen
// by a sign.
func (d *draft) setParam(m *tenants.Message, p tenants.Param, typed tenants.Text) {
	v := tenants.Value{Level: tenants.Level{Dialog: d.s.ID}, Name: p.Name}
	var err error
	if v.Value, err = settableValue(p, typed); err == nil {
		err = tenants.Conflict(d.f.Values, v)
	}
	if err != nil {
		d.say(answerTo(m.Ref(), d.setRefused(p, err), true), ClassAnswer)
		return
	}
	for _, old := range d.f.Values { // on a level beside this one, by the host
		if old.Name == p.Name && old.Level.Dialog == d.s.ID && old.Level != v.Level {
			d.out.Set = append(d.out.Set, tenants.Value{Level: old.Level, Name: p.Name, Value: tenants.DefaultValue})
		}
	}
	d.out.Set = append(d.out.Set, v)
	d.act(string(command.Set), tenants.Setting(v))
	d.mark(m.Ref(), signDone)
	for _, notice := range tenants.Notices(d.f.Values, v, 0) {
		d.tell(m.Ref(), notice.In(d.f.Settings.Language), false)
	}
}

// settableValue is what somebody typed in its canonical form. Texts are taken as they
// look.
func settableValue(p tenants.Param, typed tenants.Text) (string, error) {
	if tenants.IsDefault(typed.Text) {
		return tenants.DefaultValue, nil
	}
	value := typed.Text
	if p.Kind == tenants.ParamText {
		value = tenants.FormatMarkdown(typed)
	}
	canonical, _, err := CheckValue(p, value)
	return canonical, err
}

// setRefused is why a value is not set, with one that would be.
func (d *draft) setRefused(p tenants.Param, err error) tenants.Text {
	var out tenants.Composer
	var refused *tenants.ParamError
	if !errors.As(err, &refused) {
		out.Say(d.sentence(err))
		return out.Text()
	}
	out.Say(p.Name + ": " + say.Ended(say.Reason(refused.Reason, d.f.Settings.Language)) + " " + say.SetExample.In(d.f.Settings.Language) + " ")
	out.As("code", "/set "+p.Name+" "+looks(p, p.Example))
	return out.Text()
}

// looks is a value as somebody types it in Telegram.
func looks(p tenants.Param, value string) string {
	if p.Kind == tenants.ParamText {
		if text, err := tenants.ParseMarkdown(value); err == nil {
			return text.Text
		}
	}
	return value
}

// setGuide is what is set for this chat, and what could be.
func (d *draft) setGuide() tenants.Text {
	var here, other tenants.Composer
	for _, p := range ofChat(d.s.Chat.Kind) {
		value, from, set := p.InForce(d.f.Values, d.s.Connection, d.s.Chat.Kind, d.s.ID)
		if set && from.Dialog != 0 {
			here.Say("\n")
			here.As("code", p.Name+" "+short(looks(p, value)))
			continue
		}
		other.Say("\n")
		other.As("code", p.Name+" "+short(looks(p, value)))
		other.Say(" — " + d.from(from, set))
	}
	var out tenants.Composer
	in := d.f.Settings.Language
	if here.Text().Text == "" {
		out.Say(say.SetNothing.In(in))
	} else {
		out.As("bold", say.SetHere.In(in))
	}
	text := out.Text().Append(here.Text()).Append(tenants.Plain("\n\n")).Append(tenants.Bold(say.SetCan.In(in))).Append(other.Text())
	return text.Append(tenants.Plain("\n\n")).Append(d.setHow("NAME", "VALUE"))
}

// setOne is what one parameter is, and does.
func (d *draft) setOne(p tenants.Param) tenants.Text {
	value, from, set := p.InForce(d.f.Values, d.s.Connection, d.s.Chat.Kind, d.s.ID)
	var out tenants.Composer
	out.As("code", p.Name+" "+short(looks(p, value)))
	out.Say(" — " + d.from(from, set) + "\n" + p.Help.In(d.f.Settings.Language) + "\n\n")
	return out.Text().Append(d.setHow(p.Name, looks(p, p.Example)))
}

// setHow is what can be typed.
func (d *draft) setHow(name, value string) tenants.Text {
	var out tenants.Composer
	out.As("code", "/set "+name+" "+value)
	out.Say(" — " + say.SetHow.In(d.f.Settings.Language) + "\n")
	out.As("code", "/set "+name+" "+tenants.DefaultValue)
	out.Say(" — " + say.SetBack.In(d.f.Settings.Language))
	return out.Text()
}

// from is where a value comes from.
func (d *draft) from(level tenants.Level, set bool) string {
	kinds := map[tenants.ChatKind]say.Key{
		tenants.Private: say.SetFromPrivate, tenants.Group: say.SetFromGroups, tenants.Channel: say.SetFromChannels,
	}
	key := say.SetFromConnection
	switch {
	case !set:
		key = say.SetFromDefault
	case level.Dialog != 0:
		key = say.SetFromChat
	case level.Kind != "":
		key = kinds[level.Kind]
	}
	return key.In(d.f.Settings.Language)
}

// short is a value in one line, cut to what a list may show of it.
func short(value string) string {
	const most = 60
	line := strings.Join(strings.Fields(value), " ")
	if runes := []rune(line); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return line
}
