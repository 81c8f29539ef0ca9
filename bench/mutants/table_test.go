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

// table is what must not go unnoticed. Tests that are over soon are preferred:
// all of a mutant's time is its test's, once with it and once without.
var table = slices.Concat(doors, custody, decisions, lanes, openings, fleet, desk, knobs)
