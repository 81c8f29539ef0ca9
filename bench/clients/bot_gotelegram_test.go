//go:build foreign

package clients

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// goTelegramCalls are the desk's calls by go-telegram/bot.
type goTelegramCalls struct {
	ctx   context.Context
	bot   *bot.Bot
	forum int64
}

func goTelegramMessage(m *models.Message) message {
	if m == nil {
		return message{}
	}
	return message{m.ID, m.Text, m.MediaGroupID, goTelegramEntities(m.Entities)}
}

func goTelegramEntities(list []models.MessageEntity) (out []any) {
	for _, e := range list {
		out = append(out, entity(string(e.Type), e.Offset, e.Length))
	}
	return out
}

func goTelegramKeyboard(names ...string) *models.InlineKeyboardMarkup {
	var row []models.InlineKeyboardButton
	for _, name := range names {
		row = append(row, models.InlineKeyboardButton{Text: name, CallbackData: data(name)})
	}
	return &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{row}}
}

func (c goTelegramCalls) topic(name string) (int, error) {
	topic, err := c.bot.CreateForumTopic(c.ctx, &bot.CreateForumTopicParams{ChatID: c.forum, Name: name})
	if err != nil {
		return 0, err
	}
	return topic.MessageThreadID, nil
}

func (c goTelegramCalls) copyTo(from int64, thread, id int) (int, error) {
	copied, err := c.bot.CopyMessage(c.ctx, &bot.CopyMessageParams{ChatID: c.forum, MessageThreadID: thread, FromChatID: from, MessageID: id})
	if err != nil {
		return 0, err
	}
	return copied.ID, nil
}

func (c goTelegramCalls) say(chat int64, text string, how say) (message, error) {
	params := &bot.SendMessageParams{ChatID: chat, Text: text}
	switch how.mode {
	case "HTML":
		params.ParseMode = models.ParseModeHTML
	case "MarkdownV2":
		params.ParseMode = models.ParseModeMarkdown
	}
	if how.replyTo != 0 {
		params.ReplyParameters = &models.ReplyParameters{MessageID: how.replyTo}
	}
	if how.buttons != nil {
		params.ReplyMarkup = goTelegramKeyboard(how.buttons...)
	}
	m, err := c.bot.SendMessage(c.ctx, params)
	return goTelegramMessage(m), err
}

func (c goTelegramCalls) album(chat int64, thread int, items []item) ([]message, error) {
	var media []models.InputMedia
	for _, it := range items {
		photo := &models.InputMediaPhoto{Media: it.file, Caption: it.caption}
		if it.file == "" {
			photo.Media, photo.MediaAttachment = "attach://"+it.name, bytes.NewReader(it.content)
		}
		media = append(media, photo)
	}
	sent, err := c.bot.SendMediaGroup(c.ctx, &bot.SendMediaGroupParams{ChatID: chat, MessageThreadID: thread, Media: media})
	var out []message
	for _, m := range sent {
		out = append(out, goTelegramMessage(m))
	}
	return out, err
}

func (c goTelegramCalls) upload(chat int64, thread int, name string, content []byte) (document, error) {
	m, err := c.bot.SendDocument(c.ctx, &bot.SendDocumentParams{ChatID: chat, MessageThreadID: thread,
		Document: &models.InputFileUpload{Filename: name, Data: bytes.NewReader(content)}})
	if err != nil {
		return document{}, err
	}
	return document{m.Document.FileName, m.Document.MimeType, int(m.Document.FileSize)}, nil
}

func (c goTelegramCalls) download(id string) ([]byte, error) {
	file, err := c.bot.GetFile(c.ctx, &bot.GetFileParams{FileID: id})
	if err != nil {
		return nil, err
	}
	res, err := http.Get(c.bot.FileDownloadLink(file))
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	return io.ReadAll(res.Body)
}

func (c goTelegramCalls) editText(chat int64, id int, text string) error {
	_, err := c.bot.EditMessageText(c.ctx, &bot.EditMessageTextParams{ChatID: chat, MessageID: id, Text: text})
	return err
}

func (c goTelegramCalls) editCaption(chat int64, id int, caption string) error {
	_, err := c.bot.EditMessageCaption(c.ctx, &bot.EditMessageCaptionParams{ChatID: chat, MessageID: id, Caption: caption})
	return err
}

func (c goTelegramCalls) editButtons(chat int64, id int, button string) error {
	_, err := c.bot.EditMessageReplyMarkup(c.ctx, &bot.EditMessageReplyMarkupParams{ChatID: chat, MessageID: id, ReplyMarkup: goTelegramKeyboard(button)})
	return err
}

func (c goTelegramCalls) react(chat int64, id int, emoji string) error {
	_, err := c.bot.SetMessageReaction(c.ctx, &bot.SetMessageReactionParams{ChatID: chat, MessageID: id, Reaction: []models.ReactionType{{
		Type: models.ReactionTypeTypeEmoji, ReactionTypeEmoji: &models.ReactionTypeEmoji{Type: models.ReactionTypeTypeEmoji, Emoji: emoji}}}})
	return err
}

func (c goTelegramCalls) closeTopic(thread int) error {
	_, err := c.bot.CloseForumTopic(c.ctx, &bot.CloseForumTopicParams{ChatID: c.forum, MessageThreadID: thread})
	return err
}

