//go:build mtproto

package mtproto

import (
	"strconv"
	"strings"

	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// text reads words with their formatting. Both sides count UTF-16 units.
func text(words string, entities []tg.MessageEntityClass) tenants.Text {
	out := tenants.Text{Text: words}
	for _, one := range entities {
		e := tenants.Entity{Offset: one.GetOffset(), Length: one.GetLength()}
		switch f := one.(type) {
		case *tg.MessageEntityMention:
			e.Kind = "mention"
		case *tg.MessageEntityHashtag:
			e.Kind = "hashtag"
		case *tg.MessageEntityCashtag:
			e.Kind = "cashtag"
		case *tg.MessageEntityBotCommand:
			e.Kind = "bot_command"
		case *tg.MessageEntityURL:
			e.Kind = "url"
		case *tg.MessageEntityEmail:
			e.Kind = "email"
		case *tg.MessageEntityPhone:
			e.Kind = "phone_number"
		case *tg.MessageEntityBold:
			e.Kind = "bold"
		case *tg.MessageEntityItalic:
			e.Kind = "italic"
		case *tg.MessageEntityUnderline:
			e.Kind = "underline"
		case *tg.MessageEntityStrike:
			e.Kind = "strikethrough"
		case *tg.MessageEntitySpoiler:
			e.Kind = "spoiler"
		case *tg.MessageEntityCode:
			e.Kind = "code"
		case *tg.MessageEntityPre:
			e.Kind, e.Language = "pre", f.Language
		case *tg.MessageEntityTextURL:
			e.Kind, e.URL = "text_link", f.URL
		case *tg.MessageEntityMentionName:
			e.Kind, e.User = "text_mention", tenants.UserID(f.UserID)
		case *tg.MessageEntityCustomEmoji:
			e.Kind, e.EmojiID = "custom_emoji", strconv.FormatInt(f.DocumentID, 10)
		case *tg.MessageEntityBlockquote:
			e.Kind = "blockquote"
			if f.Collapsed {
				e.Kind = "expandable_blockquote"
			}
		case *tg.MessageEntityFormattedDate:
			e.Kind, e.UnixTime, e.Format = "date_time", int64(f.Date), dateFormat(f)
		default:
			continue // a bank card and the like, which the Bot API does not tell either
		}
		out.Entities = append(out.Entities, e)
	}
	return out
}

// entities writes formatting. What Telegram finds by itself in the words, as
// links and hashtags, is left to it.
func (p *peers) entities(t tenants.Text) (out []tg.MessageEntityClass) {
	for _, e := range t.Entities {
		at, length := e.Offset, e.Length
		switch e.Kind {
		case "bold":
			out = append(out, &tg.MessageEntityBold{Offset: at, Length: length})
		case "italic":
			out = append(out, &tg.MessageEntityItalic{Offset: at, Length: length})
		case "underline":
			out = append(out, &tg.MessageEntityUnderline{Offset: at, Length: length})
		case "strikethrough":
			out = append(out, &tg.MessageEntityStrike{Offset: at, Length: length})
		case "spoiler":
			out = append(out, &tg.MessageEntitySpoiler{Offset: at, Length: length})
		case "code":
			out = append(out, &tg.MessageEntityCode{Offset: at, Length: length})
		case "pre":
			out = append(out, &tg.MessageEntityPre{Offset: at, Length: length, Language: e.Language})
		case "text_link":
			out = append(out, &tg.MessageEntityTextURL{Offset: at, Length: length, URL: e.URL})
		case "text_mention":
			out = append(out, &tg.InputMessageEntityMentionName{Offset: at, Length: length, UserID: p.user(int64(e.User))})
		case "custom_emoji":
			if id, err := strconv.ParseInt(e.EmojiID, 10, 64); err == nil {
				out = append(out, &tg.MessageEntityCustomEmoji{Offset: at, Length: length, DocumentID: id})
			}
		case "blockquote", "expandable_blockquote":
			out = append(out, &tg.MessageEntityBlockquote{Offset: at, Length: length, Collapsed: e.Kind == "expandable_blockquote"})
		case "date_time":
			date := formattedDate(e.Format)
			date.Offset, date.Length, date.Date = at, length, int(e.UnixTime)
			out = append(out, date)
		}
	}
	return out
}

// dateLetters are the Bot API's letters for how a date is shown, with what they
// are in MTProto (Bot API docs, MessageEntity.date_time_format).
var dateLetters = []struct {
	letter string
	flag   func(d *tg.MessageEntityFormattedDate) *bool
}{
	{"r", func(d *tg.MessageEntityFormattedDate) *bool { return &d.Relative }},
	{"w", func(d *tg.MessageEntityFormattedDate) *bool { return &d.DayOfWeek }},
	{"d", func(d *tg.MessageEntityFormattedDate) *bool { return &d.ShortDate }},
	{"D", func(d *tg.MessageEntityFormattedDate) *bool { return &d.LongDate }},
	{"t", func(d *tg.MessageEntityFormattedDate) *bool { return &d.ShortTime }},
	{"T", func(d *tg.MessageEntityFormattedDate) *bool { return &d.LongTime }},
}

func dateFormat(d *tg.MessageEntityFormattedDate) (format string) {
	for _, one := range dateLetters {
		if *one.flag(d) {
			format += one.letter
		}
	}
	return format
}

func formattedDate(format string) *tg.MessageEntityFormattedDate {
	out := &tg.MessageEntityFormattedDate{}
	for _, one := range dateLetters {
		*one.flag(out) = strings.Contains(format, one.letter)
	}
	return out
}
