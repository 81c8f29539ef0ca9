package run

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"topicdesk/bench/scenarios"
)

// TestScenarios: those that come with the program can be read and have a line
// for the list.
func TestScenarios(t *testing.T) {
	files, err := fs.Glob(scenarios.Files, "*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		file, err := scenarios.Files.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Read(name, file)
		if err != nil {
			t.Error(err)
		}
		if about := s.Title().About; about == "" || strings.Contains(about, "\n") {
			t.Errorf("%s: about is %q", name, about)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct{ from, to, want string }{
		"an unknown field":    {"seed: 1", "sed: 1", "field sed not found"},
		"no tenants":          {"tenants: 2", "tenants: 0", "tenants and topics are at least 1"},
		"too short a text":    {"text_bytes: 40", "text_bytes: 4", "text_bytes is from 16"},
		"a part beyond whole": {"from_clients: 0.5", "from_clients: 2", "from_clients is from 0 to 1"},
		"a bar of two kinds":  {"at_least: 100", "at_least: 100, at_most: 1", `the bar of "floor_ratio" has either`},
		"times of nothing":    {"at_least: 100", "at_least: 100, times: 2", `the bar of "floor_ratio" has both times and of`},
		"no rate":             {"rate: 50", "rate: 0", "steady needs a rate"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read("tiny", strings.NewReader(strings.Replace(tiny, test.from, test.to, 1)))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	most, least := 1.5, 0.5
	for name, test := range map[string]struct {
		bar    Bar
		bound  float64
		passed bool
	}{
		"within, raised by another": {Bar{Figure: "latency", AtMost: &most, Times: 2, Of: "sync"}, 3.5, true},
		"above":                     {Bar{Figure: "latency", AtMost: &most}, 1.5, false},
		"enough":                    {Bar{Figure: "sync", AtLeast: &least}, 0.5, true},
		"too little":                {Bar{Figure: "ratio", AtLeast: &least}, 0.5, false},
		"not measured":              {Bar{Figure: "memory", AtMost: &most}, 0, false},
		"of something not measured": {Bar{Figure: "latency", AtMost: &most, Times: 9, Of: "memory"}, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			var r Report
			r.set("latency", 3.4)
			r.set("sync", 1)
			r.set("ratio", 0.4)
			r.judge([]Bar{test.bar})
			if r.Passed != test.passed || r.Bars[test.bar.Figure] != test.bound {
				t.Errorf("passed %v at %v", r.Passed, r.Bars[test.bar.Figure])
			}
		})
	}
}

func TestQuantile(t *testing.T) {
	var values []time.Duration
	for i := 100; i >= 1; i-- {
		values = append(values, time.Duration(i)*time.Millisecond)
	}
	if quantile(values, 0.5) != 50 || quantile(values, 0.99) != 99 || quantile(nil, 0.5) != 0 {
		t.Error(quantile(values, 0.5), quantile(values, 0.99), quantile(nil, 0.5))
	}
	if median([]float64{3, 1, 2}) != 2 || median([]float64{4, 1, 2, 3}) != 2.5 {
		t.Error("median")
	}
}

func TestCPU(t *testing.T) {
	// A name with spaces and parentheses; utime 250, stime 50.
	took, err := cpuIn("42 (a ) b) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20")
	if err != nil || took != 3*time.Second {
		t.Error(took, err)
	}
}

// TestWire: a message is known again by its mark, and where its text is not
// sent by where it was written; an answer other than 200 is no arrival.
func TestWire(t *testing.T) {
	ledger := newLedger()
	d := &dialog{}
	first, second := ledger.begin(d, true), ledger.begin(d, true)
	ledger.place(second, source{chat: 77, message: 5})
	code := http.StatusOK
	door := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/getUpdates") {
			w.Write([]byte(`[{"text":"` + textOf(1, 60) + `"},{"text":"` + textOf(2, 60) + `"}]`))
			return
		}
		w.WriteHeader(code)
	})
	post := func(method, body string) {
		r := httptest.NewRequest(http.MethodPost, "/bot1:a/"+method, strings.NewReader(body))
		(&wire{door: door, ledger: ledger}).ServeHTTP(httptest.NewRecorder(), r)
	}
	post("getUpdates", "{}")
	code = http.StatusTooManyRequests
	post("sendMessage", `{"chat_id":1,"text":"`+textOf(1, 60)+`"}`)
	if first.written.IsZero() || second.written.IsZero() || first.read.IsZero() || first.calls != 0 {
		t.Errorf("%+v %+v", first, second)
	}
	code = http.StatusOK
	post("sendMessage", `{"chat_id":1,"text":"`+textOf(1, 60)+`"}`)
	post("copyMessage", `{"chat_id":1,"message_thread_id":9,"from_chat_id":77,"message_id":5}`)
	if first.calls != 1 || second.calls != 1 || second.method != "copyMessage" || d.thread.Load() != 9 {
		t.Errorf("%+v %+v thread %d", first, second, d.thread.Load())
	}
	if ledger.missing(0) != 0 || first.read.Before(first.written) {
		t.Errorf("%d missing", ledger.missing(0))
	}
}
