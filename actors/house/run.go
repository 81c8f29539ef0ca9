package house

import (
	"context"
	"time"

	"topicdesk/actors/node"
	"topicdesk/actors/webhook"
)

const (
	// drainWithin is longer than a call takes and its outcome's commit.
	drainWithin = 20 * time.Second
	// closeWithin is how long the closing of all tenants' files may take.
	closeWithin = 20 * time.Second
	// drainLook is how often is looked whether all calls are committed.
	drainLook = 20 * time.Millisecond
	// StopWithin is how long a stop takes at most: the doors' closing, for each of two,
	// with what is above.
	StopWithin = drainWithin + closeWithin + 2*webhook.CloseWithin
)

// OpenHooks listens for webhooks, where the settings want them; no login is let
// in before the node begins. closing waits for requests under way.
func (h *House) OpenHooks(ctx context.Context, say func(string, ...any)) (closing func(), err error) {
	if h.Logins.Polls() {
		return func() {}, nil
	}
	files, err := fileLimit()
	if err != nil {
		return nil, err
	}
	return webhook.Open(ctx, webhook.Options{
		Listen: h.Config.HTTP.Listen, PublicURL: h.Config.HTTP.PublicURL, MaxConnections: h.Config.HTTP.WebhookMaxConnections,
		Places: DoorPlaces(files), Node: h.Node, Logins: h.Logins, Admission: h.admission, Registry: h.Registry, Meter: h.meter,
		Log: h.Log, Say: say,
	})
}

// Begin lets the logins of sleeping tenants in at the door, and runs the tenants.
func (h *House) Begin() (node.Began, error) {
	if !h.Logins.Polls() {
		asleep, err := h.Registry.AllLogins()
		if err != nil {
			return node.Began{}, err
		}
		for id, logins := range asleep {
			for _, l := range logins {
				h.Logins.Gateway(id, l.Connection)
			}
		}
	}
	began, err := h.Node.Begin()
	if err == nil {
		h.Log.Info("node started", "tenants", began.Tenants, "awake", began.Awake)
	}
	return began, err
}

// Stop ends what comes in, waits until all calls are answered and committed,
// and closes the tenants.
func (h *House) Stop(closeHooks func()) error {
	h.Node.StopListening()
	h.Logins.Stop()
	closeHooks()
	for end := time.Now().Add(drainWithin); h.Node.Pending() > 0 && time.Now().Before(end); {
		time.Sleep(drainLook)
	}
	if n := h.Node.Pending(); n > 0 {
		h.Log.Warn("stopped with calls under way; they are tried again at the next start", "calls", n)
	}
	return h.Node.StopAll(closeWithin)
}
