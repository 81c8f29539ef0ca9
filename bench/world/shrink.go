package world

import (
	"regexp"
	"slices"
	"strings"
)

// particular is what differs between two failures of one kind.
var particular = regexp.MustCompile(`\b[A-Z]\w*|\b[a-z]?\d[\d.:]*|acme|bravo|cargo|0x\w+`)

// alike tells that two failures are of one kind: they say the same of other
// messages and people.
func alike(a, b error) bool { return b != nil && kindOf(a) == kindOf(b) }

func kindOf(fault error) string {
	first, _, _ := strings.Cut(fault.Error(), "\n")
	return particular.ReplaceAllString(first, "…")
}

// Shrink looks for a smaller plan that fails too: it leaves out events, many at
// once and then one by one, and makes everything else plain, until nothing more
// can go. fails runs a plan and tells whether it fails as this one
// did: what fails otherwise is another bug.
func Shrink(p Plan, fails func(Plan) bool) Plan {
	for {
		before := p.String()
		p = fewer(p, fails)
		p = plainer(p, fails)
		if p.String() == before {
			return p
		}
	}
}

// fewer leaves out events: half of them, a quarter, …, each.
func fewer(p Plan, fails func(Plan) bool) Plan {
	for size := len(p.Events) / 2; size > 0; size /= 2 {
		for from := 0; from < len(p.Events); {
			smaller := p
			smaller.Events = slices.Delete(slices.Clone(p.Events), from, min(from+size, len(p.Events)))
			if fails(smaller) {
				p = smaller
			} else {
				from += size
			}
		}
	}
	return p
}

// plainer turns off what is special about the stage.
func plainer(p Plan, fails func(Plan) bool) Plan {
	for _, plain := range []func(*Plan){
		func(p *Plan) { p.Open = 0 },
		func(p *Plan) { p.Houses, p.Open = 1, 0 },
		func(p *Plan) { p.HideInfo = false },
		func(p *Plan) { p.Bots = 1 },
		func(p *Plan) { p.Webhooks = false },
		func(p *Plan) { p.Undo = 0 },
		func(p *Plan) { p.Topics = 0 },
		func(p *Plan) { p.Helpers = 0 },
	} {
		smaller := p
		plain(&smaller)
		if smaller.String() != p.String() && fails(smaller) {
			p = smaller
		}
	}
	return p
}
