package privacy

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"topicdesk/tenants"
)

// slowly finds as a finder does, but tries every pattern at every place.
func slowly(f *finder, glyphs []tenants.Glyph) (hits []hit) {
	for i := 0; i < len(glyphs); {
		var best hit
		for _, some := range f.starts {
			for _, p := range some {
				to := p.match(glyphs, i)
				if to > best.to || to == best.to && best.pattern != nil && p.rank < best.pattern.rank {
					best = hit{i, to, p}
				}
			}
		}
		if best.pattern == nil {
			i++
			continue
		}
		hits = append(hits, best)
		i = best.to
	}
	return hits
}

// pieces are what names and texts are made of here: they begin alike, are parts of each
// other, and some are too short for a start of three letters.
var pieces = []string{
	"a", "A", "An", "Ann", "Anna", "ANNA", "Bo", "Bob", "Анна", "Ян", "ян", "王", "王小明", "Ж", "é", "e\u0301", "ann\u200ba", "\u202e", "ﬁ", "ß",
	"7", "77", "123", "1234567", "+7 999 123-45-67", "🦄", "-", ".", "@ann", "@anna_1", "[hidden]", "van", "der", "Will", "will", "\n",
}

func made(rng *rand.Rand, most int, between ...string) string {
	var b strings.Builder
	for range rng.IntN(most + 1) {
		b.WriteString(pieces[rng.IntN(len(pieces))])
		b.WriteString(between[rng.IntN(len(between))])
	}
	return b.String()
}

// crowded is a chat of some people that is made of a number.
func crowded(rng *rand.Rand) Known {
	k := Known{Key: []byte("key"), ChatID: -1001234567, Hide: tenants.Hide{Name: rng.IntN(8) > 0, Title: rng.IntN(2) > 0, Link: rng.IntN(2) > 0}}
	for i := range rng.IntN(12) {
		k.People = append(k.People, tenants.Person{
			ID: tenants.UserID(10_000 + i), First: made(rng, 2, "", " "), Last: made(rng, 2, "", " "), Username: made(rng, 2, "_"),
		})
	}
	if rng.IntN(2) > 0 {
		k.Titles, k.Phones = []string{made(rng, 4, "", " ")}, []string{"+79991234567"}
	}
	return k
}

func checkFound(t *testing.T, seed uint64, text string) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	k := crowded(rng)
	text += made(rng, 12, "", " ", ", ")
	for name, f := range map[string]*finder{"audit": NewSet(k).hidden, "redactor": New(k).hidden, "back": New(k).back} {
		glyphs := tenants.Look(text)
		if got, want := f.find(glyphs), slowly(f, glyphs); !slices.Equal(got, want) {
			t.Fatalf("seed %d, %s: in %q it found %s, want %s", seed, name, text, told(got), told(want))
		}
	}
}

func told(hits []hit) string {
	var all []string
	for _, h := range hits {
		all = append(all, fmt.Sprintf("%d-%d:%d", h.from, h.to, h.pattern.rank))
	}
	return fmt.Sprint(all)
}

// TestFindsAsTheSlowOne: the sieve loses nothing.
func TestFindsAsTheSlowOne(t *testing.T) {
	for seed := range uint64(3000) {
		checkFound(t, seed, "")
	}
}

// FuzzFind is the same with texts that nobody thought of.
func FuzzFind(f *testing.F) {
	f.Add(uint64(1), "Anna Bob")
	f.Fuzz(checkFound)
}
