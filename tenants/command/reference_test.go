package command_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/say"
)

var update = flag.Bool("update", false, "write tenants/REFERENCE.md anew instead of comparing with it")

// TestReference makes the tables for people from those of the code. What the product
// names and the code has not is named by promised.
func TestReference(t *testing.T) {
	const name = "../REFERENCE.md"
	got := reference(proofs(t))
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is out of date: go test ./tenants/command -run Reference -update, and review the diff", name)
	}
}

// promised are the parameters and commands of the product.
var promised = struct{ params, commands []string }{
	params: strings.Fields(`WELCOME AUTOCLOSE AUTO_INFO EXTENSIONS_ALLOWED SILENT_MODE IGNORE_CHATS WHITE_LIST HIDE_INFO
		REPLY_ONLY MONITOR_PRIVATE MONITOR_GROUPS MONITOR_CHANNELS PRIVATE_KEYWORDS GROUPS_KEYWORDS CHANNELS_KEYWORDS
		RESTRICTED_KEYWORDS_FRONTEND RESTRICTED_KEYWORDS_BACKEND LEAVE_CLOSED ICON_COLOR WEBHOOKS CUSTOM_COMMANDS TEAM
		LANGUAGE TIMEZONE OFFICE_HOURS AWAY AUTHOR RECEIPTS DELETE_SYNC LOCK_CLOSED UNDO_SECONDS MERGE_TEXTS REMIND
		GROUP_ASK RETENTION_DAYS`),
	commands: strings.Fields(`hold wait close info ban unban del undo mode set say mark take give free open queue new chat
		send export stats help`),
}

func TestPromised(t *testing.T) {
	for _, name := range promised.params {
		if _, _, ok := tenants.ParamNamed(name); !ok {
			t.Errorf("no row for parameter %s", name)
		}
	}
	for _, name := range promised.commands {
		if _, ok := command.Named(command.Name(name)); !ok {
			t.Errorf("no row for /%s", name)
		}
	}
	for _, p := range tenants.Params() {
		if !slices.Contains(promised.params, p.Name) {
			t.Errorf("nobody asked for %s", p.Name)
		}
	}
}

func reference(shown map[string]string) string {
	var out strings.Builder
	out.WriteString("<!-- Made by go test ./tenants/command -run Reference -update -->\n# Parameters and commands\n\n" +
		"Set with `topicdesk tenant set NAME PARAMETER VALUE`, for one kind of chat as `group.AUTOCLOSE`, for one chat with `/set` " +
		"in its topic; the narrowest wins. `OFF` and `NONE` clear, `default` takes back.\n\n" +
		"| parameter | values | default | may differ by | what it does | |\n|---|---|---|---|---|---|\n")
	for _, p := range tenants.Params() {
		row(&out, "`"+p.Name+"`", values(p), "`"+plainDefault(p)+"`", levels(p), p.Help.In(say.English), state(p.Kind == tenants.ParamLater, p.Name, shown))
	}
	out.WriteString("\n| command | place | who | what it does | |\n|---|---|---|---|---|\n")
	for _, c := range command.Commands() {
		done := state(c.Later, "/"+string(c.Name), shown)
		if c.InGeneral == (command.Abroad{}) {
			row(&out, "`"+c.Form()+"`", place(c), who(c), c.Help.In(say.English), done)
			continue
		}
		for _, p := range []command.Place{command.Topic, command.General} {
			there := c.At(p)
			there.Places, there.Who = p, c.Needs(p, tenants.Hide{})
			row(&out, "`"+there.Form()+"`", place(there), who(there), there.Help.In(say.English), done)
		}
	}
	return out.String()
}

func row(out *strings.Builder, cells ...string) {
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", `\|`)
	}
	fmt.Fprintf(out, "| %s |\n", strings.Join(cells, " | "))
}

// state is "done" only of what a script shows, and names it.
func state(later bool, name string, shown map[string]string) string {
	proof, listed := shown[name]
	switch what, missing := strings.CutPrefix(proof, "- "); {
	case later:
		return "later"
	case missing:
		return what
	case listed:
		return "done: [" + proof + "](../bench/world/testdata/" + proof + ".txt)"
	default:
		return "no script shows it"
	}
}

