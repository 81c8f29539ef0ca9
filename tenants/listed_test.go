package tenants

import "testing"

func TestWithListed(t *testing.T) {
	of := func(c ConnectionID, value string) Value {
		return Value{Level: Level{Connection: c}, Name: "IGNORE_CHATS", Value: value}
	}
	for name, c := range map[string]struct {
		values []Value
		chat   ChatID
		in     bool
		want   string // "" = nothing changes
	}{
		"to the default":              {nil, 12, true, "777000, 12"},
		"back to the default":         {[]Value{of(5, "777000, 12")}, 12, false, DefaultValue},
		"to its own":                  {[]Value{of(5, "777000, 12")}, -100, true, "777000, 12, -100"},
		"from the middle":             {[]Value{of(5, "777000, 12, 13")}, 12, false, "777000, 13"},
		"the last one":                {[]Value{of(5, "12")}, 12, false, "NONE"},
		"to none":                     {[]Value{of(5, "NONE")}, 12, true, "12"},
		"to what all connections say": {[]Value{of(0, "1, 2")}, 12, true, "1, 2, 12"},
		"from what all say":           {[]Value{of(0, "1, 2")}, 1, false, "2"},
		"back to what all say":        {[]Value{of(0, "1, 2"), of(5, "1, 2, 12")}, 12, false, DefaultValue},
		"not of another's":            {[]Value{of(6, "1, 2")}, 12, true, "777000, 12"},
		"twice":                       {[]Value{of(5, "12")}, 12, true, ""},
		"not there":                   {nil, 12, false, ""},
	} {
		v, ok := WithListed(c.values, 5, "IGNORE_CHATS", c.chat, c.in)
		if ok != (c.want != "") || ok && v != of(5, c.want) {
			t.Errorf("%s: %v %t, want %q", name, v, ok, c.want)
		}
	}
	many := make([]int64, MaxListed)
	for i := range many {
		many[i] = int64(i + 1)
	}
	if v, ok := WithListed([]Value{of(5, listOf(many))}, 5, "IGNORE_CHATS", -100, true); ok {
		t.Errorf("a full list grew to %d letters", len(v.Value))
	}
}
