package telegram

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestREADMEProfiles(t *testing.T) { section(t, "profiles", profileTable(t)) }

// profileTable has a row for each knob and a column for each profile.
func profileTable(t *testing.T) string {
	t.Helper()
	var profiles []reflect.Value
	var out strings.Builder
	out.WriteString("| knob |")
	for _, name := range Profiles() {
		k, err := Profile(name)
		if err != nil {
			t.Fatal(err)
		}
		profiles = append(profiles, reflect.ValueOf(k))
		out.WriteString(" " + name + " |")
	}
	out.WriteString("\n|---|" + strings.Repeat("---|", len(profiles)) + "\n")
	for i := range reflect.TypeFor[Knobs]().NumField() {
		out.WriteString("| " + reflect.TypeFor[Knobs]().Field(i).Name + " |")
		for at, p := range profiles {
			cell := inWords(p.Field(i).Interface())
			if at > 0 && cell == inWords(profiles[0].Field(i).Interface()) {
				cell = "·"
			}
			out.WriteString(" " + cell + " |")
		}
		out.WriteString("\n")
	}
	return out.String()
}

// inWords is a knob's value for people.
func inWords(v any) string {
	switch v := v.(type) {
	case Limit:
		return limitInWords(v)
	case MigrationOrder:
		return [...]string{"old group first", "new group first"}[v]
	case Sharing:
		return [...]string{"shared", "apart", "free"}[v]
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v]
	case time.Duration:
		return shortly(v)
	default:
		return fmt.Sprint(v)
	}
}

func limitInWords(l Limit) string {
	switch l.Kind {
	case NoLimit:
		return "none"
	case Window:
		return fmt.Sprintf("%d in any %s", l.Count, shortly(l.Per))
	case Bucket:
		return fmt.Sprintf("%d at once, then %d per %s", l.Burst, l.Count, shortly(l.Per))
	default:
		panic("unknown limit kind")
	}
}

func shortly(d time.Duration) string {
	switch {
	case d == 0:
		return "0"
	case d%time.Second == 0:
		return fmt.Sprintf("%d s", d/time.Second)
	default:
		return d.String()
	}
}
