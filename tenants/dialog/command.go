package dialog

import (
	"topicdesk/tenants"
	"topicdesk/tenants/command"
)

// Command decides a command about the dialog that the topic's actor hands over.
// Whether the writer may use it here is decided already (InTopic).
func Command(s State, m tenants.Message, call command.Call, f Facts) Decision {
	d := begin(s, f)
	d.seeOperator(&m)
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
	switch {
	case !d.f.Settings.Hide.Command:
		d.say(answerTo(m.Ref(), d.card(), false), ClassAnswer)
	case d.f.Writer.Manager:
		d.tell(m.Ref(), sayInfoNoSetup, false)
	default:
		d.tell(m.Ref(), sayInfoPrivate, false)
	}
}
