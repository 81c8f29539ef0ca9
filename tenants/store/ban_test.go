package store_test

import (
	"fmt"
	"slices"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// ignored lists IGNORE_CHATS as they are set, in order.
func (f *file) ignored() (all []string) {
	for _, v := range must(f.Params()) {
		if v.Name == tenants.IgnoreChats {
			all = append(all, fmt.Sprintf("%d: %s", v.Level.Connection, v.Value))
		}
	}
	slices.Sort(all)
	return all
}

// TestBans: of a group each connection that could step in ignores it; of a private
// chat the one that serves it; and bans that were decided at the same time both count.
func TestBans(t *testing.T) {
	f := open(t)
	f.client()
	for _, c := range []tenants.ConnectionID{bot1, bot2} {
		f.apply(0, dialog.Decision{Binding: &dialog.Binding{Connection: c, Group: tenants.Chat{ID: group, Kind: tenants.Group}, Administrator: anna}})
	}
	ban := func(i dialog.Ignoring) { f.apply(1, dialog.Decision{Ignore: &i}) }
	const shop, club = tenants.ChatID(-1001), tenants.ChatID(-1002)
	ban(dialog.Ignoring{Chat: shop, Connection: bot1, Group: group, On: true})
	ban(dialog.Ignoring{Chat: club, Connection: bot1, Group: group, On: true})
	ban(dialog.Ignoring{Chat: 55, Connection: bot1, On: true})
	equal(t, "banned", f.ignored(), []string{"1: 777000, -1001, -1002, 55", "2: 777000, -1001, -1002"})
	f.write(func(tx *store.Tx) error {
		return tx.SetParam(tenants.Value{Name: tenants.IgnoreChats, Value: "777000, 1"})
	})
	ban(dialog.Ignoring{Chat: club, Connection: bot2, Group: group})
	ban(dialog.Ignoring{Chat: shop, Connection: bot2, Group: group})
	ban(dialog.Ignoring{Chat: 55, Connection: bot1})
	equal(t, "lifted", f.ignored(), []string{"0: 777000, 1", "1: 777000", "2: 777000"})
	ban(dialog.Ignoring{Chat: -100, Connection: bot1, Group: group, On: true})
	f.apply(0, dialog.Decision{Moved: []dialog.Move{{From: -100, To: -1000000000100}}})
	equal(t, "moved", f.ignored(), []string{"0: 777000, 1", "1: 777000, -100, -1000000000100", "2: 777000, -100, -1000000000100"})
}
