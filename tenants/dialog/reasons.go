package dialog

import (
	"topicdesk/tenants"
)

const whyUnknown = "Telegram refuses it; the relay's log says why."

// reasonWords say to people why Telegram does not do something: they follow
// "Not delivered: ", "The client still sees the old text: " and their like.
var reasonWords = map[tenants.Reason]string{
	"":                 whyUnknown, // a refusal that the gateway does not know
	tenants.WhyUnknown: whyUnknown,

	tenants.WhyOurs:       "the relay asked Telegram in a wrong way. That is a fault of the relay: please report it.",
	tenants.WhyDeleted:    whyGone,
	tenants.WhyProtected:  "it is protected from being copied.",
	tenants.WhyUncopyable: "Telegram lets nobody copy this kind of message.",
	tenants.WhyLong:       whyTooLong,
	tenants.WhyFormatting: "Telegram does not take its formatting.",
	tenants.WhyReply:      "what it replies to is not there any more.",
	tenants.WhyPicture:    "Telegram can't show this as a picture.",
	tenants.WhyFile:       "Telegram can't use this file.",
	tenants.WhyFileSize:   "the file is too big for a bot.",
	tenants.WhyAlbum:      "these kinds can't stand in one album.",
	tenants.WhyEmpty:      "there is nothing in it that can be sent.",
	tenants.WhyVanished:   "Telegram deleted it as soon as it was sent.",
	tenants.WhyHidden:     "it shows what HIDE_INFO hides.",

	tenants.WhyVoice:      "the client accepts no voice messages.",
	tenants.WhyVideoNote:  "the client accepts no video messages.",
	tenants.WhyPremium:    "the client accepts messages only from contacts and Premium users.",
	tenants.WhyPaid:       "the chat accepts only messages that are paid for.",
	tenants.WhyKind:       "messages of this kind are not allowed there.",
	tenants.WhyNoWriting:  "we are not allowed to write there.",
	tenants.WhyNoRight:    "the bot lacks a right there.",
	tenants.WhyNoForum:    "the chat has no topics.",
	tenants.WhyNotAllowed: "bots can't do that there.",

	tenants.WhyForgotten:  "it went out too long ago, or never.",
	tenants.WhyLeftBehind: "it went out before the chat became a supergroup, and what was said before can't be changed there.",
	tenants.WhyTwinGone:   "the message is not there any more.",
	tenants.WhyUneditable: "Telegram lets nobody change this message.",
	tenants.WhyTooOld:     "the message is too old for it.",
	tenants.WhyNoReaction: "this reaction is not allowed there.",
}

// whyRefused is Telegram's refusal in plain words.
func whyRefused(o tenants.Outcome) string {
	words, ok := reasonWords[o.Reason]
	if !ok {
		panic("dialog: no words for reason " + string(o.Reason))
	}
	return words
}
