package store

// Tag stands for somebody who has a pseudonym (privacy.Tag).
type Tag = [16]byte

// Claim gives a pseudonym to somebody, if nobody else of the tenant has it; ok is
// false if somebody has. It is kept for ever, also when they are forgotten.
func (tx *Tx) Claim(name string, whose Tag) (ok bool, err error) {
	n, err := tx.db.exec("INSERT OR IGNORE INTO pseudonyms (name, whose) VALUES (?, ?)", name, whose[:])
	if err != nil || n > 0 {
		return n > 0, err
	}
	return tx.db.any("SELECT 1 FROM pseudonyms WHERE name = ? AND whose = ?", name, whose[:])
}

// PutLater writes that the first so many pseudonyms of somebody are others'. It never
// becomes less.
func (tx *Tx) PutLater(whose Tag, nth int) error {
	_, err := tx.db.exec(`INSERT INTO later_pseudonyms (whose, nth) VALUES (?1, ?2)
		ON CONFLICT (whose) DO UPDATE SET nth = max(nth, ?2)`, whose[:], nth)
	return err
}

// Later reads whose first pseudonyms are others', and how many. Nil if nobody's are.
func (r Reads) Later() (later map[Tag]int, err error) {
	err = r.db.each(func(row *row) error {
		if later == nil {
			later = map[Tag]int{}
		}
		later[Tag(row.blob())] = int(row.int())
		return nil
	}, "SELECT whose, nth FROM later_pseudonyms")
	return later, err
}
