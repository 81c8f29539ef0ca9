package say

// Why office hours can't be read.
const (
	HoursUnread  Key = "hours-unread"
	HoursNoDay   Key = "hours-no-day"
	HoursNoTime  Key = "hours-no-time"
	HoursNothing Key = "hours-nothing"
	HoursOverlap Key = "hours-overlap"
	HoursMany    Key = "hours-many"
)
