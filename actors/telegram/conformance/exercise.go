package conformance

import "testing"

// checks are the suite, by subject.
var checks = []struct {
	name  string
	check func(*stage)
}{
	{"the login knows itself", self},
	{"the login knows its standing", standing},
	{"the login counts the members of a group", members},
	{"the login is told what others may do", rights},
	{"menus of commands are set and taken away", menus},

	{"updates come in order", receiveInOrder},
	{"what is not confirmed comes again", receiveAgain},
	{"what is confirmed never comes again", receiveOnce},
	{"text keeps its formatting", receiveText},
	{"media bring a file that can be sent", receiveMedia},
	{"an album is told by its parts", receiveAlbum},
	{"replies are told, a topic's root is not one", receiveReplies},
	{"an edit brings the new content", receiveEdit},
	{"topics are told by their service messages", receiveTopics},
	{"a block is told", receiveBlock},
	{"being taken out is told", receiveExpulsion},
	{"a press is told and can be answered", receivePress},
	{"own sends do not come back", receiveNoEcho},
	{"a session elsewhere is seen by those who can", receiveElsewhere},
	{"a deletion, where the login sees it", receiveDeletion},

	{"every kind can be sent", sendKinds},
	{"text is sent as it is", sendText},
	{"sends keep their order", sendInOrder},
	{"a topic is kept to", sendInTopic},
	{"replies and quotes", sendReplies},
	{"a reply to what is gone goes without", sendReplyToGone},
	{"buttons", sendButtons},
	{"a copy names nobody", copyOne},
	{"a forward names its origin", forwardOne},
	{"a copied album stays together", copyAlbum},
	{"a forwarded album stays together and names its origin", forwardAlbum},
	{"an album is sent together", sendAlbum},
	{"a file goes as a new one", stream},
	{"a poll tells its votes", votes},
	{"text, captions and media are edited", edit},
	{"an edit that changes nothing is done", editSame},
	{"only own messages are edited", editOthers},
	{"whose a message is", probe},
	{"a deletion is done, also the second", remove},
	{"a reaction is set and taken off", react},
	{"a topic's life", topicLife},
	{"many sends at a time", sendAtOnce},

	{"a topic that is gone", goneTopic},
	{"a client who blocked", goneClient},
	{"a chat that the login is out of", goneChat},
	{"a login that was ended", goneLogin},
	{"a group that has become another", moved},
	{"too long", tooLong},
	{"a source that is gone", sourceGone},
	{"a source that the login is out of", sourceLeft},
	{"content that can't be sent", unsendable},
	{"a file that nobody has", unknownFile},
	{"a flood says how long", flood},
	{"a lost answer leaves doubt", answerLost},
	{"a lost request was not done", requestLost},
	{"a repeated send doubles only where it must", repeat},
}

// Exercise runs the whole suite, each check in a World of its own.
func Exercise(t *testing.T, newWorld func(t *testing.T) World) {
	for _, c := range checks {
		t.Run(c.name, func(t *testing.T) { c.check(newStage(t, newWorld(t))) })
	}
}
