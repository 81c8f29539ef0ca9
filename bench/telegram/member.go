package telegram

// A ChatMember as the Bot API server writes it: user, status, then what
// the status needs, rights and permissions in its order.

type memberHead struct {
	User   *userObject `json:"user"`
	Status status      `json:"status"`
}

// plainObject is a member, or somebody who left.
type plainObject struct {
	memberHead
	Tag string `json:"tag,omitempty"`
}

type creatorObject struct {
	memberHead
	CustomTitle string `json:"custom_title,omitempty"`
	IsAnonymous bool   `json:"is_anonymous"`
}

type rightsObject struct {
	ManageChat           bool  `json:"can_manage_chat"`
	ChangeInfo           bool  `json:"can_change_info"`
	PostMessages         *bool `json:"can_post_messages,omitempty"`
	EditMessages         *bool `json:"can_edit_messages,omitempty"`
	DeleteMessages       bool  `json:"can_delete_messages"`
	InviteUsers          bool  `json:"can_invite_users"`
	RestrictMembers      bool  `json:"can_restrict_members"`
	PinMessages          *bool `json:"can_pin_messages,omitempty"`
	ManageTopics         *bool `json:"can_manage_topics,omitempty"`
	PromoteMembers       bool  `json:"can_promote_members"`
	ManageVideoChats     bool  `json:"can_manage_video_chats"`
	PostStories          bool  `json:"can_post_stories"`
	EditStories          bool  `json:"can_edit_stories"`
	DeleteStories        bool  `json:"can_delete_stories"`
	ManageDirectMessages *bool `json:"can_manage_direct_messages,omitempty"`
	ManageTags           *bool `json:"can_manage_tags,omitempty"`
	Anonymous            bool  `json:"is_anonymous"`
}

type administratorObject struct {
	memberHead
	CanBeEdited bool `json:"can_be_edited"`
	rightsObject
	VoiceChats  *bool  `json:"can_manage_voice_chats,omitempty"` // Knobs.UndocumentedFields
	CustomTitle string `json:"custom_title,omitempty"`
}

type permissionsObject struct {
	SendMessages   bool `json:"can_send_messages"`
	SendMedia      bool `json:"can_send_media_messages"`
	SendAudios     bool `json:"can_send_audios"`
	SendDocuments  bool `json:"can_send_documents"`
	SendPhotos     bool `json:"can_send_photos"`
	SendVideos     bool `json:"can_send_videos"`
	SendVideoNotes bool `json:"can_send_video_notes"`
	SendVoiceNotes bool `json:"can_send_voice_notes"`
	SendPolls      bool `json:"can_send_polls"`
	SendOther      bool `json:"can_send_other_messages"`
	AddPreviews    bool `json:"can_add_web_page_previews"`
	React          bool `json:"can_react_to_messages"`
	EditTag        bool `json:"can_edit_tag"`
	ChangeInfo     bool `json:"can_change_info"`
	InviteUsers    bool `json:"can_invite_users"`
	PinMessages    bool `json:"can_pin_messages"`
	ManageTopics   bool `json:"can_manage_topics"`
}

type restrictedObject struct {
	memberHead
	Tag       string `json:"tag,omitempty"`
	UntilDate int64  `json:"until_date"`
	permissionsObject
	IsMember bool `json:"is_member"`
}

type bannedObject struct {
	memberHead
	UntilDate int64 `json:"until_date"`
}

// memberObject is a standing as the bot viewer sees it. Basic groups know no
// bans: who was removed has left (TDLib source).
func (w *World) memberObject(viewer *account, c *chat, m *member) any {
	head := memberHead{w.userObject(m.who), m.status}
	switch m.status {
	case statusCreator:
		return creatorObject{head, m.title, m.rights.Anonymous}
	case statusAdministrator:
		o := administratorObject{
			memberHead: head, rightsObject: showRights(m.rights, c.kind), CustomTitle: m.title,
			CanBeEdited: c.mayEdit(viewer, m),
		}
		if w.knobs.UndocumentedFields {
			o.VoiceChats = &m.rights.ManageVideoChats
		}
		return o
	case statusMember:
		return plainObject{head, m.title}
	case statusLeft:
		return plainObject{memberHead: head}
	case statusRestricted:
		return restrictedObject{head, m.title, m.until, showPermissions(m.perms), m.in}
	case statusKicked:
		if c.kind == basicGroup {
			head.Status = statusLeft
			return plainObject{memberHead: head}
		}
		return bannedObject{head, m.until}
	default:
		panic("telegram: unknown status " + string(m.status))
	}
}

func showRights(r Rights, k chatKind) rightsObject {
	o := rightsObject{
		ManageChat: r.ManageChat, ChangeInfo: r.ChangeInfo, DeleteMessages: r.DeleteMessages,
		InviteUsers: r.InviteUsers, RestrictMembers: r.RestrictMembers, PromoteMembers: r.PromoteMembers,
		ManageVideoChats: r.ManageVideoChats, PostStories: r.PostStories, EditStories: r.EditStories,
		DeleteStories: r.DeleteStories, Anonymous: r.Anonymous,
	}
	switch k {
	case channel:
		o.PostMessages, o.EditMessages, o.ManageDirectMessages = &r.PostMessages, &r.EditMessages, &r.ManageDirectMessages
	case supergroup:
		o.PinMessages, o.ManageTopics, o.ManageTags = &r.PinMessages, &r.ManageTopics, &r.ManageTags
	case basicGroup:
		o.PinMessages, o.ManageTags = &r.PinMessages, &r.ManageTags
	case privateChat, talkChat:
	default:
		panic("telegram: unknown chat kind")
	}
	return o
}

func showPermissions(p Permissions) permissionsObject {
	return permissionsObject{
		SendMessages: p.SendMessages,
		SendMedia: p.SendAudios || p.SendDocuments || p.SendPhotos || p.SendVideos ||
			p.SendVideoNotes || p.SendVoiceNotes,
		SendAudios: p.SendAudios, SendDocuments: p.SendDocuments, SendPhotos: p.SendPhotos,
		SendVideos: p.SendVideos, SendVideoNotes: p.SendVideoNotes, SendVoiceNotes: p.SendVoiceNotes,
		SendPolls: p.SendPolls, SendOther: p.SendOther, AddPreviews: p.AddPreviews, React: p.React,
		EditTag: p.EditTag, ChangeInfo: p.ChangeInfo, InviteUsers: p.InviteUsers,
		PinMessages: p.PinMessages, ManageTopics: p.ManageTopics,
	}
}
