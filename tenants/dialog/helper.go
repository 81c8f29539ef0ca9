package dialog

import (
	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// byOthers decides what follows where one login could not do a job that others can:
// it goes by them at once, at its place. A helper that is out of the group, or may
// not write there, helps no more until that has changed. ok is false where it makes
// no difference who tried it.
func byOthers(j *Job, o tenants.Outcome, f Facts) (st Settlement, ok bool) {
	switch {
	case o.Kind == tenants.Flood && (f.Helper != 0 || f.Helpers && j.Helped()):
		st = Settlement{Verdict: Retry, Pause: PauseChat, Until: f.Now.Add(o.After + floodExtra), Why: WhyFlood}
		if o.Wide {
			st.Pause = PauseLogin
		}
		return st, true
	case o.Kind == tenants.Gone && f.Helper != 0:
		return helperGone(j, o, f)
	case o.Kind == tenants.Refused && f.Helper != 0:
		return aloneFrom(j, o)
	default:
		return Settlement{}, false
	}
}

// aloneFrom leaves a send that a helper was refused to the connection itself, which
// may do more: whether it can go at all is seen by its own refusal.
func aloneFrom(j *Job, o tenants.Outcome) (st Settlement, ok bool) {
	s, ok := j.Effect.(*Send)
	if !ok {
		return st, false
	}
	next := *s
	next.Alone = true
	return Settlement{Verdict: Retry, Effect: &next, Why: "a helper was refused: " + o.Why}, true
}

func helperGone(j *Job, o tenants.Outcome, f Facts) (st Settlement, ok bool) {
	stand := Stand{Connection: f.Helper, Group: j.Chat}
	switch o.Gone {
	case tenants.GoneTopic:
		return Settlement{}, false
	case tenants.GoneTopicClosed: // administrators may write there
		return aloneFrom(j, o)
	case tenants.GoneLogin:
		return Settlement{Verdict: Retry, Pause: PauseLogin, Until: f.Now.Add(goneWait), Why: "the login of a helper is revoked"}, true
	case tenants.GoneRights:
		stand.Lack = LacksRights
	case tenants.GoneChat, tenants.GoneClient:
		stand.Lack = LacksPlace
	default:
		panic("dialog: unknown thing gone")
	}
	return Settlement{Verdict: Retry, Why: "a helper can't write in the group: " + o.Why, Decision: Decision{Stand: &stand}}, true
}

// HelperStands is what General is told of a helper that can or can't write in the
// group from now on; fresh: it has not been seen there before.
func HelperStands(name string, lack Lack, fresh bool, v tenants.Voice) tenants.Text {
	words := map[Lack]say.Key{
		LacksNothing: say.HelperHelps, LacksPlace: say.HelperOut, LacksRights: say.HelperMuted,
	}[lack]
	if fresh && lack == LacksPlace {
		words = say.HelperAwaited
	}
	return tenants.Plain(v.Say(words, say.Values{"bot": name}))
}
