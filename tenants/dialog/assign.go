package dialog

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// maxAssignee is how long an operator's name in a title is, in characters.
const maxAssignee = 20

// Assignee is who of the team has a dialog. It stays when the dialog is closed:
// whoever comes back is best served by who knows the case, and anybody may take the
// dialog over. Who answers does not matter. The zero Assignee is nobody.
type Assignee struct {
	ID    tenants.UserID `json:"id"`
	Name  string         `json:"name"` // as titles show it, since then
	Since time.Time      `json:"since"`
}

// assignee is whose dialog it is, as the title shows it; "" = nobody's.
func (d *draft) assignee() string { return d.colleague(d.s.Rare.Assignee.Name) }

// signAssignee stands in a title before whose dialog it is.
const signAssignee = "· "

// withoutAssignee is a typed title without whose dialog it is: whoever edits a title gets
// all of it to edit.
func (d *draft) withoutAssignee(title string) string {
	who := d.assignee()
	if who == "" {
		return title
	}
	rest, found := strings.CutSuffix(title, signAssignee+who)
	if !found || rest != "" && !strings.HasSuffix(rest, " ") {
		return title
	}
	return strings.TrimRight(rest, " ")
}

// colleague is an operator's name as it may stand in the topic: where the client is
// called the same and hidden, only its first letter.
func (d *draft) colleague(name string) string {
	if !d.f.Settings.Hide.Any() || name == "" || d.redactor().Text(tenants.Plain(name)).Text == name {
		return name
	}
	return string([]rune(name)[:1]) + "."
}

// take is /take: the dialog becomes the writer's, if nobody else has it.
func (d *draft) take(m *tenants.Message) {
	by := d.out.Operator
	if has := d.s.Rare.Assignee; has.ID != 0 && has.ID != by.ID {
		s := answerTo(m.Ref(), d.hasWords(has), false)
		s.Buttons = []Button{{
			Text: d.words(say.ButtonTakeOver),
			Data: Press{Verb: PressTake, Dialog: d.s.ID, Arg: int64(has.ID)}.Data(),
		}}
		d.say(s, ClassAnswer)
		return
	}
	d.assign(by)
	d.mark(m.Ref(), signDone)
}

// takeOver is the button below the answer to /take. Who has the dialog by now may be
// somebody else than the presser has read.
func (d *draft) takeOver(e tenants.Pressed, p Press) {
	has := d.s.Rare.Assignee
	if has.ID != 0 && has.ID != e.By.ID && has.ID != tenants.UserID(p.Arg) {
		d.answerPress(e, d.words(say.TakeOther, say.Values{"who": d.colleague(has.Name)}))
		return
	}
	d.assign(e.By)
	if has.ID != 0 && has.ID != e.By.ID {
		d.instead(has)
	}
	d.answerPress(e, d.words(say.TakeDone))
}

// give is /give: the dialog becomes a colleague's, who is told if Telegram has not
// told them yet.
func (d *draft) give(m *tenants.Message, call command.Call) {
	to, told, why := d.receiver(m, call)
	if why != "" {
		d.tell(m.Ref(), why, true)
		return
	}
	has, by := d.s.Rare.Assignee, d.out.Operator
	d.assign(to)
	switch {
	case has.ID == to.ID:
	case has.ID != 0 && has.ID != by.ID:
		d.instead(has)
	case !told && to.ID != by.ID:
		d.assigned(say.AssignedNow, say.Values{"to": d.mention(d.s.Rare.Assignee)})
	}
	d.mark(m.Ref(), signDone)
}

// free is /free: nobody has the dialog any more. Who had it is told if it was
// somebody else.
func (d *draft) free(m *tenants.Message) {
	has := d.s.Rare.Assignee
	if has.ID != 0 {
		d.s.Rare.Assignee = Assignee{}
		d.assignEvent(DialogFreed, has.ID)
		if has.ID != d.out.Operator.ID {
			d.assigned(say.AssignedFreed, say.Values{"who": d.mention(has)})
		}
	}
	d.mark(m.Ref(), signDone)
}

// assign gives the dialog to somebody; whoever has it keeps it since then.
func (d *draft) assign(to tenants.Person) {
	if d.s.Rare.Assignee.ID == to.ID {
		return
	}
	d.s.Rare.Assignee = Assignee{ID: to.ID, Name: d.operatorLabel(to), Since: d.f.Now}
	d.assignEvent(DialogAssigned, to.ID)
}

func (d *draft) assignEvent(kind EventKind, who tenants.UserID) {
	d.event(kind, d.out.Operator.ID)
	d.out.Events[len(d.out.Events)-1].Subject = int64(who)
}

