package say

// Notes in General, and to the administrator in private.
const (
	RoomTitle          Key = "room-title"
	OrphanTitle        Key = "orphan-title"
	RoomCrowd          Key = "room-crowd"
	NoteOutOfGroup     Key = "note-out-of-group"
	NoteGeneralClosed  Key = "note-general-closed"
	NoteMissingRight   Key = "note-missing-right"
	HelperHelps        Key = "helper-helps"
	HelperAwaited      Key = "helper-awaited"
	HelperOut          Key = "helper-out"
	HelperMuted        Key = "helper-muted"
	SetAside           Key = "set-aside"
	Silence            Key = "silence"
	SilenceOf          Key = "silence-of"
	SilenceNothingLost Key = "silence-nothing-lost"
	SilencePerhapsLost Key = "silence-perhaps-lost"
	Restored           Key = "restored"
	Revoked            Key = "revoked"
	Full               Key = "full"
	FullFurther        Key = "full-further"
	FullSecond         Key = "full-second"
	QuotaOutbox        Key = "quota-outbox"
	QuotaFile          Key = "quota-file"
	QuotaRoom          Key = "quota-room"
)
