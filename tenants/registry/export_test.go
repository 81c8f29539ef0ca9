package registry

// Pragma reads a number from a connection as the registry opens it.
func Pragma(path, name string) (n int64, err error) {
	db, err := openDB(path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	return n, db.QueryRow("PRAGMA " + name).Scan(&n)
}
