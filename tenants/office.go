package tenants

import "time"

// Clock is the time zone in which the team works; UTC as long as nobody has said.
func (s Settings) Clock() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// AtWork tells that a moment is in office hours. Without any it always is.
func (s Settings) AtWork(at time.Time) bool { return s.Office.Open(at, s.Clock()) }

// OpensAgain is the first moment after at when the office opens or closes; zero =
// never.
func (s Settings) OpensAgain(at time.Time) time.Time { return s.Office.Next(at, s.Clock()) }

// Worked is the moment at which the team has been at work for so long since from.
// Response times of reports are Office.Within of two moments.
func (s Settings) Worked(from time.Time, long time.Duration) time.Time {
	return s.Office.After(from, long, s.Clock())
}
