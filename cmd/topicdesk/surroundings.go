package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"topicdesk/actors/backup"
	"topicdesk/actors/disk"
	"topicdesk/actors/house"
	"topicdesk/actors/web"
	"topicdesk/configs"
	"topicdesk/schema"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// surroundings examines what a node stands on: Telegram, the clock, the folder, the
// disk.
func (d *doctor) surroundings(ctx context.Context) {
	if !d.offline {
		d.telegram(ctx)
	}
	if d.folder() {
		d.room()
		d.syncs()
	}
}

const (
	// reachWithin bounds the question whether the Bot API server is there.
	reachWithin = 10 * time.Second
	// clockOff and clockFar are how far this clock may be from Telegram's before that
	// is told, and before it does harm: Telegram's clock is told in whole seconds.
	clockOff = 5 * time.Second
	clockFar = time.Minute
)

// telegram asks the Bot API server whether it is there and what time it has. If it is
// not, no bot is tested: each would wait for the same.
func (d *doctor) telegram(ctx context.Context) {
	const about = "telegram.api_root"
	ctx, cancel := context.WithTimeout(ctx, reachWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, d.cfg.Telegram.APIRoot, nil)
	if err != nil {
		panic(err) // the settings are checked
	}
	asked := time.Now()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		d.offline = true
		d.tell(web.Finding{Level: web.Bad, About: about, Says: fmt.Sprintf("not reached: %v. Bots are not tested", err),
			Do: "look at the network, names (DNS) and the proxy of this machine, and at telegram.api_root"})
		return
	}
	response.Body.Close()
	d.tell(web.Finding{Level: web.Well, About: about, Says: fmt.Sprintf("reached in %s", time.Since(asked).Round(time.Millisecond))})
	if there, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		d.tell(clockFinding(there, asked, time.Now()))
	}
}

// clockFinding compares a server's time with this machine's, between asking and being
// answered.
func clockFinding(there, asked, answered time.Time) web.Finding {
	var off time.Duration
	switch { // the header has whole seconds
	case there.Add(time.Second).Before(asked):
		off = asked.Sub(there)
	case there.After(answered):
		off = answered.Sub(there)
	}
	f := web.Finding{Level: web.Well, About: "clock", Says: "agrees with Telegram's"}
	if off.Abs() < clockOff {
		return f
	}
	f.Level, f.Do = web.Warning, "let the machine keep its time (NTP): timedatectl set-ntp true"
	if off.Abs() >= clockFar {
		f.Level = web.Bad
	}
	way := "ahead of"
	if off < 0 {
		way = "behind"
	}
	f.Says = fmt.Sprintf("%s %s Telegram's", off.Abs().Round(time.Second), way)
	return f
}

// folder examines data_dir; false = nothing in it can be examined.
func (d *doctor) folder() bool {
	dir := d.cfg.DataDir
	info, err := os.Stat(dir)
	f := web.Finding{Level: web.Well, About: "data_dir", Says: dir}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.Level, f.Says = web.Note, dir+" does not exist yet and will be made"
	case err != nil:
		f.Level, f.Says = web.Bad, err.Error()
	case !info.IsDir():
		f.Level, f.Says = web.Bad, dir+" is no folder"
	case info.Mode().Perm()&0o077 != 0:
		f.Level, f.Says = web.Warning, fmt.Sprintf("%s may be looked into by others (mode %04o)", dir, info.Mode().Perm())
		f.Do = "chmod 700 " + dir
	}
	d.tell(f)
	d.unfinished(dir)
	return err == nil && info.IsDir()
}

// unfinished tells of restorations that were interrupted.
func (d *doctor) unfinished(dir string) {
	left, err := backup.Unfinished(dir)
	if err != nil {
		d.tell(web.Finding{Level: web.Bad, About: "data_dir", Says: err.Error(), Do: ""})
	}
	for _, name := range left {
		d.tell(web.Finding{Level: web.Note, About: "data_dir", Says: "a restoration was interrupted when all was ready: " + name, Do: "whatever takes data_dir next puts it in place, a start too"})
	}
}

const (
	// roomLittle and roomNone are how little free disk is told, and does harm soon,
	// bytes.
	roomLittle = 1 << 30
	roomNone   = 64 << 20
)

