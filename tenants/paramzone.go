package tenants

import (
	"slices"
	"strings"
	"time"

	"topicdesk/tenants/hours"
	"topicdesk/tenants/say"
)

func readWeek(value string) (parsed, error) {
	week, err := hours.Parse(value)
	return parsed{canonical: week.String(), week: week}, err
}

// readZone takes the name of a time zone, whatever its case; spaces stand for the
// underscores in it. What the database does not call a zone of the world is none:
// "Local" would be the host's.
func readZone(value string) (parsed, error) {
	typed := strings.ReplaceAll(value, " ", "_")
	zones := strings.Fields(zoneNames)
	at := slices.IndexFunc(zones, func(name string) bool { return strings.EqualFold(name, typed) })
	if at < 0 {
		if meant := zoneMeant(typed, zones); meant != "" {
			return parsed{}, say.ValueZoneMeant.With(say.Values{"value": shorten(value), "meant": meant})
		}
		return parsed{}, say.ValueNotZone.With(say.Values{"value": shorten(value)})
	}
	zone, err := time.LoadLocation(zones[at])
	if err != nil { // a database that lacks it
		return parsed{}, say.ValueNotZone.With(say.Values{"value": shorten(value)})
	}
	return parsed{canonical: zones[at], zone: zone}, nil
}

// zoneMeant is the zone of which the city was typed, or one with a slip of the
// finger; "" if none is near.
func zoneMeant(typed string, zones []string) string {
	city := func(name string) string { return name[strings.LastIndex(name, "/")+1:] }
	at := slices.IndexFunc(zones, func(name string) bool { return strings.EqualFold(city(name), city(typed)) })
	if at >= 0 {
		return zones[at]
	}
	return Closest(typed, zones)
}
