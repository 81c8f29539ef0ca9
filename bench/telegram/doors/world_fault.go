package doors

import (
	"fmt"

	sim "topicdesk/bench/telegram"
	"topicdesk/bench/telegram/faultplan"
)

// shownFault is a fault of the plan with how often it has struck.
type shownFault struct {
	faultplan.Line
	Struck int `json:"struck"`
}

type faultPlan struct {
	Faults []shownFault `json:"faults"`
}

func showFaults(w *sim.World) faultPlan {
	out := faultPlan{[]shownFault{}}
	struck := w.Struck()
	for i, f := range w.Faults() {
		out.Faults = append(out.Faults, shownFault{faultplan.LineOf(f), struck[i]})
	}
	return out
}

// newFaults are one fault, or a list of them as in a file.
type newFaults struct {
	faultplan.Line
	Faults []faultplan.Line `json:"faults"`
}

// addFaults puts faults into the plan: all of them or, if one is wrong, none.
func addFaults(w *sim.World, in newFaults) (any, error) {
	lines := in.Faults
	switch {
	case lines == nil:
		lines = []faultplan.Line{in.Line}
	case in.Line != faultplan.Line{}:
		return nil, fmt.Errorf("give one fault or a list of faults")
	}
	if err := faultplan.Add(w, lines); err != nil {
		return nil, err
	}
	return showFaults(w), nil
}
