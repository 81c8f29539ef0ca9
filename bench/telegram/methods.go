package telegram

import (
	"slices"
	"strings"
)

// methods are the Bot API methods that this Telegram knows.
var methods map[string]handler

// canonical finds a method by its name in lower case: names are
// case-insensitive (Bot API docs).
var canonical = map[string]string{}

func init() {
	methods = map[string]handler{
		"getMe":          getMe,
		"getUpdates":     getUpdates,
		"setWebhook":     setWebhook,
		"deleteWebhook":  deleteWebhook,
		"getWebhookInfo": getWebhookInfo,

		"sendMessage":    sendMessage,
		"sendPhoto":      sendMedia(KindPhoto),
		"sendVideo":      sendMedia(KindVideo),
		"sendAnimation":  sendMedia(KindAnimation),
		"sendAudio":      sendMedia(KindAudio),
		"sendVoice":      sendMedia(KindVoice),
		"sendVideoNote":  sendMedia(KindVideoNote),
		"sendDocument":   sendMedia(KindDocument),
		"sendSticker":    sendMedia(KindSticker),
		"sendLocation":   sendLocation,
		"sendVenue":      sendVenue,
		"sendContact":    sendContact,
		"sendPoll":       sendPoll,
		"sendDice":       sendDice,
		"sendMediaGroup": sendMediaGroup,
		"sendChatAction": sendChatAction,

		"copyMessage":     copyMessage,
		"copyMessages":    copyMessages,
		"forwardMessage":  forwardMessage,
		"forwardMessages": forwardMessages,

		"editMessageText":        editMessageText,
		"editMessageCaption":     editMessageCaption,
		"editMessageMedia":       editMessageMedia,
		"editMessageReplyMarkup": editMessageReplyMarkup,
		"deleteMessage":          deleteMessage,
		"deleteMessages":         deleteMessages,
		"setMessageReaction":     setMessageReaction,
		"pinChatMessage":         pinChatMessage,
		"unpinChatMessage":       unpinChatMessage,
		"unpinAllChatMessages":   unpinAllChatMessages,

		"createForumTopic":           createForumTopic,
		"editForumTopic":             editForumTopic,
		"closeForumTopic":            closeForumTopic,
		"reopenForumTopic":           reopenForumTopic,
		"deleteForumTopic":           deleteForumTopic,
		"unpinAllForumTopicMessages": unpinAllForumTopicMessages,
		"editGeneralForumTopic":      editGeneralForumTopic,
		"closeGeneralForumTopic":     closeGeneralForumTopic,
		"reopenGeneralForumTopic":    reopenGeneralForumTopic,
		"hideGeneralForumTopic":      hideGeneralForumTopic,
		"unhideGeneralForumTopic":    unhideGeneralForumTopic,
		"getForumTopicIconStickers":  getForumTopicIconStickers,

		"getChat":               getChat,
		"getChatMember":         getChatMember,
		"getChatAdministrators": getChatAdministrators,
		"getChatMemberCount":    getChatMemberCount,
		"leaveChat":             leaveChat,
		"banChatMember":         banChatMember,
		"unbanChatMember":       unbanChatMember,
		"exportChatInviteLink":  exportChatInviteLink,

		"getFile":             getFile,
		"answerCallbackQuery": answerCallbackQuery,
		"setMyCommands":       setMyCommands,
		"getMyCommands":       getMyCommands,
		"deleteMyCommands":    deleteMyCommands,
	}
	for name := range methods {
		canonical[strings.ToLower(name)] = name
	}
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}
