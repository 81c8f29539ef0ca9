package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"time"
)

// openDebug opens the door for whoever looks into the process, if the settings
// name one: counters in the text form that Prometheus reads, and Go's profiles.
// The function that it gives closes the door at once.
func (p *program) openDebug(h *house) (closing func(), err error) {
	if p.cfg.Debug.Listen == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", p.cfg.Debug.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen for debugging (debug.listen): %w", err)
	}
	server := &http.Server{Handler: debugMux(h), ReadHeaderTimeout: headerTimeout}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			h.log.Error("the door for debugging has closed", "error", err)
		}
	}()
	p.say("Counters and profiles are at http://%s/metrics and /debug/pprof/.", l.Addr())
	return func() {
		server.Close()
		<-ended
	}, nil
}

func debugMux(h *house) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", h.metrics)
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

// metrics tells the node's counters.
func (h *house) metrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	fmt.Fprintf(w, "# HELP topicdesk_commits_total Transactions that changed a tenant's file, each of which is synced.\n"+
		"# TYPE topicdesk_commits_total counter\ntopicdesk_commits_total %d\n", h.commits.Load())
	fmt.Fprintf(w, "# HELP topicdesk_tries Calls of Telegram that are under way or whose outcome is not on disk.\n"+
		"# TYPE topicdesk_tries gauge\ntopicdesk_tries %d\n", h.node.Pending())
	h.meter.Write(w, time.Now())
}
