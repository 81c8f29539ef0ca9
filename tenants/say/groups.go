package say

// About client groups, in General.
const (
	GroupsOff        Key = "groups-off"
	GroupIgnored     Key = "group-ignored"
	GroupUnlisted    Key = "group-unlisted"
	GroupNoReactions Key = "group-no-reactions"
	GroupMuted       Key = "group-muted"
	GroupPrivacy     Key = "group-privacy"
	GroupAdded       Key = "group-added"
	GroupAddedBy     Key = "group-added-by"
	GroupPromoted    Key = "group-promoted"
	GroupDemoted     Key = "group-demoted"
	AskLarge         Key = "ask-large"
	AskUnknown       Key = "ask-unknown"
	AskBusy          Key = "ask-busy"
	ChooseRelay      Key = "choose-relay"
	ChooseKeywords   Key = "choose-keywords"
	ChooseIgnore     Key = "choose-ignore"
	ChosenRelay      Key = "chosen-relay"
	ChosenKeywords   Key = "chosen-keywords"
	ChosenIgnore     Key = "chosen-ignore"
	ChosenNoKeywords Key = "chosen-no-keywords"
	ChosenUnshown    Key = "chosen-unshown"
	HeldOne          Key = "held-one"
	HeldMore         Key = "held-more"
)
