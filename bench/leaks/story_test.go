package leaks

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant/calls"
	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/privacy"
	"topicdesk/tenants/store"
)

const (
	backend = tenants.ChatID(-1009000000001)
	thread  = tenants.ThreadID(7)
)

var key = []byte("a key of thirty-two bytes, or so")

// story is one case: a chat, what happens in it, and what leaves for the group.
type story struct {
	*hand
	state dialog.State
	facts dialog.Facts
	topic dialog.Topic
	said  []tenants.Message
	later []waiting // not tried yet
	fault string    // the first leak
	calls int
	held  int    // calls that the audit of the connection refuses
	why   string // of the last of them
}

// waiting is a job, with the names that were known as it was decided.
type waiting struct {
	job    dialog.Job
	titles []string
	people []tenants.Person
}

// play runs a case from its number.
func play(n uint64) *story {
	h := &hand{Rand: rand.New(rand.NewPCG(n, 7)), j: &judge{labels: map[string]tenants.File{}}}
	s := &story{hand: h}
	s.begin()
	for range 1 + s.IntN(5) {
		s.happens()
		s.hideLater()
		if s.fault != "" {
			return s
		}
	}
	s.tryAll()
	return s
}

// begin makes the chat.
func (s *story) begin() {
	chat := pick(s.hand, []tenants.Chat{
		{ID: 777000111, Kind: tenants.Private}, {ID: 777000111, Kind: tenants.Private},
		{ID: -1001234567890, Kind: tenants.Group, Title: pick(s.hand, titles), Username: "acme_chat", Forum: s.chance(4)},
		{ID: -4007008, Kind: tenants.Group, Title: pick(s.hand, titles)},
		{ID: -1002234567890, Kind: tenants.Channel, Title: pick(s.hand, titles)},
	})
	for i := range 1 + s.IntN(3) {
		s.here = append(s.here, s.person(i))
	}
	if chat.Kind == tenants.Private {
		s.here = s.here[:1]
	}
	set := tenants.Resolve(nil, 5, chat.Kind, 1, 0)
	set.AutoInfo, set.Monitor[chat.Kind] = s.chance(2), true
	set.Language = pick(s.hand, []tenants.Language{"en", "ru", "es", "de", "it"})
	if s.chance(8) {
		set.Author = tenants.AuthorForward
	}
	if s.chance(8) {
		set.GroupAsk = 2
	}
	s.facts = dialog.Facts{
		Now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Bot: "shopbot", Connection: 5, Key: key, Settings: set, Members: s.IntN(5) * 60,
	}
	s.facts.Counted = s.facts.Now
	if !s.chance(5) {
		s.switchOn()
	}
	s.state = dialog.State{ID: 1, Connection: 5, Group: backend, Chat: chat}
	s.topic = dialog.Topic{Dialog: 1, Group: backend, Thread: thread}
	s.met()
}

func (s *story) switchOn() {
	hide := pick(s.hand, []tenants.Hide{{Name: true, Title: true, Link: true}, {Name: true, Title: true, Link: true}, {Name: true}, {Title: true}, {Link: true}, {Name: true, Link: true}})
	s.facts.Settings.Hide, s.j.hide = hide, hide
}

// hideLater switches HIDE_INFO on in the middle: what waits was decided before.
func (s *story) hideLater() {
	if s.facts.Settings.Hide.Any() || !s.chance(3) {
		return
	}
	s.switchOn()
	s.decided(dialog.Ring(s.state, s.facts)) // as every dialog is rung then
}

// met tells the judge who and what is known in the chat by now.
func (s *story) met() {
	s.j.people = append([]tenants.Person{}, s.state.People...)
	if s.state.Chat.Kind == tenants.Private {
		s.j.people = append(s.j.people, s.here[0])
	}
	s.j.titles, s.j.recent = titlesOf(s.state), nil
}

func titlesOf(s dialog.State) []string {
	if s.Chat.Kind == tenants.Private {
		return nil
	}
	return append([]string{s.Chat.Title}, s.Titles...)
}

// happens is the next thing that happens.
func (s *story) happens() {
	s.facts.Now = s.facts.Now.Add(time.Duration(s.IntN(400)) * time.Second)
	what := s.IntN(20)
	if len(s.said) == 0 {
		what = 0 // there is no dialog yet
	}
	switch what {
	default:
		s.writes()
	case 10, 11, 12:
		s.edits()
	case 13:
		s.service()
	case 14:
		i := s.IntN(len(s.here))
		s.here[i] = s.person(int(s.here[i].ID - 777000111))
		s.writes()
	case 15, 16:
		s.answers()
	case 17:
		s.commands()
	case 18:
		s.around()
	case 19:
		s.presses()
	}
	s.met()
}

