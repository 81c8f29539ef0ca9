//go:build foreign

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// typist types lines, each with a tab, a sign and Enter, into a shell behind a terminal
// of its own, and prints what stood there then. The sign shows whether a space came
// before it. It is written in zsh, whose module for terminals it uses for all.
const typist = `
zmodload zsh/zpty
zpty child "$1"
zpty -w child "$2; echo rea''dy"
zpty -r -m child got '*ready*'
for line in "${@[3,-1]}"; do
	zpty -n -w child "$line"$'\t'"+"$'\x01'"echo '<'"$'\x05'"'>'"$'\n'
	zpty -r -m child got $'*\n<*>*'
	print -r -- "$got"
done
zpty -d child
`

// TestShellsComplete: people's shells complete with the scripts that are printed for
// them, sourced and, in zsh, also from its folder of such scripts.
func TestShellsComplete(t *testing.T) {
	bin, place := t.TempDir(), t.TempDir()
	if err := os.Symlink(os.Args[0], filepath.Join(bin, "topicdesk")); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"typist.zsh": typist, "_topicdesk": scripts["zsh"], "tenants.csv": ""} {
		if err := os.WriteFile(filepath.Join(place, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	typed := [][2]string{
		{"ten", "tenant +"},
		{"tenant show a", "tenant show acme +"},
		{"tenant set acme AUTOC", "tenant set acme AUTOCLOSE +"},
		{"outbox list --side=to", "outbox list --side=topic +"},
		{"outbox list --side to", "outbox list --side topic +"},
		{"--set data_d", "--set data_dir=+"},
		{"--set=data_d", "--set=data_dir=+"},
		{"tenant add-from tenants.c", "tenant add-from tenants.csv +"}, // a file
	}
	var lines []string
	for _, one := range typed {
		lines = append(lines, "topicdesk "+one[0])
	}
	const compinit = "autoload -Uz compinit; compinit -u -D"
	for name, shell := range map[string][2]string{
		"bash":          {"bash --norc -i", "PS1=; source <(topicdesk completion bash)"},
		"zsh":           {"zsh -f -i", "PS1=; " + compinit + "; source <(topicdesk completion zsh)"},
		"zsh by folder": {"zsh -f -i", "PS1=; fpath=($PWD $fpath); " + compinit},
		"fish":          {"fish -N -i", "function fish_prompt; end; topicdesk completion fish | source"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zsh := exec.CommandContext(t.Context(), "zsh", append([]string{"-f", "typist.zsh", shell[0], shell[1]}, lines...)...)
			zsh.Dir = place
			zsh.Env = append(os.Environ(), asProgram+"=1", "TERM=dumb", "HOME="+t.TempDir(), "PATH="+bin+":"+os.Getenv("PATH"),
				"TOPICDESK_DATA_DIR="+named(t, "acme", "bravo"))
			out, err := zsh.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			found := regexp.MustCompile(`(?m)^<topicdesk (.*)>\r?$`).FindAllStringSubmatch(string(out), -1)
			if len(found) != len(typed) {
				t.Fatalf("%d of %d lines came back:\n%s", len(found), len(typed), strings.ReplaceAll(string(out), "\x1b", "␛"))
			}
			for i, one := range typed {
				if found[i][1] != one[1] {
					t.Errorf("%s and a tab: %q, want %q", one[0], found[i][1], one[1])
				}
			}
		})
	}
}
