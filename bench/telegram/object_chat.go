package telegram

// What getChat returns, in the server's order of keys, which isn't the same
// for private chats, basic groups and supergroups.

// maxReactions is how many kinds of reactions a message shows (Bot API docs).
const maxReactions = 11

// stickerSetMembers is how many members a supergroup needs to have a sticker
// set of its own (Telegram's apps).
const stickerSetMembers = 100

type chatPhotoObject struct {
	SmallID     string `json:"small_file_id"`
	SmallUnique string `json:"small_file_unique_id"`
	BigID       string `json:"big_file_id"`
	BigUnique   string `json:"big_file_unique_id"`
}

// chatTail ends the description of every chat.
type chatTail struct {
	Photo              *chatPhotoObject `json:"photo,omitempty"`
	PinnedMessage      *messageObject   `json:"pinned_message,omitempty"`
	AutoDeleteTime     int              `json:"message_auto_delete_time,omitempty"`
	AvailableReactions []reactionObject `json:"available_reactions,omitempty"`
	MaxReactionCount   int              `json:"max_reaction_count"`
	AccentColorID      int              `json:"accent_color_id"`
	ProtectedContent   bool             `json:"has_protected_content,omitempty"`
}

type privateFullObject struct {
	ID              int64       `json:"id"`
	FirstName       string      `json:"first_name"`
	LastName        string      `json:"last_name,omitempty"`
	Username        string      `json:"username,omitempty"`
	Type            string      `json:"type"`
	CanSendGift     bool        `json:"can_send_gift,omitempty"` // Knobs.UndocumentedFields
	ActiveUsernames []string    `json:"active_usernames,omitempty"`
	Bio             string      `json:"bio,omitempty"`
	PrivateForwards bool        `json:"has_private_forwards,omitempty"`
	NoVoice         bool        `json:"has_restricted_voice_and_video_messages,omitempty"`
	Gifts           giftsObject `json:"accepted_gift_types"`
	chatTail
}

type basicFullObject struct {
	ID          int64             `json:"id"`
	Title       string            `json:"title"`
	Type        string            `json:"type"`
	Description string            `json:"description,omitempty"`
	InviteLink  string            `json:"invite_link,omitempty"`
	Permissions permissionsObject `json:"permissions"`
	AllAdmins   *bool             `json:"all_members_are_administrators,omitempty"` // Knobs.UndocumentedFields
	Gifts       giftsObject       `json:"accepted_gift_types"`
	chatTail
}

type superFullObject struct {
	ID                int64              `json:"id"`
	Title             string             `json:"title"`
	Username          string             `json:"username,omitempty"`
	IsForum           bool               `json:"is_forum,omitempty"`
	Type              string             `json:"type"`
	ActiveUsernames   []string           `json:"active_usernames,omitempty"`
	Description       string             `json:"description,omitempty"`
	InviteLink        string             `json:"invite_link,omitempty"`
	StickerSetName    string             `json:"sticker_set_name,omitempty"`
	CanSetStickerSet  bool               `json:"can_set_sticker_set,omitempty"`
	HasVisibleHistory bool               `json:"has_visible_history,omitempty"`
	Permissions       *permissionsObject `json:"permissions,omitempty"`
	JoinToSend        bool               `json:"join_to_send_messages,omitempty"`
	JoinByRequest     bool               `json:"join_by_request,omitempty"`
	SlowModeDelay     int                `json:"slow_mode_delay,omitempty"`
	LinkedChatID      int64              `json:"linked_chat_id,omitempty"`
	Gifts             giftsObject        `json:"accepted_gift_types"`
	chatTail
}

func (c *call) privateFull(to *chat) privateFullObject {
	a := to.user
	face := c.w.faceOf(a)
	o := privateFullObject{
		ID: a.id, FirstName: a.first, LastName: a.last, Username: a.username, Type: "private", Bio: face.bio,
		PrivateForwards: a.hidesForwards, NoVoice: a.forbidsVoice, Gifts: giftsObject{true, true, true, true, true},
		CanSendGift: c.w.knobs.UndocumentedFields && !a.isBot && !a.deleted,
		chatTail:    c.chatTail(to, a.id, face.photo()),
	}
	if a.username != "" {
		o.ActiveUsernames = []string{a.username}
	}
	return o
}

func (c *call) basicFull(to *chat) basicFullObject {
	o := basicFullObject{
		ID: to.id, Title: to.title, Type: "group", Description: to.about, InviteLink: c.ownPrimaryLink(to),
		Permissions: showPermissions(to.perms), chatTail: c.chatTail(to, -to.id, to.photo),
	}
	if c.w.knobs.UndocumentedFields {
		o.AllAdmins = to.allAdmins()
	}
	return o
}

func (c *call) superFull(to *chat) superFullObject {
	o := superFullObject{
		ID: to.id, Title: to.title, Username: to.username, IsForum: to.forum, Type: to.kind.String(),
		Description: to.about, InviteLink: c.ownPrimaryLink(to), SlowModeDelay: to.slow,
		chatTail: c.chatTail(to, -to.id-botAPIChannelBase, to.photo),
	}
	if to.username != "" {
		o.ActiveUsernames = []string{to.username}
	}
	if to.linked != nil {
		o.LinkedChatID = to.linked.id
	}
	if to.kind == channel {
		return o
	}
	p := showPermissions(to.perms)
	o.Permissions, o.StickerSetName, o.HasVisibleHistory = &p, to.stickers, true
	o.CanSetStickerSet = to.canSetStickers() && to.standing(c.bot.me).can(canChangeInfo)
	// Only discussion groups may be written to from outside (TDLib source).
	o.JoinToSend = to.linked == nil
	o.JoinByRequest = to.asks && (to.username != "" || to.linked != nil)
	return o
}

func (c *chat) canSetStickers() bool { return c.kind == supergroup && c.count() >= stickerSetMembers }

// allAdmins is true where members may do all that was once the
// administrators' (Bot API server source).
func (c *chat) allAdmins() *bool {
	p := c.perms
	p.ManageTopics = true
	all := p == AllPermissions()
	return &all
}

// ownPrimaryLink is the bot's primary link, which asking makes (Bot API docs,
// exportChatInviteLink).
func (c *call) ownPrimaryLink(to *chat) string {
	if !c.mayInvite(to) || to.migratedTo != nil || to.dead {
		return ""
	}
	return c.w.primaryLink(to, c.bot.me).url()
}

// accentColors is how many colours Telegram gives out by the bare id.
const accentColors = 7

func (c *call) chatTail(to *chat, bareID int64, photo *File) chatTail {
	o := chatTail{
		AutoDeleteTime: int(to.ttl), MaxReactionCount: maxReactions, AccentColorID: int(bareID % accentColors),
		ProtectedContent: to.protected,
	}
	if photo != nil {
		small, big := fileRef{photo, 'a'}, fileRef{photo, 'c'}
		me := c.bot.me.id
		o.Photo = &chatPhotoObject{small.id(me), small.uniqueID(), big.id(me), big.uniqueID()}
	}
	if m := to.lastPin(); m != nil && m.idFor(c.bot.me) != 0 {
		o.PinnedMessage = c.w.messageFor(c.bot.me, m, true)
	}
	if to.reactions != nil {
		o.AvailableReactions = reactionObjects(to.reactions)
	}
	return o
}
