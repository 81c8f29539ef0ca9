//go:build foreign

package clients

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/mymmrac/telego"
	ta "github.com/mymmrac/telego/telegoapi"
	tu "github.com/mymmrac/telego/telegoutil"
)

// telegoCalls are the desk's calls by telego.
type telegoCalls struct {
	ctx   context.Context
	bot   *telego.Bot
	forum int64
}

func telegoMessage(m *telego.Message) message {
	if m == nil {
		return message{}
	}
	return message{m.MessageID, m.Text, m.MediaGroupID, telegoEntities(m.Entities)}
}

func telegoEntities(list []telego.MessageEntity) (out []any) {
	for _, e := range list {
		out = append(out, entity(e.Type, e.Offset, e.Length))
	}
	return out
}

func telegoKeyboard(names ...string) *telego.InlineKeyboardMarkup {
	var row []telego.InlineKeyboardButton
	for _, name := range names {
		row = append(row, tu.InlineKeyboardButton(name).WithCallbackData(data(name)))
	}
	return tu.InlineKeyboard(row)
}

func (c telegoCalls) topic(name string) (int, error) {
	topic, err := c.bot.CreateForumTopic(c.ctx, &telego.CreateForumTopicParams{ChatID: tu.ID(c.forum), Name: name})
	if err != nil {
		return 0, err
	}
	return topic.MessageThreadID, nil
}

func (c telegoCalls) copyTo(from int64, thread, id int) (int, error) {
	copied, err := c.bot.CopyMessage(c.ctx, tu.CopyMessage(tu.ID(c.forum), tu.ID(from), id).WithMessageThreadID(thread))
	if err != nil {
		return 0, err
	}
	return copied.MessageID, nil
}

func (c telegoCalls) say(chat int64, text string, how say) (message, error) {
	params := tu.Message(tu.ID(chat), text).WithParseMode(how.mode)
	if how.replyTo != 0 {
		params.WithReplyParameters(&telego.ReplyParameters{MessageID: how.replyTo})
	}
	if how.buttons != nil {
		params.WithReplyMarkup(telegoKeyboard(how.buttons...))
	}
	m, err := c.bot.SendMessage(c.ctx, params)
	return telegoMessage(m), err
}

func (c telegoCalls) album(chat int64, thread int, items []item) ([]message, error) {
	var media []telego.InputMedia
	for _, it := range items {
		file := tu.FileFromID(it.file)
		if it.file == "" {
			file = tu.FileFromBytes(it.content, it.name)
		}
		media = append(media, tu.MediaPhoto(file).WithCaption(it.caption))
	}
	sent, err := c.bot.SendMediaGroup(c.ctx, tu.MediaGroup(tu.ID(chat), media...).WithMessageThreadID(thread))
	var out []message
	for _, m := range sent {
		out = append(out, telegoMessage(&m))
	}
	return out, err
}

func (c telegoCalls) upload(chat int64, thread int, name string, content []byte) (document, error) {
	m, err := c.bot.SendDocument(c.ctx, tu.Document(tu.ID(chat), tu.FileFromReader(bytes.NewReader(content), name)).WithMessageThreadID(thread))
	if err != nil {
		return document{}, err
	}
	return document{m.Document.FileName, m.Document.MimeType, int(m.Document.FileSize)}, nil
}

func (c telegoCalls) download(id string) ([]byte, error) {
	file, err := c.bot.GetFile(c.ctx, &telego.GetFileParams{FileID: id})
	if err != nil {
		return nil, err
	}
	return tu.DownloadFile(c.bot.FileDownloadURL(file.FilePath))
}

func (c telegoCalls) editText(chat int64, id int, text string) error {
	_, err := c.bot.EditMessageText(c.ctx, &telego.EditMessageTextParams{ChatID: tu.ID(chat), MessageID: id, Text: text})
	return err
}

func (c telegoCalls) editCaption(chat int64, id int, caption string) error {
	_, err := c.bot.EditMessageCaption(c.ctx, &telego.EditMessageCaptionParams{ChatID: tu.ID(chat), MessageID: id, Caption: caption})
	return err
}

func (c telegoCalls) editButtons(chat int64, id int, button string) error {
	_, err := c.bot.EditMessageReplyMarkup(c.ctx, &telego.EditMessageReplyMarkupParams{
		ChatID: tu.ID(chat), MessageID: id, ReplyMarkup: telegoKeyboard(button)})
	return err
}

func (c telegoCalls) react(chat int64, id int, emoji string) error {
	return c.bot.SetMessageReaction(c.ctx, &telego.SetMessageReactionParams{ChatID: tu.ID(chat), MessageID: id,
		Reaction: []telego.ReactionType{&telego.ReactionTypeEmoji{Type: telego.ReactionEmoji, Emoji: emoji}}})
}

