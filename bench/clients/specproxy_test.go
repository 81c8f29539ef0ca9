//go:build foreign

package clients

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// Specproxy is a checker by another hand; where it lies beside the data every
// conversation goes through it too.

// scratch is a folder that goes with the tests.
var scratch string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "topicdesk-clients-")
	if err != nil {
		panic(err)
	}
	scratch = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// proxyBinary builds it once, "" = there is none.
var proxyBinary = sync.OnceValues(func() (string, error) {
	source := filepath.Join(os.Getenv("TOPICDESK_SHARED_DATA"), "..", "tools", "specproxy")
	if _, err := os.Stat(source); err != nil {
		return "", nil
	}
	bin := filepath.Join(scratch, "specproxy")
	build := exec.Command("go", "build", "-o", bin, ".")
	build.Dir = source
	build.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build specproxy: %w\n%s", err, out)
	}
	return bin, nil
})

// specproxy returns an API root that leads through specproxy to the given
// one, or that one itself. Its complaints fail the test.
func specproxy(t *testing.T, to string) string {
	t.Helper()
	bin, err := proxyBinary()
	if err != nil {
		t.Fatal(err)
	}
	if bin == "" {
		return to
	}
	at := freeAddress(t)
	proxy := exec.Command(bin, "-listen", at, "-to", to, "-spec", shared(t, "botapi-10.1.json"))
	log, err := proxy.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	var read sync.WaitGroup
	read.Go(func() {
		for lines := bufio.NewScanner(log); lines.Scan(); {
			if complaint(lines.Text()) {
				t.Errorf("specproxy: %s", lines.Text())
			}
		}
	})
	t.Cleanup(func() {
		_ = proxy.Process.Kill()
		read.Wait()
		_ = proxy.Wait()
	})
	waitFor(t, at)
	return "http://" + at
}

// nameless are the parts of telebot's forms, files whose name is empty, which
// specproxy takes for no files. The server takes them for files (TDLib source).
var nameless = regexp.MustCompile(`sendMediaGroup has no parameter \d$|attach://\d has no part$`)

// gateway is its word on answers of the web server before Telegram, which
// aren't the Bot API's; the script asks for one.
const gateway = "getUpdates RESPONSE not a JSON object"

// complaint says whether a line of its log is one.
func complaint(line string) bool {
	return (strings.Contains(line, " REQUEST ") || strings.Contains(line, " RESPONSE ")) &&
		!quirks.MatchString(line) && !nameless.MatchString(line) && !strings.HasSuffix(line, gateway)
}
