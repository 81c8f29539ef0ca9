package store_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// annabella is somebody of whom the file knows all that it can know of a person.
const annabella tenants.UserID = 7_123_456_789

// people fills a file: Anna with two bots and in a group, in which Boris is too.
func people(f *file) {
	who := tenants.Person{ID: annabella, First: "Annabella", Last: "Leeds", Username: "anna_leeds"}
	boris := tenants.Person{ID: 7_000_000_001, First: "Boris", Username: "boris_b"}
	for id, by := range map[tenants.DialogID]tenants.ConnectionID{1: bot1, 2: bot2} {
		f.apply(id, dialog.Decision{
			State: &dialog.State{
				ID: id, Connection: by, Chat: tenants.Chat{ID: tenants.ChatID(annabella), Kind: tenants.Private, Username: "anna_leeds"}, Client: who,
				Group: group, Status: dialog.UserAnswered, FirstSeen: start, Shown: "Annabella Leeds", Title: "🟪 Annabella Leeds",
				People: []tenants.Person{who},
			},
			Topic:  &dialog.TopicChange{Title: new("🟪 Annabella Leeds"), Thread: new(tenants.ThreadID(70 + id))},
			Events: []dialog.Event{{At: start, Kind: dialog.MessageReceived, Dialog: id, Person: annabella}},
		})
	}
	club := dialog.State{
		ID: 3, Connection: bot1, Chat: tenants.Chat{ID: -1000000000055, Kind: tenants.Group, Title: "Parquet club"}, Group: group,
		Status: dialog.UserAnswered, FirstSeen: start, People: []tenants.Person{boris, who}, SaidBy: fmt.Sprintf("user:%d#5", annabella), SaidAt: start,
	}
	club.Rare.Walks = dialog.Walks{Came: []tenants.Person{who, boris}}
	club.Rare.Assignee = dialog.Assignee{ID: annabella, Name: "Annabella", Since: start}
	club.Rare.Banned = []dialog.Banned{{ID: tenants.ChatID(annabella), Since: start}}
	banned := dialog.Act{At: start, By: boris, Name: "ban person", Dialog: 3, Detail: fmt.Sprint(int64(annabella))}
	f.apply(3, dialog.Decision{
		State: &club, Topic: &dialog.TopicChange{Title: new("🟪 Parquet club"), Thread: new(tenants.ThreadID(73))}, Acts: []dialog.Act{banned},
	})
	there := incoming(3, "in the club")
	there.Lane.Dialog = 3
	there.Source = tenants.MessageRef{Chat: club.Chat.ID, ID: 1}
	there.Effect = &dialog.Send{Way: dialog.Copy, Parts: []dialog.Part{part(there.Source, "in the club")}, Writer: tenants.ChatID(annabella)}
	f.done(f.queue(there)[0], 102)
	there.Source.ID = 2
	there.Effect = &dialog.Send{Way: dialog.Copy, Parts: []dialog.Part{part(there.Source, "in the club")}, Writer: tenants.ChatID(annabella)}
	f.queue(there)
	there.Source.ID = 1
	there.Effect = &dialog.Edit{Of: there.Source, New: *there.Effect.(*dialog.Send)}
	f.queue(there)
	source := tenants.MessageRef{Chat: tenants.ChatID(annabella), ID: 1}
	job := incoming(1, "my plan")
	job.Source, job.Effect = source, &dialog.Send{Way: dialog.Copy, Parts: []dialog.Part{part(source, "my plan")}}
	f.done(f.queue(job)[0], 101)
	job.Source.ID = 2
	job.Effect = &dialog.Send{Way: dialog.Copy, Album: "a", Parts: []dialog.Part{part(source, "a plan with parts"), part(tenants.MessageRef{Chat: source.Chat, ID: 3}, "")}}
	f.queue(job)
	f.write(func(tx *store.Tx) error {
		return errors.Join(
			tx.SetParam(tenants.Value{Level: tenants.Level{Dialog: 1}, Name: "WELCOME", Value: "Dear Annabella"}),
			tx.SetParam(tenants.Value{Level: tenants.Level{Connection: bot1}, Name: tenants.IgnoreChats, Value: fmt.Sprintf("777000, %d", annabella)}),
			tx.PutBudget(store.BudgetOf{Connection: bot1, Chat: tenants.ChatID(annabella)}, []byte("{}")))
	})
	f.apply(1, dialog.Decision{Hold: []dialog.Held{{Message: tenants.Message{
		Chat: tenants.Chat{ID: group}, ID: 400, From: who, Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("held words")},
	}}}, Operator: who})
}

