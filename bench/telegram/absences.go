package telegram

// Absence is a part of the Bot API that this Telegram leaves out, and why.
type Absence struct {
	// Names are methods, types, parameters (method.name) and fields
	// (Type.name); * stands for any part of a name.
	Names  []string
	Reason string
}

// Absences is everything that is left out of the Bot API's specification. What
// has a type that is left out goes with it. A test compares the table with
// the specification and with what this Telegram really does, both ways.
func Absences() []Absence { return absences }

var absences = []Absence{
	{[]string{
		"sendInvoice", "createInvoiceLink", "answerShippingQuery", "answerPreCheckoutQuery", "refundStarPayment",
		"getStarTransactions", "getMyStarBalance", "getBusinessAccountStarBalance", "transferBusinessAccountStars",
		"editUserStarSubscription", "createChatSubscriptionInviteLink", "editChatSubscriptionInviteLink",
		"Invoice", "LabeledPrice", "Order*", "PreCheckoutQuery", "RefundedPayment", "RevenueWithdrawal*", "Shipping*",
		"Star*", "SuccessfulPayment", "TransactionPartner*", "AffiliateInfo", "InputInvoiceMessageContent", "PaidMediaPurchased",
		"ChatInviteLink.subscription_*", "ChatMemberMember.until_date", "Message.paid_star_count", "PaidMessagePriceChanged",
		"ChatFullInfo.paid_message_star_count", "ReactionTypePaid", "InlineKeyboardButton.pay",
	}, "payments: money doesn't flow here; paid media are sent and seen but not bought, and nobody pays for writing, reacting or membership"},
	{[]string{"*Gift", "*Gifts", "*GiftSettings", "gift*", "convertGift*", "UniqueGift*", "OwnedGift*", "Gift*"}, "gifts"},
	{[]string{"*Story", "Story*", "InputStory*"}, "stories: nobody posts one; a message that shows one is only carried"},
	{[]string{
		"*StickerToSet", "createNewStickerSet", "deleteSticker*", "replaceStickerInSet", "setSticker*",
		"setCustomEmojiStickerSetThumbnail", "uploadStickerFile", "InputSticker",
	}, "making sticker sets: stickers come with people's messages"},
	{[]string{
		"sendGame", "setGameScore", "getGameHighScores", "Game*", "CallbackGame", "InlineQueryResultGame", "CallbackQuery.game_short_name",
	}, "games: nobody plays; a message that shows one is only carried"},
	{[]string{"setPassportDataErrors", "Passport*", "Encrypted*"}, "Telegram Passport"},
	{[]string{
		"answerWebAppQuery", "savePrepared*", "setUserEmojiStatus",
		"Prepared*", "SentWebAppMessage", "WebAppData", "WriteAccessAllowed", "User.added_to_attachment_menu",
	}, "web apps: buttons that open one are kept, but nothing opens"},
	{[]string{
		"sendChatJoinRequestWebApp", "answerChatJoinRequestQuery", "ChatJoinRequest.query_id", "ChatFullInfo.guard_bot",
		"User.supports_join_request_queries",
	}, "a bot that guards a group's door with a web app: requests to join are here, and approved and declined as ever"},
	{[]string{"Message.connected_website"}, "logging in to websites: login_url buttons are links"},
	{[]string{"verify*", "remove*Verification"}, "verification for third parties"},
	{[]string{"*ManagedBot*", "BotAccessSettings"}, "bots that make bots"},
	{[]string{"answerGuestQuery", "SentGuestMessage", "Update.guest_message", "Message.guest_*"}, "guest bots: who isn't in a chat isn't called there"},
	{[]string{"*SuggestedPost*", "Message.is_paid_post"}, "suggested posts"},
	{[]string{
		"*.direct_messages_topic_id", "DirectMessage*", "*.is_direct_messages", "ChatFullInfo.parent_chat",
	}, "direct messages of channels"},
	{[]string{
		"setBusinessAccount*", "removeBusinessAccount*", "Business*Hours*", "BusinessIntro", "BusinessLocation",
	}, "a business account's profile: connections and their messages are here"},
	{[]string{"setMyProfilePhoto", "removeMyProfilePhoto", "InputProfilePhoto*"}, "the bot's own picture"},
	{[]string{"sendRich*", "*Rich*"}, "rich messages"},
	{[]string{
		"getUserPersonalChatMessages", "getUserProfileAudios", "UserProfileAudios", "UserRating", "Birthdate",
		"ChatFullInfo.personal_chat", "ChatFullInfo.emoji_status_*", "ChatFullInfo.first_profile_audio",
	}, "people's profiles beyond names, pictures and bio"},
	{[]string{
		"ChatFullInfo.background_custom_emoji_id", "ChatFullInfo.profile_*", "Background*", "ChatBackground",
	}, "colours and backgrounds that people chose: only apps show them"},
	{[]string{
		"ChatFullInfo.has_aggressive_anti_spam_enabled", "ChatFullInfo.has_hidden_members", "ChatLocation",
		"ChatFullInfo.custom_emoji_sticker_set_name", "ChatFullInfo.can_send_paid_media",
	}, "settings of groups and channels that change nothing for a bot, and groups of a place"},
	{[]string{"ChatMemberUpdated.via_chat_folder_invite_link"}, "links to folders of chats"},
	{[]string{"ChatOwnerLeft"}, "groups whose owners leave them: they stay without one"},
	{[]string{
		"ChatBoost.*", "ChatBoostSource*", "ChatBoostUpdated", "ChatBoostRemoved", "ChatBoostAdded",
		"Message.sender_boost_count", "ChatFullInfo.unrestrict_boost_count",
	}, "boosts: nobody boosts a chat, so getUserChatBoosts finds none"},
	{[]string{"*VideoChat*"}, "video chats"},
	{[]string{"Giveaway*"}, "giveaways"},
	{[]string{"InlineQuery.location", "ChosenInlineResult.location"}, "where people are: nobody lets an inline bot know"},
	{[]string{"InputMediaLink", "Link"}, "links beside polls and answers"},
	{[]string{"PollOptionAdded.option_text_entities", "PollOptionDeleted.option_text_entities"}, "custom emoji in answers that people add to a poll"},
	{[]string{"Sticker.premium_animation", "Sticker.mask_position", "MaskPosition", "Sticker.needs_repainting", "StickerSet.thumbnail"},
		"stickers beyond picture, animation and video, and pictures of sets"},
	{[]string{"setMessageReaction.is_big", "sendVideo.supports_streaming", "InputMediaVideo.supports_streaming", "InputPaidMediaVideo.supports_streaming"},
		"what only moves on a screen"},
	{[]string{"ForumTopic.is_name_implicit"}, "never sent: a topic that a bot makes has a name"},
	{[]string{"WebhookInfo.last_synchronization_error_date"}, "trouble between Telegram's own servers"},
}
