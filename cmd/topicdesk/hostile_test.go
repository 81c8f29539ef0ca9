package main

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// abuse is what a tenant does to its node.
type abuse struct {
	name string
	id   tenants.TenantID
	// clients, values and what before writes are there when the node starts; broken is
	// done to the closed file. nil = nothing.
	clients int
	values  []tenants.Value
	before  func(*villager, *store.Tx) error
	broken  func(*villager)
	// begin is done once, more over and over; nil = nothing.
	begin, more func(*villager)
	// sees is what the host reads of it, on the console or in the log; "" = nothing.
	sees string
}

// longText is as long as Telegram allows and made of beginnings of manyWords.
var longText = strings.Repeat("a0000 ", tenants.MaxText/6)

// manyWords is an expression as long as a parameter may be, of words that are nearly
// alike and not in longText, but for the last.
func manyWords() string {
	var words []string
	for n := 0; n < tenants.MaxExpression/9-2; n++ {
		words = append(words, fmt.Sprintf("%q", fmt.Sprintf("a%05d", n+10000)))
	}
	return strings.Join(append(words, `"a"`), ",")
}

// flood has all clients write, many texts each time.
func flood(text string, each int) func(*villager) {
	n := 0
	return func(who *villager) {
		who.door.With(func(w *sim.World) {
			for range each {
				n++
				if _, err := w.Say(who.clients[n%len(who.clients)], who.bot, 0, text); err != nil {
					who.t.Error(err)
				}
			}
		})
	}
}

// troubled plans a fault that strikes only this tenant's bot.
func troubled(f sim.Fault) func(*villager) {
	return func(who *villager) {
		f.Bot = who.bot
		who.door.With(func(w *sim.World) { w.AddFault(f) })
	}
}

func both(all ...func(*villager)) func(*villager) {
	return func(who *villager) {
		for _, do := range all {
			do(who)
		}
	}
}

// abuses are the script of a hostile tenant; what makes a node wait comes first, so
// that its time is over when the node stops.
func abuses() []abuse {
	return []abuse{
		{
			name: "calls hang", id: "hang", clients: 120,
			begin: both(troubled(sim.Fault{Do: sim.Black, Method: "copyMessage"}), troubled(sim.Fault{Do: sim.Black, Method: "sendMessage"}),
				troubled(sim.Fault{Do: sim.Black, Method: "createForumTopic"})),
			more: flood("hanging", 30), sees: `hang: (full: [0-9]+ jobs wait, and limits.tenant_outbox allows no more)`,
		},
		{name: "flood of long texts", id: "texts", clients: 20, values: []tenants.Value{{Name: "PRIVATE_KEYWORDS", Value: manyWords()}},
			more: flood(longText, 20)},
		{name: "storm of edits", id: "edits", clients: 5, begin: flood("first", 5), more: editAll},
		{name: "new clients", id: "crowd", more: newcomers},
		{name: "client groups", id: "groups", clients: 1, values: []tenants.Value{{Name: "MONITOR_GROUPS", Value: "TRUE"}}, more: groups},
		{name: "floods at Telegram", id: "floods", clients: 30, begin: troubled(sim.Fault{Do: sim.Flood, Retry: 1, Chance: 0.9}), more: flood("flooded", 20)},
		{name: "binds again and again", id: "binds", more: binds},
		{name: "a message that crashes", id: "crashes", clients: 2, before: known, broken: nonsense, more: flood("crash", 2),
			sees: `msg="(update set aside): it crashed the tenant too often" tenant=crashes`},
		{name: "due all at once", id: "due", clients: 1, before: overdue},
		{name: "token revoked", id: "revoked", clients: 5, begin: revoke, more: flood("to nobody", 5), sees: `revoked, connection 1: (Telegram refuses the token)`},
		{name: "file damaged while it runs", id: "damaged", clients: 5, begin: damage, more: flood("damaged", 5), sees: `damaged: (stopped: its file is damaged)`},
		{name: "file can't be opened", id: "unopenable", clients: 5, broken: unopenable, more: flood("in vain", 5), sees: `unopenable: (waits: the disk is full, or fails)`},
		{name: "file at its limit", id: "heavy", clients: 5, before: heavy, more: flood(longText, 5),
			sees: `heavy: (full: [0-9]+ MiB of its file are in use, and limits.tenant_file_mib is 4)`},
	}
}

// editAll has the clients edit what they wrote.
func editAll(who *villager) {
	who.door.With(func(w *sim.World) {
		for i, client := range who.clients {
			for _, m := range w.View(client, who.bot, 0) {
				if err := w.Edit(client, who.bot, m.ID, sim.TextOf(fmt.Sprint("edit ", w.Logged()+i))); err != nil {
					break // not the client's own
				}
			}
		}
	})
}

func newcomers(who *villager) {
	for range 10 {
		who.says(who.comes("Newcomer"), "hello")
	}
}

