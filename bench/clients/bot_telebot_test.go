//go:build foreign

package clients

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	tele "gopkg.in/telebot.v4"
)

// telebotCalls are the desk's calls by telebot.
type telebotCalls struct {
	bot   *tele.Bot
	forum *tele.Chat
}

func telebotMessage(m *tele.Message) message {
	if m == nil {
		return message{}
	}
	return message{m.ID, m.Text, m.AlbumID, telebotEntities(m.Entities)}
}

func telebotEntities(list tele.Entities) (out []any) {
	for _, e := range list {
		out = append(out, entity(string(e.Type), e.Offset, e.Length))
	}
	return out
}

func telebotKeyboard(names ...string) *tele.ReplyMarkup {
	var row []tele.InlineButton
	for _, name := range names {
		row = append(row, tele.InlineButton{Text: name, Data: data(name)})
	}
	return &tele.ReplyMarkup{InlineKeyboard: [][]tele.InlineButton{row}}
}

func stored(chat int64, id int) tele.StoredMessage {
	return tele.StoredMessage{MessageID: strconv.Itoa(id), ChatID: chat}
}

func (c telebotCalls) topic(name string) (int, error) {
	topic, err := c.bot.CreateTopic(c.forum, &tele.Topic{Name: name})
	if err != nil {
		return 0, err
	}
	return topic.ThreadID, nil
}

func (c telebotCalls) copyTo(from int64, thread, id int) (int, error) {
	m, err := c.bot.Copy(c.forum, stored(from, id), &tele.SendOptions{ThreadID: thread})
	return telebotMessage(m).id, err
}

func (c telebotCalls) say(chat int64, text string, how say) (message, error) {
	options := &tele.SendOptions{ParseMode: how.mode}
	if how.replyTo != 0 {
		options.ReplyTo = &tele.Message{ID: how.replyTo}
	}
	if how.buttons != nil {
		options.ReplyMarkup = telebotKeyboard(how.buttons...)
	}
	m, err := c.bot.Send(tele.ChatID(chat), text, options)
	return telebotMessage(m), err
}

func (c telebotCalls) album(chat int64, thread int, items []item) ([]message, error) {
	var album tele.Album
	for _, it := range items {
		file := tele.File{FileID: it.file}
		if it.file == "" {
			file = tele.FromReader(bytes.NewReader(it.content))
		}
		album = append(album, &tele.Photo{File: file, Caption: it.caption})
	}
	sent, err := c.bot.SendAlbum(tele.ChatID(chat), album, &tele.SendOptions{ThreadID: thread})
	var out []message
	for _, m := range sent {
		out = append(out, telebotMessage(&m))
	}
	return out, err
}

func (c telebotCalls) upload(chat int64, thread int, name string, content []byte) (document, error) {
	doc := &tele.Document{File: tele.FromReader(bytes.NewReader(content)), FileName: name}
	m, err := c.bot.Send(tele.ChatID(chat), doc, &tele.SendOptions{ThreadID: thread})
	if err != nil {
		return document{}, err
	}
	return document{m.Document.FileName, m.Document.MIME, int(m.Document.FileSize)}, nil
}

func (c telebotCalls) download(id string) ([]byte, error) {
	content, err := c.bot.File(&tele.File{FileID: id})
	if err != nil {
		return nil, err
	}
	defer content.Close()
	return io.ReadAll(content)
}

func (c telebotCalls) editText(chat int64, id int, text string) error {
	_, err := c.bot.Edit(stored(chat, id), text)
	return err
}

func (c telebotCalls) editCaption(chat int64, id int, caption string) error {
	_, err := c.bot.EditCaption(stored(chat, id), caption)
	return err
}

func (c telebotCalls) editButtons(chat int64, id int, button string) error {
	_, err := c.bot.EditReplyMarkup(stored(chat, id), telebotKeyboard(button))
	return err
}

func (c telebotCalls) react(chat int64, id int, emoji string) error {
	return c.bot.React(tele.ChatID(chat), stored(chat, id),
		tele.Reactions{Reactions: []tele.Reaction{{Type: tele.ReactionTypeEmoji, Emoji: emoji}}})
}

func (c telebotCalls) closeTopic(thread int) error {
	return c.bot.CloseTopic(c.forum, &tele.Topic{ThreadID: thread})
}

func (c telebotCalls) reopenTopic(thread int) error {
	return c.bot.ReopenTopic(c.forum, &tele.Topic{ThreadID: thread})
}

func (c telebotCalls) renameTopic(thread int, name string) error {
	return c.bot.EditTopic(c.forum, &tele.Topic{ThreadID: thread, Name: name})
}

// failure: for descriptions that it knows this library has errors that hold
// them; of others only a text is left: telegram: <description> (<code>).
func (c telebotCalls) failure(err error) failure {
	var known *tele.Error
	var flood tele.FloodError
	var moved tele.GroupError
	switch {
	case errors.As(err, &known):
		return failure{code: known.Code, description: known.Description}
	case errors.As(err, &flood):
		code, text := unwrapped(err)
		return failure{code: code, description: "Too Many Requests: " + text, retry: flood.RetryAfter}
	case errors.As(err, &moved):
		code, text := unwrapped(err)
		return failure{code: code, description: "Bad Request: " + text, migrate: moved.MigratedTo}
	default:
		code, text := unwrapped(err)
		return failure{code: code, description: text}
	}
}

