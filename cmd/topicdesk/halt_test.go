package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"topicdesk/actors/proof"
	"topicdesk/actors/web"
)

// hook is the address of the bot's webhook, "" = it has none.
func (s *scene) hook() string { return s.hookOf(s.token) }

func (s *scene) hookOf(token string) string {
	s.t.Helper()
	var info struct{ Result struct{ URL string } }
	s.read("/bot"+token+"/getWebhookInfo", &info)
	return info.Result.URL
}

// state is how a tenant stands.
func (s *scene) state(name string) string {
	s.t.Helper()
	all := answered[listed](s, "tenant", "list").Tenants
	i := slices.IndexFunc(all, func(t web.Tenant) bool { return string(t.Name) == name })
	if i < 0 {
		return "unknown"
	}
	return all[i].State
}

// files are what is in the folder of tenants' files of one.
func (s *scene) files(name string) []string {
	s.t.Helper()
	found, err := filepath.Glob(filepath.Join(strings.TrimPrefix(s.settings[0], "data_dir="), "tenants", name+".db*"))
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

// TestStopAndStart: a stopped tenant hears and says nothing, over a restart too; its
// file can be worked with; and it goes on with what waited.
func TestStopAndStart(t *testing.T) {
	for _, mode := range []string{"polled", "delivered"} {
		t.Run(mode, func(t *testing.T) {
			s := newScene(t)
			if mode == "delivered" {
				address := freeAddress(t)
				s.settings = append(s.settings, "http.listen="+address, "http.public_url=http://"+address)
			}
			words := strings.Fields
			r := start(t, s.settings, "serve")
			s.bind(r.output)
			zelda, bob := s.talk()
			if got := s.state("default"); got != web.StateAwake {
				t.Errorf("it is %s", got)
			}
			s.expect(exitDone, "", words("tenant stop default"), "is stopped", "24 hours")
			s.expect(exitDone, "", words("tenant stop default"), "is stopped")
			if url := s.hook(); url != "" {
				t.Errorf("its webhook is %s", url)
			}
			s.say(zelda, s.bot, 0, "is anybody there?")
			s.expect(exitDone, "", words("tenant list"), "stopped")
			s.expect(exitDone, "", words("tenant show default"), "stopped", "@desk_bot works in the group")
			s.expect(exitDone, "", words("tenant set default AUTOCLOSE 7"), "AUTOCLOSE 7")
			s.expect(exitDone, "", words("outbox list default"))
			s.expect(exitDone, "", words("tenant export default"), "Bobby")
			if shown := answered[proof.Proof](s, "tenant", "forget", "default", fmt.Sprint(bob), "--yes"); !shown.Proved {
				t.Errorf("%+v", shown)
			}
			copied := filepath.Join(t.TempDir(), "copy")
			s.expect(exitDone, "", []string{"tenant", "backup", "default", copied}, "is backed up")
			if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the copy: %v %v", info, err)
			}
			s.expect(exitDone, "", words("tenant set default AUTOCLOSE 8"), "AUTOCLOSE 8")
			s.expect(exitDone, "", []string{"tenant", "restore", "default", copied}, "goes on from the backup")
			s.expect(exitDone, "", words("tenant show default"), "stopped", "AUTOCLOSE 7")
			r.stop()
			if got := s.state("default"); got != web.StateStopped {
				t.Errorf("without a node it is %s", got)
			}
			again := start(t, s.settings, "serve")
			again.find(t, `(node started)`)
			if got := s.state("default"); got != web.StateStopped {
				t.Errorf("after a restart it is %s", got)
			}
			if texts := strings.Join(s.texts(s.alma, s.forum, -1), "\n"); strings.Contains(texts, "is anybody there?") {
				t.Error("it relayed while it was stopped")
			}
			if url := s.hook(); url != "" {
				t.Errorf("after a restart its webhook is %s", url)
			}
			s.expect(exitDone, "", words("tenant start default"), "goes on with all that waited")
			s.said(s.alma, s.forum, -1, "is anybody there?")
			s.expect(exitDone, "", words("tenant show default"), "awake", "AUTOCLOSE 7")
		})
	}
}

