package dialog

import (
	"strings"
	"testing"
)

// TestSound is which messages ring. In the group: clients' messages that set or
// stay 🟪, and refusals; all else is silent. At the client all that is one message
// rings once, whatever pieces it has. Of the last line the sends into the topic and
// to the client are shown: L rings, s is silent.
func TestSound(t *testing.T) {
	private, group := "Anna: hello\nmade\ndeliver\n", "group Shop\nset MONITOR_GROUPS TRUE\nAnna: hello\nmade\ndeliver\n"
	tests := map[string]struct{ lines, topic, client string }{
		"a first message, with its welcome":     {"Anna: hello", "L", "L"},
		"with the card":                         {"set AUTO_INFO TRUE\nAnna: hello", "Ls", "L"},
		"one that stays 🟪":                      {private + "Anna: again", "L", ""},
		"one that sets 🟪":                       {private + "Olga> /wait\nAnna: again", "L", ""},
		"one that reopens":                      {private + "Olga> /close\nAnna: again", "L", "L"},
		"one that leaves it closed":             {"set LEAVE_CLOSED private\nAnna: hello", "s", ""},
		"an album's part":                       {private + "Anna: [photo album=a]", "L", ""},
		"a voice message with its author":       {group + "Bob: [video_note]", "sL", ""},
		"a long text: its first piece":          {private + "set RESTRICTED_KEYWORDS_FRONTEND \"x9\"\nAnna: long 5000", "Ls", ""},
		"with buttons":                          {private + "Anna: [buttons=yes] choose", "Ls", ""},
		"a team member in a client group":       {group + "Olga: I am here", "s", ""},
		"another bot in a client group":         {group + "Robot: beep", "s", ""},
		"a client's edit too long for one":      {private + "set RESTRICTED_KEYWORDS_FRONTEND \"x9\"\nAnna: edits 1 long 5000", "ss", ""},
		"an edit that is not known":             {private + "Anna: edits 77 late", "s", ""},
		"a filter that withholds":               {private + "set RESTRICTED_KEYWORDS_FRONTEND \"spam\"\nAnna: spam", "s", ""},
		"the client is away":                    {private + "blocked", "s", ""},
		"pressed Start again":                   {private + "Anna: /start", "s", ""},
		"an answer":                             {private + "Olga> hi", "", "L"},
		"a long answer":                         {private + "Olga> [photo] hi", "", "L"},
		"an answer in pieces":                   {private + "set RESTRICTED_KEYWORDS_BACKEND \"x9\"\nOlga> [photo] long 1500", "", "Ls"},
		"an album to the client":                {private + "Olga> [photo album=a]", "", "L"},
		"a refusal by a rule":                   {private + "set RESTRICTED_KEYWORDS_BACKEND \"secret\"\nOlga> secret", "L", ""},
		"a refusal by Telegram":                 {private + "Olga> hi\nsettle client gone rights noright", "L", ""},
		"a refused edit":                        {private + "Olga> hi\nsettle client done\nOlga> edits 3 ho\nsettle client refused finally uneditable", "L", ""},
		"a late note":                           {private + "Olga> hi\nwait 11m\nsettle client done", "s", ""},
		"kept inside":                           {private + "Olga> / us\nOlga> [reply=3] yes", "s", ""},
		"the card":                              {private + "Olga> /info", "s", ""},
		"help":                                  {private + "Olga> /help", "s", ""},
		"a mistyped command":                    {private + "Olga> /clsoe", "s", ""},
		"a command of an anonymous one":         {private + "Group> /close", "s", ""},
		"nothing to undo":                       {private + "Olga> /undo", "s", ""},
		"a welcome that was refused":            {"Anna: hello\nmade\nsettle client refused finally paid", "s", ""},
		"a client's message in another form":    {"Anna: hello\nmade\nsettle topic refused finally kind", "", ""},
		"a long wait where signs are refused":   {private + "reactions off\nOlga> hi\nwait 60s", "s", ""},
		"what was held over a restart is asked": {private + "set UNDO_SECONDS 20\nOlga> hi\nasleep 8h", "L", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			lines := strings.Split(test.lines, "\n")
			for _, line := range lines[:len(lines)-1] {
				w.play(line)
			}
			w.queued = nil
			w.play(lines[len(lines)-1])
			got := map[Side]string{}
			for _, j := range w.queued {
				s, ok := j.Effect.(*Send)
				switch {
				case !ok:
				case s.Silent:
					got[j.Lane.Side] += "s"
				default:
					got[j.Lane.Side] += "L"
				}
			}
			if got[ToTopic] != test.topic || got[ToClient] != test.client {
				t.Errorf("into the topic %q, to the client %q; want %q and %q", got[ToTopic], got[ToClient], test.topic, test.client)
			}
		})
	}
}
