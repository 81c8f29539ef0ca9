package dialog

import (
	"slices"
	"strings"
	"unicode/utf8"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// Label is a label that a group's dialogs can have.
type Label struct {
	ID     tenants.LabelID   // 0 = it has none yet
	Name   string            // as typed; names are the same when their command.FoldName is
	Ticker string            // its sign in titles; "" = none
	After  []tenants.LabelID // taken off when it is set; in no order
	Sends  string            // the quick reply that goes to the client when it is set, as typed; "" = none
}

// LabelChange is a label as it is from now on: made if nobody knows its ID, or Gone.
type LabelChange struct {
	Group tenants.ChatID
	Label Label
	Fold  string // its name in the form in which names are compared; counts when it gets that name
	Gone  bool
}

// labelChange is a label of a group as it is from now on.
func labelChange(group tenants.ChatID, l Label) LabelChange {
	return LabelChange{Group: group, Label: l, Fold: command.FoldName(l.Name)}
}

// Labelling is that a dialog gets a label, or loses it.
type Labelling struct {
	Label tenants.LabelID
	On    bool
}

// The words of /mark that can't be names.
const (
	markHelp   = "help"
	markNew    = "new"
	markDel    = "del"
	markAfter  = "after"
	markSends  = "sends"
	markTicker = "ticker"
	markName   = "name"
	markClear  = "clear"
)

var markWords = []string{markHelp, markNew, markDel, markAfter, markSends, markTicker, markName, markClear}

// LabelNamed finds a label by its name.
func LabelNamed(all []Label, name string) (Label, bool) {
	fold := command.FoldName(name)
	at := slices.IndexFunc(all, func(l Label) bool { return command.FoldName(l.Name) == fold })
	if at < 0 {
		return Label{}, false
	}
	return all[at], true
}

func labelOf(all []Label, id tenants.LabelID) (Label, bool) {
	at := slices.IndexFunc(all, func(l Label) bool { return l.ID == id })
	if at < 0 {
		return Label{}, false
	}
	return all[at], true
}

func names(all []Label) []string {
	out := make([]string, len(all))
	for i, l := range all {
		out[i] = l.Name
	}
	return out
}

func labelNames(all []Label) string { return strings.Join(names(all), ", ") }

// labels are those of the dialog, in the order in which they were made.
func (d *draft) labels() []Label {
	var own []Label
	for _, l := range d.f.Labels {
		if slices.Contains(d.s.Rare.Labels, l.ID) {
			own = append(own, l)
		}
	}
	return own
}

// nameRoom is how much of a title tickers leave to the name, in characters.
const nameRoom = 16

// tickers are the signs of the dialog's labels in its title, each once, as many whole
// ones as leave so much room; "" = none.
func (d *draft) tickers(room int) string {
	out := ""
	for _, t := range d.signs() {
		next := strings.TrimSpace(out + " " + t)
		if utf8.RuneCountInString(next) > room {
			break
		}
		out = next
	}
	return out
}

// signs are the different tickers of the dialog's labels, in the order in which the
// labels were made. One that HIDE_INFO hides here, because somebody of this chat has
// such a name, stays away: beside the pseudonym it would say whose that is.
func (d *draft) signs() []string {
	var all []string
	for _, l := range d.labels() {
		if l.Ticker != "" && !slices.Contains(all, l.Ticker) && d.redactor().Text(tenants.Plain(l.Ticker)).Text == l.Ticker {
			all = append(all, l.Ticker)
		}
	}
	return all
}

// withoutTickers is a title that somebody typed without the signs of labels before the
// name: they stood in the field, and return.
func (d *draft) withoutTickers(title string) string {
	left := d.signs()
	for {
		at := slices.IndexFunc(left, func(t string) bool { return title == t || strings.HasPrefix(title, t+" ") })
		if at < 0 {
			return title
		}
		title = strings.TrimLeft(strings.TrimPrefix(title, left[at]), " ")
		left = slices.Delete(left, at, at+1)
	}
}

// label is /mark in a topic. That a label was set is seen by a sign.
func (d *draft) label(m *tenants.Message, call command.Call) {
	d.s.SaidBy = ""
	args := call.Args
	switch {
	case len(args) == 1 && !slices.Contains(markWords, command.FoldName(args[0])):
		d.labelOn(m, args[0])
		return
	case len(args) == 0:
		d.tellLines(m.Ref(), d.labelsTold())
	case len(args) == 1 && command.FoldName(args[0]) == markHelp:
		d.tellLines(m.Ref(), d.words(say.LabelHelpTopic))
	case len(args) == 2 && command.FoldName(args[0]) == markDel:
		d.labelOff(m, args[1])
	default:
		d.tell(m.Ref(), say.LabelInTopic.In(d.f.Settings.Language), true)
	}
	d.inside(m)
}

// tellLines answers with lines, some of which begin with what can be typed.
func (d *draft) tellLines(to tenants.MessageRef, words string) {
	d.say(answerTo(to, codedLines(words), false), ClassAnswer)
}

// labelsTold says which labels the dialog has, and which can be set.
func (d *draft) labelsTold() string {
	language := d.f.Settings.Language
	if len(d.f.Labels) == 0 {
		return say.LabelsNone.In(language)
	}
	has := say.LabelsHereNone.In(language)
	own := d.labels()
	if len(own) > 0 {
		has = say.LabelsHere.In(language, say.Values{"labels": labelNames(own)})
	}
	lines := []string{has}
	var free []string
	for _, l := range d.f.Labels {
		if !slices.Contains(d.s.Rare.Labels, l.ID) {
			free = append(free, l.Name)
		}
	}
	if len(free) > 0 {
		lines = append(lines, say.LabelsFree.In(language, say.Values{"labels": shortened(free)}))
	}
	return strings.Join(append(lines, say.LabelsHow.In(language)), "\n")
}

// listedNames is how many names one line has.
const listedNames = 60

// shortened are names in one line, of very many the first.
func shortened(all []string) string {
	if len(all) > listedNames {
		all = append(slices.Clone(all[:listedNames]), "…")
	}
	return strings.Join(all, ", ")
}

// labelOn sets a label. One that the dialog has already causes nothing.
func (d *draft) labelOn(m *tenants.Message, name string) {
	l, ok := LabelNamed(d.f.Labels, name)
	switch {
	case !ok:
		d.labelUnknown(m, name, d.f.Labels, true)
		d.inside(m)
	case d.attach(l) && l.Sends != "":
		d.sendFor(m, l)
	default:
		d.mark(m.Ref(), signDone)
		d.inside(m)
	}
}

func (d *draft) labelOff(m *tenants.Message, name string) {
	l, ok := LabelNamed(d.f.Labels, name)
	if !ok {
		d.labelUnknown(m, name, d.labels(), false)
		return
	}
	d.detach(l.ID)
	d.unsend(l.ID)
	d.mark(m.Ref(), signDone)
}

// attach gives the dialog a label and takes those off that come before it, which
// cause nothing themselves; anew = it did not have it yet.
func (d *draft) attach(l Label) (anew bool) {
	if slices.Contains(d.s.Rare.Labels, l.ID) {
		return false
	}
	for _, off := range l.After {
		d.detach(off)
	}
	d.s.Rare.Labels = append(slices.Clip(d.s.Rare.Labels), l.ID)
	d.out.Labelled = append(d.out.Labelled, Labelling{Label: l.ID, On: true})
	d.labelEvent(LabelSet, l.ID)
	return true
}

func (d *draft) detach(id tenants.LabelID) {
	if !slices.Contains(d.s.Rare.Labels, id) {
		return
	}
	d.s.Rare.Labels = slices.DeleteFunc(slices.Clone(d.s.Rare.Labels), func(other tenants.LabelID) bool { return other == id })
	d.out.Labelled = append(d.out.Labelled, Labelling{Label: id})
	d.labelEvent(LabelOff, id)
}

func (d *draft) labelEvent(kind EventKind, id tenants.LabelID) {
	d.event(kind, d.out.Operator.ID)
	d.out.Events[len(d.out.Events)-1].Subject = int64(id)
}

// labelUnknown tells that there is no such label: which was meant, and how it is made.
// A manager gets a button for it.
func (d *draft) labelUnknown(m *tenants.Message, name string, near []Label, make bool) {
	language := d.f.Settings.Language
	if _, err := command.ParseName(name, markWords...); err != nil {
		d.tell(m.Ref(), say.LabelBadName.In(language), true)
		return
	}
	words := unknownLabel(name, near, language)
	if !make {
		d.tell(m.Ref(), words, true)
		return
	}
	if !d.f.Writer.Manager {
		d.tell(m.Ref(), words+"\n"+say.LabelHowNew.In(language, say.Values{"name": name}), true)
		return
	}
	d.out.Hold = append(d.out.Hold, Held{Message: *m})
	s := answerTo(m.Ref(), tenants.Plain(words), true)
	s.Buttons = []Button{{
		Text: say.LabelCreate.In(language, say.Values{"name": name}),
		Data: Press{Verb: PressLabelNew, Dialog: d.s.ID, Message: m.ID}.Data(),
	}}
	d.say(s, ClassAnswer)
}

// unknownLabel says that there is no such label, and which was probably meant.
func unknownLabel(name string, near []Label, language say.Language) string {
	return unknownName(name, names(near), language)
}

func unknownName(name string, near []string, language say.Language) string {
	words := say.LabelUnknown.In(language, say.Values{"name": name})
	if meant := tenants.Closest(name, near); meant != "" {
		words += " " + say.LabelMeant.In(language, say.Values{"name": meant})
	}
	return words
}

// createLabel makes the label that a held /mark named, unless somebody has made it
// meanwhile, and sets it.
func (d *draft) createLabel(e tenants.Pressed) {
	m := d.f.Held[0].Message
	d.out.Unhold = append(d.out.Unhold, m.Ref())
	call, _ := command.Parse(words(&m), d.f.Bot)
	l, ok := LabelNamed(d.f.Labels, call.Rest)
	if !ok {
		if why := d.uncreatable(call); why != "" {
			d.answerPress(e, why)
			return
		}
		l = Label{ID: d.f.NewLabel, Name: call.Rest}
		d.f.Labels = append(slices.Clip(d.f.Labels), l)
		d.out.Labels = append(d.out.Labels, labelChange(d.s.Group, l))
		d.act("label new", l.Name)
	}
	switch {
	case !d.attach(l), l.Sends == "":
		d.mark(m.Ref(), signDone)
	case d.sendFor(&m, l):
		d.out.Outside = append(d.out.Outside, m.Ref())
	}
	d.answerPress(e, say.LabelCreated.In(d.f.Settings.Language, say.Values{"name": l.Name}))
}

// uncreatable is why the label of a held /mark, which may have been edited, can't be
// made; "" = it can.
func (d *draft) uncreatable(call command.Call) string {
	language := d.f.Settings.Language
	switch {
	case call.Name != command.Mark:
		return say.LabelBadName.In(language)
	case len(d.f.Labels) >= tenants.MaxLabels:
		return say.LabelTooMany.In(language, say.Values{"most": tenants.MaxLabels})
	default:
		return labelRefused(call.Rest, 0, d.f.Labels, language)
	}
}