// TestStopWithoutANode: what is stopped while nobody runs stays stopped, and others
// don't notice.
func TestStopWithoutANode(t *testing.T) {
	s := newScene(t)
	s.settings = s.settings[:2:2]
	_, other := s.world.bot("other_bot")
	words := strings.Fields
	s.expect(exitDone, s.token, words("tenant add acme --token-file -"))
	s.expect(exitDone, other, words("tenant add bravo --token-file -"))
	if got := s.state("acme"); got != web.StateOff {
		t.Errorf("it is %s", got)
	}
	s.expect(exitUnknown, "", words("tenant stop acm"), "Did you mean acme?")
	s.expect(exitDone, "", words("tenant stop acme"), "is stopped")
	r := start(t, s.settings, "serve")
	r.find(t, `(node started)`)
	s.until("the other one runs", func() bool { return s.state("bravo") == web.StateAwake })
	if got := s.state("acme"); got != web.StateStopped {
		t.Errorf("it is %s", got)
	}
	r.stop()
	s.expect(exitDone, "", words("tenant start acme"), "goes on when the node runs")
	start(t, s.settings, "serve").find(t, `(node started)`)
	s.until("it runs", func() bool { return s.state("acme") == web.StateAwake })
}

// TestRemove: nothing of a tenant is left, its bot is free, and others go on.
func TestRemove(t *testing.T) {
	for _, mode := range []string{"alone", "beside a node"} {
		t.Run(mode, func(t *testing.T) {
			s := newScene(t)
			address := freeAddress(t)
			s.settings = append(s.settings, "http.listen="+address, "http.public_url=http://"+address)
			words := strings.Fields
			r := start(t, s.settings, "serve")
			s.bind(r.output)
			_, other := s.world.bot("other_bot")
			s.expect(exitDone, other, words("tenant add bravo --token-file -"))
			s.until("its webhook is set", func() bool { return s.hook() != "" })
			if mode == "alone" {
				r.stop()
			}
			s.settings = slices.DeleteFunc(s.settings, func(s string) bool { return strings.HasPrefix(s, "bot_token=") })
			s.expect(exitRefused, "", words("tenant rm default"), "say --yes")
			if len(s.files("default")) == 0 {
				t.Error("it was removed unasked")
			}
			s.expect(exitUnknown, "", words("tenant rm defualt --yes"), "Did you mean default?")
			s.expect(exitDone, "", words("tenant rm default --yes"), "default is removed")
			if left := s.files("default"); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
			if url := s.hook(); url != "" {
				t.Errorf("its webhook is %s", url)
			}
			s.expect(exitUnknown, "", words("tenant show default"), "no tenant")
			s.expect(exitDone, "", words("tenant show bravo"), "@other_bot")
			s.expect(exitDone, s.token, words("tenant add again --token-file -"), "@desk_bot has no group yet")
			if mode == "alone" {
				r = start(t, s.settings, "serve")
				r.find(t, `(node started)`)
			}
			s.until("another tenant serves the bot", func() bool { return s.state("again") == web.StateAwake && s.hook() != "" })
			// The group of the removed tenant is free for another.
			ann := s.person("Ann")
			_, shown := s.command("", "tenant", "show", "again")
			s.say(s.alma, s.forum, 0, regexp.MustCompile(`/bind\S* \S+`).FindString(shown))
			r.find(t, `again, connection 1: (bound to its group)`)
			s.say(ann, s.bot, 0, "hello again")
			s.said(s.alma, s.forum, -1, "hello again")
		})
	}
}

// TestRemovedByHalf: a removal that was cut is shown, not started, and completed.
func TestRemovedByHalf(t *testing.T) {
	for _, mode := range []string{"alone", "beside a node"} {
		t.Run(mode, func(t *testing.T) {
			s := newScene(t)
			s.settings = s.settings[:2:2]
			words := strings.Fields
			s.expect(exitDone, s.token, words("tenant add acme --token-file -"))
			s.expect(exitDone, "", words("tenant stop acme"))
			if err := os.Remove(s.files("acme")[0]); err != nil {
				t.Fatal(err)
			}
			if mode != "alone" {
				start(t, s.settings, "serve").find(t, `(node started)`)
			}
			s.expect(exitDone, "", words("tenant list"), "acme", "tenant rm")
			s.expect(exitDone, "", words("tenant show acme"), "removed by half")
			s.expect(exitRefused, "", words("tenant start acme"), "can't go on")
			s.expect(exitDone, "", words("tenant rm acme --yes"), "acme is removed")
			if got := s.state("acme"); got != "unknown" {
				t.Errorf("it is %s", got)
			}
		})
	}
}
