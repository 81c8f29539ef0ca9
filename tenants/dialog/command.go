package dialog

import (
	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

// Command decides a command about the dialog that the topic's actor hands over.
// Whether the writer may use it here is decided already (InTopic).
func Command(s State, m tenants.Message, call command.Call, f Facts) Decision {
	d := begin(s, f)
	d.seeOperator(&m)
	if call.Name == command.Say { // it may be an answer
		d.reply(&m, call)
		return d.done()
	}
	if call.Name == command.Mark { // it may cause one
		d.label(&m, call)
		return d.done()
	}
	d.inside(&m)
	switch call.Name {
	case command.Hold:
		d.set(Hold, &m)
	case command.Wait:
		d.set(Wait, &m)
	case command.Close:
		d.set(Close, &m)
	case command.Mode:
		d.mode(&m, call)
	case command.Del:
		d.del(&m)
	case command.Undo:
		d.undo(&m)
	case command.Info:
		d.info(&m)
	case command.Ban:
		d.ban(&m)
	case command.Unban:
		d.unban(&m)
	case command.Set:
		d.setHere(&m, call)
	case command.Take:
		d.take(&m)
	case command.Give:
		d.give(&m, call)
	case command.Free:
		d.free(&m)
	default:
		panic("dialog: command " + string(call.Name) + " is not about a dialog")
	}
	return d.done()
}

// set changes the status. That it worked is seen by the title and a sign.
func (d *draft) set(h Happening, m *tenants.Message) {
	d.s.SaidBy = ""
	d.become(h, d.out.Operator.ID)
	d.still()
	d.mark(m.Ref(), signDone)
}

// info shows the card. Where HIDE_INFO hides it, it is for managers in private,
// which needs the setup bot.
func (d *draft) info(m *tenants.Message) {
	if d.f.Settings.Hide.Command {
		d.tell(m.Ref(), d.words(say.InfoNoSetup), false)
		return
	}
	d.say(answerTo(m.Ref(), d.card(), false), ClassAnswer)
}
