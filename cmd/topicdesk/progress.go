package main

import (
	"bufio"
	"fmt"
	"strings"
	"time"

	"topicdesk/actors/web"
)

// How often long work tells how far it is: people who watch, and logs.
const (
	progressShown  = 200 * time.Millisecond
	progressLogged = 5 * time.Second
	progressPause  = 2 * time.Second // of what is counted
)

// progress tells on the error output how far long work is; nothing of work that is
// soon done, and nothing with --json.
type progress struct {
	p    *program
	next time.Time
	told bool
}

// work begins something that may take long.
func (p *program) work() *progress {
	first := progressShown
	if !p.terminal {
		first = progressLogged
	}
	return &progress{p: p, next: time.Now().Add(first)}
}

// at is called as often as one likes.
func (g *progress) at(format string, args ...any) {
	now := time.Now()
	if g.p.json || now.Before(g.next) {
		return
	}
	g.told = true
	if g.p.terminal {
		g.next = now.Add(progressShown)
		fmt.Fprintf(g.p.errs, "\r\x1b[K"+format, args...)
		return
	}
	g.next = now.Add(progressLogged)
	fmt.Fprintf(g.p.errs, format+"\n", args...)
}

// end takes the line away.
func (g *progress) end() {
	if g.told && g.p.terminal {
		fmt.Fprint(g.p.errs, "\r\x1b[K")
	}
}

// every makes a teller of progress that counts tenants, for people and not too often;
// what is what is done with them.
func (p *program) every(what string) func(done, of int) {
	last := time.Now()
	return func(done, of int) {
		if p.json || done == of || time.Since(last) < progressPause {
			return
		}
		last = time.Now()
		p.say("%d of %d tenants %s …", done, of, what)
	}
}

// confirm lets only go on who means it: --yes, or a word typed again at a terminal.
func (p *program) confirm(yes bool, word, what string) error {
	switch {
	case yes:
		return nil
	case !p.terminal || p.json:
		return web.Errorf(web.Refused, "%s; say --yes if you mean it", what)
	}
	fmt.Fprintf(p.errs, "%s.\nType %s to go on: ", what, word)
	typed, err := bufio.NewReader(p.in).ReadString('\n')
	if strings.TrimSpace(typed) != word {
		return web.Errorf(web.Refused, "nothing was done")
	}
	return err
}
