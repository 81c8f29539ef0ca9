package world

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	_ "modernc.org/sqlite" // the driver "sqlite"

	sim "topicdesk/bench/telegram"
)

// link is a row of a tenant's file: two messages that are one.
type link struct {
	topicChat, topicID, clientChat int64
	clientID, connection           int64
}

// checkFile holds a closed file against Telegram.
func (r *run) checkFile(path string) (err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, check := range []func(*sql.DB) error{r.checkTitles, r.checkActs, r.checkLabels, r.checkWords} {
		if err := check(db); err != nil {
			return err
		}
	}
	return r.checkLinks(db)
}

// checkLinks: the two messages of a link say the same, as far as both are there. A
// wrong link is worse than a double, because it leads replies, edits and deletions
// astray.
func (r *run) checkLinks(db *sql.DB) error {
	links, err := rowsOf(db, "SELECT topic_chat, topic_id, client_chat, client_id, connection FROM links", func(rows *sql.Rows) (l link, err error) {
		err = rows.Scan(&l.topicChat, &l.topicID, &l.clientChat, &l.clientID, &l.connection)
		return l, err
	})
	for _, l := range links {
		r.seen.Links++
		if err == nil {
			err = r.checkLink(l)
		}
	}
	return err
}

// rowsOf are all rows that a query gives.
func rowsOf[T any](db *sql.DB, query string, scan func(*sql.Rows) (T, error)) (all []T, err error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		row, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rows.Err()
}

func (r *run) checkLink(l link) error {
	bot := r.Bots[l.connection-1]
	topic, there := r.World.Message(bot, l.topicChat, int(l.topicID))
	client, too := r.World.Message(bot, l.clientChat, int(l.clientID))
	if !there || !too || len(tokensIn(topic)) == 0 || len(tokensIn(client)) == 0 {
		return nil
	}
	for _, token := range tokensIn(client) {
		if slices.Contains(tokensIn(topic), token) {
			return nil
		}
	}
	return fmt.Errorf("%v in the topic is linked to %v in the client's chat", tokensIn(topic), tokensIn(client))
}

// tokensIn is what is known of a message, or of those that were joined in it.
func tokensIn(m sim.Shown) []string { return tokenForm.FindAllString(words(m), -1) }
