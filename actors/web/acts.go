package web

import (
	"context"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// ActsOf asks for the last acts of a tenant.
type ActsOf struct {
	Tenant string `json:"tenant"`
	Most   int    `json:"most"`
}

// MaxActs is how many acts are told at once.
const MaxActs = 10_000

// Act is something that somebody administered.
type Act struct {
	At     time.Time        `json:"at"`
	Person tenants.UserID   `json:"person"` // 0 = the host
	Name   string           `json:"name"`   // as the person was called then; "" = the host
	Act    string           `json:"act"`
	Dialog tenants.DialogID `json:"dialog"` // 0 = it is about none
	Detail string           `json:"detail"` // never words of a message, nor a secret
}

// Acts lists who administered what, the newest first.
func (d *Desk) Acts(ctx context.Context, of ActsOf) ([]Act, error) {
	t, err := d.known(of.Tenant)
	if err != nil {
		return nil, err
	}
	if of.Most < 1 || of.Most > MaxActs {
		return nil, Errorf(Wrong, "1 to %d acts can be told at once, not %d", MaxActs, of.Most)
	}
	out := []Act{}
	err = d.Files.Read(ctx, t.ID, func(r store.Reads) error {
		acts, err := r.Acts(of.Most)
		for _, a := range acts {
			out = append(out, Act{At: a.At, Person: a.By.ID, Name: a.By.Name(), Act: a.Name, Dialog: a.Dialog, Detail: a.Detail})
		}
		return err
	})
	return out, err
}
