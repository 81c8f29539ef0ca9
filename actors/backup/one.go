package backup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"topicdesk/actors/disk"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// toldForm is how moments are told to people.
const toldForm = "2006-01-02 15:04 MST"

// Owner is whom a tenant's file belongs to.
type Owner interface {
	// Owns tells with an error that a connection's bot is not one of the tenant's.
	Owns(store.Connection) error
	// Claim takes a group for the tenant; taken tells that another has it.
	Claim(tenants.ChatID) (taken bool, err error)
}

// RestoreTenant puts a copy in place of a tenant's file, which is kept beside it; lines
// tell what follows. closed runs its argument while nobody has the file open. An error
// of sort web.Wrong: from is no copy, or one of another tenant's.
func RestoreTenant(from, place string, of Owner, closed func(swap func() error) error) (lines []string, err error) {
	if live, err := isLive(from, filepath.Dir(place)); err != nil || live {
		return nil, errors.Join(err, web.Errorf(web.Wrong, "%s can't be used: it is no copy but a tenant's own file", from))
	}
	part, at := place+disk.PartialEnd, moment(time.Now())
	f, err := prepare(from, part, time.Now())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s can't be used: %w", from, err), disk.Remove(part))
	}
	if lines, err = take(of, f); err != nil {
		return nil, errors.Join(fmt.Errorf("%s can't be used: %w", from, err), disk.Remove(part))
	}
	if err := closed(func() error { return putInPlace(part, place, at) }); err != nil {
		return nil, errors.Join(err, disk.Remove(part))
	}
	return append(lines,
		fmt.Sprintf("%s goes on from the backup; the file before it is %s.", strings.TrimSuffix(filepath.Base(place), ".db"), place+"."+beforePart+at),
		whatIsUnknown(f.known),
	), nil
}

// take makes sure that a file is its owner's, and claims the groups that it works in:
// the tenant may have been removed since, and added again.
func take(of Owner, f fresh) (lines []string, err error) {
	for _, c := range f.connections {
		if err := of.Owns(c); err != nil {
			return nil, err
		}
	}
	for _, group := range f.groups {
		taken, err := of.Claim(group)
		if err != nil {
			return nil, err
		}
		if taken {
			lines = append(lines, "Its group belongs to another tenant; bind it again.")
		}
	}
	return lines, nil
}

// whatIsUnknown tells people what a copy lacks that knows nothing after a moment, zero =
// of anything.
func whatIsUnknown(known time.Time) string {
	if known.IsZero() {
		return "It knows of no message yet: topics made since are not used any more."
	}
	return fmt.Sprintf("It knows nothing after %s: what waited then may come twice, and topics made since are not used any more. General is told.", known.Format(toldForm))
}

// putInPlace makes a tenant's prepared file ready, and does what follows from that. One
// that an earlier failure has left ready goes before, else Finish took it for the later.
func putInPlace(part, place, at string) error {
	left, err := readyOf(filepath.Dir(place), filepath.Base(place))
	if err != nil {
		return err
	}
	for _, name := range left {
		if err := do(tenantSteps(filepath.Join(filepath.Dir(place), name))); err != nil {
			return err
		}
	}
	ready := place + readyPart + at
	if err := disk.Move(part, ready); err != nil {
		return err
	}
	return do(tenantSteps(ready))
}

// isLive tells that a file is one of those that the node has open, or may: to open it
// for reading, and close it, would take away SQLite's locks on it.
func isLive(path, folder string) (bool, error) {
	info, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return false, err
	}
	here, err := os.Stat(folder)
	return err == nil && os.SameFile(info, here) && strings.HasSuffix(path, ".db"), err
}
