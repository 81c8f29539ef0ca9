package doors

import (
	"errors"
	"net/http"
	"time"
)

// clock is the World's time and how fast it runs.
type clock struct {
	Now   time.Time `json:"now"`
	Speed float64   `json:"speed"`
}

func (s *Server) serveTime(w http.ResponseWriter, _ *http.Request) {
	now, _ := s.look()
	writeJSON(w, http.StatusOK, clock{now, s.door.Speed()})
}

// Bounds of what may be asked for.
const (
	maxJump  = 366 * 24 * time.Hour
	minSpeed = 0.01
	maxSpeed = 10_000
)

var (
	errNoTurn   = errors.New("give advance_s or speed")
	errBadJump  = errors.New("advance_s must be a number from 0 to one year")
	errBadSpeed = errors.New("speed must be a number from 0.01 to 10000")
)

// turn changes what is given.
type turn struct {
	Advance *float64 `json:"advance_s"`
	Speed   *float64 `json:"speed"`
}

// turnTime makes the World's clock jump ahead, and what is due with it, or
// run at another speed.
func (s *Server) turnTime(w http.ResponseWriter, r *http.Request) {
	var in turn
	err := readStrictly(http.MaxBytesReader(w, r.Body, maxWorldBody), &in)
	switch {
	case err != nil:
	case in.Advance == nil && in.Speed == nil:
		err = errNoTurn
	case in.Advance != nil && (*in.Advance < 0 || *in.Advance > maxJump.Seconds()):
		err = errBadJump
	case in.Speed != nil && CheckSpeed(*in.Speed) != nil:
		err = CheckSpeed(*in.Speed)
	}
	if err != nil {
		writeError(w, http.StatusBadRequest, err)
		return
	}
	if in.Speed != nil {
		s.door.SetSpeed(*in.Speed)
	}
	if in.Advance != nil {
		s.door.Advance(seconds(*in.Advance))
	}
	s.hooks.wakeAll()
	s.changes.bump()
	s.serveTime(w, r)
}

// CheckSpeed refuses a speed for sim.Door.SetSpeed that is no use.
func CheckSpeed(speed float64) error {
	if !(speed >= minSpeed && speed <= maxSpeed) {
		return errBadSpeed
	}
	return nil
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
