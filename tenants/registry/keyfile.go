package registry

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// LoadOrCreateKey is LoadKey, or CreateKey if there is no such file.
func LoadOrCreateKey(path string) (Key, error) {
	key, err := LoadKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		return CreateKey(path)
	}
	return key, err
}

// LoadKey reads a key from a file. A file of this process's user must be for the
// user alone (mode 0600); whose file it is not, such as a credential that systemd
// or a container's host hands over, decides itself who reads it, but not everybody
// may write it. Error: fs.ErrNotExist.
func LoadKey(path string) (Key, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Key{}, fmt.Errorf("node key: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return Key{}, fmt.Errorf("node key: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o002 != 0 || mode&0o077 != 0 && own(info) {
		return Key{}, fmt.Errorf("node key %s is open to others (mode %04o): chmod 600 it", path, mode)
	}
	key, err := ParseKey(string(text))
	if err != nil {
		return Key{}, fmt.Errorf("node key %s: %w", path, err)
	}
	return key, nil
}

func own(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return !ok || int(stat.Uid) == os.Getuid()
}

// CreateKey makes a key and a file for it, synced. A file that is there is never
// replaced. Error: fs.ErrExist.
func CreateKey(path string) (Key, error) {
	key := newKey()
	if err := writeKey(path, key.text()+"\n"); err != nil {
		return Key{}, fmt.Errorf("make node key: %w", err)
	}
	return key, nil
}

// writeKey writes beside the key's place and moves it there, so that a crash
// leaves no half of one.
func writeKey(path, text string) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(file.Name())) }()
	_, err = file.WriteString(text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	// Link, not rename: a key that appeared meanwhile must not be replaced.
	if err := os.Link(file.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// ReplaceKey puts one key's file in the place of another's, synced.
func ReplaceKey(place, with string) error {
	if err := os.Rename(with, place); err != nil {
		return fmt.Errorf("put the new node key in place: %w", err)
	}
	return syncFolder(filepath.Dir(place))
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
