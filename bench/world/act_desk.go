package world

import (
	"fmt"
	"regexp"

	sim "topicdesk/bench/telegram"
)

// commandsInTopics are what operators type in a client's topic, that sends nothing to
// anybody and keeps nothing away; most of it takes effect only with some of them.
var commandsInTopics = []string{
	"/hold", "/wait", "/close", "/info", "/help", "/say", "/mark", "/set", "/mode",
	"/mark VIP", "/mark vip", "/mark Gold", "/mark del VIP", "/mark del Gold", "/mark nobody",
	"/take", "/take", "/free", "/give @nobody", "/give",
	"/set AUTOCLOSE 2", "/set AUTOCLOSE default", "/set WELCOME OFF", "/set LANGUAGE ru", "/set NONSENSE 1",
	"/stats", "/new @zarathustra", "/say nothing", "/say del nothing", "/hodl",
}

// commandsInGeneral are what is typed in General.
var commandsInGeneral = []string{
	"/mark", "/mark help", "/mark new VIP", "/mark new Gold", "/mark VIP ticker ★", "/mark Gold ticker 🟡",
	"/mark VIP ticker CLEAR", "/mark Gold after VIP", "/mark Gold after CLEAR", "/mark VIP name Best", "/mark Best name VIP", "/mark del Gold",
	"/mark VIP", "/open", "/open mine", "/open free VIP", "/open all", "/queue", "/say", "/help", "/stats", "/export", "/send", "/hodl",
}

// worksAtDesk has somebody of the team type a command in the client's topic or in
// General, mostly an operator, now and then who may do everything.
func (r *run) worksAtDesk(w *sim.World, c *client) {
	who, topic, typed := r.ops[r.pick(2)], 0, commandsInGeneral
	if r.pick(3) == 0 {
		who = r.Admin
	}
	if r.pick(3) != 0 {
		if topic, typed = r.findTopic(w, c), commandsInTopics; topic == 0 {
			return
		}
	}
	if r.out {
		return
	}
	text := typed[r.pick(len(typed))]
	if _, err := w.Say(who, r.Forum, topic, text); err != nil {
		return // the topic is closed
	}
	r.seen.Commands++
	r.note(fmt.Sprintf("%s in topic %d", text, topic))
}

// aCommand is what begins as a command does.
var aCommand = regexp.MustCompile(`^\s*/\pL`)

// checkCommands: nothing that a bot of ours says to clients is a command.
func (r *run) checkCommands([]sim.Shown) error {
	for where, view := range r.clientViews() {
		for _, m := range view {
			if m.Bot && aCommand.MatchString(m.Text) {
				return fmt.Errorf("the command %q reached %s", m.Text, where)
			}
		}
	}
	return nil
}

// clientViews are the chats in which clients read.
func (r *run) clientViews() map[string][]sim.Shown {
	views := r.views()
	delete(views, "the group")
	return views
}