func (s *story) message(from tenants.Person) tenants.Message {
	m := tenants.Message{
		Chat: s.state.Chat, ID: tenants.MessageID(10 + len(s.said)), Date: s.facts.Now, From: from, Protected: s.chance(20),
	}
	switch {
	case m.Chat.Kind == tenants.Channel:
		m.From, m.Signature, m.Sender = tenants.Person{}, s.short(), &m.Chat
	case m.Chat.Kind == tenants.Group && s.chance(10):
		m.Sender, m.Signature = &tenants.Chat{ID: m.Chat.ID, Kind: tenants.Group, Title: m.Chat.Title}, s.short()
	case m.Chat.Kind == tenants.Group && s.chance(10):
		m.Sender = &tenants.Chat{ID: -1005550001, Kind: tenants.Channel, Title: pick(s.hand, titles), Username: "petrov_news"}
		s.j.titles = append(s.j.titles, m.Sender.Title)
	default:
		s.j.people = append(s.j.people, from)
	}
	if m.Chat.Forum && s.chance(2) {
		m.Thread, m.ThreadName = 4, s.short()
	}
	if s.chance(6) {
		m.Forwarded = pick(s.hand, []string{s.telling(), s.short(), "Somebody", pick(s.hand, titles)})
	}
	if s.chance(5) && len(s.said) > 0 {
		of := pick(s.hand, s.said)
		m.ReplyTo = of.Ref()
		if s.chance(2) {
			m.Quote = &tenants.Quote{Text: s.text(3)}
		}
	}
	if s.chance(10) {
		m.Album = "album"
	}
	return m
}

func (s *story) writes() {
	m := s.message(pick(s.hand, s.here))
	m.Content = s.content()
	if s.chance(15) {
		s.owned = nil
		m.Content = tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("/start " + s.telling())}
	}
	s.said = append(s.said, m)
	s.decided(dialog.Client(s.state, m, false, s.facts))
}

func (s *story) edits() {
	m := pick(s.hand, s.said)
	if m.Sender == nil {
		s.j.people = append(s.j.people, m.From)
	}
	m.Edited, m.Content = s.facts.Now, s.content()
	f := s.facts
	f.Fate = pick(s.hand, []dialog.Fate{dialog.FateUnknown, dialog.FateWaiting, dialog.FateSent, dialog.FateSent})
	f.Pieces = s.IntN(3) / 2
	s.decided(dialog.Client(s.state, m, true, f))
}

func (s *story) service() {
	m := s.message(pick(s.hand, s.here))
	m.Content = tenants.Content{Kind: tenants.KindService, Service: pick(s.hand, []tenants.Service{
		tenants.ServiceJoined, tenants.ServiceLeft, tenants.ServiceNewTitle, tenants.ServicePinned, tenants.ServiceTopicCreated, tenants.ServiceTopicEdited,
	})}
	m.Content.TopicName = s.short()
	if m.Chat.Kind == tenants.Private {
		m.Content.Service = tenants.ServicePinned
	}
	switch {
	case m.Content.Service == tenants.ServiceNewTitle:
		m.Content.Title = pick(s.hand, titles)
		s.j.titles = append(s.j.titles, m.Content.Title)
	case m.Chat.Kind != tenants.Private:
		s.here = append(s.here, s.person(len(s.here)))
		m.Content.People = s.here[len(s.here)-1:]
		s.j.people = append(s.j.people, m.Content.People...)
	}
	s.decided(dialog.Client(s.state, m, false, s.facts))
}

// operators speak of clients by the names that they see.
func (s *story) called() string {
	p := s.somebody()
	return pick(s.hand, []string{"Dear ", "", "For ", "("}) + privacy.Pseudonym(key, privacy.OfPerson, int64(p.ID)) + pick(s.hand, []string{", ", "'s ", ".", ""})
}

