package house

import (
	"path/filepath"

	"topicdesk/actors/disk"
	"topicdesk/tenants"
)

// Erase deletes a stopped tenant. What is cut in the middle is completed by erasing
// again; until then nobody opens the tenant, because it stays stopped.
func (h *House) Erase(id tenants.TenantID) error {
	steps, err := h.erasure(id)
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return err
}

// erasure are the steps of that. The file goes first: without it what lies beside it
// tells nothing wrong, and a tenant without a file is one that is removed by half. Its
// row goes last, with its tokens and groups.
func (h *House) erasure(id tenants.TenantID) (steps []func() error, err error) {
	path := h.Registry.TenantPath(id)
	beside, err := h.Registry.Beside(id)
	if err != nil {
		return nil, err
	}
	for _, name := range append([]string{path}, beside...) {
		steps = append(steps, func() error { return disk.Remove(name) })
	}
	return append(steps,
		func() error { return disk.Sync(filepath.Dir(path)) },
		func() error { return h.Registry.Remove(id) }), nil
}
