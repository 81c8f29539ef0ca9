package main

import (
	"context"
	"maps"
	"slices"

	"topicdesk/actors/doctor"
	"topicdesk/actors/web"
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

// Answer is that of a command.
func (doctorCommand) Answer() any { return doctor.Diagnosis{} }

// Run examines, and tells each finding when it is found.
func (c doctorCommand) Run(ctx context.Context, p *program) error {
	told := findings{p: p, alike: map[string]int{}}
	d, err := doctor.Visit(ctx, doctor.Options{
		DataDir: p.cfg.DataDir, APIRoot: p.cfg.Telegram.APIRoot, Tenant: c.Tenant, Offline: c.Offline,
		AtDesk: func(ctx context.Context, ask func(doctor.Desk) error) error {
			return p.atDesk(ctx, func(d desk) error { return ask(d) })
		},
		Tell: told.tell, Progress: p.every,
	})
	if err != nil {
		return err
	}
	err = p.answer(d, func() {
		told.end()
		p.say("%d tenants were looked at: %d findings to act on, %d warnings.", d.Tenants, d.Failed, d.Warnings)
	})
	if d.Failed > 0 {
		return errSaid
	}
	return err
}

// findings prints them, for people.
type findings struct {
	p     *program
	alike map[string]int // notes by what they say
}

// words are what stands before a finding.
var words = map[web.Level]string{web.Well: "ok", web.Note: "note", web.Warning: "WARN", web.Bad: "FAIL"}

// fewAlike is how many notes are read that say the same.
const fewAlike = 10

func (o findings) tell(f web.Finding) {
	if f.Level == web.Note {
		o.alike[f.Says]++
	}
	if o.p.json || o.alike[f.Says] > fewAlike {
		return
	}
	o.p.say("%-4s  %s: %s", words[f.Level], f.About, f.Says)
	if f.Do != "" {
		o.p.say("      → %s", f.Do)
	}
}

// end tells how many notes were left out because others say the same.
func (o findings) end() {
	for _, says := range slices.Sorted(maps.Keys(o.alike)) {
		if more := o.alike[says] - fewAlike; more > 0 {
			o.p.say("%-4s  %d more: %s", words[web.Note], more, says)
			o.p.say("      → all of them: topicdesk doctor --json")
		}
	}
}
