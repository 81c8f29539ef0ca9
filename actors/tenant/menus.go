package tenant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/dialog"
)

// Telegram keeps the menus of commands. The file keeps what was set there, so that only
// what differs is set, and nothing where nothing differs.

// offer is the menus of one connection that are on their way to Telegram.
type offer struct {
	since time.Time
	menus []telegram.Menu
	sums  []string                      // of menus
	all   map[tenants.ChatID]string     // sums of all that is wanted of each group
	kept  map[tenants.ChatID]*menusKept // as in the file
}

// menusKept is what the file knows of a group's menus of one connection.
type menusKept struct {
	// Sums are those of the lists that Telegram has. "" = one may have been changed:
	// it is being set, or was when the opening ended.
	Sums map[string]string `json:"sums"`
	// Failed is when the lists with the sum All could not all be set; zero = they were.
	Failed time.Time `json:"failed,omitzero"`
	All    string    `json:"all,omitempty"`
}

// menusName names what is kept of a group's menus.
func menusName(c tenants.ConnectionID, group tenants.ChatID) string {
	return fmt.Sprintf("menu:%d:%d", c, group)
}

// listName names a list within a group.
func listName(id tenants.UserID, l tenants.Language) string { return fmt.Sprintf("%d:%s", id, l) }

// offerMenus sets, after the commit and away from all actors, the menus of all groups
// that are not there as they should be. One attempt of a connection is under way at a
// time; when it ends, what has changed meanwhile is set.
func (t *Tenant) offerMenus() error {
	t.menusAgain = time.Time{}
	for _, c := range t.order {
		gateway, _ := t.opt.Host.Gateway(c)
		if gateway == nil || t.menus[c] != nil {
			continue
		}
		o := &offer{since: t.now(), all: map[tenants.ChatID]string{}, kept: map[tenants.ChatID]*menusKept{}}
		for _, p := range t.logins[c].places {
			if p.Lack == dialog.LacksPlace {
				continue
			}
			if err := t.compare(o, c, p.Group); err != nil {
				return err
			}
		}
		if len(o.menus) == 0 {
			continue
		}
		t.menus[c] = o
		t.later(func() {
			t.away(func() { t.self.Tell(Offered{Connection: c, Done: setMenus(t.ctx, gateway, o.menus)}) })
		})
	}
	return nil
}

// compare adds to an offer what differs in a group, and keeps that it is unknown from now
// on. What failed is left for a while.
func (t *Tenant) compare(o *offer, c tenants.ConnectionID, group tenants.ChatID) error {
	kept := &menusKept{Sums: map[string]string{}}
	data, err := t.tx.Meta(menusName(c, group))
	if err != nil {
		return fmt.Errorf("read which menus a group has: %w", err)
	}
	if data != nil {
		if err := json.Unmarshal(data, kept); err != nil {
			return fmt.Errorf("read which menus a group has: %w", err)
		}
	}
	menus, sums, all := differing(kept.Sums, group, command.Lists(t.settingsOf(c, tenants.Group, 0)))
	since := t.now().Sub(kept.Failed)
	switch {
	case len(menus) == 0:
		return nil
	case kept.All == all && since >= 0 && since < tenants.MenuAgain:
		if again := kept.Failed.Add(tenants.MenuAgain); t.menusAgain.IsZero() || again.Before(t.menusAgain) {
			t.menusAgain = again
		}
		return nil
	}
	for _, m := range menus {
		kept.Sums[listName(m.User, m.Language)] = ""
	}
	o.menus, o.sums = append(o.menus, menus...), append(o.sums, sums...)
	o.all[group], o.kept[group] = all, kept
	return t.keepMenus(c, group, kept)
}

func (t *Tenant) keepMenus(c tenants.ConnectionID, group tenants.ChatID, kept *menusKept) error {
	data, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return t.tx.SetMeta(menusName(c, group), data)
}