func (c goTelegramCalls) reopenTopic(thread int) error {
	_, err := c.bot.ReopenForumTopic(c.ctx, &bot.ReopenForumTopicParams{ChatID: c.forum, MessageThreadID: thread})
	return err
}

func (c goTelegramCalls) renameTopic(thread int, name string) error {
	_, err := c.bot.EditForumTopic(c.ctx, &bot.EditForumTopicParams{ChatID: c.forum, MessageThreadID: thread, Name: name})
	return err
}

// failure: this library has an error for each code and puts it before the
// description.
func (c goTelegramCalls) failure(err error) failure {
	var flood *bot.TooManyRequestsError
	var moved *bot.MigrateError
	description := func(text string, code error) string {
		return strings.TrimLeft(strings.TrimPrefix(text, code.Error()), ":, ")
	}
	switch {
	case errors.As(err, &flood):
		return failure{code: 429, description: description(flood.Message, bot.ErrorTooManyRequests), retry: flood.RetryAfter}
	case errors.As(err, &moved):
		return failure{code: 400, description: description(moved.Message, bot.ErrorBadRequest), migrate: int64(moved.MigrateToChatID)}
	case errors.Is(err, bot.ErrorBadRequest):
		return failure{code: 400, description: description(err.Error(), bot.ErrorBadRequest)}
	case errors.Is(err, bot.ErrorForbidden):
		return failure{code: 403, description: description(err.Error(), bot.ErrorForbidden)}
	default:
		return failure{}
	}
}

func goTelegramPost(m *models.Message, edited bool) post {
	p := post{chat: m.Chat.ID, private: m.Chat.Type == models.ChatTypePrivate, topic: m.IsTopicMessage, edited: edited,
		id: m.ID, text: m.Text, caption: m.Caption, entities: goTelegramEntities(m.Entities), album: m.MediaGroupID,
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
		p.replyTo = r.ID
	}
	p.kind = present{m.Animation != nil, m.Audio != nil, m.Video != nil, m.VideoNote != nil, m.Voice != nil,
		m.Sticker != nil, m.Venue != nil, m.Location != nil, m.Contact != nil, m.Dice != nil}.kind()
	if m.ForwardOrigin != nil {
		p.origin = string(m.ForwardOrigin.Type)
	}
	return p
}

func goTelegramUpdate(ctx context.Context, b *bot.Bot, d *desk, u *models.Update) {
	switch {
	case u.Message != nil:
		d.route(goTelegramPost(u.Message, false))
	case u.EditedMessage != nil:
		d.route(goTelegramPost(u.EditedMessage, true))
	case u.CallbackQuery != nil:
		m := u.CallbackQuery.Message.Message
		d.pressed(m.Chat.ID, m.ID, u.CallbackQuery.Data, func(text string) error {
			_, err := b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: u.CallbackQuery.ID, Text: text})
			return err
		})
	case u.MessageReaction != nil:
		d.reacted(u.MessageReaction.Chat.ID, u.MessageReaction.MessageID, u.MessageReaction.NewReaction[0].ReactionTypeEmoji.Emoji)
	case u.MyChatMember != nil && u.MyChatMember.Chat.Type == models.ChatTypePrivate:
		d.blocked(string(u.MyChatMember.NewChatMember.Type))
	}
}

// goTelegramBot is the desk as a bot of go-telegram/bot.
func goTelegramBot(t *testing.T, c config, tell func(string)) (stop, kill func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var d *desk
	b, err := bot.New(c.Token, bot.WithServerURL(c.Root), bot.WithAllowedUpdates(allowedUpdates), bot.WithNotAsyncHandlers(),
		bot.WithWorkers(1), bot.WithWebhookSecretToken(c.Secret),
		bot.WithErrorsHandler(func(err error) {
			if !strings.HasPrefix(err.Error(), "error get updates") {
				tell(line("bug", fmt.Sprint(err)))
			}
		}),
		bot.WithDefaultHandler(func(_ context.Context, b *bot.Bot, u *models.Update) {
			goTelegramUpdate(context.Background(), b, d, u)
		}),
		bot.WithMessageTextHandler("/start", bot.MatchTypePrefix, func(_ context.Context, _ *bot.Bot, u *models.Update) {
			_, payload, _ := strings.Cut(u.Message.Text, " ")
			d.started(u.Message.Chat.ID, u.Message.ID, payload, u.Message.From.FirstName)
		}))
	if err != nil {
		t.Fatal(err)
	}
	d = newDesk(c, goTelegramCalls{context.Background(), b, c.Forum}, tell)
	me, err := b.GetMe(ctx)
	if err != nil {
		t.Fatal(err)
	}
	d.says("saw", "me", "username", me.Username)
	if _, err := b.SetMyCommands(ctx, &bot.SetMyCommandsParams{Commands: []models.BotCommand{
		{Command: "start", Description: startText}, {Command: "help", Description: helpText}}}); err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	unhook := func() {}
	if c.Webhook {
		var url string
		url, unhook = hooked(b.WebhookHandler())
		running.Go(func() { b.StartWebhook(ctx) })
		if _, err := b.SetWebhook(ctx, &bot.SetWebhookParams{URL: url, SecretToken: c.Secret, AllowedUpdates: allowedUpdates}); err != nil {
			t.Fatal(err)
		}
	} else {
		running.Go(func() { b.Start(ctx) })
	}
	return once(t, func() {
		unhook()
		cancel()
		running.Wait()
	}), nil
}
