package dialog

import (
	"slices"
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// Hand is what the topic hands over to the chat instead of deciding it.
type Hand struct {
	Kind HandKind
	Call command.Call // of HandCommand
	Name string       // of HandTitle: as the operator typed it
}

// HandKind says what is handed over.
type HandKind int

const (
	HandNone    HandKind = iota // the topic's own decision counts
	HandAnswer                  // to Answer
	HandCommand                 // to Command
	HandTitle                   // to Named
)

// post is a message of the team in a topic or in General, with what is needed
// to answer it.
type post struct {
	lane  Lane
	group tenants.ChatID
	m     *tenants.Message
	f     Facts
	out   Decision
}

// InTopic decides a message in a dialog's topic: comments, service lines, help
// and hints are decided here, all else is handed over; edited tells that it is
// the new version of one that was there before.
func InTopic(t Topic, m tenants.Message, edited bool, f Facts) (Decision, Hand) {
	p := &post{lane: Lane{Dialog: t.Dialog}, group: t.Group, m: &m, f: f}
	switch {
	case m.Content.Kind == tenants.KindService:
		return p.service(t)
	case m.Own || strangerBot(&m):
		return Decision{Dropped: "bot"}, Hand{}
	case edited:
		return p.edited()
	}
	p.out.Operator = operator(&m, f)
	call, kind := Typed(words(&m), f.called(), f.Settings)
	if kind == command.NotCommand {
		return p.plain()
	}
	switch {
	case m.Album != "" && f.AlbumFate == FateWaiting:
		return Decision{}, Hand{Kind: HandAnswer} // takes the waiting parts back
	case m.Album != "" && f.AlbumFate == FateSent:
		p.inside()
		p.reply(tenants.Plain(f.words(say.AlbumGone)), false)
		return p.out, Hand{}
	default:
		return p.slashed(call, kind)
	}
}

// Typed reads what somebody of the team wrote to a bot. What CUSTOM_COMMANDS leave to
// other bots is theirs, unless it names this one.
func Typed(words, bot string, set tenants.Settings) (command.Call, command.ParseKind) {
	call, kind := command.Parse(words, bot)
	if kind == command.Unknown && call.Bot == "" && slices.Contains(set.CustomCommands, strings.ToLower(call.Word)) {
		return call, command.ForOther
	}
	return call, kind
}

// called is the username with which commands are for us.
func (f *Facts) called() string {
	if f.Mate != "" {
		return f.Mate
	}
	return f.Bot
}

// strangerBot tells other bots; who writes as the group or as a channel comes
// from a bot's id too.
func strangerBot(m *tenants.Message) bool {
	return m.AutoPost || m.From.Bot && m.Sender == nil && m.From.ID != tenants.AnonymousAdmin
}

// edited: what a message is, it stays.
func (p *post) edited() (Decision, Hand) {
	slash := slashed(p.m, p.f.Bot)
	switch {
	case p.f.Fate == FateInternal, slash && p.f.Fate == FateUnknown:
		return p.reheld(), Hand{}
	case slash:
		said := p.words(say.EditHasIt)
		if p.f.Fate == FateWaiting {
			said = p.words(say.EditStillGoes)
		}
		p.reply(tenants.Plain(said), true)
		return p.out, Hand{}
	default:
		return Decision{}, Hand{Kind: HandAnswer}
	}
}

// reheld keeps the new version of a message that waits for a choice.
func (p *post) reheld() Decision {
	waits := func(h Held) bool { return h.Message.Ref() == p.m.Ref() && !slashed(&h.Message, p.f.Bot) }
	if !slices.ContainsFunc(p.f.Held, waits) {
		return Decision{}
	}
	return Decision{Hold: []Held{{Message: *p.m}}}
}

// plain is a message without a slash: for the client, unless it answers something
// internal or speaks to a colleague.
func (p *post) plain() (Decision, Hand) {
	switch {
	case p.m.Album != "" && p.f.AlbumFate == FateInternal:
		p.inside()
		if len(p.f.Held) > 0 {
			p.out.Hold = append(p.out.Hold, Held{Message: *p.m}) // the button under its first part is about it too
		}
	case follows(p.m, p.f):
		return Decision{}, Hand{Kind: HandAnswer}
	case p.f.ReplyTo == ReplyInternal, p.toColleague():
		p.inside()
		if !p.f.NoSigns {
			p.job(ToMark, ClassMark, &React{Message: p.m.Ref(), Emoji: signInside}, p.m.Ref())
		}
		p.offerSend(p.words(say.KeptInside))
	default:
		return Decision{}, Hand{Kind: HandAnswer}
	}
	return p.out, Hand{}
}

// offerSend holds a message kept inside, with a button to send it after all.
func (p *post) offerSend(words string) {
	p.out.Hold = append(p.out.Hold, Held{Message: *p.m})
	s := answerTo(p.m.Ref(), tenants.Plain(words), false)
	s.Buttons = []Button{{Text: p.words(say.ButtonSend), Data: Press{
		Verb: PressSend, Dialog: p.lane.Dialog, Message: p.m.ID,
	}.Data()}}
	p.job(ToTopic, ClassAnswer, s, tenants.MessageRef{})
}

// slashed is a comment or a command. It stays inside in any case.
func (p *post) slashed(call command.Call, kind command.ParseKind) (Decision, Hand) {
	switch kind {
	case command.Comment, command.ForOther:
		p.inside()
	case command.Unknown:
		p.inside()
		p.reply(call.Hint(p.f.Settings.Language), true)
	case command.Known:
		return p.known(call)
	case command.NotCommand:
		panic("dialog: no slash")
	default:
		panic("dialog: unknown kind of text")
	}
	return p.out, Hand{}
}

// known is a command of ours: help is given here, the rest is about the dialog.
func (p *post) known(call command.Call) (Decision, Hand) {
	row, _ := command.Named(call.Name)
	if call.Name != command.Help && !row.Later && p.allowed(call, command.Topic) {
		return Decision{}, Hand{Kind: HandCommand, Call: call}
	}
	p.answer(call, command.Topic)
	return p.out, Hand{}
}

// allowed tells that the writer may use a command here.
func (p *post) allowed(call command.Call, place command.Place) bool {
	return !p.f.Writer.Anonymous && p.refusal(call, place).Text == ""
}

func (p *post) refusal(call command.Call, place command.Place) tenants.Text {
	row, _ := command.Named(call.Name)
	return row.Refusal(place, asker(p.f.Writer), p.f.Settings.Hide, p.f.Settings.Language)
}

// answer gives help, or the reason why a command is not done.
func (p *post) answer(call command.Call, place command.Place) {
	p.inside()
	why := p.refusal(call, place)
	row, _ := command.Named(call.Name)
	switch {
	case p.f.Writer.Anonymous:
		p.reply(tenants.Plain(p.words(say.NoAnonymous)), true)
	case why.Text != "":
		p.reply(why, true)
	case row.Later:
		name := "/" + string(row.Name)
		p.reply(tenants.Coded(say.CommandLater.In(p.f.Settings.Language, say.Values{"command": name}), name), true)
	case call.Name == command.Open:
		p.worklist(call)
	case call.Name == command.Say:
		p.replies(call)
	case call.Name == command.Mark:
		p.labels(call)
	case call.Name == command.Queue:
		p.reply(tenants.Plain(queueWords(p.f.Settings.Voice(), p.f.Queue)), true)
	default:
		p.reply(command.Guide(place, asker(p.f.Writer), p.f.Settings.Hide, p.f.Settings.Language), true)
	}
}

// asker is who somebody is for the table of commands.
func asker(s Standing) command.Asker {
	return command.Asker{Is: permission(s), CanBan: s.CanBan, CanDelete: s.CanDelete, Untold: s.Untold}
}

// permission is what the standing amounts to.
func permission(s Standing) command.Permission {
	switch {
	case s.Administrator:
		return command.Administrator
	case s.Manager:
		return command.Manager
	default:
		return command.Operator
	}
}

// toColleague tells that a message begins with a mention of somebody of the team.
func (p *post) toColleague() bool {
	text := p.m.Content.Text
	first := tenants.Len(text.Text) - tenants.Len(strings.TrimLeft(text.Text, " \n"))
	for _, e := range text.Entities {
		switch {
		case e.Offset != first:
		case e.Kind == "text_mention" && p.ofTeam(e.User):
			return true
		case e.Kind == "mention" && p.namesColleague(text.Slice(e.Offset, e.Offset+e.Length).Text):
			return true
		}
	}
	return false
}

func (p *post) ofTeam(id tenants.UserID) bool {
	set := p.f.Settings
	return slices.Contains(set.Team, id) || slices.Contains(set.Managers, id) ||
		slices.ContainsFunc(p.f.Colleagues, func(c tenants.Person) bool { return c.ID == id })
}

func (p *post) namesColleague(mention string) bool {
	name := strings.TrimPrefix(mention, "@")
	return name != "" && slices.ContainsFunc(p.f.Colleagues, func(c tenants.Person) bool {
		return strings.EqualFold(c.Username, name)
	})
}

// inside keeps the message in the group.
func (p *post) inside() {
	p.out.Inside = append(p.out.Inside, p.m.Ref())
	p.out.InsideAlbum = p.m.Album
}

// reply answers the writer in the same place.
func (p *post) reply(words tenants.Text, silent bool) {
	p.job(ToTopic, ClassAnswer, answerTo(p.m.Ref(), words, !silent), tenants.MessageRef{})
}

func (p *post) job(side Side, class Class, e Effect, source tenants.MessageRef) {
	lane := p.lane
	lane.Side = side
	p.out.Jobs = append(p.out.Jobs, Job{
		Lane: lane, Connection: p.f.Connection, Chat: p.group, Class: class,
		Effect: e, Source: source, Origin: OfRelay, Decided: p.f.Now,
	})
}
