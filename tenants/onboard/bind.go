package onboard

import (
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Facts are what a binding depends on, beside the message.
type Facts struct {
	Code          string           // the connection's; see Code
	Administrator tenants.UserID   // who made the connection; 0 = nobody has bound it yet
	Bot           string           // username of the connection, without @
	Language      tenants.Language // of the answer; "" = English
	Chosen        bool             // it is LANGUAGE, which somebody has set; else that of who wrote

	Rights  tenants.Rights // of the connection in this chat
	Privacy bool           // privacy mode is on (Bot API getMe: not can_read_all_group_messages)

	Here    bool // the group is this connection's already, the one for new topics; then none of the next holds
	Ours    bool // the group is one of this tenant's, perhaps of another connection: they may share it
	Taken   bool // the group is another tenant's
	Earlier bool // the connection works here, but makes new topics in another group
	Further bool // the connection works in another group, which keeps its topics
}

// Answer is what follows from a /bind.
type Answer struct {
	// Bound: the group is this connection's from now on.
	Bound bool
	// Administrator is who the administrator is from now on; 0 unless Bound.
	Administrator tenants.UserID
	// Language is LANGUAGE from now on: the administrator's, as long as nobody has chosen
	// one; "" = it stays.
	Language tenants.Language
	// Text answers the message; without words = nothing may be said here. Of a
	// binding it is the group's greeting, to be said in General.
	Text tenants.Text
	// Reason says why, for tests and logs.
	Reason Reason
}

// Reason is why a binding was answered as it was.
type Reason string

const (
	Fits         Reason = "fits"
	Already      Reason = "already"       // bound to this group before, and nothing lacks
	WrongCode    Reason = "wrong_code"    // or none
	NoPerson     Reason = "no_person"     // written by a bot or a channel's automatic forward
	Anonymous    Reason = "anonymous"     // nobody knows who wrote
	NotAllowed   Reason = "not_allowed"   // somebody else is the administrator
	NotGroup     Reason = "not_group"     // typed in a private chat or a channel
	OtherTenant  Reason = "other_tenant"  // the group is another tenant's
	SomethingOff Reason = "something_off" // see Lacks
)

// Bind decides what follows from a /bind. The message is known to be that
// command, for this connection, and new: an edit never binds.
func Bind(f Facts, m tenants.Message) Answer {
	reason := judge(f, m)
	answer := Answer{Reason: reason}
	switch reason {
	case Fits:
		answer.Bound = true
		answer.Administrator = m.From.ID
		if !f.Chosen && f.Language != tenants.English {
			answer.Language = f.Language
		}
		answer.Text = Greeting(f)
		if f.Earlier {
			answer.Text = tenants.Plain(f.say(say.BindBack))
		}
	case Already, SomethingOff:
		answer.Text = report(f, m.Chat, reason)
	case WrongCode:
		if known(f, m) {
			answer.Text = refusal(reason, f)
		}
	case NoPerson:
		// Automatons get no answer, least of all each other's.
	case Anonymous, NotAllowed, NotGroup, OtherTenant:
		answer.Text = refusal(reason, f)
	default:
		panic("onboard: unknown reason " + string(reason))
	}
	return answer
}

// judge goes from what makes us silent to what can be put right.
func judge(f Facts, m tenants.Message) Reason {
	switch {
	case m.From.Bot && !anonymous(m), m.AutoPost:
		return NoPerson
	case !matches(f.Code, typed(m.Content.Text.Text)):
		return WrongCode
	case m.Chat.Kind != tenants.Group:
		return NotGroup
	case anonymous(m):
		return Anonymous
	case f.Administrator != 0 && m.From.ID != f.Administrator:
		return NotAllowed
	case f.Taken:
		return OtherTenant
	case len(Lacks(f, m.Chat)) > 0:
		return SomethingOff
	case f.Here:
		return Already
	default:
		return Fits
	}
}

// anonymous tells that Telegram does not say which person wrote: as the group
// itself, or as a channel.
func anonymous(m tenants.Message) bool {
	return m.Sender != nil || m.From.ID <= 0 ||
		m.From.ID == tenants.AnonymousAdmin || m.From.ID == tenants.ChannelSender
}

// known tells that we may speak here without having seen the code: in a group
// of ours, or to the administrator.
func known(f Facts, m tenants.Message) bool {
	return f.Here || f.Ours || (f.Administrator != 0 && m.From.ID == f.Administrator)
}

// Standing is what a connection can do in a group of its own, and what is to be
// said about it.
type Standing struct {
	Works bool
	Text  tenants.Text
}

// Stand tells how a connection stands in a group; member is whether it is in it.
func Stand(f Facts, chat tenants.Chat, member bool) Standing {
	if !member {
		return Standing{Text: tenants.Plain(f.say(say.BindOut))}
	}
	works := chat.Forum && f.Rights.Admin && f.Rights.ManageTopics
	var lines []string
	if works {
		lines = append(lines, f.say(say.BindWorks))
	} else {
		lines = append(lines, f.say(say.BindMissing))
	}
	for _, lack := range Lacks(f, chat) {
		lines = append(lines, "• "+lack)
	}
	if !works {
		lines = append(lines, f.say(say.BindUntilThen))
	}
	return Standing{Works: works, Text: tenants.Plain(strings.Join(lines, "\n"))}
}

// Lacks are what keeps the connection from working in a group, each with what
// to tap, in the order in which to do it; nil if it can.
func Lacks(f Facts, chat tenants.Chat) []string {
	var out []string
	if !chat.Forum {
		out = append(out, f.say(say.BindTopicsOff))
	}
	if !f.Rights.Admin {
		return append(out, f.say(say.BindNoAdmin))
	}
	if !f.Rights.ManageTopics {
		out = append(out, f.say(say.BindNoTopics))
	}
	if !f.Rights.DeleteMessages {
		out = append(out, f.say(say.BindNoDeleting))
	}
	return out
}

// Hints are what does not hinder binding but will be missed in client groups.
func Hints(f Facts) []string {
	if !f.Privacy {
		return nil
	}
	return []string{f.say(say.BindPrivacy)}
}
