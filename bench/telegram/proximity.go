package telegram

import (
	"math"
	"slices"
)

// Approach is the service message of two people whose live locations have
// come near each other.
type Approach struct {
	Traveler int64 // who moved
	Watcher  int64 // who had asked to be told
	Distance int   // metres
}

type approachObject struct {
	Traveler *userObject `json:"traveler"`
	Watcher  *userObject `json:"watcher"`
	Distance int         `json:"distance"`
}

// approached tells of those whom the sender of a live location has come near
// to, or who now are near, where a radius for that was given: once for each two.
func (w *World) approached(m *message) {
	if !w.live(m) || m.from == nil {
		return
	}
	for _, other := range m.chat.messages() {
		if other.from == nil || other.from == m.from || !w.live(other) {
			continue
		}
		w.watch(m, other)
		w.watch(other, m)
	}
}

// watch tells the watcher's chat that the traveler is near.
func (w *World) watch(traveler, watcher *message) {
	there := watcher.content().Location
	far := metres(*traveler.content().Location, *there)
	if there.Proximity == 0 || far > float64(there.Proximity) || slices.Contains(watcher.near, traveler.from) {
		return
	}
	watcher.own().near = append(watcher.near, traveler.from)
	w.post(draft{chat: watcher.chat, from: traveler.from, topic: watcher.topic, content: serviceOf(Service{
		Approach: &Approach{traveler.from.id, watcher.from.id, int(far)},
	})})
}

// metres is the distance between two places.
func metres(a, b Location) float64 {
	const earth, degree = 6_371_000, math.Pi / 180
	north := math.Sin((a.Latitude - b.Latitude) * degree / 2)
	east := math.Sin((a.Longitude - b.Longitude) * degree / 2)
	return 2 * earth * math.Asin(math.Sqrt(north*north+math.Cos(a.Latitude*degree)*math.Cos(b.Latitude*degree)*east*east))
}
