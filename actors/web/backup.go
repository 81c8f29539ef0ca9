package web

import (
	"context"
	"errors"
	"os"

	"topicdesk/tenants"
)

// Copy is a copy of a tenant's file.
type Copy struct {
	Tenant string `json:"tenant"`
	File   string `json:"file"` // an absolute path
}

// NodeCopy is what the node tells with a copy of its own file.
type NodeCopy struct {
	Key     string             `json:"key"` // the fingerprint of the one in force
	Tenants []tenants.TenantID `json:"tenants"`
}

// Backup writes a copy of a tenant's file, also while it runs.
func (d *Desk) Backup(ctx context.Context, c Copy) (struct{}, error) {
	t, err := d.known(c.Tenant)
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, private(c.File, func() error { return d.Files.Backup(ctx, t.ID, c.File) })
}

// private has a copy written to a path that does not exist, for this user alone: SQLite
// by itself lets everybody read what it makes.
func private(path string, write func() error) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Close(), write()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// BackupNode writes a copy of the node's own file, and tells whose files belong to it.
func (d *Desk) BackupNode(_ context.Context, path string) (n NodeCopy, err error) {
	all, err := d.Registry.Tenants()
	if err != nil {
		return n, err
	}
	for _, t := range all {
		n.Tenants = append(n.Tenants, t.ID)
	}
	sealing, err := d.Registry.Sealing()
	if err != nil {
		return n, err
	}
	n.Key = sealing.Fingerprint
	return n, private(path, func() error { return d.Registry.Backup(path) })
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

// BackupNode is Desk.BackupNode.
func (c *Client) BackupNode(ctx context.Context, path string) (NodeCopy, error) {
	return ask[NodeCopy](ctx, c, "backup-node", path)
}

// Recover is Desk.Recover.
func (c *Client) Recover(ctx context.Context, of Copy) ([]string, error) {
	return ask[[]string](ctx, c, "recover", of)
}
