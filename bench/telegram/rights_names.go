package telegram

// named is one right or permission under its name in the Bot API.
type named struct {
	name string
	on   *bool
}

// named lists the rights in the order in which the Bot API server reads them.
func (r *Rights) named() []named {
	return []named{
		{"can_manage_chat", &r.ManageChat}, {"can_change_info", &r.ChangeInfo},
		{"can_post_messages", &r.PostMessages}, {"can_edit_messages", &r.EditMessages},
		{"can_delete_messages", &r.DeleteMessages}, {"can_invite_users", &r.InviteUsers},
		{"can_restrict_members", &r.RestrictMembers}, {"can_pin_messages", &r.PinMessages},
		{"can_manage_topics", &r.ManageTopics}, {"can_promote_members", &r.PromoteMembers},
		{"can_manage_video_chats", &r.ManageVideoChats}, {"can_post_stories", &r.PostStories},
		{"can_edit_stories", &r.EditStories}, {"can_delete_stories", &r.DeleteStories},
		{"can_manage_direct_messages", &r.ManageDirectMessages}, {"can_manage_tags", &r.ManageTags},
		{"is_anonymous", &r.Anonymous},
	}
}

// beyond says whether r holds anything that held doesn't.
func (r Rights) beyond(held Rights) bool {
	theirs := held.named()
	for i, f := range r.named() {
		if *f.on && !*theirs[i].on {
			return true
		}
	}
	return false
}

// fit drops what doesn't exist in chats of that kind and adds what every
// administrator has: can_manage_chat is implied by any other right (Bot API
// docs).
func (r Rights) fit(k chatKind) Rights {
	if r == (Rights{}) {
		return r
	}
	if k == channel {
		r.PinMessages, r.ManageTopics, r.ManageTags = false, false, false
	} else {
		r.PostMessages, r.EditMessages, r.ManageDirectMessages = false, false, false
	}
	r.ManageChat = true
	return r
}

// named lists the permissions in the order in which the server writes them.
func (p *Permissions) named() []named {
	return []named{
		{"can_send_messages", &p.SendMessages}, {"can_send_audios", &p.SendAudios},
		{"can_send_documents", &p.SendDocuments}, {"can_send_photos", &p.SendPhotos},
		{"can_send_videos", &p.SendVideos}, {"can_send_video_notes", &p.SendVideoNotes},
		{"can_send_voice_notes", &p.SendVoiceNotes}, {"can_send_polls", &p.SendPolls},
		{"can_send_other_messages", &p.SendOther}, {"can_add_web_page_previews", &p.AddPreviews},
		{"can_react_to_messages", &p.React}, {"can_edit_tag", &p.EditTag},
		{"can_change_info", &p.ChangeInfo}, {"can_invite_users", &p.InviteUsers},
		{"can_pin_messages", &p.PinMessages}, {"can_manage_topics", &p.ManageTopics},
	}
}
