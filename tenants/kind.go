package tenants

// Kind is what a message carries. The values are the names of the Bot API's
// fields of Message; a test holds both lists together.
type Kind string

const (
	KindText        Kind = "text"
	KindPhoto       Kind = "photo"
	KindLivePhoto   Kind = "live_photo"
	KindVideo       Kind = "video"
	KindAnimation   Kind = "animation"
	KindAudio       Kind = "audio"
	KindVoice       Kind = "voice"
	KindVideoNote   Kind = "video_note"
	KindDocument    Kind = "document"
	KindSticker     Kind = "sticker"
	KindLocation    Kind = "location"
	KindVenue       Kind = "venue"
	KindContact     Kind = "contact"
	KindPoll        Kind = "poll"
	KindDice        Kind = "dice"
	KindGame        Kind = "game"
	KindChecklist   Kind = "checklist"
	KindRich        Kind = "rich_message"
	KindPaidMedia   Kind = "paid_media"
	KindStory       Kind = "story"
	KindGiveaway    Kind = "giveaway"
	KindWinners     Kind = "giveaway_winners"
	KindInvoice     Kind = "invoice"
	KindGift        Kind = "gift"
	KindUniqueGift  Kind = "unique_gift"
	KindPayment     Kind = "successful_payment"
	KindWebAppData  Kind = "web_app_data"
	KindUsersShared Kind = "users_shared"
	KindChatShared  Kind = "chat_shared"
	KindPassport    Kind = "passport_data"

	// KindOther is content of which this program knows nothing, because Telegram
	// is younger. Content.Name is the Bot API's field.
	KindOther Kind = "other"
	// KindService is a service message; Content.Service says which.
	KindService Kind = "service"
)

// Kinds are all kinds that have a field of their own in the Bot API's Message.
var Kinds = []Kind{
	KindText, KindPhoto, KindLivePhoto, KindVideo, KindAnimation, KindAudio, KindVoice, KindVideoNote,
	KindDocument, KindSticker, KindLocation, KindVenue, KindContact, KindPoll, KindDice, KindGame,
	KindChecklist, KindRich, KindPaidMedia, KindStory, KindGiveaway, KindWinners, KindInvoice, KindGift,
	KindUniqueGift, KindPayment, KindWebAppData, KindUsersShared, KindChatShared, KindPassport,
}

// Service is which service message it is: something that Telegram says in a
// chat. Values are the Bot API's field names.
type Service string

const (
	ServiceTopicCreated     Service = "forum_topic_created"
	ServiceTopicEdited      Service = "forum_topic_edited"
	ServiceTopicClosed      Service = "forum_topic_closed"
	ServiceTopicReopened    Service = "forum_topic_reopened"
	ServiceGeneralHidden    Service = "general_forum_topic_hidden"
	ServiceGeneralShown     Service = "general_forum_topic_unhidden"
	ServiceJoined           Service = "new_chat_members"
	ServiceLeft             Service = "left_chat_member"
	ServiceOwnerLeft        Service = "chat_owner_left"
	ServiceOwnerChanged     Service = "chat_owner_changed"
	ServiceNewTitle         Service = "new_chat_title"
	ServiceNewPhoto         Service = "new_chat_photo"
	ServiceNoPhoto          Service = "delete_chat_photo"
	ServiceTimer            Service = "message_auto_delete_timer_changed"
	ServicePinned           Service = "pinned_message"
	ServiceMigratedTo       Service = "migrate_to_chat_id"   // said in the old chat
	ServiceMigratedFrom     Service = "migrate_from_chat_id" // said in the new chat
	ServiceGroupMade        Service = "group_chat_created"
	ServiceSupergroupMade   Service = "supergroup_chat_created"
	ServiceChannelMade      Service = "channel_chat_created"
	ServiceRefunded         Service = "refunded_payment"
	ServiceGiftUpgraded     Service = "gift_upgrade_sent"
	ServiceWebsite          Service = "connected_website"
	ServiceWriteAllowed     Service = "write_access_allowed"
	ServiceProximity        Service = "proximity_alert_triggered"
	ServiceBoost            Service = "boost_added"
	ServiceBackground       Service = "chat_background_set"
	ServiceTasksDone        Service = "checklist_tasks_done"
	ServiceTasksAdded       Service = "checklist_tasks_added"
	ServiceDirectPrice      Service = "direct_message_price_changed"
	ServiceGiveawayMade     Service = "giveaway_created"
	ServiceGiveawayDone     Service = "giveaway_completed"
	ServiceBotMade          Service = "managed_bot_created"
	ServicePrice            Service = "paid_message_price_changed"
	ServiceOptionAdded      Service = "poll_option_added"
	ServiceOptionDeleted    Service = "poll_option_deleted"
	ServicePostApproved     Service = "suggested_post_approved"
	ServicePostNotApproved  Service = "suggested_post_approval_failed"
	ServicePostDeclined     Service = "suggested_post_declined"
	ServicePostPaid         Service = "suggested_post_paid"
	ServicePostRefunded     Service = "suggested_post_refunded"
	ServiceCallScheduled    Service = "video_chat_scheduled"
	ServiceCallStarted      Service = "video_chat_started"
	ServiceCallEnded        Service = "video_chat_ended"
	ServiceCallInvited      Service = "video_chat_participants_invited"
	ServiceCommunityAdded   Service = "community_chat_added"
	ServiceCommunityRemoved Service = "community_chat_removed"
)

// Services are all service messages.
var Services = []Service{
	ServiceTopicCreated, ServiceTopicEdited, ServiceTopicClosed, ServiceTopicReopened, ServiceGeneralHidden,
	ServiceGeneralShown, ServiceJoined, ServiceLeft, ServiceOwnerLeft, ServiceOwnerChanged, ServiceNewTitle,
	ServiceNewPhoto, ServiceNoPhoto, ServiceTimer, ServicePinned, ServiceMigratedTo, ServiceMigratedFrom,
	ServiceGroupMade, ServiceSupergroupMade, ServiceChannelMade, ServiceRefunded, ServiceGiftUpgraded,
	ServiceWebsite, ServiceWriteAllowed, ServiceProximity, ServiceBoost, ServiceBackground, ServiceTasksDone,
	ServiceTasksAdded, ServiceDirectPrice, ServiceGiveawayMade, ServiceGiveawayDone, ServiceBotMade,
	ServicePrice, ServiceOptionAdded, ServiceOptionDeleted, ServicePostApproved, ServicePostNotApproved,
	ServicePostDeclined, ServicePostPaid, ServicePostRefunded, ServiceCallScheduled, ServiceCallStarted,
	ServiceCallEnded, ServiceCallInvited, ServiceCommunityAdded, ServiceCommunityRemoved,
}
