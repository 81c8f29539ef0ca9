package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"topicdesk/configs"
	"topicdesk/tenants"
)

// TestLinesOfATenant: one that fails a thousand times a second writes no more lines than
// it may, says how many are missing, and costs the others none of theirs.
func TestLinesOfATenant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		log := newLog(configs.Log{Format: configs.FormatJSON}, &out)
		noisy := log.With(tenantField, "noisy")
		const minutes, each = 3, 1000
		for second := range minutes * 60 {
			for range each / 2 {
				log.Error("it fails", "tenant", tenants.TenantID("noisy"), "error", second)
				noisy.Error("it fails", "error", second)
			}
			log.Info("it works", "tenant", "noisy")
			log.Error("it fails", "tenant", "quiet")
			log.Error("the node", "n", second)
			time.Sleep(time.Second)
		}
		log.Error("it fails", "tenant", "noisy")
		type row struct{ tenant, message string }
		lines, suppressed := map[row]int{}, map[row]int{}
		for read := json.NewDecoder(&out); read.More(); {
			var l struct {
				Msg, Tenant string
				Suppressed  int
			}
			if err := read.Decode(&l); err != nil {
				t.Fatal(err)
			}
			lines[row{l.Tenant, l.Msg}]++
			suppressed[row{l.Tenant, l.Msg}] += l.Suppressed
		}
		fails := row{"noisy", "it fails"}
		if n := lines[fails]; n != minutes*tenants.LogLines+1 {
			t.Errorf("%d lines", n)
		}
		if n := lines[fails] + suppressed[fails]; n != minutes*60*each+1 {
			t.Errorf("%d lines and those that are said to be missing", n)
		}
		for _, of := range []row{{"noisy", "it works"}, {"quiet", "it fails"}, {"", "the node"}} {
			if lines[of] != minutes*60 || suppressed[of] != 0 {
				t.Errorf("%v: %d lines, %d missing", of, lines[of], suppressed[of])
			}
		}
	})
}

// TestLinesAreForgotten: what is remembered of lines does not grow with tenants that
// were loud once, and a clock that goes back silences nobody.
func TestLinesAreForgotten(t *testing.T) {
	s := newSparing(slog.DiscardHandler).said
	now := time.Now()
	for range 2 * tenants.LogLines {
		s.next(lineOf{"noisy", "it fails"}, now)
	}
	s.next(lineOf{"quiet", "it fails"}, now)
	s.next(lineOf{"other", "it fails"}, now.Add(tenants.LogPer))
	if _, there := s.lines[lineOf{"quiet", "it fails"}]; there || len(s.lines) != 2 {
		t.Errorf("remembered: %v", s.lines)
	}
	if n, ok := s.next(lineOf{"noisy", "it fails"}, now.Add(-time.Hour)); !ok || n != tenants.LogLines {
		t.Error("an hour back:", n, ok)
	}
}