// groups has the bot taken into new groups in which somebody writes.
func groups(who *villager) {
	who.door.With(func(w *sim.World) {
		for range 3 {
			group := w.NewSupergroup(who.clients[0], "Group")
			if err := w.AddMember(who.clients[0], group, who.bot); err != nil {
				who.t.Error(err)
			}
			for range 5 {
				if _, err := w.Say(who.clients[0], group, 0, "hello all"); err != nil {
					who.t.Error(err)
				}
			}
		}
	})
}

func binds(who *villager) {
	who.door.With(func(w *sim.World) {
		for range 5 {
			if _, err := w.Say(who.owner, who.forum, 0, "/bind "+who.code); err != nil {
				who.t.Error(err)
			}
		}
	})
}

func revoke(who *villager) { who.door.With(func(w *sim.World) { w.RevokeToken(who.bot) }) }

// known writes the rows of the clients' dialogs.
func known(who *villager, tx *store.Tx) error {
	for i, client := range who.clients {
		if err := putDialog(who, tx, i, client, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

// overdue writes dialogs that all want to be rung at once.
func overdue(who *villager, tx *store.Tx) error {
	for i := range 500 {
		if err := putDialog(who, tx, i, who.clients[0]+1_000_000+int64(i), time.Now().Add(-time.Hour)); err != nil {
			return err
		}
	}
	return nil
}

func putDialog(who *villager, tx *store.Tx, i int, client int64, wake time.Time) error {
	id := tenants.DialogID(i + 1)
	_, err := tx.Apply(id, &dialog.Decision{State: &dialog.State{
		ID: id, Connection: 1, Group: tenants.ChatID(who.forum), Chat: tenants.Chat{ID: tenants.ChatID(client), Kind: tenants.Private},
		Client: tenants.Person{ID: tenants.UserID(client), First: "Known"}, Status: dialog.SupportAnswered,
		FirstSeen: time.Now().Add(-100 * time.Hour), Delivered: time.Now().Add(-90 * time.Hour), Wake: wake, Shown: "Known",
	}}, func() tenants.SendKey { return 1 })
	return err
}

// heavy fills the file.
func heavy(_ *villager, tx *store.Tx) error { return tx.SetMeta("heavy", make([]byte, 3<<20+600<<10)) }

// nonsense writes what no decision can read: each message of these clients ends the
// opening.
func nonsense(who *villager) {
	db, err := sql.Open("sqlite", who.file())
	who.must(err)
	_, err = db.Exec(`UPDATE dialogs SET client = '"nonsense"'`)
	who.must(err)
	who.must(db.Close())
}

// unopenable puts a folder in the place of the file.
func unopenable(who *villager) {
	who.must(os.Remove(who.file()))
	who.must(os.Mkdir(who.file(), 0o700))
}

// damage overwrites the file while it is open, as a disk or a stranger does: not from
// this process, whose locks it would lose.
func damage(who *villager) {
	out, err := exec.Command("dd", "if=/dev/urandom", "of="+who.file(), "bs=4096", "count=60", "conv=notrunc").CombinedOutput()
	if err != nil {
		who.t.Errorf("%v: %s", err, out)
	}
}

// hostileSettings make limits small that are hours away with the usual ones.
var hostileSettings = []string{"limits.tenant_outbox=100", "limits.tenant_file_mib=4", "telegram.call_timeout=10s"}

// patientWithin is how long nothing of an ordinary tenant is on its way whatever
// another does: less than anything that hangs, and far more than is usual. How much is
// usual is for benchmarks to say.
const patientWithin = 5 * time.Second

// TestHostile: whatever one tenant does, all that is written to the others arrives, in
// its order and in time; and the host sees whose fault it is.
func TestHostile(t *testing.T) {
	v := newVillage(t, hostileSettings...)
	var others []*villager
	for n := range 5 {
		others = append(others, v.add(tenants.TenantID(fmt.Sprint("other-", n)), 2, nil))
	}
	all := abuses()
	hostile := map[tenants.TenantID]*villager{}
	for _, a := range all {
		who := v.add(a.id, a.clients, a.before, a.values...)
		if a.broken != nil {
			a.broken(who)
		}
		hostile[a.id] = who
	}
	v.begin(others)
	for _, a := range all {
		t.Run(a.name, func(t *testing.T) {
			who := hostile[a.id]
			quiet := v.window(100*time.Millisecond, 5*time.Millisecond, others)
			if a.begin != nil {
				a.begin(who)
			}
			stop := meanwhile(func() {
				if a.more != nil {
					a.more(who)
				}
				time.Sleep(10 * time.Millisecond)
			})
			loud := v.window(300*time.Millisecond, 5*time.Millisecond, others)
			if a.sees != "" {
				v.find(t, a.sees)
			}
			stop()
			v.door.With((*sim.World).ClearFaults)
			t.Logf("alone  %s", spread(quiet))
			t.Logf("beside %s", spread(loud))
			if most := loud[len(loud)-1]; most > patientWithin {
				t.Errorf("something was on its way for %s", most)
			}
		})
	}
	v.allThere(others)
	if fatal := regexp.MustCompile(`fatal error: .*`).FindString(v.String()); fatal != "" {
		t.Error(fatal)
	}
}
