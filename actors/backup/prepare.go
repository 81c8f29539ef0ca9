package backup

import (
	"errors"
	"math"
	"math/rand/v2"
	"time"

	"topicdesk/actors/disk"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// fresh is a tenant's file that was made of a copy.
type fresh struct {
	known       time.Time // after it the file knows nothing
	connections []store.Connection
	groups      []tenants.ChatID // that it works in
}

// prepare makes a tenant's file of a copy, at a path that nobody reads: it is checked,
// brought to this program's schema, and tells the groups what it does not know. One that
// was interrupted is made anew.
func prepare(from, to string, now time.Time) (f fresh, err error) {
	for _, end := range SQLiteEnds { // the log of another one would be taken for its own
		if err := disk.Remove(to + end); err != nil {
			return f, err
		}
	}
	if err := disk.Copy(from, to); err != nil {
		return f, err
	}
	file, err := store.Open(to, store.Options{})
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := file.Check(); err != nil {
		return f, err
	}
	if f.known, err = file.Known(); err != nil {
		return f, err
	}
	all, err := file.Connections()
	if err != nil {
		return f, err
	}
	f.connections, f.groups = all, groupsOf(all)
	return f, file.Write(now, func(tx *store.Tx) error { return tell(tx, all, f.known, now) })
}

// tell has each connection tell its group since when it knows nothing.
func tell(tx *store.Tx, all []store.Connection, known, now time.Time) error {
	values, err := tx.Params()
	if err != nil {
		return err
	}
	for _, c := range all {
		if !c.Active || c.Helps != 0 || c.Group.ID == 0 {
			continue
		}
		d := dialog.Restored(c.ID, c.Group.ID, known, now, tenants.Resolve(values, c.ID, tenants.Group, 0, c.Administrator).Voice())
		if _, err := tx.Apply(0, &d, func() tenants.SendKey { return tenants.SendKey(rand.Int64N(math.MaxInt64) + 1) }); err != nil {
			return err
		}
	}
	return nil
}

func groupsOf(all []store.Connection) (groups []tenants.ChatID) {
	for _, c := range all {
		if c.Helps == 0 && c.Group.ID != 0 {
			groups = append(groups, c.Group.ID)
		}
	}
	return groups
}
