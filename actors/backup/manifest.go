package backup

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
	"topicdesk/tenants/registry"
)

const (
	// manifestName is the file that makes a folder a backup of a node.
	manifestName = "manifest.json"
	// manifestFormat is the version of what is in it.
	manifestFormat = 1
)

// Manifest tells what is in a backup of a node.
type Manifest struct {
	Format   int       `json:"format"`
	Begun    time.Time `json:"begun"`
	Ended    time.Time `json:"ended"`
	Key      string    `json:"key"` // the fingerprint of the key that opens its secrets
	Registry File      `json:"registry"`
	Tenants  []File    `json:"tenants"` // by name
	Failed   []Failure `json:"failed"`  // of whom there is no copy
}

// File is one file of a backup.
type File struct {
	Tenant tenants.TenantID `json:"tenant"` // "" = it is the registry
	File   string           `json:"file"`   // below the backup's folder
	Schema int              `json:"schema"`
	Bytes  int64            `json:"bytes"`
	SHA256 string           `json:"sha256"`
	At     time.Time        `json:"at"`
}

// Failure is a tenant whose file could not be copied.
type Failure struct {
	Tenant tenants.TenantID `json:"tenant"`
	Error  string           `json:"error"`
}

// fileOf is where a tenant's copy is below a backup's folder.
func fileOf(id tenants.TenantID) string { return registry.FileOf("", id) }

// Bytes are those of all files.
func (m Manifest) Bytes() int64 {
	sum := m.Registry.Bytes
	for _, f := range m.Tenants {
		sum += f.Bytes
	}
	return sum
}

// measure reads a copy to its end.
func measure(path string, kind schema.Kind) (f File, err error) {
	if f.Schema, err = schema.Inspect(path, kind); err != nil {
		return f, err
	}
	file, err := os.Open(path)
	if err != nil {
		return f, err
	}
	defer file.Close()
	sum := sha256.New()
	if f.Bytes, err = io.Copy(sum, file); err != nil {
		return f, err
	}
	f.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return f, nil
}

// verify holds a file of a backup against what the manifest says of it.
func (f File) verify(folder string, kind schema.Kind) error {
	found, err := measure(filepath.Join(folder, f.File), kind)
	if err == nil && (found.Bytes != f.Bytes || found.SHA256 != f.SHA256 || found.Schema != f.Schema) {
		err = errors.New("is not what was backed up: its bytes have changed since")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f.File, err)
	}
	return nil
}

// Read reads what is in a backup of a node, and holds nothing of it against the files.
// An error of sort web.Wrong: the folder is none.
func Read(folder string) (m Manifest, err error) {
	text, err := os.ReadFile(filepath.Join(folder, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return m, web.Errorf(web.Wrong, "%s is no backup of a node: it has no %s", folder, manifestName)
	}
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err == nil {
		err = m.sane()
	}
	if err != nil {
		return m, fmt.Errorf("%s in %s: %w", manifestName, folder, err)
	}
	return m, nil
}

// sane refuses what this program would not write: above all a name is not a path.
func (m Manifest) sane() error {
	if m.Format != manifestFormat {
		return fmt.Errorf("it has format %d, and this program knows %d: a newer program has made it", m.Format, manifestFormat)
	}
	for _, f := range m.Tenants {
		if _, err := tenants.ParseTenantID(string(f.Tenant)); err != nil || f.File != fileOf(f.Tenant) {
			return fmt.Errorf("tenant %q in %q is none", f.Tenant, f.File)
		}
	}
	if m.Registry.File != registry.FileName {
		return fmt.Errorf("the registry is in %q", m.Registry.File)
	}
	return nil
}

// Of gives the path of the copy of one tenant in a backup of a node, and holds it
// against the list. An error of sort web.Unknown: there is none.
func Of(folder string, id tenants.TenantID) (path string, err error) {
	m, err := Read(folder)
	if err != nil {
		return "", err
	}
	for _, f := range m.Tenants {
		if f.Tenant == id {
			return filepath.Join(folder, f.File), f.verify(folder, schema.Tenant)
		}
	}
	for _, f := range m.Failed {
		if f.Tenant == id {
			return "", web.Errorf(web.Unknown, "this backup has no copy of %s: it failed (%s)", id, f.Error)
		}
	}
	return "", web.Errorf(web.Unknown, "this backup has no copy of %s", id)
}
