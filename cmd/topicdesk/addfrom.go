package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"

	"topicdesk/actors/crew"
	"topicdesk/actors/web"
	"topicdesk/tenants"
	"topicdesk/tenants/registry"
)

type tenantAddFrom struct {
	File string `arg:"" help:"The list, a line a tenant: its name, a comma, its bot's token or a file that holds it. - reads it from the input; # begins a comment."`
}

// Help says what becomes of failures.
func (tenantAddFrom) Help() string {
	return "What can't be added is told and does not keep the others from it; the exit code is then 1. " +
		"Names that are there already are left as they are, so the same list can be given again."
}

// added is the answer to add-from.
type added struct {
	Added  []string   `json:"added"`
	There  []string   `json:"there"` // had the name already
	Failed []notAdded `json:"failed"`
	Left   int        `json:"left"` // it was interrupted before their turn
}

type notAdded struct {
	Name  string `json:"name"`
	Error string `json:"error"`
}

// Answer is that of a command.
func (tenantAddFrom) Answer() any { return added{} }

// addedAtOnce is how many bots Telegram is asked about at the same time.
const addedAtOnce = 8

// Run adds all of the list.
func (c tenantAddFrom) Run(ctx context.Context, p *program) error {
	list, err := p.readList(c.File)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, func(d desk) error {
		known, err := d.List(ctx)
		if err != nil {
			return err
		}
		all := p.addAll(ctx, d, list, known)
		return errors.Join(p.answer(all, func() { p.added(all) }), all.err())
	})
}

func (a added) err() error {
	if a.Left > 0 {
		return fmt.Errorf("interrupted before the last %d; the same list goes on with them", a.Left)
	}
	if len(a.Failed) > 0 {
		return fmt.Errorf("%d of %d were not added", len(a.Failed), len(a.Failed)+len(a.Added)+len(a.There))
	}
	return nil
}

func (p *program) added(a added) {
	for _, f := range a.Failed {
		p.say("%s: %s", f.Name, f.Error)
	}
	p.say("%d added, %d there already, %d failed. How each gets its group: topicdesk tenant show NAME", len(a.Added), len(a.There), len(a.Failed))
}

// addAll adds a list's, some at the same time, until ctx ends. One that is there may be
// half made, by a crash or on a full disk: adding it makes the rest.
func (p *program) addAll(ctx context.Context, d desk, list []web.New, known []web.Tenant) (all added) {
	there := map[string]bool{}
	for _, t := range known {
		there[string(t.Name)] = true
	}
	work, mu := p.work(), sync.Mutex{}
	defer work.end()
	told := func(done, of int) { work.at("%d of %d", done, of) }
	_ = crew.Each(ctx, addedAtOnce, list, told, func(ctx context.Context, n web.New) error { // that it was ended shows in Left
		_, err := d.Add(ctx, n)
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err == nil:
			all.Added = append(all.Added, n.Name)
		case there[n.Name] && web.SortOf(err) == web.Refused:
			all.There = append(all.There, n.Name)
		case ctx.Err() == nil:
			all.Failed = append(all.Failed, notAdded{n.Name, err.Error()})
		}
		return nil
	})
	all.Left = len(list) - len(all.Added) - len(all.There) - len(all.Failed)
	slices.Sort(all.Added)
	slices.Sort(all.There)
	slices.SortFunc(all.Failed, func(a, b notAdded) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// botNumber is how tokens begin, and files seldom.
var botNumber = regexp.MustCompile(`^[0-9]+:`)

// readList reads names and tokens. What is wrong with a line is told by its number,
// never by its words, which may be a token.
func (p *program) readList(name string) (list []web.New, err error) {
	source := p.in
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("read the list: %w", err)
		}
		defer file.Close()
		source = file
	}
	lines := csv.NewReader(source)
	lines.Comment, lines.FieldsPerRecord, lines.TrimLeadingSpace = '#', 2, true
	seen := map[string]bool{}
	for {
		line, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, web.Errorf(web.Wrong, "the list: %w; a line is a name, a comma, and a token or a file that holds it", err)
		}
		at, _ := lines.FieldPos(0)
		n := web.New{Name: strings.TrimSpace(line[0]), Token: strings.TrimSpace(line[1])}
		if _, err := tenants.ParseTenantID(n.Name); err != nil {
			return nil, web.Errorf(web.Wrong, "line %d of the list: %w", at, err)
		}
		if seen[n.Name] {
			return nil, web.Errorf(web.Wrong, "line %d of the list: %s: %w", at, n.Name, registry.ErrTaken)
		}
		seen[n.Name] = true
		if n.Token, err = p.tokenOrFile(n.Token); err != nil {
			return nil, fmt.Errorf("line %d of the list: the file with its token: %w", at, err)
		}
		list = append(list, n)
	}
}

// tokenOrFile is a token of a list, or what the file of that name holds. Its error does
// not say the name, which may be a mistyped token.
func (p *program) tokenOrFile(text string) (token string, err error) {
	if botNumber.MatchString(text) {
		return text, nil
	}
	token, err = p.readToken(text)
	var of *fs.PathError
	if errors.As(err, &of) {
		err = of.Err
	}
	return token, err
}
