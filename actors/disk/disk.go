// Package disk is what is done with files and folders beside what SQLite does with its
// own: how much room is left, and writing so that a power cut leaves the old or the
// new, whole. It knows nothing of what is in them.
//
// Why: a rename is only as durable as the folder that it is written in, and a name is
// on disk before its bytes may be; each of these functions says what is on disk when
// it returns. None may be given a file that SQLite has open in this process: closing
// it would take SQLite's locks away.
package disk

import (
	"os"
	"syscall"
)

// FreeBytes is how much an ordinary user can still write on the disk of a folder.
func FreeBytes(folder string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}

// Try writes something into a folder, synced, and takes it away.
func Try(folder string) error {
	file, err := os.CreateTemp(folder, probePattern)
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	if _, err := file.Write(make([]byte, 512)); err != nil {
		return err
	}
	return file.Sync()
}

// probePattern names the files by which it is found out whether a folder can be
// written.
const probePattern = ".check-*"
