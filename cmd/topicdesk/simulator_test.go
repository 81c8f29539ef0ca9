package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// simulatorWith starts a simulator with a plan of faults and these flags.
func simulatorWith(t *testing.T, faults string, flags ...string) world {
	t.Helper()
	file := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(file, []byte(faults), 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"simulator", "--faults", file}, flags...)
	r := start(t, []string{"simulator.listen=127.0.0.1:0"}, args...)
	return world{t, r.find(t, `runs at (http://[0-9.]+:[0-9]+)`)}
}

func TestSimulatorFlags(t *testing.T) {
	w := simulatorWith(t, "faults:\n  - {do: gateway, method: getMe, nth: 2}\n", "--speed", "50", "--seed", "7")
	var plan struct {
		Faults []struct {
			Do  string
			Nth int
		}
	}
	if w.read("/world/faults", &plan); len(plan.Faults) != 1 || plan.Faults[0].Do != "gateway" || plan.Faults[0].Nth != 2 {
		t.Errorf("plan %+v", plan)
	}
	var clock struct{ Speed float64 }
	if w.read("/world/time", &clock); clock.Speed != 50 {
		t.Errorf("speed %v", clock.Speed)
	}
	_, token := w.bot("desk_bot")
	if _, again := simulatorWith(t, "faults: []\n", "--seed", "7").bot("desk_bot"); again != token {
		t.Error("the same seed gives another token")
	}
}

func TestSimulatorRefusesBadPlans(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(file, []byte("faults:\n  - do: flood\n    often: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, printed := once(t, nil, "", "simulator", "--faults", file)
	if code != exitFailed || !strings.Contains(printed, "bad.yaml: line 3: a fault has no often") {
		t.Errorf("exit code %d:\n%s", code, printed)
	}
}
