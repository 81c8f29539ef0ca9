package say

// Of clients who wait, and of what does not reach the team.
const (
	Remind            Key = "remind"
	RemindAssignee    Key = "remind-assignee"
	ClientUndelivered Key = "client-undelivered"
	ClientRefused     Key = "client-refused"
)