// traces are all that could betray Anna in a file's bytes.
func traces() [][]byte {
	number := binary.BigEndian.AppendUint64(nil, uint64(annabella))[2:] // as SQLite writes it: six bytes
	return [][]byte{
		[]byte("Annabella"), []byte("Leeds"), []byte("anna_leeds"), []byte(fmt.Sprint(int64(annabella))), number,
		[]byte("plan with parts"), []byte("held words"),
	}
}

// left are the traces that are in the file or in its log.
func (f *file) left() (found []string) {
	f.t.Helper()
	f.close()
	defer f.open()
	return f.standing()
}

// standing is left while the file is open. (To read it so ends SQLite's locks, which
// nobody needs here.)
func (f *file) standing() (found []string) {
	f.t.Helper()
	for _, name := range []string{f.path, f.path + "-wal"} {
		text, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			f.t.Fatal(err)
		}
		for _, trace := range traces() {
			if bytes.Contains(text, trace) {
				found = append(found, fmt.Sprintf("%q", trace))
			}
		}
	}
	return found
}

// TestForget: of somebody who is erased not a byte is left, and others stay.
func TestForget(t *testing.T) {
	f := open(t)
	people(f)
	if n := len(f.left()); n != len(traces()) {
		t.Errorf("%d of %d traces are in the file before", n, len(traces()))
	}
	who := must(f.Whom("@Anna_Leeds"))
	equal(t, "found", len(who), 1)
	for _, text := range []string{fmt.Sprint(int64(annabella)), "anna_leeds", "dialog:2", "1", fmt.Sprintf("id:%d", annabella)} {
		equal(t, text, must(f.Whom(text)), who)
	}
	var erased []store.Erased
	f.write(func(tx *store.Tx) (err error) {
		erased, err = tx.Forget(who[0], true)
		return err
	})
	if err := f.Scrub(); err != nil {
		t.Fatal(err)
	}
	if left := f.left(); len(left) > 0 {
		t.Errorf("still in the file: %v", left)
	}
	slices.SortFunc(erased, func(a, b store.Erased) int { return strings.Compare(a.Table, b.Table) })
	equal(t, "erased", fmt.Sprint(erased), "[{acts 1} {budgets 1} {dialogs 4} {events 2} {held 1} {jobs 3} {links 2} {names 3} {operators 1} {params 2} {parts 2} {topics 2}]")
	equal(t, "bans", f.ignored(), []string{"1: 777000"})
	for _, text := range []string{"@anna_leeds", fmt.Sprint(int64(annabella)), "dialog:1"} {
		equal(t, text, len(must(f.Whom(text))), 0)
	}
	club := must(f.Dialog(3))
	equal(t, "who else was met", []string{club.People[0].First, club.Rare.Walks.Came[0].First}, []string{"Boris", "Boris"})
	equal(t, "number of the next dialog", must(f.NextDialogID()), tenants.DialogID(4))
	equal(t, "what was counted", must(f.Count("events")), int64(2))
}

// TestScrubEmptiesTheLog: what was written lately stands in the log of the file too.
func TestScrubEmptiesTheLog(t *testing.T) {
	f := open(t)
	people(f)
	f.write(func(tx *store.Tx) error { _, err := tx.Forget(must(f.Whom("1"))[0], true); return err })
	if len(f.standing()) == 0 {
		t.Error("the log holds nothing before: this test shows nothing")
	}
	if err := f.Scrub(); err != nil {
		t.Fatal(err)
	}
	if left := f.standing(); len(left) > 0 {
		t.Errorf("still in the file or its log: %v", left)
	}
}