func unwrapped(err error) (code int, text string) {
	text, isTelegrams := strings.CutPrefix(err.Error(), "telegram: ")
	at := strings.LastIndex(text, " (")
	if !isTelegrams || at < 0 {
		return 0, ""
	}
	code, _ = strconv.Atoi(strings.TrimSuffix(text[at+2:], ")"))
	return code, text[:at]
}

func telebotPost(m *tele.Message, edited bool) post {
	p := post{chat: m.Chat.ID, private: m.Private(), topic: m.TopicMessage, edited: edited, id: m.ID, text: m.Text,
		caption: m.Caption, entities: telebotEntities(m.Entities), album: m.AlbumID, closed: m.TopicClosed != nil,
		reopened: m.TopicReopened != nil, migrated: m.MigrateTo}
	if m.Sender != nil {
		p.from = m.Sender.ID
	}
	if m.TopicEdited != nil {
		p.renamed = m.TopicEdited.Name
	}
	if m.Photo != nil {
		p.sizes, p.file = 1, m.Photo.FileID // it keeps the largest one only
	}
	if d := m.Document; d != nil {
		p.file, p.document = d.FileID, &document{d.FileName, d.MIME, int(d.FileSize)}
	}
	if r := m.ReplyTo; r != nil && r.TopicCreated == nil {
		p.replyTo = r.ID
	}
	p.kind = present{m.Animation != nil, m.Audio != nil, m.Video != nil, m.VideoNote != nil, m.Voice != nil,
		m.Sticker != nil, m.Venue != nil, m.Location != nil, m.Contact != nil, m.Dice != nil}.kind()
	if m.Origin != nil {
		p.origin = m.Origin.Type
	}
	return p
}

func telebotHandlers(b *tele.Bot, d *desk) {
	b.Handle("/start", func(c tele.Context) error {
		d.started(c.Chat().ID, c.Message().ID, c.Message().Payload, c.Sender().FirstName)
		return nil
	})
	for _, on := range []string{tele.OnText, tele.OnMedia, tele.OnLocation, tele.OnVenue, tele.OnContact, tele.OnDice,
		tele.OnTopicClosed, tele.OnTopicReopened, tele.OnTopicEdited, tele.OnMigration} {
		b.Handle(on, func(c tele.Context) error {
			d.route(telebotPost(c.Message(), false))
			return nil
		})
	}
	b.Handle(tele.OnEdited, func(c tele.Context) error {
		d.route(telebotPost(c.Message(), true))
		return nil
	})
	b.Handle(tele.OnCallback, func(c tele.Context) error {
		q := c.Callback()
		d.pressed(q.Message.Chat.ID, q.Message.ID, q.Data, func(text string) error {
			return c.Respond(&tele.CallbackResponse{Text: text})
		})
		return nil
	})
	b.Handle(tele.OnMyChatMember, func(c tele.Context) error {
		if c.Chat().Type == tele.ChatPrivate {
			d.blocked(string(c.ChatMember().NewChatMember.Role))
		}
		return nil
	})
}

// telebotReactions hands reactions on, for which the library has no handler.
func telebotReactions(d *desk) func(*tele.Update) bool {
	return func(u *tele.Update) bool {
		if r := u.MessageReaction; r != nil {
			d.reacted(r.Chat.ID, r.MessageID, r.NewReaction[0].Emoji)
		}
		return true
	}
}

// telebotBot is the desk as a bot of telebot.
func telebotBot(t *testing.T, c config, tell func(string)) (stop, kill func()) {
	t.Helper()
	b, err := tele.NewBot(tele.Settings{URL: c.Root, Token: c.Token, Synchronous: true,
		OnError: func(err error, _ tele.Context) { tell(line("bug", err.Error())) }})
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(c, telebotCalls{b, &tele.Chat{ID: c.Forum}}, tell)
	d.says("saw", "me", "username", b.Me.Username)
	if err := b.SetCommands([]tele.Command{{Text: "start", Description: startText}, {Text: "help", Description: helpText}}); err != nil {
		t.Fatal(err)
	}
	telebotHandlers(b, d)
	hook := &tele.Webhook{Listen: freeAddress(t), SecretToken: c.Secret, AllowedUpdates: allowedUpdates, IgnoreSetWebhook: true}
	var poller tele.Poller = &tele.LongPoller{Timeout: 20 * time.Second, AllowedUpdates: allowedUpdates}
	if c.Webhook {
		poller = hook
	}
	b.Poller = tele.NewMiddlewarePoller(poller, telebotReactions(d))
	var running sync.WaitGroup
	running.Go(b.Start)
	if c.Webhook {
		waitFor(t, hook.Listen)
		if err := b.SetWebhook(hook); err != nil {
			t.Fatal(err)
		}
	}
	return once(t, func() {
		b.Stop()
		running.Wait()
	}), nil
}
