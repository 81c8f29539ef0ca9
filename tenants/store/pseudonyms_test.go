package store_test

import (
	"testing"

	"topicdesk/tenants/store"
)

// TestClaim: a pseudonym is given once, and stays whose it was.
func TestClaim(t *testing.T) {
	f := open(t)
	one, other := store.Tag{1}, store.Tag{2}
	claim := func(name string, whose store.Tag) (ok bool) {
		f.write(func(tx *store.Tx) (err error) { ok, err = tx.Claim(name, whose); return err })
		return ok
	}
	equal(t, "later", must(f.Later()), nil)
	equal(t, "first", claim("Varukino", one), true)
	f.reopen()
	equal(t, "again", claim("Varukino", one), true)
	equal(t, "another's", claim("Varukino", other), false)
	equal(t, "a longer one", claim("Varukinoreda", other), true)
	f.write(func(tx *store.Tx) error { return tx.PutLater(other, 2) })
	f.write(func(tx *store.Tx) error { return tx.PutLater(other, 1) })
	f.reopen()
	equal(t, "later", must(f.Later()), map[store.Tag]int{other: 2})
}
