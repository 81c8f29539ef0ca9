package dialog

import (
	"math"
	"testing"
)

// TestPressData: a button's data is read as it was written, fits into what
// Telegram allows, and nothing else is taken for one.
func TestPressData(t *testing.T) {
	for _, verb := range verbs {
		p := Press{Verb: verb, Dialog: math.MaxInt64, Message: math.MaxInt64, Arg: math.MinInt64}
		if got, ok := ParsePress(p.Data()); !ok || got != p {
			t.Errorf("%q is read as %+v, %t", p.Data(), got, ok)
		}
		small := Press{Verb: verb, Dialog: 1 << 40, Message: math.MaxInt32, Arg: math.MaxInt32}
		if len(small.Data()) > 64 {
			t.Errorf("%q has %d bytes", small.Data(), len(small.Data()))
		}
	}
	for _, verb := range generalVerbs {
		p := Press{Verb: verb, Arg: math.MinInt64, Page: math.MaxInt32}
		if got, ok := ParsePress(p.Data()); !ok || got != p || len(p.Data()) > 64 {
			t.Errorf("%q is read as %+v, %t", p.Data(), got, ok)
		}
	}
	for _, data := range []string{"", "send", "send 1 2", "send 1 2 3 4", "send 0 2 3", "labels 1 2 3", "labels 0 0 0 1 2", "send 1 2 x", "fly 1 2 3", "send 1 2 9999999999999999999"} {
		if p, ok := ParsePress(data); ok {
			t.Errorf("%q is read as %+v", data, p)
		}
	}
}
