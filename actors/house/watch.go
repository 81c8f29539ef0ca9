package house

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

// OpenWatch opens the door for whoever watches the process, if the settings name
// one: counters as Prometheus reads them, whether it lives and is ready, and, if
// they say so, Go's profiles. The function that it gives closes the door at once.
func (h *House) OpenWatch(ready *Readiness, say func(string, ...any)) (closing func(), err error) {
	if h.Config.Debug.Listen == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", h.Config.Debug.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen for debugging (debug.listen): %w", err)
	}
	if !loopback(l.Addr()) {
		h.Log.Warn("debug.listen is open to other machines, and nobody is asked for a password", "listen", h.Config.Debug.Listen)
	}
	server := door.New(l, watchPlaces, ready.mux(), h.Log)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(); !errors.Is(err, http.ErrServerClosed) {
			h.Log.Error("the door for debugging has closed", "error", err)
		}
	}()
	say("Counters are at http://%s/metrics, beside /healthz and /readyz.", l.Addr())
	return func() {
		server.Close()
		<-ended
	}, nil
}

// watchPlaces is how many connections may stand at the door for watching.
const watchPlaces = 64

// loopback tells that an address is reached from this machine only.
func loopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// mux is what is behind that door.
func (r *Readiness) mux() *http.ServeMux {
	h := r.house
	h.meter.Watch(h.stand)
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", h.meter.Handler(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})))
	mux.HandleFunc("GET /healthz", r.health)
	mux.HandleFunc("GET /readyz", r.serve)
	if h.Config.Debug.Pprof {
		mux.HandleFunc("/debug/pprof/", pprof.Index)
		mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
		mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	}
	return mux
}

// stand is how the node stands now, for the counters.
func (h *House) stand() meter.Stand {
	c, err := h.Node.Census()
	if err != nil {
		h.Log.Error("the tenants can't be counted", "error", err)
	}
	return meter.Stand{
		Awake: c.Awake, Asleep: c.Asleep, Stopped: c.Stopped, Failed: c.Failed, Open: c.Open, OpenMost: c.Most,
		Uncommitted: h.admission.Held(), UncommittedMost: h.admission.Most(),
		Tries: h.Node.Pending(),
	}
}
