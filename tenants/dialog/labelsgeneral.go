package dialog

import (
	"slices"
	"strings"
	"unicode/utf8"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// labels is /mark in General. That something was changed is seen by a sign.
func (p *post) labels(call command.Call) {
	args := call.Args
	if len(args) == 0 {
		p.listed(labelsPage(p.f, 0))
		return
	}
	switch command.FoldName(args[0]) {
	case markHelp:
		p.reply(codedLines(say.LabelHelp.In(p.f.Settings.Language)), true)
		return
	case markNew:
		p.labelNew(args[1:])
		return
	case markDel:
		p.labelDel(args[1:])
		return
	}
	l, ok := LabelNamed(p.f.Labels, args[0])
	switch {
	case !ok:
		p.refuse(unknownLabel(args[0], p.f.Labels, p.f.Settings.Language) + "\n" + say.LabelNew.In(p.f.Settings.Language))
	case len(args) == 1:
		p.listed(labelPage(p.group, l, p.f, 0))
	default:
		p.property(l, command.FoldName(args[1]), args[2:], call.Rest)
	}
}

// property changes what a label is.
func (p *post) property(l Label, what string, values []string, typed string) {
	if len(values) == 0 {
		what = ""
	}
	clear := len(values) == 1 && command.FoldName(values[0]) == markClear
	switch what {
	case markAfter:
		p.labelAfter(l, values, clear)
	case markSends:
		p.labelSends(l, values, clear)
	case markTicker:
		p.labelTicker(l, strings.Join(values, " "), clear, strings.ContainsAny(typed, "\r\n"))
	case markName:
		p.labelName(l, values)
	default:
		p.misused()
	}
}

func (p *post) refuse(words string) { p.reply(tenants.Plain(words), true) }

// misused tells how /mark is used. What is typed is code, because a tap on a plain
// command sends it without its words.
func (p *post) misused() {
	p.reply(tenants.Coded(say.LabelUsage.In(p.f.Settings.Language), howToMark), true)
}

// codedLines are words whose lines begin with what can be typed, a dash behind it.
func codedLines(words string) tenants.Text {
	var out tenants.Composer
	for i, line := range strings.Split(words, "\n") {
		if i > 0 {
			out.Say("\n")
		}
		if typed, _, found := strings.Cut(line, " — "); found && strings.HasPrefix(line, "/") {
			out.Add(tenants.Coded(line, typed))
		} else {
			out.Add(tenants.Coded(line, howToMark))
		}
	}
	return out.Text()
}

const howToMark = "/" + string(command.Mark) + " " + markHelp

// done shows that a command was done, in words where the group refuses signs.
func (p *post) done() {
	if p.f.NoSigns {
		p.reply(tenants.Plain(say.LabelDone.In(p.f.Settings.Language)), true)
		return
	}
	p.job(ToMark, ClassMark, &React{Message: p.m.Ref(), Emoji: signDone}, p.m.Ref())
}

// change changes a label, or makes it.
func (p *post) change(l Label, act, detail string) {
	p.out.Labels = append(p.out.Labels, labelChange(p.group, l))
	p.out.Acts = append(p.out.Acts, Act{At: p.f.Now, By: p.m.From, Name: "label " + act, Detail: detail})
	p.done()
}

func (p *post) labelNew(args []string) {
	language := p.f.Settings.Language
	if len(args) == 0 {
		p.refuse(say.LabelBadName.In(language))
		return
	}
	name := strings.Join(args, " ")
	if why := labelRefused(name, 0, p.f.Labels, language); why != "" {
		p.refuse(why)
		return
	}
	if len(p.f.Labels) >= tenants.MaxLabels {
		p.refuse(say.LabelTooMany.In(language, say.Values{"most": tenants.MaxLabels}))
		return
	}
	p.change(Label{ID: p.f.NewLabel, Name: name}, markNew, name)
}

// labelRefused is why a label can't have a name, "" = it can. own is the label itself.
func labelRefused(name string, own tenants.LabelID, all []Label, language say.Language) string {
	if _, err := command.ParseName(name, markWords...); err != nil {
		return say.LabelBadName.In(language)
	}
	for _, l := range all { // there may be two alike, made when more made a difference
		if l.ID != own && command.FoldName(l.Name) == command.FoldName(name) {
			return say.LabelTaken.In(language, say.Values{"name": l.Name})
		}
	}
	return ""
}

func (p *post) labelName(l Label, args []string) {
	name := strings.Join(args, " ")
	if why := labelRefused(name, l.ID, p.f.Labels, p.f.Settings.Language); why != "" {
		p.refuse(why)
		return
	}
	was := l.Name
	l.Name = name
	p.change(l, markName, was+" → "+name)
}

// maxTicker is the longest sign of a label, in characters as Telegram counts those of
// a title.
const maxTicker = 16

// labelTicker gives a label a sign in titles. Nothing may stand in it that a title has
// already, that breaks its line or that turns its direction.
func (p *post) labelTicker(l Label, ticker string, clear, broken bool) {
	switch {
	case clear:
		ticker = ""
	case broken || utf8.RuneCountInString(ticker) > maxTicker || ticker == "" || tenants.Clean(ticker) != ticker:
		p.refuse(say.LabelBadTicker.In(p.f.Settings.Language))
		return
	}
	l.Ticker = ticker
	p.change(l, markTicker, strings.TrimSpace(l.Name+" "+ticker))
}

// labelAfter sets which labels are taken off when a label is set.
func (p *post) labelAfter(l Label, values []string, clear bool) {
	language := p.f.Settings.Language
	l.After = nil
	var named []string
	for _, name := range strings.FieldsFunc(strings.Join(values, ","), func(r rune) bool { return r == ',' }) {
		if clear {
			break
		}
		other, ok := LabelNamed(p.f.Labels, name)
		switch {
		case !ok:
			p.refuse(unknownLabel(name, p.f.Labels, language))
			return
		case other.ID == l.ID:
			p.refuse(say.LabelAfterSelf.In(language))
			return
		case !slices.Contains(l.After, other.ID):
			l.After, named = append(l.After, other.ID), append(named, other.Name)
		}
	}
	if len(l.After) == 0 && !clear {
		p.misused()
		return
	}
	p.change(l, markAfter, strings.TrimSpace(l.Name+" "+strings.Join(named, ",")))
}

// labelSends sets which quick reply goes to the client when a label is set.
func (p *post) labelSends(l Label, values []string, clear bool) {
	if clear {
		l.Sends = ""
		p.change(l, markSends, l.Name)
		return
	}
	known, why := shelf{f: &p.f}.find(strings.Join(values, " "))
	if known == nil {
		p.refuse(why.In(p.f.Settings.Language))
		return
	}
	l.Sends = known.Name
	p.change(l, markSends, l.Name+" "+known.Name)
}

// labelDel asks before a label is deleted.
func (p *post) labelDel(args []string) {
	language := p.f.Settings.Language
	if len(args) != 1 {
		p.misused()
		return
	}
	l, ok := LabelNamed(p.f.Labels, args[0])
	if !ok {
		p.refuse(unknownLabel(args[0], p.f.Labels, language))
		return
	}
	p.listed(Listing{
		Text: tenants.Plain(say.LabelDelete.In(language, say.Values{"name": l.Name, "n": p.f.Marked.Topics[l.ID]})),
		Buttons: []Button{{
			Text: say.LabelDeleteIt.In(language),
			Data: Press{Verb: PressLabelDel, Arg: int64(l.ID)}.Data(),
		}},
	})
}

// labelDeleted deletes a label everywhere, as a button below the question asks for.
func (p *pressed) labelDeleted() {
	language := p.f.Settings.Language
	l, ok := labelOf(p.f.Labels, tenants.LabelID(p.press.Arg))
	switch {
	case !p.f.Writer.Manager:
		p.answer(say.LabelManagers.In(language))
		return
	case !ok:
		p.edit(Listing{Text: tenants.Plain(say.LabelGone.In(language))})
		p.answer(say.LabelGone.In(language))
		return
	}
	p.out.Labels = append(p.out.Labels, LabelChange{Group: p.e.Message.Chat, Label: l, Gone: true})
	p.out.Acts = append(p.out.Acts, Act{At: p.f.Now, By: p.e.By, Name: "label del", Detail: l.Name})
	words := say.LabelDeleted.In(language, say.Values{
		"who": tenants.Clean(p.e.By.Name()), "name": l.Name, "n": p.f.Marked.Topics[l.ID],
	})
	p.edit(Listing{Text: tenants.Plain(words)})
	p.answer("")
}

// Marked is what is asked about labels in General.
type Marked struct {
	// Topics is on how many dialogs each label is; those on none may be missing.
	Topics map[tenants.LabelID]int
	// Page are the topics of one page of the label that is asked about, those that got
	// it last first.
	Page []TopicLine
	// Hidden: HIDE_INFO of a connection whose dialogs have that label forbids the list.
	Hidden bool
}

// TopicLine is a topic in a list.
type TopicLine struct {
	Dialog tenants.DialogID
	Thread tenants.ThreadID // 0 = there is none now
	Title  string           // as the group reads it
}

// MarkAsks tells which label's topics a /mark in General lists; 0 = none's.
func MarkAsks(all []Label, call command.Call) tenants.LabelID {
	if len(call.Args) != 1 {
		return 0
	}
	l, _ := LabelNamed(all, call.Args[0])
	return l.ID
}

// labelsPage is a page of all labels with what they are.
func labelsPage(f Facts, page int) Listing {
	language := f.Settings.Language
	if len(f.Labels) == 0 {
		return Listing{Text: tenants.Plain(say.LabelsNone.In(language))}
	}
	var c tenants.Composer
	c.As("bold", say.LabelsAll.In(language, say.Values{"n": len(f.Labels)}))
	first, last := PageOf(page, len(f.Labels))
	for _, l := range f.Labels[first:last] {
		c.Say("\n")
		c.As("code", l.Name)
		c.Say(" · " + strings.Join(labelProperties(l, f), " · "))
	}
	c.Say("\n")
	c.Add(tenants.Coded(say.LabelSeeHelp.In(language), howToMark))
	return Listing{Text: c.Text(), Buttons: pageButtons(Press{Verb: PressLabels}, page, len(f.Labels), language)}
}

// labelProperties are what a label is, beside its name.
func labelProperties(l Label, f Facts) []string {
	language := f.Settings.Language
	var all []string
	if l.Ticker != "" {
		all = append(all, l.Ticker)
	}
	all = append(all, say.LabelTopics.In(language, say.Values{"n": f.Marked.Topics[l.ID]}))
	var off []string
	for _, id := range l.After {
		if other, ok := labelOf(f.Labels, id); ok {
			off = append(off, other.Name)
		}
	}
	if len(off) > 0 {
		all = append(all, say.LabelTakesOff.In(language, say.Values{"labels": shortened(off)}))
	}
	if l.Sends != "" {
		all = append(all, say.LabelSends.In(language, say.Values{"reply": l.Sends}))
	}
	return all
}

// labelPage is what a label is, and a page of the topics that have it. With HIDE_INFO
// people are listed to nobody in a group (spec 6).
func labelPage(group tenants.ChatID, l Label, f Facts, page int) Listing {
	language := f.Settings.Language
	var c tenants.Composer
	c.As("bold", l.Name)
	c.Say(" · " + strings.Join(labelProperties(l, f), " · "))
	n := f.Marked.Topics[l.ID]
	if n > 0 && f.Marked.Hidden {
		c.Say("\n" + say.LabelHidden.In(language))
		return Listing{Text: c.Text()}
	}
	var named []tenants.DialogID
	for _, t := range f.Marked.Page {
		named = append(named, t.Dialog)
		c.Say("\n")
		c.Link(topicLink(group, t.Thread), t.Title)
	}
	return Listing{
		Text:    c.Text(),
		Names:   named,
		Buttons: pageButtons(Press{Verb: PressLabels, Arg: int64(l.ID)}, page, n, language),
	}
}

// turned turns the pages of a list of labels, or of the topics of one.
func (p *pressed) turned() {
	language := p.f.Settings.Language
	l, ok := labelOf(p.f.Labels, tenants.LabelID(p.press.Arg))
	switch {
	case !p.f.Writer.Manager:
		p.answer(say.LabelManagers.In(language))
		return
	case p.press.Arg == 0:
		p.edit(labelsPage(p.f, p.press.Page))
	case !ok:
		p.edit(Listing{Text: tenants.Plain(say.LabelGone.In(language))})
	default:
		p.edit(labelPage(p.e.Message.Chat, l, p.f, p.press.Page))
	}
	p.answer("")
}