// room examines how much the disk can still take.
func (d *doctor) room() {
	free, err := disk.FreeBytes(d.cfg.DataDir)
	f := web.Finding{Level: web.Well, About: "disk", Says: fmt.Sprintf("%.1f GiB are free", float64(free)/(1<<30))}
	switch {
	case err != nil:
		f.Level, f.Says = web.Bad, err.Error()
	case free < roomNone:
		f.Level = web.Bad
	case free < roomLittle:
		f.Level = web.Warning
	}
	if f.Level != web.Well {
		f.Do = "make room: on a full disk nothing is acknowledged and nothing is sent"
	}
	d.tell(f)
}

const (
	// syncTries is how many syncs are measured.
	syncTries = 15
	// syncSlow is how long one may take before that is told.
	syncSlow = 50 * time.Millisecond
)

// syncs examines whether data_dir can be written, and how long a synced write takes:
// every message waits for two.
func (d *doctor) syncs() {
	took := make([]time.Duration, syncTries)
	for i := range took {
		began := time.Now()
		if err := house.TrySync(d.cfg.DataDir); err != nil {
			d.tell(web.Finding{Level: web.Bad, About: "disk", Says: "data_dir takes nothing: " + err.Error(), Do: "look who owns the folder, and whether its disk is full or read only"})
			return
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	middle, most := took[len(took)/2], took[len(took)-1]
	f := web.Finding{Level: web.Well, About: "disk", Says: fmt.Sprintf("a synced write takes %s in the middle, %s at most",
		middle.Round(time.Microsecond), most.Round(time.Microsecond))}
	if middle > syncSlow {
		f.Level, f.Do = web.Warning, "each message waits for two of them: put data_dir on a disk of its own, or a faster one"
	}
	d.tell(f)
}

// orphans compares the files with the registry's list.
func (d *doctor) orphans(all []web.Tenant) {
	folder := filepath.Join(d.cfg.DataDir, registry.FolderName)
	entries, err := os.ReadDir(folder)
	if err != nil {
		d.tell(web.Finding{Level: web.Bad, About: "tenants' files", Says: err.Error(), Do: ""})
		return
	}
	listed, there := map[string]bool{}, map[string]bool{}
	for _, t := range all {
		listed[string(t.Name)] = true
	}
	var strangers, leftovers []string
	var size int64
	for _, entry := range entries {
		name, end, _ := strings.Cut(entry.Name(), ".db")
		switch _, err := tenants.ParseTenantID(name); {
		case err == nil && end == "":
			there[name] = true
			if !listed[name] {
				strangers = append(strangers, entry.Name())
			}
		case err == nil && slices.Contains(backup.SQLiteEnds, end):
		default:
			leftovers = append(leftovers, entry.Name())
			if info, err := entry.Info(); err == nil {
				size += info.Size()
			}
		}
	}
	for _, t := range all {
		if !there[string(t.Name)] && t.State != web.StateRemoved {
			d.tell(web.Finding{Level: web.Bad, About: string(t.Name), Says: "has no file", Do: "put a backup in its place: topicdesk restore --tenant " + string(t.Name) + " FROM"})
		}
	}
	if len(strangers) > 0 {
		d.tell(web.Finding{Level: web.Warning, About: "tenants' files", Says: "belong to no tenant: " + few(strangers),
			Do: "of a tenant that was removed: keep it elsewhere or delete it; else the registry is older than the file: restore both of one backup"})
	}
	if len(leftovers) > 0 {
		d.tell(web.Finding{Level: web.Note, About: "tenants' files", Says: fmt.Sprintf("%.1f MiB of earlier files: %s", float64(size)/(1<<20), few(leftovers)),
			Do: "they were put away by restorations; delete them when they are not needed any more"})
	}
}

// few are some of many names.
func few(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// findings is what the node says of itself: its key, its files and its versions.
func findings(h *house.House) []web.Finding {
	return []web.Finding{keyFinding(h), filesFinding(h), versions()}
}

func keyFinding(h *house.House) web.Finding {
	f := web.Finding{Level: web.Well, About: "key", Says: fmt.Sprintf("%s, %s", fingerprint(h.Registry), whereKey(h.Config)), Do: ""}
	switch {
	case besideData(h.Config) != "":
		f.Level, f.Do = web.Warning, besideData(h.Config)
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

// homeOf is the part of an address that may be shown: the rest may be a secret.
func homeOf(address string) string {
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		return "an address that can't be read"
	}
	return request.URL.Scheme + "://" + request.URL.Host
}
