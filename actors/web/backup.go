package web

import "context"

// Copy is a copy of a tenant's file.
type Copy struct {
	Tenant string `json:"tenant"`
	File   string `json:"file"` // an absolute path
}

// Backup writes a copy of a tenant's file, also while it runs.
func (d *Desk) Backup(ctx context.Context, c Copy) (struct{}, error) {
	t, err := d.known(c.Tenant)
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, d.Files.Backup(ctx, t.ID, c.File)
}

// Recover puts a copy in the place of a tenant's file; the lines that it gives say
// what follows.
func (d *Desk) Recover(ctx context.Context, c Copy) ([]string, error) {
	t, err := d.known(c.Tenant)
	if err != nil {
		return nil, err
	}
	return d.FromBackup(ctx, t.ID, c.File)
}

// Backup is Desk.Backup.
func (c *Client) Backup(ctx context.Context, of Copy) (struct{}, error) {
	return ask[struct{}](ctx, c, "backup", of)
}

// Recover is Desk.Recover.
func (c *Client) Recover(ctx context.Context, of Copy) ([]string, error) {
	return ask[[]string](ctx, c, "recover", of)
}
