package main

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"topicdesk/actors/web"
)

// fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// TestAnswerIsWritten: a command whose answer did not arrive is not done.
func TestAnswerIsWritten(t *testing.T) {
	for _, args := range [][]string{{"tenant", "list"}, {"tenant", "list", "--json"}, {"completion", "zsh"}} {
		said := newOutput()
		m := Main{Args: append([]string{"--set", "data_dir=" + t.TempDir()}, args...), In: strings.NewReader(""), Out: fullDisk{}, Err: said}
		if code := m.Run(t.Context()); code != exitFailed || !strings.Contains(said.String(), "could not be written: no space left") {
			t.Errorf("%q: exit code %d: %s", args, code, said)
		}
	}
}

// TestDoctorIsShort: of notes that say the same, few are read, and how many there are
// more; warnings are all told.
func TestDoctorIsShort(t *testing.T) {
	said := newOutput()
	told := findings{p: &program{mu: &sync.Mutex{}, out: said}, alike: map[string]int{}}
	for i := range 2 * fewAlike {
		told.tell(web.Finding{Level: web.Note, About: fmt.Sprint("tenant ", i), Says: "no group", Do: "see"})
		told.tell(web.Finding{Level: web.Warning, About: fmt.Sprint("tenant ", i), Says: "no right", Do: "give"})
	}
	told.end()
	text := said.String()
	notes, warnings := strings.Count(text, "no group"), strings.Count(text, "no right")
	if notes != fewAlike+1 || warnings != 2*fewAlike || !strings.Contains(text, "note  10 more: no group") {
		t.Errorf("%d notes and %d warnings told:\n%s", notes, warnings, text)
	}
}
