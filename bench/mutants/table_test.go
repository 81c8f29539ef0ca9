//go:build mutants

package mutants

import "slices"

// mutant is one sabotage.
type mutant struct {
	name     string
	file     string // from the module's root
	old, new string // old is there exactly once
	pkg      string // of the test, from the module's root
	test     string // its whole name
	args     string // more for the test program; "" = none
}

// drawn is of tests that draw what they do: always the same, so that no mutant is
// caught, nor any test fails without one, by chance. To look for more is for make test.
const drawn = "-rapid.seed=1 -rapid.nofailfile"

// table is what must not go unnoticed. Tests that are over soon are preferred:
// all of a mutant's time is its test's, once with it and once without.
var table = slices.Concat(doors, custody, decisions, lanes, openings, fleet, desk, knobs)
