package dialog

import (
	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// reasonKeys say to people why Telegram does not do something: they follow
// "Not delivered: ", "The client still sees the old text: " and their like.
var reasonKeys = map[tenants.Reason]say.Key{
	"":                 say.WhyUnknown, // a refusal that the gateway does not know
	tenants.WhyUnknown: say.WhyUnknown,

	tenants.WhyOurs:       say.WhyOurFault,
	tenants.WhyDeleted:    say.WhyDeleted,
	tenants.WhyLeft:       say.WhyLeft,
	tenants.WhyProtected:  say.WhyProtected,
	tenants.WhyUncopyable: say.WhyUncopyable,
	tenants.WhyLong:       say.WhyLong,
	tenants.WhyFormatting: say.WhyFormatting,
	tenants.WhyReply:      say.WhyReply,
	tenants.WhyPicture:    say.WhyPicture,
	tenants.WhyFile:       say.WhyFile,
	tenants.WhyFileSize:   say.WhyFileSize,
	tenants.WhyAlbum:      say.WhyAlbum,
	tenants.WhyEmpty:      say.WhyEmpty,
	tenants.WhyVanished:   say.WhyVanished,
	tenants.WhyHidden:     say.WhyHidden,

	tenants.WhyVoice:      say.WhyVoice,
	tenants.WhyVideoNote:  say.WhyVideoNote,
	tenants.WhyPremium:    say.WhyPremium,
	tenants.WhyPaid:       say.WhyPaid,
	tenants.WhyKind:       say.WhyKind,
	tenants.WhyNoWriting:  say.WhyNoWriting,
	tenants.WhyNoRight:    say.WhyNoRight,
	tenants.WhyNoForum:    say.WhyNoForum,
	tenants.WhyNotAllowed: say.WhyNotAllowed,
	tenants.WhyTeam:       say.WhyTeam,

	tenants.WhyForgotten:  say.WhyForgotten,
	tenants.WhyLeftBehind: say.WhyLeftBehind,
	tenants.WhyTwinGone:   say.WhyTwinGone,
	tenants.WhyUneditable: say.WhyUneditable,
	tenants.WhyTooOld:     say.WhyTooOld,
	tenants.WhyNoReaction: say.WhyNoReaction,
}

// whyRefused is Telegram's refusal in plain words.
func (f Facts) whyRefused(o tenants.Outcome) string {
	k, ok := reasonKeys[o.Reason]
	if !ok {
		panic("dialog: no words for reason " + string(o.Reason))
	}
	return f.words(k)
}
