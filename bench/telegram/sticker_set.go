package telegram

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// stickerMethods are the methods about sets of stickers. Sets come of
// stickers that name them (File.SetName); topics' icons are one more.
var stickerMethods = map[string]handler{
	"getStickerSet":          getStickerSet,
	"getCustomEmojiStickers": getCustomEmojiStickers,
}

// topicSet is the set of the free icons of topics.
const topicSet = "Topics"

type stickerSetObject struct {
	Name          string          `json:"name"`
	Title         string          `json:"title"`
	Type          string          `json:"sticker_type"`
	ContainsMasks *bool           `json:"contains_masks,omitempty"` // Knobs.UndocumentedFields
	Stickers      []stickerObject `json:"stickers"`
}

// stickerFiles is a set with what it holds.
type stickerFiles struct {
	Name  string
	files []*File
}

// stickerSet finds a set by its name, in any case.
func (w *World) stickerSet(name string) (stickerFiles, bool) {
	var out stickerFiles
	for _, f := range w.files {
		if f.Kind == KindSticker && f.SetName != "" && strings.EqualFold(f.SetName, name) {
			out.files = append(out.files, f)
		}
	}
	slices.SortFunc(out.files, func(a, b *File) int { return cmp.Compare(a.num, b.num) })
	if len(out.files) == 0 {
		return out, false
	}
	out.Name = out.files[0].SetName
	return out, true
}

func getStickerSet(c *call) (any, *problem) {
	name := strings.TrimSpace(c.args.str("name"))
	o := stickerSetObject{Name: topicSet, Title: topicSet, Type: "custom_emoji", Stickers: topicStickers(c.bot.me.id)}
	if !strings.EqualFold(name, topicSet) {
		set, ok := c.w.stickerSet(name)
		if !ok {
			return nil, fail(setInvalid)
		}
		o = stickerSetObject{Name: set.Name, Title: set.Name, Type: "regular"}
		for _, f := range set.files {
			o.Stickers = append(o.Stickers, *f.media(c.bot.me.id).Sticker)
		}
	}
	if c.w.knobs.UndocumentedFields {
		o.ContainsMasks = new(bool)
	}
	return o, nil
}

// maxCustomEmoji is how many custom emoji can be asked for at once (Bot API docs).
const maxCustomEmoji = 200

func getCustomEmojiStickers(c *call) (any, *problem) {
	if !c.args.has("custom_emoji_ids") {
		return nil, fail(missingParam, "custom_emoji_ids")
	}
	ids, bad := arrayOf(c.args.json("custom_emoji_ids"), fail(emojiGarbled), fail(emojiNoArray))
	if bad != nil {
		return nil, bad
	}
	out := []stickerObject{}
	for _, raw := range ids {
		if jsonKind(raw) != "String" {
			return nil, fail(emojiNoString)
		}
		var id string
		json.Unmarshal(raw, &id) // it is a string already
		if _, err := strconv.ParseInt(id, 10, 64); err != nil {
			return nil, fail(emojiNoNumber)
		}
		for _, s := range topicStickers(c.bot.me.id) {
			if s.CustomEmojiID == id {
				out = append(out, s)
			}
		}
	}
	if len(ids) > maxCustomEmoji {
		return nil, fail(emojiTooMany)
	}
	return out, nil
}
