package registry

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// ErrLocked: another process serves the data directory.
var ErrLocked = errors.New("another process is using this data directory")

// lock is the ownership of a data directory. The kernel takes it back when the
// process ends, however it ends.
type lock struct{ file *os.File }

// takeLock takes the directory for this process.
func takeLock(dir string) (*lock, error) {
	path := filepath.Join(dir, "lock")
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data directory: %w", err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, errors.Join(fmt.Errorf("%w: %s is held%s; stop that one, or give this one a data_dir of its own", ErrLocked, path, holder(file)), file.Close())
	case err != nil:
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), file.Close())
	}
	name(file)
	return &lock{file}, nil
}

// name writes into the lock who holds it, for people: only the kernel's lock counts,
// so a disk that takes nothing is no error.
func name(file *os.File) {
	if file.Truncate(0) == nil {
		_, _ = file.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0)
	}
}

// holder says which process holds the lock, "" if that can't be read.
func holder(file *os.File) string {
	text, err := io.ReadAll(io.LimitReader(file, 20))
	pid, bad := strconv.Atoi(string(text))
	if err != nil || bad != nil {
		return ""
	}
	return fmt.Sprintf(" by process %d", pid)
}

func (l *lock) release() error { return l.file.Close() }
