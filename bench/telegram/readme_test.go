package telegram

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the tables of README.md that are made from the code")

// section is a part of README.md that is made from the code; it stands
// between two comments that name it.
func section(t *testing.T, name, want string) {
	t.Helper()
	const file = "README.md"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	begin := fmt.Sprintf("<!-- %s: made from the code by go test ./bench/telegram -run README -update -->\n", name)
	before, rest, found := strings.Cut(string(raw), begin)
	end := fmt.Sprintf("<!-- end of %s -->\n", name)
	got, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("README.md has no section %s", name)
	}
	want = "\n" + want + "\n"
	if got == want {
		return
	}
	if !*update {
		t.Fatalf("README.md's section %s is not what the code says; see the comment above it", name)
	}
	if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestREADMEMethods(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "%d methods: ", len(methods))
	for i, name := range Methods() {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("`" + name + "`")
	}
	b.WriteString(".\n")
	section(t, "methods", b.String())
}

func TestREADMEAbsences(t *testing.T) {
	var b strings.Builder
	b.WriteString("| left out | methods, types, parameters and fields |\n|---|---|\n")
	for _, a := range Absences() {
		fmt.Fprintf(&b, "| %s | `%s` |\n", a.Reason, strings.Join(a.Names, "`, `"))
	}
	section(t, "absences", b.String())
}