// differing are the menus to be set in a group, with their sums, and those to be taken
// away; all is the sum of everything wanted.
func differing(has map[string]string, group tenants.ChatID, lists []command.List) (menus []telegram.Menu, sums []string, all string) {
	everything := fnv.New64a()
	wanted := map[string]bool{}
	for _, l := range lists {
		sum := sumOf(l.Entries)
		name := listName(l.User, l.Language)
		wanted[name] = true
		fmt.Fprintln(everything, name, sum)
		if has[name] != sum {
			menus, sums = append(menus, menuOf(group, l)), append(sums, sum)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(has)) {
		if wanted[name] {
			continue
		}
		m := telegram.Menu{Chat: group}
		if n, _ := fmt.Sscanf(name, "%d:%s", &m.User, &m.Language); n > 0 {
			menus, sums = append(menus, m), append(sums, "")
		}
	}
	return menus, sums, fmt.Sprintf("%x", everything.Sum64())
}

func sumOf(entries []command.Entry) string {
	sum := fnv.New64a()
	for _, e := range entries {
		fmt.Fprintf(sum, "%q %q\n", e.Name, e.Help)
	}
	return fmt.Sprintf("%x", sum.Sum64())
}

func menuOf(group tenants.ChatID, l command.List) telegram.Menu {
	m := telegram.Menu{Chat: group, User: l.User, Language: l.Language}
	for _, e := range l.Entries {
		m.Commands = append(m.Commands, telegram.MenuCommand{Name: string(e.Name), Help: e.Help})
	}
	return m
}

// setMenus sets menus one after the other, and tells which. A member or a group whose
// menus Telegram refuses is passed over, and has none to be taken away; anything else,
// as a flood, ends it.
func setMenus(ctx context.Context, g telegram.Gateway, menus []telegram.Menu) []bool {
	done := make([]bool, len(menus))
	refused := map[memberOf]bool{}
	for i, m := range menus {
		of := memberOf{group: m.Chat, user: m.User}
		if refused[of] || refused[memberOf{group: m.Chat}] {
			continue
		}
		switch err := g.SetMenu(ctx, m); {
		case err == nil:
			done[i] = true
		case passes(err):
			refused[of], done[i] = true, len(m.Commands) == 0
		default:
			return done
		}
	}
	return done
}

// passes tells that a refusal is of one member or group, and no other's.
func passes(err error) bool {
	var told *telegram.ReceiveError
	if !errors.As(err, &told) {
		return false
	}
	o := told.Outcome
	return o.Kind == tenants.Refused || o.Kind == tenants.Moved || o.Kind == tenants.Gone && o.Gone != tenants.GoneLogin
}

// offered keeps what was set, and when the rest failed.
func (t *Tenant) offered(m Offered) error {
	o := t.menus[m.Connection]
	delete(t.menus, m.Connection)
	for _, kept := range o.kept {
		kept.Failed, kept.All = time.Time{}, ""
	}
	failed := 0
	for i, menu := range o.menus {
		kept, name := o.kept[menu.Chat], listName(menu.User, menu.Language)
		switch {
		case !m.Done[i]:
			failed++
			kept.Failed, kept.All = t.now(), o.all[menu.Chat]
		case len(menu.Commands) == 0:
			delete(kept.Sums, name)
		default:
			kept.Sums[name] = o.sums[i]
		}
	}
	for group, kept := range o.kept {
		if err := t.keepMenus(m.Connection, group, kept); err != nil {
			return err
		}
	}
	if failed > 0 {
		t.opt.Log.Info("menus of commands not set", "tenant", t.opt.ID, "connection", m.Connection, "lists", failed)
	}
	return t.offerMenus()
}

// offering tells that menus are on their way that the opening waits for.
func (t *Tenant) offering(now time.Time) bool {
	for _, o := range t.menus {
		if now.Sub(o.since) < tenants.MenuWithin {
			return true
		}
	}
	return false
}
