package world

import "fmt"

// String is a plan as ParsePlan reads it.
func (p Plan) String() string {
	return fmt.Sprintf("seed=%d actions=%d faults=%d crashes=%d losses=%d kills=%d hide=%t bots=%d hooks=%t undo=%d topics=%d",
		p.Seed, p.Actions, p.Faults, p.Crashes, p.Losses, p.Kills, p.HideInfo, p.Bots, p.Webhooks, p.Undo, p.Topics)
}

// ParsePlan reads what String writes; the rest is as Draw draws it.
func ParsePlan(s, dir string) (Plan, error) {
	p := Draw(1, dir)
	_, err := fmt.Sscanf(s, "seed=%d actions=%d faults=%d crashes=%d losses=%d kills=%d hide=%t bots=%d hooks=%t undo=%d topics=%d",
		&p.Seed, &p.Actions, &p.Faults, &p.Crashes, &p.Losses, &p.Kills, &p.HideInfo, &p.Bots, &p.Webhooks, &p.Undo, &p.Topics)
	if err != nil {
		return Plan{}, fmt.Errorf("read plan %q: %w", s, err)
	}
	return p, nil
}

// Shrink looks for a smaller plan that fails too: fewer of everything, one
// thing at a time, until nothing more can go. fails runs a plan.
func Shrink(p Plan, fails func(Plan) bool) Plan {
	for {
		smaller, found := step(p, fails)
		if !found {
			return p
		}
		p = smaller
	}
}

func step(p Plan, fails func(Plan) bool) (Plan, bool) {
	for _, cut := range []func(*Plan){
		func(p *Plan) { p.Kills = 0 },
		func(p *Plan) { p.Crashes = 0 },
		func(p *Plan) { p.Losses = 0 },
		func(p *Plan) { p.Faults = 0 },
		func(p *Plan) { p.HideInfo = false },
		func(p *Plan) { p.Bots = 1 },
		func(p *Plan) { p.Webhooks = false },
		func(p *Plan) { p.Undo = 0 },
		func(p *Plan) { p.Topics = 0 },
		func(p *Plan) { p.Actions /= 2 },
		func(p *Plan) { p.Kills = max(p.Kills-1, 0) },
		func(p *Plan) { p.Crashes = max(p.Crashes-1, 0) },
		func(p *Plan) { p.Losses = max(p.Losses-1, 0) },
		func(p *Plan) { p.Faults = max(p.Faults-1, 0) },
		func(p *Plan) { p.Actions = max(p.Actions-1, 0) },
	} {
		smaller := p
		cut(&smaller)
		if smaller.String() != p.String() && smaller.Actions > 0 && fails(smaller) {
			return smaller, true
		}
	}
	return p, false
}
