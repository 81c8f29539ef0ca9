package store

// Pragma reads a number for the tests.
func (s *Store) Pragma(name string) (int64, error) {
	n, _, err := s.db.one("PRAGMA " + name)
	return n, err
}

// Script runs SQL behind the store's back.
func (s *Store) Script(text string) error { return s.db.script(text) }

// Older is the comparison of versions.
func Older(version string, than [3]int) bool { return older(version, than) }

// Count counts the rows of a table.
func (s *Store) Count(table string) (int64, error) {
	n, _, err := s.db.one("SELECT count(*) FROM " + table)
	return n, err
}

// OfNobody are the tables that name no client.
var OfNobody = ofNobody

// JSONColumns and TimeColumns are told apart from others where rows are given.
var JSONColumns, TimeColumns = jsonColumns, timeColumns

// Plan is how SQLite goes about a query, a step a line.
func (s *Store) Plan(query string) (plan string, err error) {
	err = s.db.each(func(r *row) error {
		r.int()
		r.int()
		r.int()
		plan += r.text() + "\n"
		return nil
	}, "EXPLAIN QUERY PLAN "+query)
	return plan, err
}

// UnansweredQuery is that of Unanswered.
const UnansweredQuery = unansweredQuery
