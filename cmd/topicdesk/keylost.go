package main

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"topicdesk/actors/keyring"
	"topicdesk/actors/web"
	"topicdesk/tenants/registry"
)

type keyLost struct {
	Yes bool `help:"Do it: what the lost key has sealed is given up."`
}

// Help says what is lost.
func (keyLost) Help() string {
	return "Tenants, their clients and what waits stay. Bots' tokens are forgotten: tenant token takes them again, and tenant add-helper those of helpers. " +
		"Updates that were set aside can't be opened any more, and whom HIDE_INFO hides gets another pseudonym from then on. " +
		"The registry as it was is kept beside it, for the case that the key is found."
}

// startedOver is what key lost tells.
type startedOver struct {
	New  string `json:"new"`  // the fingerprint of the key in force
	Kept string `json:"kept"` // the registry as it was
}

// Answer is that of a command.
func (keyLost) Answer() any { return startedOver{} }

// Run starts over.
func (c keyLost) Run(_ context.Context, p *program) error {
	file, err := keyring.Open(p.cfg, p.log)
	switch {
	case err == nil:
		return errors.Join(web.Errorf(web.Refused, "the key is not lost: it opens everything; key renew changes it"), file.Close())
	case !errors.Is(err, registry.ErrWrongKey) && !errors.Is(err, fs.ErrNotExist):
		return err
	case !c.Yes:
		return web.Errorf(web.Refused, "%w\nWith --yes it is given up, and all tokens have to be given again", err)
	}
	key, err := p.keyFromNowOn()
	if err != nil {
		return err
	}
	kept, err := registry.Forsake(p.cfg.DataDir, key, time.Now())
	if err != nil {
		return err
	}
	return p.answer(startedOver{key.Fingerprint(), kept}, func() {
		p.say("The key %s, %s, is in force; the registry as it was is %s.", keyring.Where(p.cfg), key.Fingerprint(), kept)
		p.say("Give each tenant the tokens of its bots again: topicdesk tenant token NAME --token-file FILE")
	})
}

// keyFromNowOn is the key that the settings name; where there is none in its file,
// one is made.
func (p *program) keyFromNowOn() (registry.Key, error) {
	if !p.cfg.Key.Empty() {
		return registry.ParseKey(p.cfg.Key.Reveal())
	}
	return registry.LoadOrCreateKey(p.cfg.KeyFile)
}
