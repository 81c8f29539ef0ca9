package doctor

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"topicdesk/actors/backup"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// orphans compares the files with the registry's list.
func (v *visit) orphans(all []web.Tenant) {
	folder := filepath.Join(v.DataDir, registry.FolderName)
	entries, err := os.ReadDir(folder)
	if err != nil {
		v.tell(web.Finding{Level: web.Bad, About: "tenants' files", Says: err.Error(), Do: ""})
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
			v.tell(web.Finding{Level: web.Bad, About: string(t.Name), Says: "has no file", Do: "put a backup in its place: topicdesk restore --tenant " + string(t.Name) + " FROM"})
		}
	}
	if len(strangers) > 0 {
		v.tell(web.Finding{Level: web.Warning, About: "tenants' files", Says: "belong to no tenant: " + few(strangers),
			Do: "of a tenant that was removed: keep it elsewhere or delete it; else the registry is older than the file: restore both of one backup"})
	}
	if len(leftovers) > 0 {
		v.tell(web.Finding{Level: web.Note, About: "tenants' files", Says: fmt.Sprintf("%.1f MiB of earlier files: %s", float64(size)/(1<<20), few(leftovers)),
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
