package say

// Of quick replies: /say.
const (
	ReplyNone    Key = "reply-none"
	ReplyList    Key = "reply-list"
	ReplyUsage   Key = "reply-usage"
	ReplyName    Key = "reply-name"
	ReplyMeant   Key = "reply-meant"
	ReplyUnknown Key = "reply-unknown"
	ReplyGeneral Key = "reply-general"

	ReplyWhat    Key = "reply-what"
	ReplyUnseen  Key = "reply-unseen"
	ReplyKind    Key = "reply-kind"
	ReplyFull    Key = "reply-full"
	ReplyPart    Key = "reply-part"
	ReplySaved   Key = "reply-saved"
	ReplyMissed  Key = "reply-missed"
	ReplyDeleted Key = "reply-deleted"
	ReplyWhose   Key = "reply-whose"

	ReplyKnown   Key = "reply-known"
	ReplyReplace Key = "reply-replace"
	ReplySend    Key = "reply-send"

	ReplyPerson       Key = "reply-person"
	ReplyUnread       Key = "reply-unread"
	ReplyOther        Key = "reply-other"
	ReplySlash        Key = "reply-slash"
	ReplySlashForward Key = "reply-slash-forward"
	ReplyUnchecked    Key = "reply-unchecked"
	ReplyLost         Key = "reply-lost"
	ReplyGone         Key = "reply-gone"
)
