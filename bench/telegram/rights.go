package telegram

// Rights are what an administrator may do, with the names of the Bot API's
// ChatAdministratorRights.
type Rights struct {
	ManageChat, ChangeInfo, PostMessages, EditMessages bool
	DeleteMessages, InviteUsers, RestrictMembers       bool
	PinMessages, ManageTopics, PromoteMembers          bool
	ManageVideoChats, PostStories, EditStories         bool
	DeleteStories, ManageDirectMessages, ManageTags    bool
	Anonymous                                          bool
}

// AllRights is what a group's owner usually ticks for a bot: everything
// but anonymity.
func AllRights() Rights {
	return Rights{
		ManageChat: true, ChangeInfo: true, PostMessages: true, EditMessages: true,
		DeleteMessages: true, InviteUsers: true, RestrictMembers: true,
		PinMessages: true, ManageTopics: true, PromoteMembers: true,
		ManageVideoChats: true, PostStories: true, EditStories: true,
		DeleteStories: true, ManageDirectMessages: true, ManageTags: true,
	}
}

// Permissions are what an ordinary or restricted member may do, with the
// names of the Bot API's ChatPermissions.
type Permissions struct {
	SendMessages, SendAudios, SendDocuments, SendPhotos   bool
	SendVideos, SendVideoNotes, SendVoiceNotes, SendPolls bool
	SendOther, AddPreviews, React, EditTag                bool
	ChangeInfo, InviteUsers, PinMessages, ManageTopics    bool
}

// AllPermissions is a group where everybody may do everything.
func AllPermissions() Permissions {
	return Permissions{
		SendMessages: true, SendAudios: true, SendDocuments: true, SendPhotos: true,
		SendVideos: true, SendVideoNotes: true, SendVoiceNotes: true, SendPolls: true,
		SendOther: true, AddPreviews: true, React: true, EditTag: true,
		ChangeInfo: true, InviteUsers: true, PinMessages: true, ManageTopics: true,
	}
}

// and returns the permissions given in both sets.
func (p Permissions) and(q Permissions) Permissions {
	return Permissions{
		SendMessages: p.SendMessages && q.SendMessages, SendAudios: p.SendAudios && q.SendAudios,
		SendDocuments: p.SendDocuments && q.SendDocuments, SendPhotos: p.SendPhotos && q.SendPhotos,
		SendVideos: p.SendVideos && q.SendVideos, SendVideoNotes: p.SendVideoNotes && q.SendVideoNotes,
		SendVoiceNotes: p.SendVoiceNotes && q.SendVoiceNotes, SendPolls: p.SendPolls && q.SendPolls,
		SendOther: p.SendOther && q.SendOther, AddPreviews: p.AddPreviews && q.AddPreviews,
		React: p.React && q.React, EditTag: p.EditTag && q.EditTag,
		ChangeInfo: p.ChangeInfo && q.ChangeInfo, InviteUsers: p.InviteUsers && q.InviteUsers,
		PinMessages: p.PinMessages && q.PinMessages, ManageTopics: p.ManageTopics && q.ManageTopics,
	}
}

// allows says whether p lets a member send content of that kind, and the
// word by which the server names it in "not enough rights to send … to the chat".
func (p Permissions) allows(k Kind) (ok bool, word string) {
	switch k {
	case KindText:
		return p.SendMessages, "text messages"
	case KindPhoto:
		return p.SendPhotos, "photos"
	case KindVideo:
		return p.SendVideos, "videos"
	case KindAnimation:
		return p.SendOther, "animations"
	case KindAudio:
		return p.SendAudios, "music"
	case KindVoice:
		return p.SendVoiceNotes, "voice notes"
	case KindVideoNote:
		return p.SendVideoNotes, "video notes"
	case KindDocument:
		return p.SendDocuments, "documents"
	case KindSticker:
		return p.SendOther, "stickers"
	case KindLocation:
		return p.SendMessages, "locations"
	case KindVenue:
		return p.SendMessages, "venues"
	case KindContact:
		return p.SendMessages, "contacts"
	case KindPoll:
		return p.SendPolls, "polls"
	case KindDice:
		return p.SendOther, "dice"
	case KindPaidMedia:
		return p.SendPhotos && p.SendVideos, "paid media"
	case KindChecklist:
		return p.SendMessages, "checklists"
	case KindStory:
		return p.SendPhotos && p.SendVideos, rareKinds[k].word
	case KindGame:
		return p.SendOther, rareKinds[k].word
	case KindGiveaway, KindWinners, KindInvoice:
		return p.SendMessages, rareKinds[k].word
	case KindService:
		return true, ""
	default:
		panic("telegram: unknown kind " + string(k))
	}
}

// status is a member's standing in a chat, in the Bot API's words.
type status string

const (
	statusCreator       status = "creator"
	statusAdministrator status = "administrator"
	statusMember        status = "member"
	statusRestricted    status = "restricted"
	statusLeft          status = "left"
	statusKicked        status = "kicked"
)

// member is one account's standing in one chat.
type member struct {
	who    *account
	status status
	rights Rights   // administrators
	by     *account // who made it an administrator
	title  string   // custom title of owner and administrators, tag of others
	perms  Permissions
	until  int64       // unix end of a restriction or ban, 0 = for ever
	in     bool        // a restricted person may be outside the chat
	since  int64       // unix time of joining
	via    *inviteLink // by which the account came, nil = by none
	// readsAll is set for a bot that joined with privacy mode switched off:
	// switching needs adding it again (Bot API docs).
	readsAll bool
}

// inside says whether the account is in the chat now.
func (m *member) inside() bool {
	if m == nil {
		return false
	}
	switch m.status {
	case statusCreator, statusAdministrator, statusMember:
		return true
	case statusRestricted:
		return m.in
	case statusLeft, statusKicked:
		return false
	default:
		panic("telegram: unknown status " + string(m.status))
	}
}

// admin says whether the account administers the chat.
func (m *member) admin() bool {
	return m != nil && (m.status == statusCreator || m.status == statusAdministrator)
}

// can says whether an administrator holds the right that pick selects; an
// owner holds all.
func (m *member) can(pick func(Rights) bool) bool {
	if m == nil {
		return false
	}
	return m.status == statusCreator || m.status == statusAdministrator && pick(m.rights)
}

func canInvite(r Rights) bool     { return r.InviteUsers }
func canRestrict(r Rights) bool   { return r.RestrictMembers }
func canPromote(r Rights) bool    { return r.PromoteMembers }
func canChangeInfo(r Rights) bool { return r.ChangeInfo }
func canManageTags(r Rights) bool { return r.ManageTags }

// same says whether nobody could tell the two standings of one account apart.
func (m *member) same(n *member) bool {
	if m.status != n.status {
		return false
	}
	switch m.status {
	case statusCreator, statusMember, statusLeft:
		return true
	case statusAdministrator:
		return m.rights == n.rights
	case statusRestricted:
		return m.perms == n.perms && m.until == n.until && m.in == n.in
	case statusKicked:
		return m.until == n.until
	default:
		panic("telegram: unknown status " + string(m.status))
	}
}

// lapse ends a restriction or ban whose time is over; nobody is told.
func (m *member) lapse() {
	m.until, m.perms = 0, Permissions{}
	if m.status = statusLeft; m.in {
		m.status = statusMember
	}
}