func (s *story) answers() {
	m := tenants.Message{
		Chat: tenants.Chat{ID: backend, Kind: tenants.Group}, ID: tenants.MessageID(500 + s.IntN(50)), Thread: thread, Date: s.facts.Now,
		From: tenants.Person{ID: 42, First: "Olivia"}, Content: s.content(),
	}
	m.Content.Text, m.Content.Buttons, m.Content.Inside = tenants.Plain(s.called()), nil, nil
	s.owned = nil // what the team sends tells nothing of the client
	if m.Content.Poll != nil {
		m.Content.Poll = &tenants.Poll{Question: s.called(), Options: []string{s.called(), s.called()}}
	}
	f := s.facts
	f.Writer.Team = true
	edited := s.chance(4)
	if edited {
		m.Edited, f.Fate = f.Now, dialog.FateSent
	}
	s.decided(dialog.Answer(s.state, m, edited, f))
}

func (s *story) commands() {
	m := tenants.Message{
		Chat: tenants.Chat{ID: backend, Kind: tenants.Group}, ID: 700, Thread: thread, Date: s.facts.Now, From: tenants.Person{ID: 42, First: "Olivia"},
	}
	s.facts.TopicKnown = true // where it was typed
	f := s.facts
	f.Writer = dialog.Standing{Team: true, Manager: s.chance(2)}
	if s.chance(3) { // a title typed before anything was hidden
		s.decided(dialog.Named(s.state, m, s.telling(), f))
		return
	}
	name := pick(s.hand, []command.Name{command.Info, command.Hold, command.Wait, command.Close, command.Del, command.Set, command.Ban, command.Unban, command.Take, command.Free, command.Mark, command.Say})
	if name == command.Ban && s.state.Chat.Kind == tenants.Group { // whoever wrote what it replies to
		m.ReplyTo, f.ReplyTo = tenants.MessageRef{Chat: backend, ID: 3}, dialog.ReplyClient
		f.ReplyLink = dialog.Link{Dialog: 1, By: s.somebody().ID}
		s.decided(dialog.Command(s.state, m, command.Call{Name: name}, f))
		m.ReplyTo, name = tenants.MessageRef{}, command.Unban // offers to lift it
	}
	s.decided(dialog.Command(s.state, m, command.Call{Name: name}, f))
}

func (s *story) around() {
	switch s.IntN(3) {
	case 0:
		s.facts.Now = s.facts.Now.Add(49 * time.Hour)
		s.decided(dialog.Ring(s.state, s.facts))
	case 1:
		ev := tenants.Membership{Chat: s.state.Chat, By: pick(s.hand, s.here), WasMember: true, Date: s.facts.Now}
		s.decided(dialog.Membership(s.state, ev, s.facts))
	default:
		f := s.facts
		for _, m := range s.said {
			f.Gone = append(f.Gone, m.Ref())
		}
		s.decided(dialog.Deleted(s.state, f))
	}
}

func (s *story) presses() {
	f := s.facts
	for _, m := range s.said {
		f.Held = append(f.Held, dialog.Held{Message: m})
	}
	verb := pick(s.hand, []dialog.Verb{dialog.PressRelay, dialog.PressKeywords, dialog.PressIgnore})
	if s.state.Chat.Kind != tenants.Group {
		return
	}
	e := tenants.Pressed{Query: "q", By: tenants.Person{ID: 42, First: "Olivia"}, Message: tenants.MessageRef{Chat: backend, ID: 9}}
	s.decided(dialog.Pressed(s.state, e, dialog.Press{Verb: verb, Dialog: 1}, f))
}

// decided takes a decision over, and tries its jobs now or later.
func (s *story) decided(d dialog.Decision) {
	if d.State != nil {
		s.state = *d.State
		s.j.phones = append(s.j.phones, s.owned...)
		s.facts.TopicKnown = s.facts.TopicKnown || s.state.Status != dialog.None
	}
	s.owned = nil
	for _, j := range d.Jobs {
		if last := len(s.later) - 1; last >= 0 && j.Lane.Side == dialog.ToTopic && dialog.Joins(&s.later[last].job, &j) {
			dialog.Join(&s.later[last].job, &j)
			continue
		}
		w := waiting{j, titlesOf(s.state), nil}
		if s.j.hide.Name {
			w.people = s.state.People
		}
		s.later = append(s.later, w)
	}
	if s.chance(2) {
		s.tryAll()
	}
}

func (s *story) tryAll() {
	s.met()
	later := s.later
	s.later = nil
	for _, w := range later {
		s.met()
		s.j.recent, s.j.titles = s.j.titles, w.titles
		s.j.then = w.people
		s.try(w.job, 0)
	}
	s.met()
}

