package telegram

import (
	"fmt"
	"path"
	"slices"
	"time"
)

// aboutUpdates says whether the kind spoils updates, not calls.
func (k FaultKind) aboutUpdates() bool {
	return k == DuplicateUpdate || k == LateUpdate || k == LoseUpdate
}

func (k FaultKind) delays() bool {
	switch k {
	case Slow, SlowAfter, Hang, LateUpdate, DuplicateUpdate:
		return true
	default:
		return false
	}
}

// Check says what is wrong with a fault; nil = it makes sense.
func (f Fault) Check() error {
	switch {
	case !slices.Contains(faultKinds, f.Do):
		return fmt.Errorf("there is no fault %q", f.Do)
	case !(f.Chance >= 0 && f.Chance <= 1):
		return fmt.Errorf("chance is %v, outside of 0 to 1", f.Chance)
	case f.Skip < 0 || f.Count < 0 || f.Nth < 0:
		return fmt.Errorf("skip, count and nth can't be negative")
	case f.Delay < 0 || f.Retry < 0:
		return fmt.Errorf("a delay can't be negative")
	case f.Delay != 0 && !f.Do.delays():
		return fmt.Errorf("%s has no delay", f.Do)
	case f.Delay == 0 && (f.Do == Slow || f.Do == SlowAfter || f.Do == LateUpdate):
		return fmt.Errorf("%s needs a delay", f.Do)
	case f.Retry != 0 && f.Do != Flood:
		return fmt.Errorf("%s has no retry", f.Do)
	}
	if err := f.checkTime(); err != nil {
		return err
	}
	return f.checkTarget()
}

func (f Fault) checkTime() error {
	switch {
	case !f.From.IsZero() && !f.Until.IsZero() && !f.From.Before(f.Until):
		return fmt.Errorf("it ends before it begins")
	case (f.Every != 0 || f.Lasting != 0) && !(0 < f.Lasting && f.Lasting < f.Every):
		return fmt.Errorf("of every %s it can't last %s", f.Every, f.Lasting)
	default:
		return nil
	}
}

// checkTarget refuses a pattern that strikes nothing, and all patterns for
// an outage.
func (f Fault) checkTarget() error {
	if f.Do == Outage {
		narrow := f
		narrow.Name, narrow.Do, narrow.Bot, narrow.From, narrow.Until, narrow.Every, narrow.Lasting = "", "", 0, time.Time{}, time.Time{}, 0, 0
		if narrow != (Fault{}) {
			return fmt.Errorf("an outage strikes everything of a bot, or of all")
		}
		return nil
	}
	if f.Method == "" {
		return nil
	}
	names, what := Methods(), "method"
	if f.Do.aboutUpdates() {
		names, what = allUpdates, "type of update"
	}
	for _, name := range names {
		ok, err := path.Match(f.Method, name)
		if err != nil {
			return fmt.Errorf("method %q is no pattern", f.Method)
		}
		if ok {
			return nil
		}
	}
	return fmt.Errorf("method %q fits no %s", f.Method, what)
}
