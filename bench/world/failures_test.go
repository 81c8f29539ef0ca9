package world

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// failure is one way in which relays are known to fail.
type failure struct {
	what string
	// script and line show what becomes of it here: a script of this folder, or
	// of ../../tenants/dialog, and one of its lines.
	script, line string
	// test is a Go test that shows it, package and name; for what is no talk.
	test string
	// later says what is missing and which part of the product it belongs to; ""
	// = nothing is.
	later string
}

// failures are the failures of other relays that their users, and Telegram's
// issue trackers, tell of: each has a script or a test, or says what it waits for.
var failures = []failure{
	{what: "a basic group becomes a supergroup: its id changes", script: "upgrade", line: "ann at shop upgrades"},
	{what: "numbers of messages collide between chats and logins", script: "twobots", line: "olga in ann@2: from the second"},
	{what: "a client's group is a forum: thread ids of chains of replies", script: "clientforum", line: "bob at club#Repairs: it is broken"},
	{what: "General takes no thread id, and may be closed or hidden", script: "general", line: "alma in general closes"},
	{what: "every message in a topic replies to the topic's root", script: "first", line: "olga in ann: hi Ann"},
	{what: "thrown out of the group, or demoted there", script: "outofgroup", line: "alma promotes bot none"},
	{what: "a stranger adds the bot to a group", script: "stranger", line: "bob at strange: /bind ABCDEFGH23"},
	{what: "anonymous administrators and channels as senders", script: "anonymous", line: "olga in ann: an answer of nobody"},
	{what: "deleted accounts and hidden members", script: "vanish", line: "ann vanishes"},
	{what: "a topic is deleted, without a word", script: "lostfour", line: "alma in ann drops"},
	{what: "a topic is closed", script: "lostfour", line: "alma in ann closes"},
	{what: "two first messages make two topics", script: "restart", line: "ann: one &"},
	{what: "topics made in a burst: floods, bans", script: "room", line: "ann2: a third client"},
	{what: "more than a million messages in a forum", script: "full", line: "ages 60000"},
	{what: "service messages relayed as content", script: "walks", line: "ann at shop adds max"},
	{what: "a flood's retry_after", script: "waiting", line: "fault copyMessage flood 700 to ann"},
	{what: "a flood in the middle of an album or a split text", script: "albumcut", line: "fault sendMediaGroup cut-album"},
	{what: "edits share the limit", script: "edits", line: "ann edits \"fünf\": sechs"},
	{what: "out of order", test: "topicdesk/bench/world TestWorld"},
	{what: "one slow chat stalls all", script: "slowchat", line: "olga in bob: to a quick one"},
	{what: "broadcasts starve live talk", later: "mailings; live talk goes before notes and titles already (tenants/pace)"},
	{what: "albums come in parts, seconds apart, without an end", script: "albums", line: "fault message late-update 6 skip 1"},
	{what: "copyMessages leaves out what it can't copy", script: "albumcut", line: "fault copyMessages stale-copy"},
	{what: "an author line makes a text too long", script: "authors", line: "ann at shop: {word *818}<bold>END</>"},
	{what: "offsets count UTF-16 units", script: "authors", line: "bob at shop: <bold>bold</> and 😀 <italic>tilted</> <text_link https://example.org>here</>"},
	{what: "formatting built anew as markup fails", script: "replies", line: "ann: <bold>bold</> and <italic>italic</> and <spoiler>hidden</> and <code>code</>"},
	{what: "limits on files, and ids that only one bot can use", script: "kindshidden", line: `ann sends document "ann lee.zip|20971521": too big`},
	{what: "protected content", script: "kindsrare", line: "ann at shop protects on"},
	{what: "kinds that nobody can copy", script: "kindsrare", line: "ann sends giveaway"},
	{what: "voice messages forbidden by the client", script: "refusals", line: "ann voices off"},
	{what: "edits that change the kind, come late, or are refused", script: "sendnew", line: `olga in ann presses "Send as new message"`},
	{what: "edits that change nothing", script: "phantom", line: "ann touches \"see\""},
	{what: "reactions", script: "reactions", line: `olga in ann reacts "may I" 👌`},
	{what: "a reply to something deleted, old or unknown", script: "replies", line: "ann replies \"Please write\": I do"},
	{what: "the client blocked the bot, or comes back", script: "vanish", line: "bob blocks"},
	{what: "a bot can't begin a conversation", script: "vanish", line: "bob starts"},
	{what: "bots do not hear other bots", later: "accounts as logins; what is heard of other bots is relayed (authors)"},
	{what: "privacy mode", script: "added", line: "alma privacy bot on"},
	{what: "bans and flood waits of accounts", later: "accounts as logins"},
	{what: "mass restart of logins over MTProto", later: "accounts as logins; the first gateway keeps its key (actors/telegram/mtproto)"},
	{what: "echo loops", test: "topicdesk/bench/world TestNoEcho"},
	{what: "updates that come twice", test: "topicdesk/bench/world TestWorld"},
	{what: "away for more than a day: updates are gone", script: "linecutlong", line: "the line is cut for 30h"},
	{what: "the process dies between a send and its note", script: "killopening", line: "fault createForumTopic slow 8"},
	{what: "two processes with one token", test: "topicdesk/cmd/topicdesk TestOthersReceive"},
	{what: "the token is revoked", script: "revoked", line: "the token is revoked"},
	{what: "clocks, zones, and all timers at once", script: "autoclose", line: "param AUTOCLOSE 2"},
	{what: "thousands of files: descriptors, checkpoints", later: "density of tenants"},
}

// TestFailures: each of them is shown where it says.
func TestFailures(t *testing.T) {
	for i, f := range failures {
		switch {
		case f.later != "":
		case f.test != "":
			pkg, name, _ := strings.Cut(f.test, " ")
			if !hasTest(t, strings.TrimPrefix(pkg, "topicdesk/"), name) {
				t.Errorf("failure %d (%s): there is no %s", i+1, f.what, f.test)
			}
		case !hasLine(f.script, f.line):
			t.Errorf("failure %d (%s): script %s has no line %q", i+1, f.what, f.script, f.line)
		}
	}
}

// hasLine looks for a line that says what somebody does.
func hasLine(script, line string) bool {
	for _, folder := range []string{"testdata", "../../tenants/dialog/testdata"} {
		source, err := os.ReadFile(filepath.Join(folder, script+".txt"))
		if err == nil && line != "" && slices.Contains(strings.Split(string(source), "\n"), line) {
			return true
		}
	}
	return false
}

func hasTest(t *testing.T, folder, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("../..", folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(source), "\nfunc "+name+"(t *testing.T) {") {
			return true
		}
	}
	return false
}
