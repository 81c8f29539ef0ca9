package say

// What /set answers.
const (
	SetHere           Key = "set-here"
	SetNothing        Key = "set-nothing"
	SetCan            Key = "set-can"
	SetUnknown        Key = "set-unknown"
	SetNoKind         Key = "set-no-kind"
	SetNotHere        Key = "set-not-here"
	SetExample        Key = "set-example"
	SetHow            Key = "set-how"
	SetBack           Key = "set-back"
	SetFromChat       Key = "set-from-chat"
	SetFromPrivate    Key = "set-from-private"
	SetFromGroups     Key = "set-from-groups"
	SetFromChannels   Key = "set-from-channels"
	SetFromConnection Key = "set-from-connection"
	SetFromDefault    Key = "set-from-default"
)
