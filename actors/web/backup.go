package web

import (
	"context"

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
	return struct{}{}, d.Files.Backup(ctx, t.ID, c.File)
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
	return n, d.Registry.Backup(path)
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
