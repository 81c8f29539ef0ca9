package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
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

// doctorCommand looks for what is wrong, and says what to do.
type doctorCommand struct {
	Tenant  string `help:"Only this tenant, and all that is known of it." placeholder:"NAME" complete:"tenant"`
	Offline bool   `help:"Ask Telegram nothing."`
}

// Help says what is looked at.
func (doctorCommand) Help() string {
	return "Looks at the data directory, its disk, the clock, the key, the limit of open files, and of each tenant at its file, its tokens, webhooks and rights. " +
		"It works beside a running node, wakes no tenant, and changes nothing. The exit code is 1 if something has failed; warnings leave it 0."
}

// diagnosis is what the doctor answers.
type diagnosis struct {
	Findings []web.Finding `json:"findings"`
	Tenants  int           `json:"tenants"` // that were looked at
	Failed   int           `json:"failed"`
	Warnings int           `json:"warnings"`
}

// Answer is that of a command.
func (doctorCommand) Answer() any { return diagnosis{} }

// Run examines, and tells each finding when it is found.
func (c doctorCommand) Run(ctx context.Context, p *program) error {
	d := &doctor{program: p, offline: c.Offline}
	if c.Tenant == "" {
		d.surroundings(ctx)
	}
	if err := d.desk(ctx, c.Tenant); err != nil {
		return err
	}
	err := p.answer(d.diagnosis, func() {
		d.tellAlike()
		p.say("%d tenants were looked at: %d findings to act on, %d warnings.", d.Tenants, d.Failed, d.Warnings)
	})
	if d.Failed > 0 {
		return errSaid
	}
	return err
}

// doctor is one visit.
type doctor struct {
	*program
	offline bool

	mu sync.Mutex
	diagnosis
	alike map[string]int // notes by what they say
}

// words are what stands before a finding.
var words = map[web.Level]string{web.Well: "ok", web.Note: "note", web.Warning: "WARN", web.Bad: "FAIL"}

// tell takes a finding, which people read at once.
func (d *doctor) tell(found ...web.Finding) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, f := range found {
		d.Findings = append(d.Findings, f)
		switch f.Level {
		case web.Bad:
			d.Failed++
		case web.Warning:
			d.Warnings++
		case web.Well, web.Note:
		default:
			panic("a finding of level " + string(f.Level))
		}
		if d.json || f.Level == web.Note && d.oneMoreAlike(f) > fewFindings {
			continue
		}
		d.say("%-4s  %s: %s", words[f.Level], f.About, f.Says)
		if f.Do != "" {
			d.say("      → %s", f.Do)
		}
	}
}

// oneMoreAlike counts a note; only few of those that say the same are read.
func (d *doctor) oneMoreAlike(f web.Finding) int {
	if d.alike == nil {
		d.alike = map[string]int{}
	}
	d.alike[f.Says]++
	return d.alike[f.Says]
}

// tellAlike tells how many notes were left out because others say the same.
func (d *doctor) tellAlike() {
	for _, says := range slices.Sorted(maps.Keys(d.alike)) {
		if more := d.alike[says] - fewFindings; more > 0 {
			d.say("%-4s  %d more: %s", words[web.Note], more, says)
			d.say("      → all of them: topicdesk doctor --json")
		}
	}
}

// desk examines what only who holds the data directory knows: the node that runs, or
// this process.
func (d *doctor) desk(ctx context.Context, name string) error {
	left, err := backup.Unfinished(d.cfg.DataDir)
	if err != nil {
		return err
	}
	if name == "" && len(left) == 0 && !registry.Sealed(d.cfg.DataDir) {
		d.tell(web.Finding{Level: web.Note, About: "data_dir", Says: "there is no registry yet, so no tenant", Do: "topicdesk tenant add NAME --token-file FILE"})
		return nil
	}
	err = d.atDesk(ctx, func(desk desk) error {
		if name != "" {
			found, err := desk.Examine(ctx, web.Patient{Tenant: name, Offline: d.offline})
			d.Tenants = 1
			d.tell(found...)
			return err
		}
		found, err := desk.Health(ctx)
		if err != nil {
			return err
		}
		d.tell(found...)
		all, err := desk.List(ctx)
		if err != nil {
			return err
		}
		d.orphans(all)
		return d.tenants(ctx, desk, all)
	})
	if err == nil || name != "" || ctx.Err() != nil {
		return err
	}
	d.tell(web.Finding{Level: web.Bad, About: "registry and key", Says: err.Error(), Do: toDo(err)})
	return nil
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

const (
	// examinedAtOnce is how many tenants are examined at the same time.
	examinedAtOnce = 16
	// examineWithin bounds one.
	examineWithin = 45 * time.Second
	// fewFindings is up to how many tenants those are listed that are well, and how many
	// notes that say the same.
	fewFindings = 10
)

// visit is what was found at a tenant.
type visit struct {
	of    tenants.TenantID
	found []web.Finding
}

// tenants examines all. Of many only those are told with which something is.
func (d *doctor) tenants(ctx context.Context, desk desk, all []web.Tenant) error {
	visits := make([]*visit, len(all))
	for i, t := range all {
		visits[i] = &visit{of: t.Name}
	}
	err := crew.Each(ctx, examinedAtOnce, visits, d.every("are looked at"), func(ctx context.Context, v *visit) error {
		v.found = d.one(ctx, desk, v.of)
		return nil
	})
	if err != nil {
		return err
	}
	d.Tenants = len(all)
	well := 0
	for _, v := range visits {
		if !slices.ContainsFunc(v.found, func(f web.Finding) bool { return f.Level != web.Well }) {
			if well++; len(all) > fewFindings {
				continue
			}
		}
		d.tell(v.found...)
	}
	if len(all) > fewFindings {
		d.tell(web.Finding{Level: web.Well, About: "tenants", Says: fmt.Sprintf("%d of %d are well", well, len(all))})
	}
	return nil
}

func (d *doctor) one(ctx context.Context, desk desk, id tenants.TenantID) []web.Finding {
	ctx, cancel := context.WithTimeout(ctx, examineWithin)
	defer cancel()
	found, err := desk.Examine(ctx, web.Patient{Tenant: string(id), Offline: d.offline})
	if err != nil {
		return []web.Finding{{Level: web.Bad, About: string(id), Says: "it can't be examined: " + err.Error(), Do: "topicdesk doctor --tenant " + string(id)}}
	}
	slices.SortStableFunc(found, func(a, b web.Finding) int { return cmp.Compare(strings.ToLower(a.About), strings.ToLower(b.About)) })
	return found
}
