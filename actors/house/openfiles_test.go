package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestOpenTenants: polls come first, tenants get what is left, and what does not
// fit is refused in words that say what to do.
func TestOpenTenants(t *testing.T) {
	for _, c := range []struct {
		name                 string
		limit, polls, wanted int
		open                 int
		says                 []string
	}{
		{"webhooks", 20_000, 0, 0, 5216, nil},
		{"polls", 20_000, 10_000, 0, 3248, nil},
		{"as set", 20_000, 10_000, 500, 500, nil},
		{"few as set", 1024, 0, 4, 4, nil},
		{"unlimited", 1 << 30, 10_000, 0, mostOpen, nil},
		{"too many polls", 20_000, 19_800, 0, 0, []string{"19800 bots are polled", "limit to 20104", "LimitNOFILE", "http.public_url"}},
		{"polls beyond the limit", 1024, 10_000, 100, 0, []string{"10000 bots are polled", "limit to 10556"}},
		{"too many wanted", 20_000, 10_000, 5000, 0, []string{"limits.open_tenants is 5000", "at most 3248", "limit to 25256"}},
		{"few files", 256, 0, 0, 0, []string{"only 256 files", "limit to 406"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			open, err := openTenants(c.limit, c.polls, c.wanted)
			if open != c.open || (err != nil) != (c.says != nil) {
				t.Fatalf("%d tenants, error %v; want %d", open, err, c.open)
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
		})
	}
}

// TestFileLimit: the limit of this process is known.
func TestFileLimit(t *testing.T) {
	if n, err := fileLimit(); err != nil || n < fewestOpen {
		t.Errorf("%d files, error %v", n, err)
	}
}

// TestServiceLeavesRoom: the limit in the unit of configs is enough for many tenants
// beside many long polls.
func TestServiceLeavesRoom(t *testing.T) {
	unit, err := os.ReadFile(filepath.Join("..", "..", "configs", "topicdesk.service"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^LimitNOFILE=(\d+)$`).FindSubmatch(unit)
	if found == nil {
		t.Fatal("the unit sets no LimitNOFILE")
	}
	files, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	if open, err := openTenants(files, 50_000, 0); err != nil || open < 10_000 {
		t.Errorf("LimitNOFILE=%d leaves room for %d tenants beside 50,000 long polls: %v", files, open, err)
	}
}
