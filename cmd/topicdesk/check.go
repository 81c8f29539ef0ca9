package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"time"

	"topicdesk/actors/web"
	"topicdesk/configs"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// checkCommand tests what the settings name. It changes nothing that lasts.
type checkCommand struct{}

// checked is the answer to check.
type checked struct {
	Settings []configs.Shown `json:"settings"`
	Tests    []tested        `json:"tests"`
	Well     bool            `json:"well"`
}

// tested is the outcome of one test.
type tested struct {
	Test    string `json:"test"`    // what was tested
	Outcome string `json:"outcome"` // ok, failed, note
	Says    string `json:"says"`
}

// Answer is that of a command.
func (checkCommand) Answer() any { return checked{} }

// Run prints the settings and one line for each test.
func (checkCommand) Run(ctx context.Context, p *program) error {
	if !p.json {
		if err := p.cfg.Print(p.out); err != nil {
			return err
		}
		p.say("")
	}
	c := &checker{program: p}
	if _, err := knobs(p.cfg); err != nil {
		c.tell("simulator", err, "")
	}
	c.telegram(ctx)
	if c.folder() {
		c.syncs()
		c.tenants(ctx)
	}
	err := p.answer(checked{p.cfg.Shown(), c.tests, !c.bad}, func() {})
	if c.bad {
		return errSaid
	}
	return err
}

type checker struct {
	*program
	tests []tested
	bad   bool
}

// add takes the outcome of one test; people read it at once.
func (c *checker) add(word string, t tested) {
	c.tests = append(c.tests, t)
	if !c.json {
		c.say("%-4s  %s: %s", word, t.Test, t.Says)
	}
}

// note is about something that is no test.
func (c *checker) note(what, format string, args ...any) {
	c.add("note", tested{what, "note", fmt.Sprintf(format, args...)})
}

// tell prints the outcome of one test.
func (c *checker) tell(what string, err error, well string) {
	if err != nil {
		c.bad = true
		c.add("FAIL", tested{what, "failed", err.Error()})
		return
	}
	c.add("ok", tested{what, "ok", well})
}

// reachWithin bounds the question whether the Bot API server is there.
const reachWithin = 10 * time.Second

// telegram tests the Bot API server, with the bot's token if there is one.
func (c *checker) telegram(ctx context.Context) {
	if token := c.cfg.BotToken.Reveal(); token != "" {
		self, err := (&house{cfg: c.cfg}).meet(ctx, token)
		c.tell("bot_token", err, "@"+self.Person.Username)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, reachWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, c.cfg.Telegram.APIRoot, nil)
	if err != nil {
		panic(err) // the settings are checked
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		// Not an error: a demo needs none, and tenants' bots are tested below.
		c.note("telegram.api_root", "not reached: %v", err)
		return
	}
	response.Body.Close()
	c.tell("telegram.api_root", nil, "reached")
}

// folder tests data_dir; false = nothing in it can be tested.
func (c *checker) folder() bool {
	dir := c.cfg.DataDir
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.note("data_dir", "%s does not exist yet and will be made", dir)
		return false
	case err == nil && !info.IsDir():
		err = fmt.Errorf("%s is no folder", dir)
	}
	c.tell("data_dir", err, dir)
	return err == nil
}

// syncTries is how many syncs are measured.
const syncTries = 15

// syncs tests that data_dir can be written, and how long a synced write takes:
// every message waits for two.
func (c *checker) syncs() {
	file, err := os.CreateTemp(c.cfg.DataDir, probePattern)
	if err != nil {
		c.tell("data_dir is written to", err, "")
		return
	}
	defer os.Remove(file.Name())
	defer file.Close()
	var took []time.Duration
	for range syncTries {
		began := time.Now()
		if _, err = file.Write(make([]byte, 4096)); err == nil {
			err = file.Sync()
		}
		if err != nil {
			break
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	well := ""
	if err == nil {
		well = fmt.Sprintf("%s in the middle, %s at most", took[len(took)/2].Round(time.Microsecond), took[len(took)-1].Round(time.Microsecond))
	}
	c.tell("a synced write", err, well)
}

// tenants tests key, registry, files and tokens; of a node that runs, only that
// it answers.
func (c *checker) tenants(ctx context.Context) {
	if !registry.Sealed(c.cfg.DataDir) {
		c.note("key", "nothing is sealed yet")
		return
	}
	if hint := besideData(c.cfg); hint != "" {
		c.note("key_file", "%s", hint)
	}
	if client, err := web.Dial(ctx, c.cfg.DataDir); err == nil {
		all, err := client.List(ctx)
		c.tell("running node", err, fmt.Sprintf("it answers; %d tenants. Their tokens are tested when it does not run", len(all)))
		return
	}
	h, err := openHouse(c.cfg, c.log, c.notice)
	if err != nil {
		c.tell("key and registry", err, "")
		return
	}
	all, err := h.registry.Tenants()
	c.tell("key and registry", err, fmt.Sprintf("%d tenants", len(all)))
	for _, t := range all {
		c.tenant(ctx, h, t)
	}
	if err := h.close(); err != nil {
		c.tell("registry closes", err, "")
	}
}

// tenant tests one tenant's file and tokens.
func (c *checker) tenant(ctx context.Context, h *house, t registry.Tenant) {
	var all []store.Connection
	err := resting{h.registry, rules(h.cfg.Limits), "the node"}.Read(ctx, t.ID, func(r store.Reads) (err error) {
		all, err = r.Connections()
		return errors.Join(err, r.Check())
	})
	c.tell(fmt.Sprintf("tenant %s", t.ID), err, fmt.Sprintf("%d connections", len(all)))
	for _, one := range inGroups(all) {
		c.token(ctx, h, t, one)
	}
}

func (c *checker) token(ctx context.Context, h *house, t registry.Tenant, one store.Connection) {
	what := fmt.Sprintf("tenant %s, connection %d (@%s)", t.ID, one.ID, one.Username)
	token, _, err := h.logins.token(loginKey{t.ID, one.ID})
	if err == nil {
		_, err = h.meet(ctx, token)
	}
	c.tell(what, err, "Telegram knows the token")
	if err != nil || one.Group.ID == 0 {
		return
	}
	for _, line := range h.examine(ctx, t.ID, one) {
		c.add("", tested{what, "note", line})
	}
}
