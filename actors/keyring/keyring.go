// Package keyring opens a data directory with the key that the settings name.
//
// On disk: the key in key_file (or in no file, where the settings hold it), and while it
// is renewed the new one beside it, in key_file.new. The new key is on disk before it
// seals anything, and in its place only when it has sealed all: so whenever a renewal is
// cut, one of the two opens everything, and Open finds out which, and finishes it.
//
// A key is made only where nothing is sealed yet; a wrong or missing one changes nothing.
// What of the directory must be finished before anybody looks, a restoration, is
// finished here too. It tells of keys only their fingerprints.
package keyring

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"topicdesk/actors/backup"
	"topicdesk/configs"
	"topicdesk/tenants/registry"
)

// NewEnd is what the file of a key that is to be put in force is called, after
// key_file.
const NewEnd = ".new"

// Open takes the data directory with its key. A restoration, and a renewal of
// the key, that were interrupted are finished. Errors: registry.ErrLocked, registry.ErrWrongKey.
func Open(cfg configs.Config, log *slog.Logger) (*registry.Registry, error) {
	left, err := backup.Finish(cfg.DataDir, time.Now())
	if err != nil {
		return nil, fmt.Errorf("finish the restoration that was interrupted: %w", err)
	}
	for _, name := range left {
		log.Info("a restoration that was interrupted is finished", "of", name)
	}
	key, err := inForce(cfg)
	if err == nil {
		var file *registry.Registry
		if file, err = registry.Open(cfg.DataDir, key); err == nil {
			return file, nil
		}
	}
	if !errors.Is(err, registry.ErrWrongKey) && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	file, bad := finishRenewal(cfg)
	switch {
	case bad != nil:
		return nil, bad
	case file != nil:
		log.Info("the key that was begun to be renewed is in its place", "fingerprint", Fingerprint(file))
		return file, nil
	}
	return nil, fmt.Errorf("%w\nThe key is %s. Put the right one back there: nothing else opens the tokens in %s, and nothing was changed", err, Where(cfg), cfg.DataDir)
}

// inForce is the key that the settings name. A new data directory gets a new one.
func inForce(cfg configs.Config) (registry.Key, error) {
	switch {
	case !cfg.Key.Empty():
		return registry.ParseKey(cfg.Key.Reveal())
	case registry.Sealed(cfg.DataDir):
		return registry.LoadKey(cfg.KeyFile)
	default:
		return registry.LoadOrCreateKey(cfg.KeyFile)
	}
}

// finishRenewal opens the registry with the key that was to be put in force, and
// puts it in its place; nil = there is none, or it is not in force.
func finishRenewal(cfg configs.Config) (*registry.Registry, error) {
	if cfg.KeyFile == "" {
		return nil, nil
	}
	key, err := registry.LoadKey(cfg.KeyFile + NewEnd)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	file, err := registry.Open(cfg.DataDir, key)
	if errors.Is(err, registry.ErrWrongKey) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := registry.ReplaceKey(cfg.KeyFile, cfg.KeyFile+NewEnd); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// Where says where the settings take the key from.
func Where(cfg configs.Config) string {
	if cfg.KeyFile == "" {
		return "that of " + cfg.Origin("key").String()
	}
	return "in " + cfg.KeyFile
}

// Fingerprint is that of the key in force, "" if it can't be read.
func Fingerprint(file *registry.Registry) string {
	s, _ := file.Sealing()
	return s.Fingerprint
}

// Warning warns of a key that every copy of the data has with it; "" = it is
// elsewhere.
func Warning(cfg configs.Config) string {
	data, err := filepath.Abs(cfg.DataDir)
	file, err2 := filepath.Abs(cfg.KeyFile)
	if cfg.KeyFile == "" || cmp.Or(err, err2) != nil {
		return ""
	}
	if inside, err := filepath.Rel(data, file); err != nil || strings.HasPrefix(inside, "..") {
		return ""
	}
	return cfg.KeyFile + " lies in data_dir: whoever copies the folder has the tokens too. Stop the node, move the file elsewhere, and set key_file"
}