func plainDefault(p tenants.Param) string {
	if p.Kind != tenants.ParamText {
		return p.Default
	}
	text, err := tenants.ParseMarkdown(p.Default)
	if err != nil {
		return p.Default
	}
	return text.Text
}

func values(p tenants.Param) string {
	switch p.Kind {
	case tenants.ParamText:
		return "text in MarkdownV2"
	case tenants.ParamNumber:
		return fmt.Sprintf("%s, %d … %d; OFF is %d", p.Unit.In(say.English), p.Least, p.Most, p.Off)
	case tenants.ParamSwitch:
		return "TRUE, FALSE"
	case tenants.ParamUsers, tenants.ParamChats:
		return "ids: `" + p.Example + "`"
	case tenants.ParamChoice:
		return strings.Join(p.Choices, ", ")
	case tenants.ParamChoices:
		return "list of " + strings.Join(p.Choices, ", ")
	case tenants.ParamWords, tenants.ParamExpression, tenants.ParamColor, tenants.ParamWeek, tenants.ParamZone, tenants.ParamCommands:
		return "`" + p.Example + "`"
	case tenants.ParamLater:
		return ""
	default:
		panic("a kind of parameter without words")
	}
}

func levels(p tenants.Param) string {
	var by []string
	if p.GroupWide {
		by = append(by, "nothing: the group's")
	} else {
		by = append(by, "connection")
	}
	if p.Levels&tenants.OfKind != 0 {
		by = append(by, "kind")
	}
	if p.Levels&tenants.OfChat != 0 {
		by = append(by, "chat")
	}
	return strings.Join(by, ", ")
}

func place(c command.Command) string {
	var places []string
	if c.Places&command.Topic != 0 {
		places = append(places, "topic")
	}
	if c.Places&command.General != 0 {
		places = append(places, "General")
	}
	return strings.Join(places, ", ")
}

func who(c command.Command) string {
	names := map[command.Permission]string{
		command.Operator: "operator", command.Manager: "manager", command.Administrator: "administrator",
	}
	rights := map[command.Right]string{command.BanUsers: "with *Ban users*", command.DeleteMessages: "with *Delete messages*"}
	words := names[c.Who]
	if right := rights[c.Right]; c.OfOthers {
		words += "; of others: manager, or " + right
	} else if right != "" {
		words += " " + right
	}
	if c.Hidden > c.Who {
		words += "; with HIDE_INFO=command " + names[c.Hidden]
	}
	return words
}

// proofs is what bench/world/testdata/PROOFS says: which script shows a parameter or a
// command. Package world plays the scripts of parameters without them; that a command
// does something is seen here.
func proofs(t *testing.T) map[string]string {
	t.Helper()
	const folder = "../../bench/world/testdata/"
	_, list, _ := strings.Cut(read(t, folder+"PROOFS"), "\n\n")
	shown := map[string]string{}
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		what, proof, found := strings.Cut(line, " - ")
		if found {
			shown[what] = "- " + proof
			continue
		}
		at := strings.LastIndex(line, " ")
		what, proof = line[:at], line[at+1:]
		shown[what] = proof
		if name, is := strings.CutPrefix(what, "/"); is && !strings.Contains(name, " ") && !answered(read(t, folder+proof+".txt"), name) {
			t.Errorf("%s.txt does not show what /%s does", proof, name)
		}
	}
	return shown
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// refusals are what is answered to commands that do nothing.
var refusals = regexp.MustCompile(`comes with a later version|is for managers|Did you mean|I don't know|Nothing was done`)

// answered tells that in a script a command causes more than that it is read.
func answered(script, name string) bool {
	given := regexp.MustCompile(`: /` + name + `\b`)
	lines := strings.Split(script, "\n")
	for at, line := range lines {
		if strings.HasPrefix(line, "\t") || strings.HasPrefix(line, "#") || !given.MatchString(line) {
			continue
		}
		for _, seen := range lines[at+1:] {
			if !strings.HasPrefix(seen, "\t") {
				break
			}
			typed := given.MatchString(seen) && !strings.HasSuffix(seen, "👌)")
			if !typed && !refusals.MatchString(seen) {
				return true
			}
		}
	}
	return false
}
