package dialog

import (
	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// InGeneral decides a message in General or in a topic that belongs to no
// dialog. The team's own topics are never touched: no answers, no signs. /bind
// is not decided here. Nor is one in a dialog's topic decided that only another
// connection heard: its writer is told that nobody gets it.
func InGeneral(m tenants.Message, edited bool, f Facts) Decision {
	p := &post{lane: Lane{Group: m.Chat.ID}, group: m.Chat.ID, m: &m, f: f}
	switch {
	case m.Content.Kind == tenants.KindService:
		return p.generalService()
	case f.Absent != "" && !strangerBot(&m):
		return p.unheard()
	case m.Thread != 0 && m.Thread != f.Room || edited || m.Own || strangerBot(&m):
		return Decision{}
	}
	p.out.Operator = operator(&m, f)
	call, kind := Typed(words(&m), f.Bot, f.Settings)
	switch {
	case kind == command.NotCommand && m.Thread != 0:
		p.inRoom()
	case kind == command.Unknown:
		p.inside()
		p.reply(call.Hint(p.f.Settings.Language), true)
	case kind == command.Known && call.Name != command.Bind:
		p.answer(call, command.General)
	}
	return p.out
}

// unheard tells of what somebody wrote to a client, or of a command, that nobody gets it.
func (p *post) unheard() Decision {
	p.inside()
	_, kind := Typed(words(p.m), p.f.Bot, p.f.Settings)
	if kind != command.Comment && kind != command.ForOther {
		bot := "@" + p.f.Absent
		p.reply(tenants.Plain(say.Unheard.In(p.f.Settings.Language, say.Values{"bot": bot})), false)
	}
	return p.out
}

// generalService: a topic of ours that no dialog uses is closed and named so, if
// it is not the waiting room, of which the line may come before the outcome of
// the call; the lines of our own doings there are deleted.
func (p *post) generalService() Decision {
	p.seeMembers()
	made := p.m.Content.Service == tenants.ServiceTopicCreated
	switch {
	case !p.m.Own || p.m.Thread == 0:
		return p.out
	case p.m.Thread == p.f.Room && !made:
		p.job(ToMark, ClassMark, &Delete{Message: p.m.Ref()}, p.m.Ref())
		return p.out
	case p.m.Thread == p.f.Room:
		return p.out
	case made && p.f.Room == 0 && p.f.RoomAsked && IsRoomTitle(p.m.Content.TopicName):
		return roomOpened(&Job{Connection: p.f.Connection, Chat: p.group}, p.m.Thread, p.f)
	}
	if p.m.Own && p.m.Content.Service == tenants.ServiceTopicCreated && p.m.Thread != 0 {
		p.out.Jobs = orphan(Job{Lane: p.lane, Connection: p.f.Connection, Chat: p.group}, p.m.Thread, p.f)
	}
	return p.out
}

// seeMembers notes who came into the group and who went out of it: all who are in it are
// of the team, and Telegram lists them to no bot.
func (p *post) seeMembers() {
	for _, who := range p.m.Content.People {
		switch {
		case who.Bot:
		case p.m.Content.Service == tenants.ServiceJoined:
			p.out.Joined = append(p.out.Joined, who)
		case p.m.Content.Service == tenants.ServiceLeft:
			p.out.Left = append(p.out.Left, who.ID)
		}
	}
}

// SettleGeneral decides what follows from one try of a job in General's lanes.
func SettleGeneral(j Job, attempt int, o tenants.Outcome, f Facts) Settlement {
	switch o.Kind {
	case tenants.Done:
		st := Settlement{Verdict: Retire}
		if e, ok := j.Effect.(*Open); ok && e.Room {
			st.Decision = roomOpened(&j, o.Thread, f)
		} else {
			st.Decision = topicDone(Topic{}, &j, o, f)
		}
		st.Decision.Stand = works(&j, f)
		return st
	case tenants.Flood, tenants.NotSent, tenants.Unsure:
		return again(&j, attempt, o, f.Now)
	case tenants.Moved:
		return groupMoved(&j, o)
	case tenants.Gone:
		return generalGone(&j, o, f)
	case tenants.Refused:
		return topicRefused(&j, o, f)
	default:
		panic("dialog: unknown outcome")
	}
}

// generalGone: General itself is never made anew; what can't be said there goes
// to the administrator in private, who may not have started the bot.
func generalGone(j *Job, o tenants.Outcome, f Facts) Settlement {
	switch {
	case slight(j.Effect):
		return Settlement{Verdict: Retire, Why: o.Why}
	case j.Chat > 0 && o.Gone != tenants.GoneLogin:
		return Settlement{
			Verdict: Retire, Why: "the administrator can't be reached in private",
			Decision: Decision{Dropped: "administrator_unreachable"},
		}
	}
	switch o.Gone {
	case tenants.GoneTopic, tenants.GoneTopicClosed:
		return Settlement{Verdict: Retire, Why: "General is closed", Decision: inPrivate(j, f)}
	case tenants.GoneRights:
		return lackedRight(j, o, f)
	case tenants.GoneChat, tenants.GoneClient:
		return outOfGroup(j, f)
	case tenants.GoneLogin:
		return pause(PauseLogin, f.Now.Add(goneWait), "the login is revoked")
	default:
		panic("dialog: unknown thing gone")
	}
}
