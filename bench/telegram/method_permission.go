package telegram

// permissionArgs reads permissions. Those that older methods took as
// arguments of their own count where old is set; legacy says that they did.
func (c *call) permissionArgs(old bool) (p Permissions, legacy bool, bad *problem) {
	independent := c.args.flag("use_independent_chat_permissions")
	switch {
	case c.args.has("permissions"):
		p, bad = c.permissionObject(independent)
		return p, false, bad
	case old:
		p, legacy = c.oldPermissions(independent)
	}
	return p, legacy, nil
}

// media are the permissions that can_send_media_messages stands for.
func (p *Permissions) media(on bool) {
	p.SendAudios, p.SendDocuments, p.SendPhotos = on, on, on
	p.SendVideos, p.SendVideoNotes, p.SendVoiceNotes = on, on, on
}

var mediaPermissions = []string{
	"can_send_audios", "can_send_documents", "can_send_photos",
	"can_send_videos", "can_send_video_notes", "can_send_voice_notes",
}

// permissionObject reads the argument permissions: some fields stand for
// others that are left out, and unless they are independent some imply
// others (Bot API server source).
func (c *call) permissionObject(independent bool) (Permissions, *problem) {
	f, bad := objectOf(c.args.json("permissions"), fail(permissionsGarbled), fail(permissionsNoObject))
	if bad != nil {
		return Permissions{}, bad
	}
	var p Permissions
	for _, n := range p.named() {
		*n.on = f.flag(n.name)
	}
	detailed := false
	for _, name := range mediaPermissions {
		detailed = detailed || f.has(name)
	}
	if !detailed {
		p.media(f.flag("can_send_media_messages"))
		p.SendMessages = p.SendMessages || p.SendPhotos && !independent
	}
	if f.fault != "" {
		return Permissions{}, fail(permissionsBad, f.fault)
	}
	for name, on := range map[string]*bool{"can_manage_topics": &p.ManageTopics, "can_edit_tag": &p.EditTag} {
		if !f.has(name) {
			*on = p.PinMessages
		}
	}
	if !f.has("can_react_to_messages") {
		p.React = p.SendMessages
	}
	if (p.SendOther || p.AddPreviews) && !independent {
		p.media(true)
		p.SendMessages = true
	}
	if p.SendPolls && !independent {
		p.SendMessages = true
	}
	return p, nil
}

// oldPermissions reads the arguments that restrictChatMember had before
// there were permissions; all four together lift every restriction.
func (c *call) oldPermissions(independent bool) (p Permissions, legacy bool) {
	given := false
	read := func(name string) bool {
		given = given || c.args.has(name)
		return c.args.flag(name)
	}
	p.SendMessages = read("can_send_messages")
	media := read("can_send_media_messages")
	p.SendOther, p.AddPreviews = read("can_send_other_messages"), read("can_add_web_page_previews")
	if !independent {
		media = media || p.SendOther || p.AddPreviews
		p.SendMessages = p.SendMessages || media
	}
	p.media(media)
	if p.SendMessages && media && p.SendOther && p.AddPreviews {
		return AllPermissions(), false
	}
	p.React = p.SendMessages
	return p, given
}