// try makes the call of a job and lets Telegram refuse it now and then: what
// follows is tried too.
func (s *story) try(j dialog.Job, round int) {
	try := &store.Try{Row: &store.Row{Job: j}, Thread: thread, ReplyTo: 5}
	switch e := j.Effect.(type) {
	case *dialog.Open, *dialog.Rename:
		try.Title = s.state.Title
	case *dialog.Edit:
		try.TwinOf = 9
	case *dialog.Send:
		try.Quote = e.Reply.Shown()
	}
	if j.Lane.Side == dialog.ToClient {
		s.toClient(calls.Of(try))
		s.refused(j, round, tenants.Outcome{})
		return
	}
	if !s.veil(try) {
		s.refused(j, round, hidden)
		return
	}
	s.calls++
	call := calls.Of(try)
	found := ""
	if s.j.hide.Any() && j.Origin != dialog.OfOperator {
		found = s.j.seen(call)
	}
	switch {
	case s.audited(call):
		s.held++
		s.why = fmt.Sprintf("%q in %T %+v", found, call, fields(call))
		s.refused(try.Row.Job, round, hidden)
	case found != "":
		s.fault = fmt.Sprintf("%q is seen in %T %q", found, call, fields(call))
	default:
		s.refused(try.Row.Job, round, tenants.Outcome{})
	}
}

var hidden = tenants.Outcome{Kind: tenants.Refused, As: tenants.AsNote, Reason: tenants.WhyHidden, Why: "hidden"}

// veil does at a try what the tenant does to what was decided before HIDE_INFO was
// switched on. false: it can't be had.
func (s *story) veil(try *store.Try) bool {
	j := try.Row.Job
	if !s.j.hide.Any() {
		return true
	}
	if j.ShowsWhose() {
		return false
	}
	cover := dialog.NewCover(s.state, s.facts)
	if privacy.Audit(cover.Hidden(), try.Title) {
		try.Title = dialog.VeiledTitle(s.state, s.facts)
		return true
	}
	if j.Origin == dialog.OfOperator || j.Origin == dialog.OfRelay && !carries(j) && !s.audited(calls.Of(try)) {
		return true
	}
	effect, ok := cover.Veil(j, s.facts)
	if !ok || effect == j.Effect {
		return ok
	}
	try.Row.Job.Effect, try.Quote = effect, nil
	return true
}

// carries tells that a job has buttons.
func carries(j dialog.Job) bool {
	send, is := j.Effect.(*dialog.Send)
	return is && len(send.Buttons) > 0
}

func (s *story) audited(c telegram.Call) bool {
	return s.j.hide.Any() && privacy.Audit(dialog.NewCover(s.state, s.facts).Hidden(), telegram.Words(c)...)
}

// refused settles a try. The zero outcome: it is drawn whether Telegram refuses.
func (s *story) refused(j dialog.Job, round int, o tenants.Outcome) {
	if round > 6 || s.fault != "" {
		return
	}
	if o.Kind == 0 && o.Why == "" {
		if !s.chance(8) {
			return
		}
		o = tenants.Outcome{Kind: tenants.Refused, As: tenants.RefusedAs(s.IntN(int(tenants.AsBody) + 1)), Why: "Bad Request: " + s.telling()}
	}
	var st dialog.Settlement
	switch {
	case j.Lane.Dialog == 0:
		st = dialog.SettleGeneral(j, 1, o, s.facts)
	case j.Lane.Side == dialog.ToClient:
		st = dialog.SettleClient(s.state, j, 1, o, s.facts)
	default:
		st = dialog.SettleTopic(s.topic, j, 1, o, s.facts)
	}
	if st.Decision.State != nil {
		s.state = *st.Decision.State
	}
	next := append(st.Before, st.Decision.Jobs...)
	if st.Effect != nil {
		again := j
		again.Effect = st.Effect
		next = append(next, again)
	}
	for _, k := range next {
		s.try(k, round+1)
	}
}

// toClient looks for pseudonyms where the client would read them.
func (s *story) toClient(c telegram.Call) {
	if !s.j.hide.Name {
		return
	}
	text := strings.ToLower(fmt.Sprintf("%+v", fields(c)))
	for _, p := range s.j.then {
		if name := privacy.Pseudonym(key, privacy.OfPerson, int64(p.ID)); strings.Contains(text, strings.ToLower(name)) {
			s.fault = fmt.Sprintf("the client reads %q in %T %+v", name, c, c)
		}
	}
}
