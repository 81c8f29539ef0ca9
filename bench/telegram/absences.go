package telegram

import "path"

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

// absent says whether the table leaves that name out.
func absent(name string) bool {
	for _, a := range absences {
		for _, pattern := range a.Names {
			if ok, err := path.Match(pattern, name); err != nil {
				panic("telegram: malformed absence " + pattern)
			} else if ok {
				return true
			}
		}
	}
	return false
}

var absences = []Absence{
	{[]string{
		"sendInvoice", "createInvoiceLink", "answerShippingQuery", "answerPreCheckoutQuery", "refundStarPayment",
		"getStarTransactions", "getMyStarBalance", "getBusinessAccountStarBalance", "transferBusinessAccountStars",
		"editUserStarSubscription", "createChatSubscriptionInviteLink", "editChatSubscriptionInviteLink",
		"Invoice", "LabeledPrice", "Order*", "PreCheckoutQuery", "RefundedPayment", "RevenueWithdrawal*", "Shipping*",
		"Star*", "SuccessfulPayment", "TransactionPartner*", "AffiliateInfo", "InputInvoiceMessageContent", "PaidMediaPurchased",
	}, "payments: money doesn't flow here, paid media are sent and seen but not bought"},
	{[]string{"*Gift", "*Gifts", "*GiftSettings", "gift*", "convertGift*", "UniqueGift*", "OwnedGift*", "Gift*"}, "gifts"},
	{[]string{"*Story", "Story*", "InputStory*"}, "stories: they are no messages of a chat"},
	{[]string{
		"*StickerToSet", "createNewStickerSet", "deleteSticker*", "replaceStickerInSet", "setSticker*",
		"setCustomEmojiStickerSetThumbnail", "uploadStickerFile", "InputSticker",
	}, "making sticker sets: stickers come with people's messages"},
	{[]string{"sendGame", "setGameScore", "getGameHighScores", "Game*", "CallbackGame", "InlineQueryResultGame"}, "games"},
	{[]string{"setPassportDataErrors", "Passport*", "Encrypted*"}, "Telegram Passport"},
	{[]string{
		"answerWebAppQuery", "savePrepared*", "sendChatJoinRequestWebApp", "answerChatJoinRequestQuery", "setUserEmojiStatus",
		"Prepared*", "SentWebAppMessage", "WebAppData", "WriteAccessAllowed",
	}, "web apps: buttons that open one are kept, but nothing opens"},
	{[]string{"verify*", "remove*Verification"}, "verification for third parties"},
	{[]string{"*ManagedBot*", "BotAccessSettings"}, "bots that make bots"},
	{[]string{"answerGuestQuery", "SentGuestMessage"}, "guest bots"},
	{[]string{"*SuggestedPost*"}, "suggested posts"},
	{[]string{
		"setBusinessAccount*", "removeBusinessAccount*", "Business*Hours*", "BusinessIntro", "BusinessLocation",
	}, "a business account's profile: connections and their messages are here"},
	{[]string{"setMyProfilePhoto", "removeMyProfilePhoto", "InputProfilePhoto*"}, "the bot's own picture"},
	{[]string{"sendRich*", "*Rich*"}, "rich messages"},
	{[]string{"getUserPersonalChatMessages", "getUserProfileAudios", "UserProfileAudios", "UserRating"}, "people's profiles beyond name and pictures"},
	{[]string{"*VideoChat*"}, "video chats"},
	{[]string{"Giveaway*"}, "giveaways"},
}
