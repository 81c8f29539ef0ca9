package tenants

// Reason is why Telegram will not do something, as far as people can be told:
// the gateway reads it from Telegram's answer, whose own words nobody in the
// group ever sees. "" = nobody knows.
type Reason string

// Reasons.
const (
	WhyUnknown Reason = "unknown" // Telegram gives none
	// WhyOurs: the call was wrong. Only a fault of the relay makes it so.
	WhyOurs Reason = "ours"

	// Of the message itself.
	WhyDeleted    Reason = "deleted"    // what was to be copied is not there any more
	WhyLeft       Reason = "left"       // we are out of the chat in which what was to be copied is
	WhyProtected  Reason = "protected"  // what was to be copied may not be
	WhyUncopyable Reason = "uncopyable" // nobody can copy this kind of message
	WhyLong       Reason = "long"
	WhyFormatting Reason = "formatting"
	WhyReply      Reason = "reply" // what it replies to is gone, or the quote is not in it
	WhyPicture    Reason = "picture"
	WhyFile       Reason = "file"     // Telegram can't use the file
	WhyFileSize   Reason = "filesize" // the file is too big for a bot
	WhyAlbum      Reason = "album"    // these kinds can't stand in one album
	WhyEmpty      Reason = "empty"
	WhyVanished   Reason = "vanished" // Telegram deleted it as soon as it was sent
	WhyHidden     Reason = "hidden"   // it shows what HIDE_INFO hides: the relay's own refusal

	// Of who should get it.
	WhyVoice      Reason = "voice"      // the client takes no voice messages
	WhyVideoNote  Reason = "videonote"  // the client takes no video messages
	WhyPremium    Reason = "premium"    // the client takes messages of Premium users and contacts only
	WhyPaid       Reason = "paid"       // the client's chat takes paid messages only
	WhyKind       Reason = "kind"       // the chat allows no messages of this kind
	WhyNoWriting  Reason = "nowriting"  // we may not write in the chat
	WhyNoRight    Reason = "noright"    // we lack a right in the chat
	WhyNoForum    Reason = "noforum"    // the chat has no topics
	WhyNotAllowed Reason = "notallowed" // the chat, or the person, is not one that bots reach so
	WhyTeam       Reason = "team"       // the chat has become a backend group: the relay's own refusal

	// Of edits, deletions, reactions.
	WhyForgotten  Reason = "forgotten"  // what was to be changed is not known any more
	WhyLeftBehind Reason = "leftbehind" // what was to be changed was said before the chat became a supergroup
	WhyTwinGone   Reason = "twingone"   // what was to be changed is not there any more
	WhyUneditable Reason = "uneditable" // what was to be changed can't be
	WhyTooOld     Reason = "tooold"     // what was to be changed is too old for it
	WhyNoReaction Reason = "noreaction" // this reaction may not be set here
)

// Reasons is the closed list.
var Reasons = []Reason{
	WhyUnknown, WhyOurs, WhyDeleted, WhyLeft, WhyProtected, WhyUncopyable, WhyLong, WhyFormatting, WhyReply, WhyPicture, WhyFile,
	WhyFileSize, WhyAlbum, WhyEmpty, WhyVanished, WhyHidden, WhyVoice, WhyVideoNote, WhyPremium, WhyPaid, WhyKind, WhyNoWriting,
	WhyNoRight, WhyNoForum, WhyNotAllowed, WhyTeam, WhyForgotten, WhyLeftBehind, WhyTwinGone, WhyUneditable, WhyTooOld, WhyNoReaction,
}
