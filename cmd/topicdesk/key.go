package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"topicdesk/actors/backup"
	"topicdesk/actors/web"
	"topicdesk/configs"
	"topicdesk/tenants/registry"
)

// keyCommands are what a host does with the node's key. They want the node
// stopped: a running one has its key from an environment or a credential that
// only a start reads, and tells Telegram new secrets of webhooks only then;
// Telegram keeps what comes in the second that it takes.
type keyCommands struct {
	Show  keyShow  `cmd:"" help:"Tell which key is in force, by its fingerprint."`
	Renew keyRenew `cmd:"" help:"Seal everything with a new key. Pseudonyms stay; bind codes and webhooks change."`
	Lost  keyLost  `cmd:"" help:"Start over with a new key where the old one is lost: all tokens have to be given again."`
}

// newKeyEnd is what the file of a key that is to be put in force is called, after
// key_file.
const newKeyEnd = ".new"

// openRegistry takes the data directory with its key. A restoration, and a renewal of
// the key, that were interrupted are finished. Errors: registry.ErrLocked, registry.ErrWrongKey.
func openRegistry(cfg configs.Config, log *slog.Logger) (*registry.Registry, error) {
	left, err := backup.Finish(cfg.DataDir, time.Now())
	if err != nil {
		return nil, fmt.Errorf("finish the restoration that was interrupted: %w", err)
	}
	for _, name := range left {
		log.Info("a restoration that was interrupted is finished", "of", name)
	}
	key, err := nodeKey(cfg)
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
		log.Info("the key that was begun to be renewed is in its place", "fingerprint", fingerprint(file))
		return file, nil
	}
	return nil, fmt.Errorf("%w\nThe key is %s. Put the right one back there: nothing else opens the tokens in %s, and nothing was changed", err, whereKey(cfg), cfg.DataDir)
}

// nodeKey is the key that the settings name. A new data directory gets a new one.
func nodeKey(cfg configs.Config) (registry.Key, error) {
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
	key, err := registry.LoadKey(cfg.KeyFile + newKeyEnd)
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
	if err := registry.ReplaceKey(cfg.KeyFile, cfg.KeyFile+newKeyEnd); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// whereKey says where the settings take the key from.
func whereKey(cfg configs.Config) string {
	if cfg.KeyFile == "" {
		return "that of " + cfg.Origin("key").String()
	}
	return "in " + cfg.KeyFile
}

// fingerprint is that of the key in force, "" if it can't be read.
func fingerprint(file *registry.Registry) string {
	s, _ := file.Sealing()
	return s.Fingerprint
}

// besideData warns of a key that every copy of the data has with it; "" = it is
// elsewhere.
func besideData(cfg configs.Config) string {
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

// keyState is what key show tells.
type keyState struct {
	Fingerprint string    `json:"fingerprint"`
	Since       time.Time `json:"since,omitzero"` // absent: it is the first
	From        string    `json:"from"`
	Warning     string    `json:"warning"` // "" = none
}

type keyShow struct{}

// Answer is that of a command.
func (keyShow) Answer() any { return keyState{} }

// Run tells which key is in force.
func (keyShow) Run(_ context.Context, p *program) error {
	return p.withRegistry(func(file *registry.Registry) error {
		s, err := file.Sealing()
		if err != nil {
			return err
		}
		state := keyState{Fingerprint: s.Fingerprint, Since: s.Since, From: whereKey(p.cfg), Warning: besideData(p.cfg)}
		return p.answer(state, func() {
			p.say("The key %s, %s, is in force%s.", state.From, s.Fingerprint, since(s.Since))
			if state.Warning != "" {
				p.say("%s.", state.Warning)
			}
		})
	})
}

func since(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return " since " + at.Format("2006-01-02 15:04 MST")
}

// withRegistry holds the data directory for do.
func (p *program) withRegistry(do func(*registry.Registry) error) error {
	file, err := openRegistry(p.cfg, p.log)
	if errors.Is(err, registry.ErrLocked) {
		return fmt.Errorf("%w\nStop the node first; Telegram keeps meanwhile what comes", err)
	}
	if err != nil {
		return err
	}
	return errors.Join(do(file), file.Close())
}

type keyRenew struct {
	To string `placeholder:"FILE" type:"path" help:"The file of the new key; made if there is none. Without it the new key takes the place of the old one in key_file."`
}

// Answer is that of a command.
func (keyRenew) Answer() any { return renewed{} }

// renewed is what key renew tells.
type renewed struct {
	Old string `json:"old"` // fingerprints
	New string `json:"new"`
	In  string `json:"in"` // the new key's file
	// ToDo is what the host has to do before the next start; "" = nothing.
	ToDo string `json:"todo"`
}

// Run seals everything with a new key. The new key is on disk before it seals
// anything, and in its place only when it has sealed all: whenever this is
// interrupted, one of the two files opens everything, and openRegistry finds out
// which.
func (c keyRenew) Run(_ context.Context, p *program) error {
	if c.To == "" && p.cfg.KeyFile == "" {
		return web.Errorf(web.Wrong, "the key is set by key, which this program can't change: say with --to FILE where the new one shall be")
	}
	to := cmp.Or(c.To, p.cfg.KeyFile+newKeyEnd)
	return p.withRegistry(func(file *registry.Registry) error {
		key, err := registry.LoadOrCreateKey(to)
		if err != nil {
			return fmt.Errorf("%w\nNothing was changed; --to FILE says where the new key shall be", err)
		}
		done := renewed{Old: fingerprint(file), New: key.Fingerprint(), In: to}
		if done.New == done.Old {
			return fmt.Errorf("the key in %s is in force already", to)
		}
		work := p.work()
		err = file.Renew(key, time.Now(), func(done, of int) { work.at("%d of %d secrets", done, of) })
		work.end()
		if err != nil {
			return err
		}
		if c.To == "" {
			done.In = p.cfg.KeyFile
			if err := registry.ReplaceKey(p.cfg.KeyFile, to); err != nil {
				return fmt.Errorf("%w\nIt is in force; the next start tries that again", err)
			}
		} else {
			done.ToDo = putInPlace(p.cfg, to)
		}
		return p.answer(done, func() { p.tellRenewed(done) })
	})
}

// putInPlace is what the host has to do with a key that this program can't put in
// its place.
func putInPlace(cfg configs.Config, file string) string {
	if cfg.KeyFile == "" {
		return fmt.Sprintf("Before the next start set what %s says to the text in %s, and remove the file.", cfg.Origin("key"), file)
	}
	return fmt.Sprintf("Before the next start put %s in the place of %s, or set key_file.", file, cfg.KeyFile)
}

func (p *program) tellRenewed(done renewed) {
	p.say("All secrets are sealed with the key %s, in %s; %s opens nothing any more.", done.New, done.In, done.Old)
	if done.ToDo != "" {
		p.say("%s", done.ToDo)
	}
	p.say("Bind codes have changed: tenant show tells the new ones. Webhooks change at the next start, by themselves.")
	p.say("If somebody may have had the old key with a copy of the data, also have @BotFather revoke the bots' tokens: tenant token takes the new ones.")
}
