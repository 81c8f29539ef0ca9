package world

import (
	"fmt"
	"time"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
	"topicdesk/tenants/store"
)

// checkMenus: the team reads the commands of the group's language, as many as its
// members may type, if Telegram took all lists. Nothing is set for nothing: once all
// is quiet, no call.
func (r *run) checkMenus(quiet time.Time) (err error) {
	for _, e := range r.World.Log() {
		if e.Method != "setMyCommands" {
			continue
		}
		if e.Code != 200 || e.Loss != sim.LossNone { // of whichever tenant
			return nil // those are tried again when an hour is over, or with the next opening
		}
		if e.Chat == r.Forum && e.At.After(quiet) {
			return fmt.Errorf("menus were set at %s, when nothing had changed since %s", e.At, quiet)
		}
	}
	var values []tenants.Value
	r.look(func(f store.Reads) { values, err = f.Params() })
	if err != nil || values == nil {
		return err
	}
	for n, bot := range r.Bots {
		set := tenants.Resolve(values, tenants.ConnectionID(n+1), tenants.Group, 0, tenants.UserID(r.Admin))
		for who, is := range map[int64]command.Permission{r.ops[0]: command.Operator, r.Admin: command.Manager} {
			if err := r.checkMenu(bot, who, command.Menu(is, set.Hide, set.Language)); err != nil {
				return fmt.Errorf("%w, in %s", err, set.Language)
			}
		}
	}
	return nil
}

func (r *run) checkMenu(bot, who int64, want []command.Entry) error {
	var shown []command.Entry
	for _, c := range r.World.Commands(who, r.Forum) {
		if c.Bot == bot {
			shown = append(shown, command.Entry{Name: command.Name(c.Command), Help: c.Description})
		}
	}
	if fmt.Sprint(shown) != fmt.Sprint(want) {
		return fmt.Errorf("%d reads the menu %v and should read %v", who, shown, want)
	}
	r.seen.Menus++
	return nil
}

// checkGreetings: a client is greeted in the language of his app, if we speak it.
func (r *run) checkGreetings([]sim.Shown) error {
	for _, c := range r.clients {
		for _, m := range r.World.View(c.id, c.bot, 0) {
			for _, l := range say.Languages() {
				if m.Bot && string(l) != c.language && c.language != "" && m.Text == say.DefaultWelcome.In(l) {
					return fmt.Errorf("%s reads %s and is greeted in %s", c.name, c.language, l)
				}
			}
		}
	}
	return nil
}
