//go:build foreign

package clients

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"testing"

	tg "github.com/OvyFlash/telegram-bot-api"
)

// ovyCalls are the desk's calls by OvyFlash/telegram-bot-api.
type ovyCalls struct {
	bot   *tg.BotAPI
	forum int64
}

func ovyMessage(m tg.Message) message {
	return message{m.MessageID, m.Text, m.MediaGroupID, ovyEntities(m.Entities)}
}

func ovyEntities(list []tg.MessageEntity) (out []any) {
	for _, e := range list {
		out = append(out, entity(e.Type, e.Offset, e.Length))
	}
	return out
}

func ovyKeyboard(names ...string) tg.InlineKeyboardMarkup {
	var row []tg.InlineKeyboardButton
	for _, name := range names {
		row = append(row, tg.NewInlineKeyboardButtonData(name, data(name)))
	}
	return tg.NewInlineKeyboardMarkup(row)
}

func (c ovyCalls) at(thread int) tg.BaseForum {
	return tg.BaseForum{ChatConfig: tg.ChatConfig{ChatID: c.forum}, MessageThreadID: thread}
}

func (c ovyCalls) request(what tg.Chattable) error {
	_, err := c.bot.Request(what)
	return err
}

func (c ovyCalls) topic(name string) (int, error) {
	topic, err := c.bot.CreateForumTopic(tg.NewCreateForumTopicConfig(c.forum, name))
	return topic.MessageThreadID, err
}

func (c ovyCalls) copyTo(from int64, thread, id int) (int, error) {
	params := tg.NewCopyMessage(c.forum, from, id)
	params.MessageThreadID = thread
	copied, err := c.bot.CopyMessage(params)
	return copied.MessageID, err
}

func (c ovyCalls) say(chat int64, text string, how say) (message, error) {
	params := tg.NewMessage(chat, text)
	params.ParseMode = how.mode
	params.ReplyParameters.MessageID = how.replyTo
	if how.buttons != nil {
		params.ReplyMarkup = ovyKeyboard(how.buttons...)
	}
	m, err := c.bot.Send(params)
	return ovyMessage(m), err
}

func (c ovyCalls) album(chat int64, thread int, items []item) ([]message, error) {
	var media []tg.InputMedia
	for _, it := range items {
		var file tg.RequestFileData = tg.FileID(it.file)
		if it.file == "" {
			file = tg.FileBytes{Name: it.name, Bytes: it.content}
		}
		photo := tg.NewInputMediaPhoto(file)
		photo.Caption = it.caption
		media = append(media, &photo)
	}
	params := tg.NewMediaGroup(chat, media)
	params.MessageThreadID = thread
	sent, err := c.bot.SendMediaGroup(params)
	var out []message
	for _, m := range sent {
		out = append(out, ovyMessage(m))
	}
	return out, err
}

func (c ovyCalls) upload(chat int64, thread int, name string, content []byte) (document, error) {
	params := tg.NewDocument(chat, tg.FileReader{Name: name, Reader: bytes.NewReader(content)})
	params.MessageThreadID = thread
	m, err := c.bot.Send(params)
	if err != nil {
		return document{}, err
	}
	return document{m.Document.FileName, m.Document.MimeType, int(m.Document.FileSize)}, nil
}

func (c ovyCalls) download(id string) ([]byte, error) {
	link, err := c.bot.GetFileDirectURL(id)
	if err != nil {
		return nil, err
	}
	res, err := http.Get(link)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	return io.ReadAll(res.Body)
}

func (c ovyCalls) editText(chat int64, id int, text string) error {
	return c.request(tg.NewEditMessageText(chat, id, text))
}

func (c ovyCalls) editCaption(chat int64, id int, caption string) error {
	return c.request(tg.NewEditMessageCaption(chat, id, caption))
}

func (c ovyCalls) editButtons(chat int64, id int, button string) error {
	return c.request(tg.NewEditMessageReplyMarkup(chat, id, ovyKeyboard(button)))
}

func (c ovyCalls) react(chat int64, id int, emoji string) error {
	return c.request(tg.NewSetMessageReaction(chat, id, []tg.ReactionType{{Type: "emoji", Emoji: emoji}}, false))
}

func (c ovyCalls) closeTopic(thread int) error {
	return c.request(tg.CloseForumTopicConfig{BaseForum: c.at(thread)})
}

func (c ovyCalls) reopenTopic(thread int) error {
	return c.request(tg.ReopenForumTopicConfig{BaseForum: c.at(thread)})
}

func (c ovyCalls) renameTopic(thread int, name string) error {
	return c.request(tg.EditForumTopicConfig{BaseForum: c.at(thread), Name: name})
}

func (c ovyCalls) failure(err error) failure {
	var e *tg.Error
	if !errors.As(err, &e) {
		return failure{}
	}
	return failure{e.Code, e.Message, e.RetryAfter, e.MigrateToChatID}
}

