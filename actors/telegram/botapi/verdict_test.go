package botapi

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mymmrac/telego/telegoapi"

	"topicdesk/tenants"
)

var rewrite = flag.Bool("rewrite", false, "write golden files anew")

const errorsFile = "testdata/errors.txt"

// TestErrors judges every line of errors.txt, and wants a row for each.
func TestErrors(t *testing.T) {
	golden, err := os.ReadFile(errorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	judged := 0
	for line := range strings.Lines(string(golden)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			fmt.Fprintln(&out, line)
			continue
		}
		question, want, found := strings.Cut(line, " => ")
		if !found {
			t.Fatalf("no outcome in line %q", line)
		}
		method, chat, e := parseQuestion(t, question)
		outcome, known := judge(method, chat, e)
		if !known {
			t.Errorf("no row for: %s", question)
		}
		got := show(outcome)
		if got != want && !*rewrite {
			t.Errorf("%s\n got %s\nwant %s", question, got, want)
		}
		fmt.Fprintf(&out, "%s => %s\n", question, got)
		judged++
	}
	if judged < 200 {
		t.Errorf("only %d lines judged", judged)
	}
	if *rewrite {
		if err := os.WriteFile(errorsFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEveryRowIsMet finds rows of the catalogue that no line of errors.txt
// meets first, so that none is dead.
func TestEveryRowIsMet(t *testing.T) {
	golden, err := os.ReadFile(errorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for line := range strings.Lines(string(golden)) {
		if question, _, found := strings.Cut(line, " => "); found && !strings.HasPrefix(line, "#") {
			_, _, e := parseQuestion(t, question)
			texts = append(texts, e.Description)
		}
	}
	for _, row := range catalogue {
		for _, pattern := range row.texts {
			met := false
			for _, text := range texts {
				for _, prefix := range append(prefixes, "") {
					rest, found := strings.CutPrefix(text, prefix)
					met = met || found && fits(pattern, rest)
				}
			}
			if !met {
				t.Errorf("no line of errors.txt is for %q", pattern)
			}
		}
	}
}

func parseQuestion(t *testing.T, question string) (method string, chat tenants.ChatID, e *telegoapi.Error) {
	t.Helper()
	words := strings.SplitN(question, " ", 3)
	if len(words) != 3 {
		t.Fatalf("line %q", question)
	}
	code, err := strconv.Atoi(words[0])
	if err != nil {
		t.Fatalf("line %q: %v", question, err)
	}
	e = &telegoapi.Error{ErrorCode: code, Description: words[2]}
	for _, name := range []string{"retry=", "migrate="} {
		rest, found := strings.CutPrefix(e.Description, name)
		if !found {
			continue
		}
		number, description, _ := strings.Cut(rest, " ")
		value, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			t.Fatalf("line %q: %v", question, err)
		}
		e.Description, e.Parameters = description, &telegoapi.ResponseParameters{}
		if name == "retry=" {
			e.Parameters.RetryAfter = int(value)
		} else {
			e.Parameters.MigrateToChatID = value
		}
	}
	method, private := strings.CutSuffix(words[1], "-private")
	switch {
	case private:
		chat = 42
	case method == "getUpdates", method == "answerCallbackQuery":
		chat = 0
	default:
		chat = -1001
	}
	return method, chat, e
}

func show(o tenants.Outcome) string {
	switch o.Kind {
	case tenants.Done:
		if o.Short {
			return "done in part"
		}
		if o.Probed.Is != tenants.NotProbed {
			return map[tenants.Probe]string{tenants.Ours: "ours", tenants.Missing: "missing", tenants.Theirs: "theirs"}[o.Probed.Is]
		}
		return "done"
	case tenants.Flood:
		words := "flood " + o.After.String()
		if o.Wide {
			words += " wide"
		}
		if o.Arrived > 0 {
			words += fmt.Sprintf(" after %d parts", o.Arrived)
		}
		return words
	case tenants.Moved:
		return fmt.Sprintf("moved to %d", o.Chat)
	case tenants.Gone:
		return "gone " + map[tenants.GoneWhat]string{
			tenants.GoneTopic: "topic", tenants.GoneTopicClosed: "closed topic", tenants.GoneChat: "chat",
			tenants.GoneClient: "client", tenants.GoneRights: "rights", tenants.GoneLogin: "login",
		}[o.Gone]
	case tenants.Refused:
		return "refused " + map[tenants.RefusedAs]string{
			tenants.AsNone: "finally", tenants.AsCopy: "as copy", tenants.AsForward: "as forward", tenants.AsPlain: "as plain",
			tenants.AsSplit: "as split", tenants.AsUnthreaded: "as unthreaded", tenants.AsFile: "as file",
			tenants.AsNote: "as note", tenants.AsBody: "as body", tenants.AsApart: "apart", tenants.AsCaption: "as caption",
		}[o.As]
	case tenants.NotSent:
		return "not sent"
	case tenants.Unsure:
		return "unsure"
	default:
		panic("unknown outcome")
	}
}

func TestUnknownErrors(t *testing.T) {
	tests := map[string]struct {
		code int
		text string
		want string
	}{
		"a refusal that nobody has seen is final": {400, "Bad Request: SOMETHING_NEW", "refused finally"},
		"a new 403 too":                             {403, "Forbidden: something new", "refused finally"},
		"an internal error says nothing":            {500, "Internal Server Error: whatever", "unsure"},
		"a new 401 is about the login":              {401, "Unauthorized: something new", "gone login"},
		"a flood without a number is still a flood": {429, "Flood", "flood 5s"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			outcome, known := judge("sendMessage", -1001, &telegoapi.Error{ErrorCode: test.code, Description: test.text})
			if got := show(outcome); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if known && test.code != 429 {
				t.Error("known")
			}
		})
	}
}

func TestWhyHoldsNoWords(t *testing.T) {
	outcome, _ := judge("sendMessage", -1001, &telegoapi.Error{ErrorCode: 400,
		Description: `Bad Request: can't parse entities: Unsupported start tag "my secret" at byte offset 5`})
	if strings.Contains(outcome.Why, "secret") {
		t.Errorf("Why = %q", outcome.Why)
	}
	outcome, _ = judge("sendMessage", -1001, &telegoapi.Error{ErrorCode: 400, Description: strings.Repeat("я", 1000)})
	if n := len([]rune(outcome.Why)); n > maxWhy+1 {
		t.Errorf("Why has %d characters", n)
	}
}

// foreignError is what another Caller may return.
type foreignError struct{ sent bool }

func (foreignError) Error() string { return "foreign" }
func (e foreignError) Sent() bool  { return e.sent }

func TestForeignErrors(t *testing.T) {
	g := newGateway(t, Options{})
	tests := map[string]struct {
		err  error
		want string
	}{
		"a deadline":                    {context.DeadlineExceeded, "unsure"},
		"an error of unknown making":    {errors.New("internal server error: 502"), "unsure"},
		"one that knows it left":        {fmt.Errorf("call: %w", foreignError{sent: true}), "unsure"},
		"one that knows it did not":     {fmt.Errorf("call: %w", foreignError{sent: false}), "not sent"},
		"an answer of Telegram, nested": {fmt.Errorf("api: %w", &telegoapi.Error{ErrorCode: 429, Parameters: &telegoapi.ResponseParameters{RetryAfter: 4}}), "flood 4s"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := show(g.verdict("sendMessage", -1001, test.err)); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
	why := g.verdict("sendMessage", -1001, errors.New("post https://example.org/bot"+g.token+"/sendMessage")).Why
	if strings.Contains(why, g.token) {
		t.Errorf("the token is in %q", why)
	}
}

func newGateway(t *testing.T, o Options) *Gateway {
	t.Helper()
	o.Token = or(o.Token, testToken)
	o.CallTimeout = or(o.CallTimeout, time.Second)
	o.PollTimeout = or(o.PollTimeout, time.Second)
	g, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

const testToken = "7001:AAabcdefghijklmnopqrstuvwxyz0123456"

// TestReasons: every refusal of the catalogue has a reason that people can be told.
func TestReasons(t *testing.T) {
	for _, row := range catalogue {
		told := row.is.Kind == tenants.Refused || row.is.Kind == tenants.Gone && row.is.Gone == tenants.GoneRights
		if told != slices.Contains(tenants.Reasons, row.is.Reason) {
			t.Errorf("%q and its like: %s for the reason %q", row.texts[0], show(row.is), row.is.Reason)
		}
	}
}
