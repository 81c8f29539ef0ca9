package telegram

type topicIcon struct{ id, emoji string }

// topicIcons are some of the free icons (getForumTopicIconStickers).
var topicIcons = []topicIcon{
	{"5434144690511290129", "📰"}, {"5312536423851630001", "💡"}, {"5312016608254762256", "⚡️"},
	{"5377544228505134960", "🎙"}, {"5418085807791545980", "🔝"}, {"5370870893004203704", "🗣"},
	{"5420216386448270341", "🆒"}, {"5379748062124056162", "❗️"}, {"5373251851074415873", "📝"},
	{"5433614043006903194", "📆"}, {"5357315181649076022", "📁"}, {"5309965701241379366", "🔎"},
	{"5309984423003823246", "📣"}, {"5312241539987020022", "🔥"}, {"5312138559556164615", "❤️"},
	{"5377316857231450742", "❓"}, {"5350305691942788490", "📈"}, {"5350713563512052787", "📉"},
	{"5310228579009699834", "🎉"}, {"5377498341074542641", "🎉"}, {"5237699328843200968", "✅"},
	{"5379947999571123867", "💬"}, {"5357419403325481346", "🔧"}, {"5310132165583840589", "⚽️"},
}

// TopicIcon is an icon that a topic may have.
type TopicIcon struct {
	ID    string `json:"id"` // custom emoji id
	Emoji string `json:"emoji"`
}

// TopicIcons lists the icons that everybody may use.
func TopicIcons() []TopicIcon {
	var out []TopicIcon
	for _, i := range topicIcons {
		out = append(out, TopicIcon{i.id, i.emoji})
	}
	return out
}

// iconEmoji is what a topic's icon shows, "" if it is none of topicIcons.
func iconEmoji(id string) string {
	for _, i := range topicIcons {
		if i.id == id {
			return i.emoji
		}
	}
	return ""
}

func getForumTopicIconStickers(c *call) (any, *problem) { return topicStickers(c.bot.me.id), nil }

// topicStickers are the icons as a bot sees them.
func topicStickers(botID int64) []stickerObject {
	out := make([]stickerObject, len(topicIcons))
	for i, icon := range topicIcons {
		f := &File{Kind: KindSticker, Emoji: icon.emoji, num: -int64(i) - 1}
		f.fill()
		out[i] = stickerObject{
			Width: f.Width, Height: f.Height, Emoji: icon.emoji, SetName: topicSet, Type: "custom_emoji",
			CustomEmojiID: icon.id, thumbs: f.thumbs(botID), fileObject: fileRef{file: f}.show(botID),
		}
	}
	return out
}
