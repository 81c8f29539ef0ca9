package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// named makes a data directory in which tenants of these names have files.
func named(t *testing.T, names ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "tenants"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		for _, end := range []string{".db", ".db-wal"} {
			if err := os.WriteFile(filepath.Join(dir, "tenants", name+end), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// TestComplete: the last word is completed; | stands between words.
func TestComplete(t *testing.T) {
	dir := named(t, "acme", "axle", "bravo")
	for _, test := range []struct{ line, want string }{
		{"ten", "tenant"},
		{"comple", "completion"}, // what is hidden stays so
		{"tenant|sto", "stop"},
		{"tenant|set-aside|", "list retry"},
		{"tenant|show|a", "acme axle"},
		{"tenant|show|acme|", ""},
		{"tenant|rm|--yes|b", "bravo"},
		{"tenant|add|a", ""}, // a new name
		{"tenant|add-helper|--token-file|", ""},
		{"tenant|add-helper|--token-file|file|b", "bravo"},
		{"tenant|add-helper|--connection|2|--token-file=file|b", "bravo"},
		{"tenant|set|acme|WEL", "WELCOME"},
		{"outbox|list|--si", "--side"},
		{"outbox|list|--side|t", "topic title"},
		{"outbox|list|--side=t", "--side=topic --side=title"},
		{"outbox|list|--side|=|t", "topic title"}, // as bash takes it apart
		{"outbox|list|--side|=", "topic client title mark"},
		{"--set|data_d", "data_dir="},
		{"--set=data_d", "--set=data_dir="},
		{"--set|data_dir=/nowhere|tenant|show|", ""},
		{"--set|data_dir|=|/nowhere|tenant|show|", ""},
		{"tenant|list|--j", "--json"},
		{"completion|", "bash fish zsh"},
		{"nonsense|", "demo serve simulator"},
	} {
		code, printed := once(t, []string{"TOPICDESK_DATA_DIR=" + dir}, "", append([]string{"complete", "--"}, strings.Split(test.line, "|")...)...)
		got := strings.Join(strings.Fields(printed), " ")
		if code != exitDone || got != test.want && (test.line != "nonsense|" || !strings.HasPrefix(got, test.want)) {
			t.Errorf("%s: %q, want %q", test.line, got, test.want)
		}
	}
}

// TestCompleteInBash: the script that is printed works in a real shell.
func TestCompleteInBash(t *testing.T) {
	bin := t.TempDir()
	if err := os.Symlink(os.Args[0], filepath.Join(bin, "topicdesk")); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"topicdesk tenant show a":        "acme\naxle\n",
		"topicdesk tenant set acme AUTO": "AUTOCLOSE\nAUTO_INFO\n",
		"topicdesk outbox list --side =": "topic\nclient\ntitle\nmark\n",
	} {
		bash := exec.Command("bash", "--norc", "-c",
			`source <(topicdesk completion bash); COMP_WORDS=($0); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); `+
				`complete -p topicdesk >/dev/null; _topicdesk topicdesk; printf '%s\n' "${COMPREPLY[@]}"`, line)
		bash.Env = append(os.Environ(), asProgram+"=1", "PATH="+bin+":"+os.Getenv("PATH"), "TOPICDESK_DATA_DIR="+named(t, "acme", "axle", "bravo"))
		out, err := bash.CombinedOutput()
		if err != nil || string(out) != want {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
	}
}

// TestTenantsAreCompleted: wherever a tenant is named, its name can be completed.
func TestTenantsAreCompleted(t *testing.T) {
	var g grammar
	for _, leaf := range newParser(&g, io.Discard, io.Discard).Model.Leaves(false) {
		for _, arg := range leaf.Positional {
			is := arg.Tag.Get("complete") == "tenant"
			if named := arg.Name == "name" && leaf.Name != "add"; named != is {
				t.Errorf("%s <%s>: completed as a tenant is %v", leaf.Path(), arg.Name, is)
			}
		}
		for _, flag := range leaf.Flags {
			if flag.Name == "tenant" && flag.Tag.Get("complete") != "tenant" {
				t.Errorf("%s --tenant is not completed", leaf.Path())
			}
		}
	}
	for shell := range scripts {
		if !slices.Contains(shells(), shell) {
			t.Errorf("%s is not named", shell)
		}
	}
}
