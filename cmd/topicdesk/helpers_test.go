package main

import (
	"strings"
	"testing"
)

// TestHelperCommands: a helper is added and removed, without a node and beside one.
func TestHelperCommands(t *testing.T) {
	for _, mode := range []string{"alone", "beside a node"} {
		t.Run(mode, func(t *testing.T) {
			s := newScene(t)
			s.settings = s.settings[:2:2] // data_dir and api_root; no bot_token
			_, token := s.world.bot("help_bot")
			words := strings.Fields
			s.expect(exitDone, s.token, words("tenant add acme --token-file -"))
			if mode == "beside a node" {
				start(t, s.settings, "serve").find(t, `(node started)`)
			}
			s.expect(exitUnknown, token, words("tenant add-helper bravo --token-file -"), `no tenant "bravo"`)
			s.expect(exitUsage, "nonsense", words("tenant add-helper acme --token-file -"), "want the form 123456:AA")
			s.expect(exitRefused, s.token, words("tenant add-helper acme --token-file -"), "@desk_bot is connection 1 itself")
			s.expect(exitUnknown, token, words("tenant add-helper acme --connection 7 --token-file -"), "no connection 7")
			s.expect(exitDone, token, words("tenant add-helper acme --token-file -"), "helper 2: @help_bot is to help connection 1", "give connection 1 its group first")
			s.expect(exitDone, token, words("tenant add-helper acme --token-file -"), "helper 2: @help_bot")
			s.expect(exitUnknown, "", words("tenant remove-helper acme @desk_bot"), "acme has no helper @desk_bot")
			s.expect(exitUnknown, "", words("tenant remove-helper acme 1"), "acme has no helper 1")
			s.expect(exitDone, "", words("tenant remove-helper acme @help_bot"), "connection 1: @desk_bot")
			s.expect(exitUnknown, "", words("tenant remove-helper acme 2"), "acme has no helper 2")
			if _, printed := s.command("", "tenant", "show", "acme"); strings.Contains(printed, "help_bot") {
				t.Errorf("it is still there:\n%s", printed)
			}
			s.expect(exitDone, token, words("tenant add-helper acme --token-file -"), "helper 2: @help_bot")
			s.expect(exitDone, "", words("doctor"), "connection 2 (@help_bot), which helps connection 1: Telegram knows the token")
		})
	}
}

// TestHelperOfARunningNode: a helper that is added beside a running node helps as
// soon as it is in the group, and goes at once, however updates come.
func TestHelperOfARunningNode(t *testing.T) {
	t.Run("polled", func(t *testing.T) { helperOfARunningNode(t, newScene(t)) })
	t.Run("through webhooks", func(t *testing.T) {
		address := freeAddress(t)
		helperOfARunningNode(t, newScene(t, "http.listen="+address, "http.public_url=http://"+address))
	})
}

func helperOfARunningNode(t *testing.T, s *scene) {
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	bot, token := s.world.bot("help_bot")
	s.expect(exitDone, token, strings.Fields("tenant add-helper default --token-file -"), "add it to the group")
	s.said(s.alma, s.forum, 0, "@help_bot should help here")
	s.do("/world/members", dict{"as": s.alma, "chat": s.forum, "user": bot, "do": "add"}, nil)
	s.said(s.alma, s.forum, 0, "@help_bot helps here from now on")
	s.expect(exitDone, "", strings.Fields("tenant show default"), "helper 2: @help_bot helps connection 1\n")
	ann := s.greeted()
	s.expect(exitDone, "", strings.Fields("tenant remove-helper default help_bot"), "works in the group")
	s.say(ann, s.bot, 0, "again")
	s.said(s.alma, s.forum, -1, "again")
}

// TestHelperWithoutANode: a helper that is removed while nobody runs has no webhook any
// more.
func TestHelperWithoutANode(t *testing.T) {
	address := freeAddress(t)
	s := newScene(t, "http.listen="+address, "http.public_url=http://"+address)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	_, token := s.world.bot("help_bot")
	s.expect(exitDone, token, strings.Fields("tenant add-helper default --token-file -"), "add it to the group")
	s.until("its webhook is set", func() bool { return s.hookOf(token) != "" })
	r.stop()
	s.expect(exitDone, "", strings.Fields("tenant remove-helper default help_bot"))
	if url := s.hookOf(token); url != "" {
		t.Errorf("its webhook is %s", url)
	}
}