func (c telegoCalls) closeTopic(thread int) error {
	return c.bot.CloseForumTopic(c.ctx, &telego.CloseForumTopicParams{ChatID: tu.ID(c.forum), MessageThreadID: thread})
}

func (c telegoCalls) reopenTopic(thread int) error {
	return c.bot.ReopenForumTopic(c.ctx, &telego.ReopenForumTopicParams{ChatID: tu.ID(c.forum), MessageThreadID: thread})
}

func (c telegoCalls) renameTopic(thread int, name string) error {
	return c.bot.EditForumTopic(c.ctx, &telego.EditForumTopicParams{ChatID: tu.ID(c.forum), MessageThreadID: thread, Name: name})
}

func (c telegoCalls) failure(err error) failure {
	var e *ta.Error
	if !errors.As(err, &e) {
		return failure{}
	}
	f := failure{code: e.ErrorCode, description: e.Description}
	if e.Parameters != nil {
		f.retry, f.migrate = e.Parameters.RetryAfter, e.Parameters.MigrateToChatID
	}
	return f
}

func telegoPost(m *telego.Message, edited bool) post {
	p := post{chat: m.Chat.ID, private: m.Chat.Type == telego.ChatTypePrivate, topic: m.IsTopicMessage, edited: edited,
		id: m.MessageID, text: m.Text, caption: m.Caption, entities: telegoEntities(m.Entities), album: m.MediaGroupID,
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
		p.origin = m.ForwardOrigin.OriginType()
	}
	return p
}

func telegoUpdate(ctx context.Context, bot *telego.Bot, d *desk, u telego.Update) {
	switch {
	case u.Message != nil && u.Message.Chat.Type == telego.ChatTypePrivate && strings.HasPrefix(u.Message.Text, "/start"):
		_, _, args := tu.ParseCommandPayload(u.Message.Text)
		d.started(u.Message.Chat.ID, u.Message.MessageID, args, u.Message.From.FirstName)
	case u.Message != nil:
		d.route(telegoPost(u.Message, false))
	case u.EditedMessage != nil:
		d.route(telegoPost(u.EditedMessage, true))
	case u.CallbackQuery != nil:
		q := u.CallbackQuery
		d.pressed(q.Message.GetChat().ID, q.Message.GetMessageID(), q.Data, func(text string) error {
			return bot.AnswerCallbackQuery(ctx, tu.CallbackQuery(q.ID).WithText(text))
		})
	case u.MessageReaction != nil:
		emoji := ""
		if r, ok := u.MessageReaction.NewReaction[0].(*telego.ReactionTypeEmoji); ok {
			emoji = r.Emoji
		}
		d.reacted(u.MessageReaction.Chat.ID, u.MessageReaction.MessageID, emoji)
	case u.MyChatMember != nil && u.MyChatMember.Chat.Type == telego.ChatTypePrivate:
		d.blocked(u.MyChatMember.NewChatMember.MemberStatus())
	}
}

// telegoBot is the desk as a bot of telego.
func telegoBot(t *testing.T, c config, tell func(string)) (stop, kill func()) {
	t.Helper()
	bot, err := telego.NewBot(c.Token, telego.WithAPIServer(c.Root), telego.WithDiscardLogger())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	d := newDesk(c, telegoCalls{context.Background(), bot, c.Forum}, tell)
	me, err := bot.GetMe(ctx)
	if err != nil {
		t.Fatal(err)
	}
	d.says("saw", "me", "username", me.Username)
	if err := bot.SetMyCommands(ctx, &telego.SetMyCommandsParams{Commands: []telego.BotCommand{
		{Command: "start", Description: startText}, {Command: "help", Description: helpText}}}); err != nil {
		t.Fatal(err)
	}
	unhook := func() {}
	var updates <-chan telego.Update
	if c.Webhook {
		mux := http.NewServeMux()
		var url string
		url, unhook = hooked(mux)
		updates, err = bot.UpdatesViaWebhook(ctx, telego.WebhookHTTPServeMux(mux, "POST /hook", c.Secret),
			// Its handler may not run twice at once: requests share a variable there.
			telego.WithWebhookSet(ctx, &telego.SetWebhookParams{URL: url, SecretToken: c.Secret, AllowedUpdates: allowedUpdates, MaxConnections: 1}))
	} else {
		// Its HTTP client ends a poll only when Telegram does, so polls are short.
		updates, err = bot.UpdatesViaLongPolling(ctx, &telego.GetUpdatesParams{Timeout: 2, AllowedUpdates: allowedUpdates})
	}
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		for u := range updates {
			telegoUpdate(context.Background(), bot, d, u)
		}
	})
	return once(t, func() {
		unhook()
		cancel()
		running.Wait()
	}), nil
}
