package world

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"topicdesk/bench/disk"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// blanks are a registry without tenants and a tenant's file without rows, made
// once: their schemas take a sixth of a run's time.
var blanks = sync.OnceValues(func() (b struct{ registry, tenant []byte }, err error) {
	dir, err := os.MkdirTemp("", "topicdesk-blank-")
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	d, err := disk.New(dir)
	if err != nil {
		return b, err
	}
	defer d.Free()
	reg, err := registry.Open(dir, registry.Key{})
	if err != nil {
		return b, err
	}
	registered := slices.Collect(maps.Keys(d.Holds()))
	file, err := store.Open(reg.TenantPath("blank"), store.Options{})
	if err != nil {
		return b, errors.Join(err, reg.Close())
	}
	if err := errors.Join(file.Close(), reg.Close()); err != nil {
		return b, err
	}
	for path, data := range d.Holds() {
		if slices.Contains(registered, path) {
			b.registry = data
		} else {
			b.tenant = data
		}
	}
	return b, nil
})

// layOut puts them where the tenants' files will be.
func (s *site) layOut() error {
	b, err := blanks()
	if err != nil {
		return err
	}
	dir, err := filepath.EvalSymlinks(s.dir)
	if err != nil {
		return err
	}
	s.Disk.Put(filepath.Join(dir, "registry.db"), b.registry)
	for n := range max(s.opt.Houses, 1) {
		path := filepath.Join(dir, "tenants", string(houseNames[n])+".db")
		s.Disk.Put(path, b.tenant)
		// The store looks itself whether a file is there, on the machine's disk.
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			return err
		}
	}
	return nil
}
