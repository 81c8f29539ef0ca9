package say

// Of who has a dialog: /take, /give, /free.
const (
	ButtonTakeOver  Key = "button-take-over"
	TakeHas         Key = "take-has"
	TakeDone        Key = "take-done"
	TakeOther       Key = "take-other"
	GiveWhom        Key = "give-whom"
	GiveNotTeam     Key = "give-not-team"
	GiveUnknown     Key = "give-unknown"
	GiveMeant       Key = "give-meant"
	GiveSeveral     Key = "give-several"
	AssignedNow     Key = "assigned-now"
	AssignedInstead Key = "assigned-instead"
	AssignedFreed   Key = "assigned-freed"
	CardAssignee    Key = "card-assignee"
)

// Of /ban and /unban.
const (
	ButtonBan      Key = "button-ban"
	ButtonCancel   Key = "button-cancel"
	BanAsk         Key = "ban-ask"
	BanWhom        Key = "ban-whom"
	BanUnknown     Key = "ban-unknown"
	BanTeam        Key = "ban-team"
	BanFull        Key = "ban-full"
	BanAnonymous   Key = "ban-anonymous"
	BanChannel     Key = "ban-channel"
	BanSomebody    Key = "ban-somebody"
	BannedChat     Key = "banned-chat"
	BannedGroups   Key = "banned-groups"
	BannedPerson   Key = "banned-person"
	UnbannedChat   Key = "unbanned-chat"
	UnbannedOpens  Key = "unbanned-opens"
	UnbannedPerson Key = "unbanned-person"
	UnbanNobody    Key = "unban-nobody"
	UnbanNot       Key = "unban-not"
	UnbanWhom      Key = "unban-whom"
	HeldByList     Key = "held-by-list"
	HeldByMonitor  Key = "held-by-monitor"
	HeldByChoice   Key = "held-by-choice"
	PressedCancel  Key = "pressed-cancel"
)
