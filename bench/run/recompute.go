package run

import (
	"errors"
	"fmt"
	"io"
	"slices"
)

// tell sets the figures that a history gives, and writes it where it is wanted.
func (c chronicle) tell(o Options, r *Report) error {
	figures, err := c.figures()
	if err != nil {
		return err
	}
	for _, f := range figures {
		r.set(f.name, f.value)
	}
	if o.History == nil {
		return nil
	}
	return c.write(o.History)
}

// figures are those of the history's scenario.
func (c chronicle) figures() ([]figure, error) {
	c.sort()
	i := slices.IndexFunc(c, func(e entry) bool { return e.Event == "scenario" })
	if i < 0 {
		return nil, errors.New("the history names no scenario")
	}
	switch kind := c[i].Name; kind {
	case "mixed":
		return judgement(c)
	case "backlog":
		return pressure(c)
	case "fleet":
		return density(c)
	case "churn":
		return churning(c)
	case "noisy":
		return disturbed(c)
	case "growth":
		return growing(c)
	default:
		return nil, fmt.Errorf("nobody computes the figures of %q", kind)
	}
}

// Recompute writes the figures that a history gives, one a line; of a Scenario or a
// Probe it can't.
func Recompute(history io.Reader, to io.Writer) error {
	c, err := readChronicle(history)
	if err != nil {
		return err
	}
	figures, err := c.figures()
	if err != nil {
		return err
	}
	for _, f := range figures {
		if _, err := fmt.Fprintf(to, "%s\t%.4g\n", f.name, f.value); err != nil {
			return err
		}
	}
	return nil
}
