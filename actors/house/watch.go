package house

import (
	"net/http"
	"net/http/pprof"

	"github.com/prometheus/client_golang/prometheus/collectors"

	"topicdesk/actors/meter"
)

// Mux is for whoever watches the process: counters as Prometheus reads them, whether it
// lives and is ready, and, if the settings say so, Go's profiles.
func (r *Readiness) Mux() *http.ServeMux {
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
