package say

// Of commands that the help lists and this version does not have yet.
const (
	CommandLater Key = "command-later"
)
