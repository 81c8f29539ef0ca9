package world

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	sim "topicdesk/bench/telegram"
)

// squares are what titles begin with, by status.
var squares = map[string]string{"user_answered": "🟪", "support_answered": "🟨", "closed": "⬛️"}

// topicRow is a dialog with what its topic should be called, as a tenant's file has it.
type topicRow struct {
	group  int64
	thread int
	status string
	away   bool // unreachable
	title  string
	dialog int
}

// checkTitles holds titles against what they stand for: the square is that of the
// status, and Telegram shows the title that was decided last.
func (r *run) checkTitles(db *sql.DB) error {
	all, err := rowsOf(db, `SELECT t.group_chat, t.thread, d.status, d.unreachable, t.title, d.id FROM topics t JOIN dialogs d ON d.id = t.dialog`, func(rows *sql.Rows) (t topicRow, err error) {
		err = rows.Scan(&t.group, &t.thread, &t.status, &t.away, &t.title, &t.dialog)
		return t, err
	})
	if err != nil {
		return err
	}
	signs, err := tickersOf(db)
	if err != nil {
		return err
	}
	for _, t := range all {
		if err := r.checkTitle(t, signs[t.dialog]); err != nil {
			return err
		}
	}
	return nil
}

// tickersOf are the signs of labels by dialog, in the order in which the labels were made.
func tickersOf(db *sql.DB) (map[int]string, error) {
	type sign struct {
		dialog int
		ticker string
	}
	all, err := rowsOf(db, "SELECT d.dialog, l.ticker FROM dialog_labels d JOIN labels l ON l.id = d.label WHERE l.gone = 0 AND l.ticker <> '' ORDER BY l.id", func(rows *sql.Rows) (s sign, err error) {
		err = rows.Scan(&s.dialog, &s.ticker)
		return s, err
	})
	signs := map[int]string{}
	for _, s := range all {
		if !strings.Contains(signs[s.dialog]+" ", " "+s.ticker+" ") {
			signs[s.dialog] += " " + s.ticker
		}
	}
	return signs, err
}

func (r *run) checkTitle(t topicRow, tickers string) error {
	signs := squares[t.status]
	if t.away {
		signs += "🚫"
	}
	if t.thread != 0 && !strings.HasPrefix(t.title, signs+tickers) {
		return fmt.Errorf("the title %q is of a dialog that is %s, unreachable: %t, with the signs%s", t.title, t.status, t.away, tickers)
	}
	if t.thread == 0 || t.group != r.Forum || r.denied() {
		return nil
	}
	shown, there := r.World.Topic(t.group, t.thread)
	unheard := shown.Name == namedByTeam && r.loses("message")
	if there && shown.Name != t.title && !unheard {
		return fmt.Errorf("the topic %q should be called %q", shown.Name, t.title)
	}
	r.seen.Titles++
	return nil
}

// loses tells that Telegram may have lost updates of a kind.
func (r *run) loses(kind string) bool {
	return slices.ContainsFunc(r.faults, func(f sim.Fault) bool { return f.Do == sim.LoseUpdate && f.Method == kind })
}

// denied tells that Telegram has denied a topic that was there: another one may have
// its place.
func (r *run) denied() bool {
	return slices.ContainsFunc(r.faults, func(f sim.Fault) bool { return f.Do == sim.ForgetTopic })
}
