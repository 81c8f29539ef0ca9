package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"topicdesk/actors/web"
	"topicdesk/schema"
	"topicdesk/tenants"
)

const (
	// manifestName is the file that makes a folder a backup of a node.
	manifestName = "manifest.json"
	// manifestFormat is the version of what is in it.
	manifestFormat = 1
	// registryName and tenantsName are where copies are, as in a data directory.
	registryName = "registry.db"
	tenantsName  = "tenants"
	// partialEnd is what a copy is called until it is whole.
	partialEnd = ".partial"
)

// manifest tells what is in a backup of a node.
type manifest struct {
	Format   int        `json:"format"`
	Begun    time.Time  `json:"begun"`
	Ended    time.Time  `json:"ended"`
	Key      string     `json:"key"` // the fingerprint of the key that opens its secrets
	Registry copied     `json:"registry"`
	Tenants  []copied   `json:"tenants"`
	Failed   []uncopied `json:"failed"` // of whom there is no copy
}

// copied is one file of a backup.
type copied struct {
	Tenant tenants.TenantID `json:"tenant"` // "" = it is the registry
	File   string           `json:"file"`   // below the backup's folder
	Schema int              `json:"schema"`
	Bytes  int64            `json:"bytes"`
	SHA256 string           `json:"sha256"`
	At     time.Time        `json:"at"`
}

// uncopied is a tenant whose file could not be copied.
type uncopied struct {
	Tenant tenants.TenantID `json:"tenant"`
	Error  string           `json:"error"`
}

// fileOf is where a tenant's copy is below a backup's folder.
func fileOf(id tenants.TenantID) string { return filepath.Join(tenantsName, string(id)+".db") }

// measure reads a copy to its end.
func measure(path string, kind schema.Kind) (c copied, err error) {
	if c.Schema, err = schema.Inspect(path, kind); err != nil {
		return c, err
	}
	file, err := os.Open(path)
	if err != nil {
		return c, err
	}
	defer file.Close()
	sum := sha256.New()
	if c.Bytes, err = io.Copy(sum, file); err != nil {
		return c, err
	}
	c.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return c, nil
}

// verify holds a file of a backup against what the manifest says of it.
func (c copied) verify(folder string, kind schema.Kind) error {
	found, err := measure(filepath.Join(folder, c.File), kind)
	if err == nil && (found.Bytes != c.Bytes || found.SHA256 != c.SHA256 || found.Schema != c.Schema) {
		err = errors.New("is not what was backed up: its bytes have changed since")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	return nil
}

// readManifest reads what is in a backup of a node.
func readManifest(folder string) (m manifest, err error) {
	text, err := os.ReadFile(filepath.Join(folder, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return m, web.Errorf(web.Wrong, "%s is no backup of a node: it has no %s", folder, manifestName)
	}
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("%s in %s: %w", manifestName, folder, err)
	}
	if m.Format != manifestFormat {
		return m, fmt.Errorf("%s has format %d, and this program knows %d: a newer program has made it", folder, m.Format, manifestFormat)
	}
	for _, c := range m.Tenants { // a name is not a path
		if _, err := tenants.ParseTenantID(string(c.Tenant)); err != nil || c.File != fileOf(c.Tenant) {
			return m, fmt.Errorf("%s in %s: tenant %q in %q is none", manifestName, folder, c.Tenant, c.File)
		}
	}
	if m.Registry.File != registryName {
		return m, fmt.Errorf("%s in %s: the registry is in %q", manifestName, folder, m.Registry.File)
	}
	return m, nil
}

// of is the copy of one tenant.
func (m manifest) of(id tenants.TenantID) (copied, error) {
	for _, c := range m.Tenants {
		if c.Tenant == id {
			return c, nil
		}
	}
	for _, f := range m.Failed {
		if f.Tenant == id {
			return copied{}, web.Errorf(web.Unknown, "this backup has no copy of %s: it failed (%s)", id, f.Error)
		}
	}
	return copied{}, web.Errorf(web.Unknown, "this backup has no copy of %s", id)
}

// writeJSON writes a small file, synced, whole or not at all.
func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path+partialEnd, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(text, '\n'))
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(path+partialEnd, path)
}

// syncPath makes sure that a file that nobody has open, or the names in a folder, are
// on disk.
func syncPath(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
