package backup

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"topicdesk/actors/disk"
	"topicdesk/tenants/registry"
)

const (
	// stageName is the folder in a data directory in which a restoration of all is
	// prepared.
	stageName = "restore" + disk.PartialEnd
	// readyName is its name when it only has to be put in place.
	readyName = "restore.ready"
	// freshName is the folder in it of what is new. What is put away goes beside that.
	freshName = "new"
	// readyPart stands in the name of a tenant's file that only has to be put in its
	// place, between that place and the moment of it.
	readyPart = ".ready-"
	// beforePart stands in names of what was put away, before the moment of it.
	beforePart = "before-"
	// momentForm is how moments stand in names of files.
	momentForm = "20060102-150405.000"
)

// SQLiteEnds are the ends of the names of the files that are one SQLite file.
var SQLiteEnds = []string{"", "-wal", "-shm"}

// moment is now as it stands in names.
func moment(now time.Time) string { return now.UTC().Format(momentForm) }

// step does a part of putting something in place, wholly or not at all. Done again it
// changes nothing.
type step func() error

// do takes steps one after the other.
func do(steps []step) error {
	for _, s := range steps {
		if err := s(); err != nil {
			return err
		}
	}
	return nil
}

// wholeSteps put what is ready in the place of what a data directory holds, and leave
// that in the folder before. Until the new is in, the old is moved: so no file is put
// away that is new.
func wholeSteps(dir, before string) (steps []step) {
	ready := filepath.Join(dir, readyName)
	fresh := filepath.Join(ready, freshName)
	for _, name := range []string{registry.FolderName, registry.FileName} {
		in := filepath.Join(fresh, name)
		for _, end := range SQLiteEnds {
			steps = append(steps, func() error {
				if there, err := disk.Exists(in); err != nil || !there {
					return err
				}
				return disk.Move(filepath.Join(dir, name+end), filepath.Join(ready, name+end))
			})
		}
		steps = append(steps, func() error { return disk.Move(in, filepath.Join(dir, name)) })
	}
	return append(steps,
		func() error { return disk.Remove(fresh) },
		func() error {
			if left, err := os.ReadDir(ready); err != nil || len(left) == 0 {
				return errors.Join(disk.UnlessAbsent(err), disk.Remove(ready))
			}
			return disk.Move(ready, before)
		})
}

// tenantSteps put a tenant's file that is ready in its place, and what is there beside
// it.
func tenantSteps(ready string) (steps []step) {
	place, at, _ := strings.Cut(ready, readyPart)
	before := place + "." + beforePart + at
	for _, end := range SQLiteEnds {
		steps = append(steps, func() error {
			if there, err := disk.Exists(ready); err != nil || !there {
				return err
			}
			return disk.Move(place+end, before+end)
		})
	}
	return append(steps, func() error { return disk.Move(ready, place) })
}

// Unfinished tells of restorations that were interrupted when all was ready and only
// had to be put in place: of what, by name.
func Unfinished(dir string) (names []string, err error) {
	whole, err := disk.Exists(filepath.Join(dir, readyName))
	if err != nil {
		return nil, err
	}
	if whole {
		names = append(names, readyName)
	}
	ready, err := readyOf(filepath.Join(dir, registry.FolderName), "")
	for _, name := range ready {
		names = append(names, filepath.Join(registry.FolderName, name))
	}
	return names, err
}

// readyOf lists what is ready in the folder of tenants' files to take the place of one of
// them, or of any if none is named; the earlier before the later.
func readyOf(folder, file string) (names []string, err error) {
	all, err := os.ReadDir(folder)
	for _, entry := range all {
		if of, _, ready := strings.Cut(entry.Name(), readyPart); ready && (file == "" || of == file) {
			names = append(names, entry.Name())
		}
	}
	return names, disk.UnlessAbsent(err)
}

// Finish puts in place what an interrupted restoration has made ready, and gives what
// it was, by name. Whoever takes a data directory calls it before: until then what is
// there is neither the old nor the new. Error: registry.ErrLocked.
func Finish(dir string, now time.Time) (names []string, err error) {
	if names, err = Unfinished(dir); err != nil || len(names) == 0 {
		return nil, err
	}
	release, err := registry.Hold(dir)
	if err != nil {
		return nil, err
	}
	return names, errors.Join(finishAll(dir, now), release())
}

// finishAll does that for who holds the directory.
func finishAll(dir string, now time.Time) error {
	names, err := Unfinished(dir)
	for _, name := range names {
		steps := tenantSteps(filepath.Join(dir, name))
		if name == readyName {
			steps = wholeSteps(dir, beforeIn(dir, now))
		}
		if err := do(steps); err != nil {
			return err
		}
	}
	return err
}

// beforeIn is the folder of what is put away from a data directory.
func beforeIn(dir string, now time.Time) string {
	return filepath.Join(dir, beforePart+moment(now))
}
