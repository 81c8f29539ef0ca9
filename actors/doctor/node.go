package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"topicdesk/actors/house"
	"topicdesk/actors/keyring"
	"topicdesk/actors/web"
	"topicdesk/configs"
	"topicdesk/schema"
	"topicdesk/tenants/store"
)

// Node is what the process that holds the data directory says of itself: its key, its
// files and its versions.
func Node(h *house.House) []web.Finding {
	return []web.Finding{keyFinding(h), filesFinding(h), versions()}
}

func keyFinding(h *house.House) web.Finding {
	f := web.Finding{Level: web.Well, About: "key", Says: fmt.Sprintf("%s, %s", keyring.Fingerprint(h.Registry), keyring.Where(h.Config)), Do: ""}
	switch {
	case keyring.Warning(h.Config) != "":
		f.Level, f.Do = web.Warning, keyring.Warning(h.Config)
	case h.Config.KeyFile != "" && keyGone(h.Config):
		f.Level, f.Do = web.Bad, "its file is gone: the node does not start again without it. Put the copy back"
	}
	return f
}

func keyGone(cfg configs.Config) bool {
	_, err := os.Stat(cfg.KeyFile)
	return errors.Is(err, fs.ErrNotExist)
}

// filesFinding holds the limit of open files against the tenants.
func filesFinding(h *house.House) web.Finding {
	f := web.Finding{Level: web.Well, About: "open files"}
	most, err := h.RoomForTenants()
	if err != nil {
		return web.Finding{Level: web.Bad, About: "open files", Says: err.Error(), Do: "see above; a service has a limit of its own (LimitNOFILE=)"}
	}
	f.Says = fmt.Sprintf("%d tenants can be awake at the same time", most)
	all, _, err := h.Registry.Count()
	if err == nil && most < all {
		f.Level, f.Says = web.Note, fmt.Sprintf("%s, and there are %d", f.Says, all)
	}
	return f
}

// versions are those of what is in this program.
func versions() web.Finding {
	sqlite, err := store.SQLite()
	if err != nil {
		return web.Finding{Level: web.Bad, About: "versions", Says: err.Error(), Do: "build the program with the version in go.mod"}
	}
	return web.Finding{Level: web.Well, About: "versions", Says: fmt.Sprintf("SQLite %s; schema %d of the registry, %d of tenants",
		sqlite, schema.Version(schema.Registry), schema.Version(schema.Tenant))}
}
