package disk

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// PartialEnd is what the name of a file or folder ends in until it is whole.
const PartialEnd = ".partial"

// Sync makes sure that a file that nobody has open, or the names in a folder, are on
// disk.
func Sync(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// Copy copies a file that nobody has open. The bytes are on disk; the new name is when
// its folder is synced.
func Copy(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Sync(), target.Close())
}

// WriteJSON writes a small file, whole or not at all. It is on disk when its folder is
// synced.
func WriteJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path+PartialEnd, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(text, '\n'))
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(path+PartialEnd, path)
}

// Exists tells that something has this name.
func Exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Remove removes a file; one that is not there is none to remove.
func Remove(path string) error { return UnlessAbsent(os.Remove(path)) }

// Move renames, and it is on disk. What is not there stays so.
func Move(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return UnlessAbsent(err)
	}
	return errors.Join(Sync(filepath.Dir(to)), Sync(filepath.Dir(from)))
}

// UnlessAbsent is an error, but that something is not there.
func UnlessAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