func ovyPost(m *tg.Message, edited bool) post {
	p := post{chat: m.Chat.ID, private: m.Chat.IsPrivate(), topic: m.IsTopicMessage, edited: edited, id: m.MessageID,
		text: m.Text, caption: m.Caption, entities: ovyEntities(m.Entities), album: m.MediaGroupID,
		closed: m.ForumTopicClosed != nil, reopened: m.ForumTopicReopened != nil, migrated: m.MigrateToChatID}
	if m.From != nil {
		p.from = m.From.ID
	}
	if m.ForumTopicEdited != nil {
		p.renamed = m.ForumTopicEdited.Name
	}
	if n := len(m.Photo); n > 0 {
		p.sizes, p.file = n, m.Photo[n-1].FileID
	}
	if d := m.Document; d != nil {
		p.file, p.document = d.FileID, &document{d.FileName, d.MimeType, int(d.FileSize)}
	}
	if r := m.ReplyToMessage; r != nil && r.ForumTopicCreated == nil {
		p.replyTo = r.MessageID
	}
	p.kind = present{m.Animation != nil, m.Audio != nil, m.Video != nil, m.VideoNote != nil, m.Voice != nil,
		m.Sticker != nil, m.Venue != nil, m.Location != nil, m.Contact != nil, m.Dice != nil}.kind()
	if m.ForwardOrigin != nil {
		p.origin = m.ForwardOrigin.Type
	}
	return p
}

// ovyUpdate: answer is how a pressed button is answered.
func ovyUpdate(d *desk, u tg.Update, answer func(tg.CallbackConfig) error) {
	switch {
	case u.Message != nil && u.Message.Chat.IsPrivate() && u.Message.Command() == "start":
		d.started(u.Message.Chat.ID, u.Message.MessageID, u.Message.CommandArguments(), u.Message.From.FirstName)
	case u.Message != nil:
		d.route(ovyPost(u.Message, false))
	case u.EditedMessage != nil:
		d.route(ovyPost(u.EditedMessage, true))
	case u.CallbackQuery != nil:
		q := u.CallbackQuery
		d.pressed(q.Message.Chat.ID, q.Message.MessageID, q.Data, func(text string) error { return answer(tg.NewCallback(q.ID, text)) })
	case u.MessageReaction != nil:
		d.reacted(u.MessageReaction.Chat.ID, u.MessageReaction.MessageID, u.MessageReaction.NewReaction[0].Emoji)
	case u.MyChatMember != nil && u.MyChatMember.Chat.IsPrivate():
		d.blocked(u.MyChatMember.NewChatMember.Status)
	}
}

// ovyBot is the desk as a bot of OvyFlash/telegram-bot-api. By webhook it
// answers buttons in its answer to the request.
func ovyBot(t *testing.T, c config, tell func(string)) (stop, kill func()) {
	t.Helper()
	bot, err := tg.NewBotAPIWithOptions(c.Token, tg.WithAPIEndpoint(c.Root+"/bot%s/%s"), tg.WithFileEndpoint(c.Root+"/file/bot%s/%s"),
		tg.WithLoggingDisabled())
	if err != nil {
		t.Fatal(err)
	}
	calls := ovyCalls{bot, c.Forum}
	d := newDesk(c, calls, tell)
	d.says("saw", "me", "username", bot.Self.UserName)
	commands := tg.NewSetMyCommands(tg.BotCommand{Command: "start", Description: startText}, tg.BotCommand{Command: "help", Description: helpText})
	if err := calls.request(commands); err != nil {
		t.Fatal(err)
	}
	if c.Webhook {
		address, unhook := hooked(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { ovyHook(bot, d, w, r) }))
		link, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if err := calls.request(tg.WebhookConfig{URL: link, SecretToken: c.Secret, AllowedUpdates: allowedUpdates}); err != nil {
			t.Fatal(err)
		}
		return once(t, unhook), nil
	}
	updates := bot.GetUpdatesChan(tg.UpdateConfig{Timeout: 20, AllowedUpdates: allowedUpdates})
	var running sync.WaitGroup
	running.Go(func() {
		for u := range updates {
			ovyUpdate(d, u, func(answer tg.CallbackConfig) error { return calls.request(answer) })
		}
	})
	return once(t, func() {
		bot.StopReceivingUpdates()
		running.Wait()
	}), nil
}

func ovyHook(bot *tg.BotAPI, d *desk, w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != d.Secret {
		http.Error(w, "who is there?", http.StatusUnauthorized)
		return
	}
	u, err := bot.HandleUpdate(r)
	if err != nil {
		d.bug(fmt.Errorf("webhook: %w", err))
		return
	}
	ovyUpdate(d, *u, func(answer tg.CallbackConfig) error { return tg.WriteToHTTPResponse(w, answer) })
}
