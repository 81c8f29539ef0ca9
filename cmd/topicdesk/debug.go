package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"

	"topicdesk/actors/door"
	"topicdesk/actors/house"
)

// openDebug opens the door for whoever watches the process, if the settings name
// one: counters as Prometheus reads them, whether it lives and is ready, and, if
// they say so, Go's profiles. The function that it gives closes the door at once.
func (p *program) openDebug(h *house.House, ready *house.Readiness) (closing func(), err error) {
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
	server := door.New(l, debugPlaces, ready.Mux(), h.Log)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(); !errors.Is(err, http.ErrServerClosed) {
			h.Log.Error("the door for debugging has closed", "error", err)
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
