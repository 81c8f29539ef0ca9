package memory

import (
	"fmt"
	"reflect"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

func goneOf(what tenants.GoneWhat, why string) tenants.Outcome {
	out := tenants.Outcome{Kind: tenants.Gone, Gone: what, Why: why}
	if what == tenants.GoneRights {
		out.Reason = tenants.WhyNoRight
	}
	return out
}

func refusedAs(as tenants.RefusedAs, reason tenants.Reason, why string) *tenants.Outcome {
	return &tenants.Outcome{Kind: tenants.Refused, As: as, Reason: reason, Why: why}
}

// away is a chat that the login does not know.
func away(id tenants.ChatID) *tenants.Outcome {
	out := goneOf(tenants.GoneChat, "no such chat")
	if id > 0 {
		out = goneOf(tenants.GoneClient, "no such chat")
	}
	return &out
}

// do does a call. The World is locked.
func (g *Gateway) do(call telegram.Call) tenants.Outcome {
	c, bad := g.enter(call.Target())
	if _, press := call.(telegram.AnswerPress); bad != nil && !press {
		return *bad
	}
	out := tenants.Outcome{Kind: tenants.Done}
	switch call := call.(type) {
	case telegram.AnswerPress:
		bad = nil // it needs no chat; too late or unknown does no harm
	case telegram.SendContent:
		out.Made, bad = g.send(c, call.To, "", call.Content)
		if bad == nil && call.Content.Poll != nil {
			out.Poll = c.find(out.Made[0]).Content.Poll.ID
		}
	case telegram.SendAlbum:
		out.Made, bad = g.send(c, call.To, g.world.name("album"), call.Contents...)
	case telegram.CopyMessage:
		out.Made, bad = g.copy(c, call.To, false, call.From)
	case telegram.CopyAlbum:
		out.Made, bad = g.copy(c, call.To, false, call.From...)
	case telegram.ForwardMessage:
		out.Made, bad = g.copy(c, call.To, true, call.From)
	case telegram.ForwardAlbum:
		out.Made, bad = g.copy(c, call.To, true, call.From...)
	case telegram.EditContent:
		out.Content, bad = g.edit(c, call)
	case telegram.Probe:
		out.Probed = tenants.Probed{ID: call.Message.ID, Is: g.probe(c, call)}
		if m := c.find(call.Message.ID); call.Show && out.Probed.Is == tenants.Ours {
			out.Content, out.Thread = &m.Content, m.Thread
		}
	case telegram.DeleteMessages:
		bad = g.remove(c, call.Messages)
	case telegram.SetReaction:
		bad = g.react(c, call)
	case telegram.OpenTopic:
		out.Thread, bad = g.openTopic(c, call.Title)
	case telegram.RenameTopic:
		bad = g.changeTopic(c, call.Thread, Topic{Title: call.Title})
	case telegram.SetTopicOpen:
		bad = g.changeTopic(c, call.Thread, Topic{Open: call.Open})
	default:
		panic(fmt.Sprintf("memory: unknown call %T", call))
	}
	if bad != nil {
		return *bad
	}
	return out
}

// enter is the chat, if the login may do something there.
func (g *Gateway) enter(id tenants.ChatID) (*chat, *tenants.Outcome) {
	c := g.chat(id)
	if c == nil {
		return nil, away(id)
	}
	_, member := c.members[g.me.ID]
	switch {
	case c.movedTo != 0:
		return nil, &tenants.Outcome{Kind: tenants.Moved, Chat: c.movedTo, Why: "the group became a supergroup"}
	case c.blocked:
		out := goneOf(tenants.GoneClient, "the person blocked the login")
		return nil, &out
	case !member:
		out := goneOf(tenants.GoneChat, "not a member")
		return nil, &out
	default:
		return c, nil
	}
}

// send makes messages of contents, all or none.
func (g *Gateway) send(c *chat, to telegram.To, album string, contents ...tenants.Content) (ids []tenants.MessageID, bad *tenants.Outcome) {
	if bad := g.mayWrite(c, to.Thread); bad != nil {
		return nil, bad
	}
	var made []*message
	for _, content := range contents {
		m, bad := g.compose(c, to, content)
		if bad != nil {
			return nil, bad
		}
		m.Album = album
		made = append(made, m)
	}
	g.sending = true
	defer func() { g.sending = false }()
	for _, m := range made {
		ids = append(ids, g.world.post(c, m))
	}
	return ids, nil
}

// mayWrite checks the topic; administrators write in closed ones too.
func (g *Gateway) mayWrite(c *chat, thread tenants.ThreadID) *tenants.Outcome {
	if !c.Forum || thread == 0 {
		return nil
	}
	topic := c.topics[thread]
	if topic == nil {
		out := goneOf(tenants.GoneTopic, "no such topic")
		return &out
	}
	if !topic.Open && !c.members[g.me.ID].ManageTopics {
		out := goneOf(tenants.GoneTopicClosed, "the topic is closed")
		return &out
	}
	return nil
}

func (g *Gateway) compose(c *chat, to telegram.To, content tenants.Content) (*message, *tenants.Outcome) {
	if bad := g.checkContent(content); bad != nil {
		return nil, bad
	}
	content = g.world.asked(g.world.renewed(content))
	content.Buttons = nil
	for _, button := range to.Buttons {
		content.Buttons = append(content.Buttons, button.Text)
	}
	m := &message{Message: tenants.Message{From: g.me, Content: content}, buttons: to.Buttons}
	if c.Forum {
		m.Thread = to.Thread
	}
	if c.find(to.ReplyTo) != nil {
		m.ReplyTo = tenants.MessageRef{Chat: c.ID, ID: to.ReplyTo}
		m.Quote = to.Quote
	}
	return m, nil
}

// checkContent tells whether content can be sent, by Telegram's limits.
func (g *Gateway) checkContent(content tenants.Content) *tenants.Outcome {
	limit := tenants.MaxCaption
	switch content.Kind {
	case tenants.KindText:
		limit = tenants.MaxText
		if content.Text.Text == "" {
			return refusedAs(tenants.AsNone, tenants.WhyEmpty, "no text")
		}
	case tenants.KindPhoto, tenants.KindLivePhoto, tenants.KindVideo, tenants.KindAnimation, tenants.KindAudio, tenants.KindVoice,
		tenants.KindVideoNote, tenants.KindDocument, tenants.KindSticker:
		if content.File == nil {
			return refusedAs(tenants.AsNote, tenants.WhyFile, "no file")
		}
		if _, known := g.world.files[content.File.ID]; !known {
			return refusedAs(tenants.AsNote, tenants.WhyFile, "no such file")
		}
	case tenants.KindLocation, tenants.KindVenue, tenants.KindContact, tenants.KindPoll, tenants.KindDice:
	default:
		return refusedAs(tenants.AsNote, tenants.WhyUncopyable, "can't be sent anew")
	}
	if tenants.Len(content.Text.Text) > limit {
		return refusedAs(tenants.AsSplit, tenants.WhyLong, "too long")
	}
	return nil
}

// copy copies or forwards messages; several stay an album.
func (g *Gateway) copy(c *chat, to telegram.To, forward bool, from ...tenants.MessageRef) ([]tenants.MessageID, *tenants.Outcome) {
	var contents []tenants.Content
	origin := ""
	for _, ref := range from {
		source := g.chat(ref.Chat)
		if source == nil {
			return nil, refusedAs(tenants.AsBody, tenants.WhyDeleted, "no such source")
		}
		if _, member := source.members[g.me.ID]; !member {
			return nil, refusedAs(tenants.AsBody, tenants.WhyLeft, "not a member where the source is")
		}
		m := source.find(ref.ID)
		switch {
		case m == nil:
			return nil, refusedAs(tenants.AsBody, tenants.WhyDeleted, "no such source")
		case m.Content.Kind == tenants.KindService:
			return nil, refusedAs(tenants.AsNote, tenants.WhyUncopyable, "a service message")
		case m.Protected:
			return nil, refusedAs(tenants.AsBody, tenants.WhyProtected, "the source is protected")
		}
		contents = append(contents, m.Content)
		origin = m.From.Name()
	}
	album := ""
	if len(from) > 1 {
		album = g.world.name("album")
	}
	if forward {
		to.ReplyTo, to.Buttons = 0, nil
	}
	ids, bad := g.send(c, to, album, contents...)
	if forward && bad == nil {
		for _, id := range ids {
			c.find(id).Forwarded = origin
		}
	}
	return ids, bad
}

func (g *Gateway) edit(c *chat, call telegram.EditContent) (*tenants.Content, *tenants.Outcome) {
	m := c.find(call.Message.ID)
	switch {
	case m == nil:
		return nil, refusedAs(tenants.AsNone, tenants.WhyTwinGone, "no such message")
	case m.From.ID != g.me.ID || m.Forwarded != "":
		return nil, refusedAs(tenants.AsNone, tenants.WhyUneditable, "not one's own words")
	}
	next := call.Content
	if next.File == nil {
		next.File = m.Content.File
	}
	if bad := g.checkContent(next); bad != nil {
		return nil, bad
	}
	next = g.world.renewed(next)
	next.Buttons = nil
	for _, button := range call.Buttons {
		next.Buttons = append(next.Buttons, button.Text)
	}
	if !reflect.DeepEqual(next, m.Content) || !reflect.DeepEqual(call.Buttons, m.buttons) {
		m.Content, m.buttons = next, call.Buttons
		g.world.edited(c, m, g.me.ID)
	}
	return &next, nil
}

// probe tells whose a message is.
func (g *Gateway) probe(c *chat, call telegram.Probe) tenants.Probe {
	m := c.find(call.Message.ID)
	switch {
	case m == nil:
		return tenants.Missing
	case m.From.ID != g.me.ID || m.Forwarded != "" || m.Content.Kind == tenants.KindService:
		return tenants.Theirs
	case reflect.DeepEqual(call.Buttons, m.buttons):
		return tenants.Ours
	}
	m.buttons = call.Buttons
	return tenants.Changed
}

// remove deletes messages, all or none; those that are gone don't matter.
func (g *Gateway) remove(c *chat, ids []tenants.MessageID) *tenants.Outcome {
	var there []tenants.MessageID
	for _, id := range ids {
		m := c.find(id)
		if m == nil {
			continue
		}
		if m.From.ID != g.me.ID && c.Kind != tenants.Private && !c.members[g.me.ID].DeleteMessages {
			out := goneOf(tenants.GoneRights, "may not delete messages")
			return &out
		}
		there = append(there, id)
	}
	for _, id := range there {
		g.world.erase(c, g.me.ID, id)
	}
	return nil
}

func (g *Gateway) react(c *chat, call telegram.SetReaction) *tenants.Outcome {
	m := c.find(call.Message.ID)
	switch {
	case m == nil:
		return refusedAs(tenants.AsNone, tenants.WhyTwinGone, "no such message")
	case call.Custom != "":
		out := tenants.Outcome{Kind: tenants.Refused, Reason: tenants.WhyNoReaction, Why: "nobody has made this emoji"}
		return &out
	case call.Emoji == "":
		delete(m.reactions, g.me.ID)
	case m.reactions == nil:
		m.reactions = map[tenants.UserID]string{g.me.ID: call.Emoji}
	default:
		m.reactions[g.me.ID] = call.Emoji
	}
	return nil
}

func (g *Gateway) openTopic(c *chat, title string) (tenants.ThreadID, *tenants.Outcome) {
	if !c.Forum || !c.members[g.me.ID].ManageTopics {
		out := goneOf(tenants.GoneRights, "may not make topics")
		return 0, &out
	}
	return g.world.makeTopic(c, g.me.ID, title), nil
}

// changeTopic renames a topic, or with no title opens or closes it.
func (g *Gateway) changeTopic(c *chat, thread tenants.ThreadID, to Topic) *tenants.Outcome {
	topic := c.topics[thread]
	if topic == nil {
		out := goneOf(tenants.GoneTopic, "no such topic")
		return &out
	}
	if !c.members[g.me.ID].ManageTopics {
		out := goneOf(tenants.GoneRights, "may not change topics")
		return &out
	}
	content := tenants.Content{}
	switch {
	case to.Title != "" && to.Title == topic.Title, to.Title == "" && to.Open == topic.Open:
		return nil
	case to.Title != "":
		topic.Title = to.Title
		content = tenants.Content{Service: tenants.ServiceTopicEdited, TopicName: to.Title}
	case to.Open:
		topic.Open = true
		content = tenants.Content{Service: tenants.ServiceTopicReopened}
	default:
		topic.Open = false
		content = tenants.Content{Service: tenants.ServiceTopicClosed}
	}
	m := &message{Message: serviceOf(g.me, content)}
	m.Thread = thread
	g.world.post(c, m)
	return nil
}
