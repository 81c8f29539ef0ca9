package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"topicdesk/actors/keyring"
	"topicdesk/actors/web"
	"topicdesk/configs"
	"topicdesk/tenants/registry"
)

// keyCommands are what a host does with the node's key. Those that change it want the
// node stopped: a running one has its key from an environment or a credential that
// only a start reads, and tells Telegram new secrets of webhooks only then;
// Telegram keeps what comes in the second that it takes.
type keyCommands struct {
	Show  keyShow  `cmd:"" help:"Tell which key is in force, by its fingerprint."`
	Renew keyRenew `cmd:"" help:"Seal everything with a new key. Pseudonyms stay; bind codes and webhooks change."`
	Lost  keyLost  `cmd:"" help:"Start over with a new key where the old one is lost: all tokens have to be given again."`
}

type keyShow struct{}

// Answer is that of a command.
func (keyShow) Answer() any { return web.Key{} }

// Run tells which key is in force.
func (keyShow) Run(ctx context.Context, p *program) error {
	return p.atDesk(ctx, func(d desk) error {
		k, err := d.Key(ctx)
		if err != nil {
			return err
		}
		return p.answer(k, func() {
			p.say("The key %s, %s, is in force%s.", k.From, k.Fingerprint, since(k.Since))
			if k.Warning != "" {
				p.say("%s.", k.Warning)
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
	file, err := keyring.Open(p.cfg, p.log)
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
// interrupted, one of the two files opens everything, and keyring.Open finds out
// which.
func (c keyRenew) Run(_ context.Context, p *program) error {
	if c.To == "" && p.cfg.KeyFile == "" {
		return web.Errorf(web.Wrong, "the key is set by key, which this program can't change: say with --to FILE where the new one shall be")
	}
	to := cmp.Or(c.To, p.cfg.KeyFile+keyring.NewEnd)
	return p.withRegistry(func(file *registry.Registry) error {
		key, err := registry.LoadOrCreateKey(to)
		if err != nil {
			return fmt.Errorf("%w\nNothing was changed; --to FILE says where the new key shall be", err)
		}
		done := renewed{Old: keyring.Fingerprint(file), New: key.Fingerprint(), In: to}
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
