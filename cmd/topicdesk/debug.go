package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"

	"github.com/prometheus/client_golang/prometheus/collectors"

	"topicdesk/actors/door"
	"topicdesk/actors/meter"
)

// openDebug opens the door for whoever watches the process, if the settings name
// one: counters as Prometheus reads them, whether it lives and is ready, and, if
// they say so, Go's profiles. The function that it gives closes the door at once.
func (p *program) openDebug(h *house, ready *readiness) (closing func(), err error) {
	if p.cfg.Debug.Listen == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", p.cfg.Debug.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen for debugging (debug.listen): %w", err)
	}
	if !loopback(l.Addr()) {
		p.log.Warn("debug.listen is open to other machines, and nobody is asked for a password", "listen", p.cfg.Debug.Listen)
	}
	server := door.New(l, debugPlaces, debugMux(h, ready), h.log)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(); !errors.Is(err, http.ErrServerClosed) {
			h.log.Error("the door for debugging has closed", "error", err)
		}
	}()
	p.say("Counters are at http://%s/metrics, beside /healthz and /readyz.", l.Addr())
	return func() {
		server.Close()
		<-ended
	}, nil
}

// debugPlaces is how many connections may stand at the door for watching.
const debugPlaces = 64

// loopback tells that an address is reached from this machine only.
func loopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

func debugMux(h *house, ready *readiness) *http.ServeMux {
	h.meter.Watch(h.stand)
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", h.meter.Handler(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})))
	mux.HandleFunc("GET /healthz", ready.health)
	mux.HandleFunc("GET /readyz", ready.serve)
	if h.cfg.Debug.Pprof {
		mux.HandleFunc("/debug/pprof/", pprof.Index)
		mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
		mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	}
	return mux
}

// stand is how the node stands now, for the counters.
func (h *house) stand() meter.Stand {
	c, err := h.node.Census()
	if err != nil {
		h.log.Error("the tenants can't be counted", "error", err)
	}
	return meter.Stand{
		Awake: c.Awake, Asleep: c.Asleep, Stopped: c.Stopped, Failed: c.Failed, Open: c.Open, OpenMost: c.Most,
		Uncommitted: h.logins.admission.held(), UncommittedMost: h.logins.admission.most,
		Tries: h.node.Pending(),
	}
}
