package dialog

import (
	"slices"
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// Mode is what of an operator's plain words in one topic goes to the client.
type Mode string

const (
	ModeDefault Mode = ""       // as REPLY_ONLY says
	ModeAnswer  Mode = "answer" // all, whatever REPLY_ONLY says
	ModeReply   Mode = "reply"  // only replies to a client's message
	ModeListen  Mode = "listen" // nothing goes out, of ours neither
)

// modes are what can be typed behind /mode.
var modes = []string{string(ModeAnswer), string(ModeReply), string(ModeListen), modeDefault}

// modeDefault is what ModeDefault is called.
const modeDefault = "default"

// mode sets the topic's mode, or tells it. That it was set is seen by a sign,
// and listen by one in the title.
func (d *draft) mode(m *tenants.Message, call command.Call) {
	word := strings.ToLower(call.Rest)
	switch {
	case word == "":
		d.tell(m.Ref(), d.modeTold(), false)
	case !slices.Contains(modes, word):
		d.tell(m.Ref(), d.words(say.ModeUnknown, say.Values{"word": tenants.Clean(call.Rest), "modes": strings.Join(modes, ", ")}), true)
	default:
		d.s.SaidBy = ""
		d.s.Rare.Mode = Mode(strings.TrimPrefix(word, modeDefault))
		d.mark(m.Ref(), signDone)
	}
}

// modeTold says what goes out of this topic.
func (d *draft) modeTold() string {
	told := map[Mode]string{ModeAnswer: d.words(say.ModeAnswer), ModeReply: d.words(say.ModeReply), ModeListen: d.words(say.ModeListen)}
	switch mode := d.s.Rare.Mode; {
	case mode != ModeDefault:
		return told[mode]
	case d.f.Settings.ReplyOnly:
		return d.words(say.ModeDefaultReply)
	default:
		return d.words(say.ModeDefault)
	}
}

// replyOnly tells that only replies to a client's message are sent.
func (d *draft) replyOnly() bool {
	switch d.s.Rare.Mode {
	case ModeDefault:
		return d.f.Settings.ReplyOnly
	case ModeReply:
		return true
	case ModeAnswer, ModeListen:
		return false
	default:
		panic("dialog: unknown mode " + string(d.s.Rare.Mode))
	}
}

// listens tells that nothing goes out of this topic.
func (s *State) listens() bool { return s.Rare.Mode == ModeListen }
