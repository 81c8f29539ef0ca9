package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"topicdesk/actors/backup"
	"topicdesk/actors/crew"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

// Desk is what a visit asks of a web.Desk, here or in the process that runs.
type Desk interface {
	Health(ctx context.Context) ([]web.Finding, error)
	List(ctx context.Context) ([]web.Tenant, error)
	Examine(ctx context.Context, p web.Patient) ([]web.Finding, error)
}

// Diagnosis is what a visit found.
type Diagnosis struct {
	Findings []web.Finding `json:"findings"`
	Tenants  int           `json:"tenants"` // that were looked at
	Failed   int           `json:"failed"`
	Warnings int           `json:"warnings"`
}

// Options are what a visit looks at, and how it is told.
type Options struct {
	DataDir string
	APIRoot string // of the Bot API
	Tenant  string // only this one; "" = all, and what the node stands on
	Offline bool   // Telegram is asked nothing

	// AtDesk asks whoever holds the data directory.
	AtDesk func(ctx context.Context, ask func(Desk) error) error
	// Tell is called with each finding as soon as it is made, one call at a time.
	Tell func(web.Finding)
	// Progress makes a teller of how many tenants are looked at.
	Progress func(what string) func(done, of int)
}

const (
	// examinedAtOnce is how many tenants are examined at the same time.
	examinedAtOnce = 16
	// examineWithin bounds one.
	examineWithin = 45 * time.Second
	// fewFindings is up to how many tenants those are listed that are well.
	fewFindings = 10
)

// Visit examines. An error: there is no such tenant, or ctx ended.
func Visit(ctx context.Context, options Options) (Diagnosis, error) {
	v := &visit{Options: options}
	if v.Tenant != "" {
		err := v.AtDesk(ctx, func(desk Desk) error { return v.only(ctx, desk) })
		return v.Diagnosis, err
	}
	v.surroundings(ctx)
	return v.Diagnosis, v.node(ctx)
}

// visit is one under way.
type visit struct {
	Options

	mu sync.Mutex
	Diagnosis
}

// tell takes findings.
func (v *visit) tell(found ...web.Finding) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, f := range found {
		v.Findings = append(v.Findings, f)
		switch f.Level {
		case web.Bad:
			v.Failed++
		case web.Warning:
			v.Warnings++
		case web.Well, web.Note:
		default:
			panic("a finding of level " + string(f.Level))
		}
		v.Tell(f)
	}
}

// only examines one tenant.
func (v *visit) only(ctx context.Context, desk Desk) error {
	found, err := desk.Examine(ctx, web.Patient{Tenant: v.Tenant, Offline: v.Offline})
	v.Diagnosis.Tenants = 1
	v.tell(found...)
	return err
}

// node examines what only who holds the data directory knows. That it can't be had is a
// finding.
func (v *visit) node(ctx context.Context) error {
	left, err := backup.Unfinished(v.DataDir)
	if err == nil && len(left) == 0 && !registry.Sealed(v.DataDir) {
		v.tell(web.Finding{Level: web.Note, About: "data_dir", Says: "there is no registry yet, so no tenant", Do: "topicdesk tenant add NAME --token-file FILE"})
		return nil
	}
	if err == nil {
		err = v.AtDesk(ctx, func(desk Desk) error { return v.all(ctx, desk) })
	}
	if err == nil || ctx.Err() != nil {
		return err
	}
	v.tell(web.Finding{Level: web.Bad, About: "registry and key", Says: err.Error(), Do: toDo(err)})
	return nil
}

// all examines the node and all tenants.
func (v *visit) all(ctx context.Context, desk Desk) error {
	found, err := desk.Health(ctx)
	if err != nil {
		return err
	}
	v.tell(found...)
	list, err := desk.List(ctx)
	if err != nil {
		return err
	}
	v.orphans(list)
	return v.tenants(ctx, desk, list)
}

// toDo is what helps against a data directory that can't be had.
func toDo(err error) string {
	switch {
	case errors.Is(err, registry.ErrLocked), web.SortOf(err) == web.Refused:
		return "look which process has it (its number is in the file lock); if it is a topicdesk that stands still, stop it"
	case errors.Is(err, registry.ErrWrongKey):
		return "put the right key back, from the copy that lies apart from the data"
	default:
		return "if the disk is well, put a backup in its place: topicdesk restore FROM"
	}
}

// patient is a tenant with what was found.
type patient struct {
	id    tenants.TenantID
	found []web.Finding
}

func (p *patient) well() bool {
	return !slices.ContainsFunc(p.found, func(f web.Finding) bool { return f.Level != web.Well })
}

// tenants examines all. Of many only those are told with which something is.
func (v *visit) tenants(ctx context.Context, desk Desk, list []web.Tenant) error {
	patients := make([]*patient, len(list))
	for i, t := range list {
		patients[i] = &patient{id: t.Name}
	}
	err := crew.Each(ctx, examinedAtOnce, patients, v.Progress("are looked at"), func(ctx context.Context, p *patient) error {
		p.found = v.tenant(ctx, desk, p.id)
		return nil
	})
	if err != nil {
		return err
	}
	v.Diagnosis.Tenants = len(list)
	well, many := 0, len(list) > fewFindings
	for _, p := range patients {
		if p.well() {
			well++
		}
		if !many || !p.well() {
			v.tell(p.found...)
		}
	}
	if many {
		v.tell(web.Finding{Level: web.Well, About: "tenants", Says: fmt.Sprintf("%d of %d are well", well, len(list))})
	}
	return nil
}

func (v *visit) tenant(ctx context.Context, desk Desk, id tenants.TenantID) []web.Finding {
	ctx, cancel := context.WithTimeout(ctx, examineWithin)
	defer cancel()
	found, err := desk.Examine(ctx, web.Patient{Tenant: string(id), Offline: v.Offline})
	if err != nil {
		return []web.Finding{{Level: web.Bad, About: string(id), Says: "it can't be examined: " + err.Error(), Do: "topicdesk doctor --tenant " + string(id)}}
	}
	slices.SortStableFunc(found, func(a, b web.Finding) int { return cmp.Compare(strings.ToLower(a.About), strings.ToLower(b.About)) })
	return found
}