// TestForgetOfWhatIsUnderWay: what is being tried has to be settled before.
func TestForgetOfWhatIsUnderWay(t *testing.T) {
	f := open(t)
	f.client()
	f.try(f.queue(incoming(1, "one"))[0], start)
	who := must(f.Whom("dialog:1"))[0]
	err := f.Write(start, func(tx *store.Tx) error { _, err := tx.Forget(who, true); return err })
	if !errors.Is(err, store.ErrUnderWay) {
		t.Errorf("while it is tried: %v", err)
	}
	f.write(func(tx *store.Tx) error { _, err := tx.Forget(who, false); return err })
	equal(t, "left", len(must(f.Heads())), 0)
}

// TestScrubAfterACrash: what was to be scrubbed is, when the file is opened next.
func TestScrubAfterACrash(t *testing.T) {
	f := open(t)
	people(f)
	f.write(func(tx *store.Tx) error { _, err := tx.Forget(must(f.Whom("1"))[0], true); return err })
	f.reopen()
	if left := f.left(); len(left) > 0 {
		t.Errorf("still in the file: %v", left)
	}
	equal(t, "the mark", must(f.Meta("scrub")), nil)
}

// TestForgetAGroup: one dialog goes with all that it is.
func TestForgetAGroup(t *testing.T) {
	f := open(t)
	people(f)
	who := must(f.Whom("-1000000000055"))
	equal(t, "found", fmt.Sprint(who), "[{0 -1000000000055 [3] [-1000000000055 Parquet club] [] []}]")
	f.write(func(tx *store.Tx) error { _, err := tx.Forget(who[0], true); return err })
	equal(t, "stands", len(must(f.Standing("Parquet club", -1000000000055))), 0)
	equal(t, "others stand", fmt.Sprint(must(f.Standing("Annabella", int64(annabella)))),
		"[{budgets 1} {dialogs 2} {events 2} {held 1} {jobs 1} {links 1} {names 2} {operators 1} {params 1} {parts 2} {topics 2}]")
}

// TestEveryTableIsForgotten: each table of the schema is named where it is said what
// of it is about somebody.
func TestEveryTableIsForgotten(t *testing.T) {
	text := source(t, ".")
	for _, table := range regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`).FindAllStringSubmatch(tables(), -1) {
		if table[1] == "before" {
			continue
		}
		if !regexp.MustCompile(`\{"`+table[1]+`", "`).MatchString(text) && !slices.Contains(store.OfNobody, table[1]) {
			t.Errorf("table %s: what of it is about somebody?", table[1])
		}
	}
}

// TestScrubReachesPages: where pages were split and joined, copies of rows stay in
// what no row uses, which deleting does not reach.
func TestScrubReachesPages(t *testing.T) {
	f := open(t)
	people(f)
	rng := rand.New(rand.NewPCG(1, 2))
	who := must(f.Dialog(1)).Client
	f.write(func(tx *store.Tx) error {
		for range 2000 { // her row in one chat after the other, amid rows that grow and shrink
			id := tenants.DialogID(4 + rng.IntN(60))
			met := []tenants.Person{{ID: tenants.UserID(id), First: strings.Repeat("x", rng.IntN(900))}}
			if rng.IntN(20) == 0 {
				met = append(met, who)
			}
			_, err := tx.Apply(id, &dialog.Decision{State: &dialog.State{
				ID: id, Connection: bot1, Chat: tenants.Chat{ID: tenants.ChatID(100 + id), Kind: tenants.Private}, People: met,
			}}, f.key)
			if err != nil {
				return err
			}
		}
		return nil
	})
	f.write(func(tx *store.Tx) error { _, err := tx.Forget(must(f.Whom("1"))[0], true); return err })
	if err := f.Script("DELETE FROM meta WHERE name = 'scrub'"); err != nil {
		t.Fatal(err)
	}
	if len(f.left()) == 0 {
		t.Error("nothing is left without a scrub: this test shows nothing")
	}
	f.write(func(tx *store.Tx) error { _, err := tx.Forget(store.Who{User: 1}, true); return err })
	f.reopen()
	if left := f.left(); len(left) > 0 {
		t.Errorf("still in the file: %v", left)
	}
}
