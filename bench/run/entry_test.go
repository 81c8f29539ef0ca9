package run

import (
	"bytes"
	"testing"
	"time"
)

// TestWrittenTimes: the times of a history that was written are as far apart as they
// were.
func TestWrittenTimes(t *testing.T) {
	first := time.Now()
	second := time.Now()
	stepped := first.Round(0).Add(time.Hour) // no monotonic reading: the wall clock alone
	var file bytes.Buffer
	if err := (chronicle{{At: first}, {At: second}, {At: stepped}}).write(&file); err != nil {
		t.Fatal(err)
	}
	c, err := readChronicle(&file)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c[1].At.Sub(c[0].At), second.Sub(first); got != want {
		t.Errorf("%s apart, not %s", got, want)
	}
	if got := c[2].At.Sub(c[0].At); got != time.Hour {
		t.Errorf("%s apart", got)
	}
}