// operatorLabel is an operator's first name for titles, with the initial of the last one if
// somebody else of the team is called so; the number of who has none.
func (d *draft) operatorLabel(p tenants.Person) string {
	first := tenants.Clean(p.First)
	if first == "" {
		return strconv.FormatInt(int64(p.ID), 10)
	}
	suffix := ""
	if last := []rune(tenants.Clean(p.Last)); len(last) > 0 && slices.ContainsFunc(d.f.Colleagues, func(c tenants.Person) bool {
		return c.ID != p.ID && strings.EqualFold(tenants.Clean(c.First), first)
	}) {
		suffix = " " + string(last[:1]) + "."
	}
	return tenants.TrimTitle("", first, suffix, maxAssignee)
}

// receiver is to whom /give gives; told tells that Telegram notifies them of the
// command itself. why tells that it is nobody.
func (d *draft) receiver(m *tenants.Message, call command.Call) (to tenants.Person, told bool, why string) {
	for _, e := range m.Content.Text.Entities {
		if e.Kind == "text_mention" && d.onTeam(e.User) {
			return d.memberOf(e.User), true, ""
		}
	}
	switch id, bad := strconv.ParseInt(call.Rest, 10, 64); {
	case call.Rest != "" && bad == nil && d.onTeam(tenants.UserID(id)):
		return d.memberOf(tenants.UserID(id)), false, ""
	case call.Rest != "":
		return d.colleagueNamed(call.Rest)
	case m.ReplyTo.IsZero():
		return to, false, d.words(say.GiveWhom)
	}
	author := d.f.Target.By
	if author == 0 {
		author = m.ReplyFrom
	}
	if !d.onTeam(author) {
		return to, false, d.words(say.GiveNotTeam)
	}
	return d.memberOf(author), true, ""
}

// colleagueNamed finds a colleague by @username or by name.
func (d *draft) colleagueNamed(name string) (to tenants.Person, told bool, why string) {
	username, typed := strings.CutPrefix(name, "@")
	var found []tenants.Person
	var known, list []string
	for _, c := range d.f.Colleagues {
		if c.Username != "" {
			known = append(known, "@"+c.Username)
		}
		if strings.EqualFold(c.Username, username) && c.Username != "" {
			return c, typed, ""
		}
		if !typed && (strings.EqualFold(c.First, name) || strings.EqualFold(c.Name(), name)) {
			found = append(found, c)
			list = append(list, d.operatorLabel(c)+" "+strconv.FormatInt(int64(c.ID), 10))
		}
	}
	switch meant := tenants.Closest("@"+username, known); {
	case len(found) == 1:
		return found[0], false, ""
	case len(found) > 1:
		return to, false, d.words(say.GiveSeveral, say.Values{"name": name, "list": strings.Join(list, ", ")})
	case meant != "":
		return to, false, joinWords(d.words(say.GiveUnknown, say.Values{"name": name}), d.words(say.GiveMeant, say.Values{"name": meant}))
	default:
		return to, false, d.words(say.GiveUnknown, say.Values{"name": name})
	}
}

// onTeam tells that somebody may be given a dialog.
func (d *draft) onTeam(id tenants.UserID) bool {
	return id != 0 && (d.ofTeam(id) || slices.Contains(d.f.Settings.Managers, id))
}

// memberOf is somebody of the team as they have been seen, or only their number.
func (d *draft) memberOf(id tenants.UserID) tenants.Person {
	if at := slices.IndexFunc(d.f.Colleagues, func(c tenants.Person) bool { return c.ID == id }); at >= 0 {
		return d.f.Colleagues[at]
	}
	return tenants.Person{ID: id}
}

// instead tells who has the dialog now in place of another one. Who did it himself
// need not be told.
func (d *draft) instead(was Assignee) {
	now := d.s.Rare.Assignee
	if d.out.Operator.ID == now.ID {
		d.assigned(say.AssignedInstead, say.Values{"to": d.assignee(), "who": d.mention(was)})
		return
	}
	d.assigned(say.AssignedInstead, say.Values{"to": d.mention(now), "who": d.mention(was)})
}

// assigned says in the topic, silently, whose dialog it is.
func (d *draft) assigned(k say.Key, values say.Values) {
	d.say(ownSend(d.voice().Text(k, values), true), ClassNote)
}

// mention is somebody's name through which Telegram tells them.
func (d *draft) mention(a Assignee) tenants.Text {
	name := d.colleague(a.Name)
	return tenants.Text{Text: name, Entities: []tenants.Entity{{Kind: "text_mention", Length: tenants.Len(name), User: a.ID}}}
}

// hasWords tell who has a dialog, and since when.
func (d *draft) hasWords(a Assignee) tenants.Text {
	v := d.voice()
	return v.Text(say.TakeHas, say.Values{"who": d.colleague(a.Name), "since": v.Near(a.Since, d.f.Now)})
}
