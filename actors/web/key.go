package web

import (
	"context"
	"time"
)

// Key is what the host may know of the node's key.
type Key struct {
	Fingerprint string    `json:"fingerprint"`
	Since       time.Time `json:"since,omitzero"` // absent: it is the first
	From        string    `json:"from"`
	Warning     string    `json:"warning"` // "" = none
}

// Key tells which key is in force.
func (d *Desk) Key(context.Context) (Key, error) {
	s, err := d.Registry.Sealing()
	return Key{Fingerprint: s.Fingerprint, Since: s.Since, From: d.KeyFrom, Warning: d.KeyWarning}, err
}

// Key is Desk.Key.
func (c *Client) Key(ctx context.Context) (Key, error) {
	return ask[Key](ctx, c, "key", struct{}{})
}
