package say

// What clients read.
const (
	DefaultWelcome Key = "default-welcome"
)
