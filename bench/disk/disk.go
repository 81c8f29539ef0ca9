package disk

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
)

// Disk holds the files below one folder. It is safe for concurrent use.
type Disk struct {
	folder string

	mu    sync.Mutex
	files map[string]*file
	// lost are the files whose names were deleted, or made anew, while no sync
	// of the folder has told the disk so.
	lost  map[string]*file
	ended bool // the process: nothing it writes arrives any more
	fuse  int  // writes until it ends; 0 = none
	stats Stats
}

// Stats count what a disk was asked for.
type Stats struct {
	Writes, Syncs int
	// Undone are writes that a power cut took back, in whole or in part.
	Undone int
}

// New makes an empty disk under a folder that exists: only SQLite's files below
// it are the disk's.
func New(folder string) (*Disk, error) {
	folder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return nil, fmt.Errorf("find the folder of a disk: %w", err)
	}
	register()
	d := &Disk{folder: folder, files: map[string]*file{}, lost: map[string]*file{}}
	disks.Store(folder, d)
	return d, nil
}

// Free forgets the disk and all that is on it. No file of it may be open.
func (d *Disk) Free() { disks.Delete(d.folder) }

// disks are all of them, by folder.
var disks sync.Map

// diskOf is the disk of a path, nil = the machine's.
func diskOf(path string) *Disk {
	for at := filepath.Dir(path); ; at = filepath.Dir(at) {
		if d, ok := disks.Load(at); ok {
			return d.(*Disk)
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// EndAfter ends the process right after its n-th write from now, which arrives;
// what it writes, syncs, cuts or deletes later fails and has no effect. 0 = now.
func (d *Disk) EndAfter(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fuse, d.ended = n, d.ended || n == 0
}

// Aside lets somebody use the disk who is no part of the process: no write of theirs
// counts for its end. The process must not have ended.
func (d *Disk) Aside(use func()) {
	d.mu.Lock()
	fuse := d.fuse
	d.fuse = 0
	d.mu.Unlock()
	use()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fuse = fuse
}

// Ended tells that the process has ended.
func (d *Disk) Ended() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ended
}

// Begin lets the next process write. All files of the one before must be closed.
func (d *Disk) Begin() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended, d.fuse = false, 0
}

// Stats tells what happened so far.
func (d *Disk) Stats() Stats {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.stats
}

// Holds are the files with their bytes, as a process reads them.
func (d *Disk) Holds() map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := map[string][]byte{}
	for name, f := range d.files {
		out[name] = slices.Clone(f.data)
	}
	return out
}

// Put lays a file on the disk, synced.
func (d *Disk) Put(path string, data []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.files[path] = &file{data: slices.Clone(data), synced: slices.Clone(data), named: true}
}

// Cut takes the power from the disk: of what was not synced, what stays is
// drawn. The process must have ended, and its files be closed.
func (d *Disk) Cut(draw *rand.Rand) {
	d.mu.Lock()
	defer d.mu.Unlock()
	after := map[string]*file{}
	names := slices.Collect(maps.Keys(d.files))
	for name := range d.lost {
		if d.files[name] == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names) // or the draws would differ from run to run
	for _, name := range names {
		f := d.files[name]
		if (f == nil || !f.named) && draw.IntN(2) == 0 {
			f = d.lost[name] // nil: the name is not there
		}
		if f != nil {
			after[name] = f.cut(draw, &d.stats.Undone)
		}
	}
	d.files, d.lost = after, map[string]*file{}
}

// allowed counts a change and tells whether it arrives.
func (d *Disk) allowed() bool {
	if d.ended {
		return false
	}
	d.stats.Writes++
	if d.fuse > 0 {
		if d.fuse--; d.fuse == 0 {
			d.ended = true // after this one
		}
	}
	return true
}

func (d *Disk) open(path string, create bool) *file {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.files[path]
	if f == nil && create && d.allowed() {
		f = &file{}
		d.files[path] = f
	}
	return f
}

// remove deletes a name; durable: the folder is synced.
func (d *Disk) remove(path string, durable bool) (found, arrived bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.files[path]
	if f == nil {
		return false, true
	}
	if !d.allowed() {
		return true, false
	}
	delete(d.files, path)
	switch {
	case durable:
		d.syncFolder(filepath.Dir(path))
	case f.named:
		d.lost[path] = f
	}
	return true, true
}

func (d *Disk) exists(path string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.files[path] != nil
}

// sync makes all of a file durable, its name too, and with folder all names.
func (d *Disk) sync(path string, f *file, folder bool) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.allowed() {
		return false
	}
	d.stats.Syncs++
	f.settle()
	if d.files[path] == f {
		f.named = true
		delete(d.lost, path)
	}
	if folder {
		d.syncFolder(filepath.Dir(path))
	}
	return true
}

func (d *Disk) syncFolder(folder string) {
	for name, f := range d.files {
		f.named = f.named || filepath.Dir(name) == folder
	}
	maps.DeleteFunc(d.lost, func(name string, _ *file) bool { return filepath.Dir(name) == folder })
}

// change writes, or cuts, a file.
func (d *Disk) change(f *file, c change) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.allowed() {
		return false
	}
	f.data = c.apply(f.data)
	f.pending = append(f.pending, c)
	return true
}

// read copies from a file and tells how many bytes there were.
func (d *Disk) read(f *file, into []byte, at int64) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if at >= int64(len(f.data)) {
		return 0
	}
	return copy(into, f.data[at:])
}

func (d *Disk) size(f *file) int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return int64(len(f.data))
}
