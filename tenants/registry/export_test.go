package registry

import "time"

// Pragma reads a number from a connection as the registry opens it.
func Pragma(path, name string) (n int64, err error) {
	db, err := openDB(path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	return n, db.QueryRow("PRAGMA " + name).Scan(&n)
}

// SealOnly is Renew, killed before it has cleaned up.
func (r *Registry) SealOnly(to Key, now time.Time) error { return r.seal(to, now, nil) }

// Exec runs a statement.
func (r *Registry) Exec(query string, args ...any) error {
	_, err := r.change(query, args...)
	return err
}

// Form is what a file is made of: its tables and indices as SQL.
func Form(path string) (form []string, err error) {
	db, err := openDB(path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.Query("SELECT coalesce(sql, '') FROM sqlite_schema ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var sql string
		if err := rows.Scan(&sql); err != nil {
			return nil, err
		}
		form = append(form, sql)
	}
	return form, rows.Err()
}
