package world

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
)

// TestProofs: each row of testdata/PROOFS names a script that looks otherwise without
// what it is about, so that nothing is called done that nobody would miss.
func TestProofs(t *testing.T) {
	rows := proofs(t)
	for what, script := range rows {
		if script == "-" {
			continue
		}
		if strings.HasPrefix(what, "/") && !strings.HasPrefix(what, "/set ") {
			continue // a command is seen by what it answers: tenants/command looks there
		}
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			if _, listed := rows[bare(what)]; !listed {
				t.Errorf("no row for %s itself", bare(what))
			}
			source, err := os.ReadFile("testdata/" + script + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			if !looksOtherwise(t, what, string(source)) {
				t.Errorf("%s.txt looks the same without %s", script, what)
			}
		})
	}
	for _, p := range tenants.Params() {
		for what, level := range map[string]tenants.Levels{
			p.Name: tenants.OfConnection, "group." + p.Name: tenants.OfKind, "/set " + p.Name: tenants.OfChat,
		} {
			if _, listed := rows[what]; listed == (p.Levels&level == 0 || p.Kind == tenants.ParamLater) {
				t.Errorf("%s: in PROOFS %v", what, listed)
			}
		}
	}
}

// proofs are the rows of PROOFS: what is shown, and by which script.
func proofs(t *testing.T) map[string]string {
	t.Helper()
	read, err := os.ReadFile("testdata/PROOFS")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(read), "\n\n")
	rows := map[string]string{}
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if what, _, missing := strings.Cut(line, " - "); missing {
			line = what + " -"
		}
		at := strings.LastIndex(line, " ")
		if _, twice := rows[line[:at]]; twice {
			t.Errorf("%s stands there twice", line[:at])
		}
		rows[line[:at]] = line[at+1:]
	}
	return rows
}

// bare is the name of a parameter, whatever level it is about.
func bare(what string) string { return what[strings.LastIndexAny(what, " .")+1:] }

// looksOtherwise plays a script without the lines that set a parameter, up to where
// somebody sees something else.
func looksOtherwise(t *testing.T, what, source string) bool {
	var s *scene
	stuck := false
	for line, want := range steps(source) {
		if s == nil {
			s = newScene(t, line, Options{})
			s.fail = func(string) { stuck = true }
		}
		without, sets := left(line, what)
		s.play(without, line)
		got := s.out
		s.out = nil
		if sets {
			want, got = slices.DeleteFunc(want, ofSetting), slices.DeleteFunc(got, ofSetting)
		}
		if stuck || !slices.Equal(sorted(want), sorted(got)) {
			return true
		}
	}
	return false
}

// steps are the lines of a script that say what happens, each with what is seen then.
func steps(source string) func(yield func(string, []string) bool) {
	return func(yield func(string, []string) bool) {
		step, seen := "", []string(nil)
		for line := range strings.Lines(source + "\nend") {
			line = strings.TrimSuffix(line, "\n")
			switch {
			case strings.HasPrefix(line, "\t"):
				seen = append(seen, line[1:])
			case line == "" || strings.HasPrefix(line, "#"):
			default:
				if step != "" && !yield(step, seen) {
					return
				}
				step, seen = line, nil
			}
		}
	}
}

// left is what is left of a line without a parameter: the time that it takes.
func left(line, what string) (without string, sets bool) {
	if name, chat := strings.CutPrefix(what, "/set "); chat {
		at := strings.Index(strings.ToUpper(line), ": /SET "+name)
		if at < 0 {
			return line, false
		}
		return line[:at] + ": / " + name, true
	}
	if target, _, _ := strings.Cut(strings.TrimPrefix(line, "param "), " "); !strings.HasPrefix(line, "param ") || target != what {
		return line, false
	}
	return fmt.Sprint("wait ", time.Second), true
}

// ofSetting tells lines that are there only because somebody said what was left out, or was
// answered.
func ofSetting(line string) bool {
	return strings.HasPrefix(line, "refused: ") || strings.Contains(line, ": / ") || strings.Contains(line, "/set ")
}

// sorted puts what a step shows in the order of chats and topics.
func sorted(lines []string) []string {
	return strings.Split(byTopic("\t"+strings.Join(lines, "\n\t")), "\n")
}
