package telegram

import (
	"fmt"
	"math"
	"strings"
)

// locationMethods are the methods about places.
var locationMethods = map[string]handler{
	"sendLocation":            sendLocation,
	"sendVenue":               sendVenue,
	"editMessageLiveLocation": editMessageLiveLocation,
	"stopMessageLiveLocation": stopMessageLiveLocation,
}

// LiveForever as Location.LivePeriod is a place that moves without end.
const LiveForever = 1<<31 - 1

// Limits of places (TDLib source).
const (
	minLivePeriod = 60
	maxLivePeriod = 86400
	maxHeading    = 360
	maxProximity  = 100_000 // metres
	maxAccuracy   = 1500    // metres
)

// location reads latitude, longitude and horizontal_accuracy.
func (c *call) location() (Location, *problem) {
	for _, name := range []string{"latitude", "longitude"} {
		if strings.TrimSpace(c.args.str(name)) == "" {
			return Location{}, fail(coordinateMissing, name)
		}
	}
	accuracy := c.args.decimal("horizontal_accuracy")
	return Location{
		Latitude: c.args.decimal("latitude"), Longitude: c.args.decimal("longitude"),
		Accuracy: math.Ceil(min(max(accuracy, 0), maxAccuracy)),
	}, nil
}

// liveArgs reads how a place moves.
func (c *call) liveArgs(l *Location) {
	l.LivePeriod = int(c.args.integer("live_period", 0, math.MinInt32, math.MaxInt32))
	l.Heading = int(c.args.integer("heading", 0, math.MinInt32, math.MaxInt32))
	l.Proximity = int(c.args.integer("proximity_alert_radius", 0, math.MinInt32, math.MaxInt32))
}

// onMap says whether the place is one at all.
func (l Location) onMap() bool { return math.Abs(l.Latitude) <= 90 && math.Abs(l.Longitude) <= 180 }

// fault is what TDLib says about a place to be sent.
func (l Location) fault() *problem {
	switch {
	case !l.onMap():
		return fail(badLocation)
	case l.LivePeriod != 0 && l.LivePeriod != LiveForever && (l.LivePeriod < minLivePeriod || l.LivePeriod > maxLivePeriod):
		return fail(badLivePeriod)
	case l.Heading < 0 || l.Heading > maxHeading:
		return fail(badHeading)
	case l.Proximity < 0 || l.Proximity > maxProximity:
		return fail(badProximity)
	default:
		return nil
	}
}

func sendLocation(c *call) (any, *problem) {
	at, bad := c.location()
	if bad != nil {
		return nil, bad
	}
	c.liveArgs(&at)
	return c.send(Content{Kind: KindLocation, Location: &at})
}

func sendVenue(c *call) (any, *problem) {
	at, bad := c.location()
	if bad != nil {
		return nil, bad
	}
	v := Venue{
		Location: at, Title: c.args.str("title"), Address: c.args.str("address"),
		FoursquareID: c.args.str("foursquare_id"), FoursquareType: c.args.str("foursquare_type"),
		GoogleID: c.args.str("google_place_id"), GoogleType: c.args.str("google_place_type"),
	}
	v.choose()
	return c.send(Content{Kind: KindVenue, Venue: &v})
}

// choose keeps the one of two places by which a venue is known.
func (v *Venue) choose() {
	if v.FoursquareID != "" || v.FoursquareType != "" {
		v.GoogleID, v.GoogleType = "", ""
	}
}

// live says whether the message is a place that still moves.
func (w *World) live(m *message) bool {
	l := m.content().Location
	if l == nil || l.LivePeriod == 0 {
		return false
	}
	return l.LivePeriod == LiveForever || w.unix() < m.date+int64(l.LivePeriod)
}

// placeOf is the place as it is shown now: one that no longer moves is a
// plain point.
func (w *World) placeOf(m *message) *Location {
	l := m.content().Location
	if l == nil || w.live(m) {
		return l
	}
	plain := l.still()
	return &plain
}

// still is the place without its movement, as forwards and copies have it.
func (l Location) still() Location {
	l.LivePeriod, l.Heading, l.Proximity = 0, 0, 0
	return l
}

func editMessageLiveLocation(c *call) (any, *problem) {
	at, bad := c.location()
	if bad != nil {
		return nil, bad
	}
	c.liveArgs(&at)
	keys, m, bad := c.movable()
	if bad != nil {
		return nil, bad
	}
	old := m.content().Location
	switch {
	case !at.onMap():
		return nil, fail(badNewLocation)
	case at.LivePeriod == 0:
		at.LivePeriod = old.LivePeriod
	case at.LivePeriod != LiveForever && !within90Days(at.LivePeriod, old.LivePeriod):
		return nil, fail(badLivePeriod)
	}
	if bad := (Location{Heading: at.Heading, Proximity: at.Proximity}).fault(); bad != nil {
		return nil, bad
	}
	return c.apply(m, Content{Kind: KindLocation, Location: &at}, keys)
}

// within90Days says whether a place may go on moving for that long: a day
// more than now, ninety days in all (Bot API docs).
func within90Days(period, old int) bool {
	return period >= minLivePeriod && period <= 90*maxLivePeriod && (old == LiveForever || period <= old+maxLivePeriod)
}

func stopMessageLiveLocation(c *call) (any, *problem) {
	keys, m, bad := c.movable()
	if bad != nil {
		return nil, bad
	}
	at := m.content().Location.still()
	return c.apply(m, Content{Kind: KindLocation, Location: &at}, keys)
}

// movable finds the bot's message with a place that moves.
func (c *call) movable() (markup, *message, *problem) {
	keys, m, bad := c.editing(false)
	if bad == nil && (m.content().Location == nil || m.content().Kind != KindLocation) {
		bad = fail(noLiveLocation)
	}
	return keys, m, bad
}

// Move moves the person's own live location, or ends its movement if to is
// nil. Bots are told as of an edit.
func (w *World) Move(person, chatID int64, id int, to *Location) error {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return err
	}
	if m.author != a || m.origin != nil || !w.live(m) {
		return fmt.Errorf("move %d: %w", id, ErrNotAllowed)
	}
	next := m.content().Location.still()
	if to != nil {
		if !to.onMap() || (Location{Heading: to.Heading}).fault() != nil {
			return fail(badLocation)
		}
		next = *to
		next.LivePeriod, next.Proximity = m.content().Location.LivePeriod, m.content().Location.Proximity
	}
	m.setContent(Content{Kind: KindLocation, Location: &next})
	m.edit = w.unix()
	w.deliverEdit(m)
	return nil
}
