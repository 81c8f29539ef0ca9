package telegram

// draftMethods are the methods that show what a bot is writing.
var draftMethods = map[string]handler{
	"sendMessageDraft": sendMessageDraft,
}

// Draft is a message that a bot is still writing, as the person sees it for
// a while.
type Draft struct {
	ID       int64
	Topic    int // thread id, 0 = none
	Text     string
	Entities []Entity
	until    int64 // unix seconds
}

// draftSeconds is how long a draft is shown (Bot API docs).
const draftSeconds = 30

func sendMessageDraft(c *call) (any, *problem) {
	id := leadingInt(c.args.str("draft_id"))
	text, es, bad := c.formatted(c.args.str("text"), c.args.str("parse_mode"), c.args.str("entities"))
	if bad != nil {
		return nil, bad
	}
	to, bad := c.target("chat_id", toWrite)
	switch {
	case bad != nil:
		return nil, bad
	case to.kind != privateChat:
		return nil, fail(draftPeer)
	case id == 0:
		return nil, fail(draftID)
	case characters(text) > maxText:
		return nil, fail(editTextTooLong)
	}
	thread := c.threadID()
	if thread != 0 && (!to.hasTopics() || to.topicOf(thread) == nil) {
		return nil, fail(topicInvalid)
	}
	if bad := to.refusedByPerson(); bad != nil {
		return nil, bad
	}
	if bad := c.spend(to, drafting, 1); bad != nil {
		return nil, bad
	}
	d := &Draft{ID: id, Topic: thread, Text: text, Entities: es, until: c.w.unix() + draftSeconds}
	if c.w.drafts == nil {
		c.w.drafts = map[*chat]*Draft{}
	}
	c.w.drafts[to] = d
	return true, nil
}

// Writing is what the bot is writing to the person now; false = nothing.
func (w *World) Writing(person, botID int64) (Draft, bool) {
	d := w.drafts[w.chatOf(w.person(person), botID)]
	if d == nil || d.until <= w.unix() {
		return Draft{}, false
	}
	return *d, true
}
