package doors_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/doors"
)

// TestLogForgets: lines keep their numbers when older ones are forgotten.
func TestLogForgets(t *testing.T) {
	w := sim.New(sim.Options{KeepLog: 10})
	_, token := w.NewBot(sim.Robot{Name: "Desk"})
	for range 35 {
		w.Call(token, "getMe", sim.Args{})
	}
	server := httptest.NewServer(doors.New(doors.Options{Door: sim.NewDoor(w, nil)}).Handler())
	defer server.Close()
	kept := len(w.Log())
	for after, want := range map[string]int{"0": kept, "-4": 4, "30": 5, "35": 0, "99": 0, "-99": kept} {
		_, body := fetch(t, http.MethodGet, server.URL+"/world/log?after="+after, "", "")
		answer := decode(t, body)
		if n, next := len(answer["entries"].([]any)), answer["next"]; n != want || next != 35.0 {
			t.Errorf("after %s: %d lines, next %v, want %d and 35", after, n, next, want)
		}
	}
}
