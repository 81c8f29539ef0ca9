package schema

import (
	"database/sql/driver"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"modernc.org/sqlite"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var kinds = map[string]Kind{"tenant": Tenant, "registry": Registry}

type conn interface {
	driver.Conn
	Conn
}

func open(t *testing.T, path string) conn {
	t.Helper()
	c, err := (&sqlite.Driver{}).Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c.(conn)
}

func fresh(t *testing.T) conn {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "a.db"))
}

func run(t *testing.T, c conn, text string) {
	t.Helper()
	if err := exec(c, text); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, c conn, text string) int64 {
	t.Helper()
	n, err := number(c, text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// dump prints a file's whole form.
func dump(t *testing.T, c conn) string {
	t.Helper()
	var out strings.Builder
	for _, pragma := range []string{"application_id", "user_version"} {
		fmt.Fprintf(&out, "%s = %d\n", pragma, read(t, c, "PRAGMA "+pragma))
	}
	rows, err := c.QueryContext(t.Context(), "SELECT type || ' ' || name || ' on ' || tbl_name, coalesce(sql, 'automatic') FROM sqlite_schema ORDER BY tbl_name, type DESC, name", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	row := make([]driver.Value, 2)
	for {
		err := rows.Next(row)
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "\n-- %s\n%s\n", row[0], row[1])
	}
}

// TestGolden: a change of the form is seen in review, and a released migration
// can't change unseen.
func TestGolden(t *testing.T) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			c := fresh(t)
			if err := Up(c, kind); err != nil {
				t.Fatal(err)
			}
			got, golden := dump(t, c), filepath.Join("testdata", name+".golden")
			if *update {
				if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(golden, []byte(got), 0o644)); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the form has changed; if that is meant, run with -update. Now:\n%s", got)
			}
			if err := Up(c, kind); err != nil {
				t.Error("again:", err)
			}
		})
	}
}

func TestEveryTableIsStrict(t *testing.T) {
	for name, kind := range kinds {
		c := fresh(t)
		if err := Up(c, kind); err != nil {
			t.Fatal(err)
		}
		if n := read(t, c, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'"); n != 0 {
			t.Errorf("%s: %d tables are not STRICT", name, n)
		}
	}
}

func TestUpgradeStepByStep(t *testing.T) {
	c := fresh(t)
	steps := []string{
		"CREATE TABLE a (x INTEGER NOT NULL) STRICT",
		"ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 5; UPDATE a SET y = x + 1",
		"CREATE TABLE b (z INTEGER NOT NULL) STRICT; INSERT INTO b SELECT y FROM a",
	}
	if err := up(c, Tenant, steps[:1]); err != nil {
		t.Fatal(err)
	}
	run(t, c, "INSERT INTO a VALUES (1)")
	if err := up(c, Tenant, steps); err != nil {
		t.Fatal(err)
	}
	if z, version := read(t, c, "SELECT z FROM b"), read(t, c, "PRAGMA user_version"); z != 2 || version != 3 {
		t.Errorf("z = %d, version %d", z, version)
	}
	if err := up(c, Tenant, steps[:2]); !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "schema 3, this program knows 2") {
		t.Error("an older program:", err)
	}
}

func TestFailedMigrationLeavesNothing(t *testing.T) {
	c := fresh(t)
	first := "CREATE TABLE a (x INTEGER NOT NULL) STRICT"
	if err := up(c, Tenant, []string{first}); err != nil {
		t.Fatal(err)
	}
	before := dump(t, c)
	err := up(c, Tenant, []string{first, "CREATE TABLE b (x INTEGER) STRICT", "CREATE TABLE c (x DANCE) STRICT"})
	if err == nil || !strings.Contains(err.Error(), "tenant/0003") {
		t.Fatal(err)
	}
	if after := dump(t, c); after != before {
		t.Errorf("left:\n%s", after)
	}
	if err := up(c, Tenant, []string{first, "CREATE TABLE b (x INTEGER) STRICT"}); err != nil {
		t.Error("afterwards:", err)
	}
}

func TestForeignFilesAreRefused(t *testing.T) {
	for name, prepare := range map[string]func(conn) error{
		"the other kind":          func(c conn) error { return Up(c, Registry) },
		"another program's":       func(c conn) error { return exec(c, "PRAGMA application_id = 5") },
		"another program's table": func(c conn) error { return exec(c, "CREATE TABLE a (x)") },
		"a version, no id":        func(c conn) error { return exec(c, "PRAGMA user_version = 1") },
	} {
		t.Run(name, func(t *testing.T) {
			c := fresh(t)
			if err := prepare(c); err != nil {
				t.Fatal(err)
			}
			before := dump(t, c)
			if err := Up(c, Tenant); !errors.Is(err, ErrForeign) {
				t.Error(err)
			}
			if dump(t, c) != before {
				t.Error("it was changed")
			}
		})
	}
}
