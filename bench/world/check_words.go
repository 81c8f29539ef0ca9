package world

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// mayHaveWords are the tables in which words may stand when nothing waits: quick replies
// until somebody deletes them, what waits for a choice, and what was joined in one
// message, as long as that can be edited.
var mayHaveWords = []string{"replies", "held", "joined"}

// checkWords: of what people wrote nothing is left in the file when all is delivered.
func (r *run) checkWords(db *sql.DB) error {
	tables, err := rowsOf(db, "SELECT name FROM sqlite_schema WHERE type = 'table'", func(rows *sql.Rows) (name string, err error) {
		return name, rows.Scan(&name)
	})
	for _, table := range tables {
		if err == nil && !slices.Contains(mayHaveWords, table) {
			err = noWords(db, table)
		}
	}
	return err
}

func noWords(db *sql.DB, table string) (err error) {
	rows, err := db.Query("SELECT * FROM " + table)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	cells := make([]sql.RawBytes, len(columns))
	into := make([]any, len(columns))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, cell := range cells {
			if token := tokenForm.Find(cell); token != nil {
				return fmt.Errorf("%s is still in the file, as %s of %s", token, columns[i], table)
			}
		}
	}
	return rows.Err()
}
