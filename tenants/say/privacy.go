package say

// Of what HIDE_INFO meets when it is switched on.
const (
	HidingAsk       Key = "hiding-ask"
	HidingChoices   Key = "hiding-choices"
	ButtonNewTopics Key = "button-new-topics"
	ButtonFromNow   Key = "button-from-now"
	HidingRenews    Key = "hiding-renews"
	HidingStays     Key = "hiding-stays"
	HidingManagers  Key = "hiding-managers"
	HidingChosen    Key = "hiding-chosen"
	HidingAudit     Key = "hiding-audit"
)
