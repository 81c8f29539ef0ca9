package telegram

import (
	"encoding/json"
	"fmt"
)

// albumMethods are the methods that send several files at once, and what
// InputMedia is.
var albumMethods = map[string]handler{
	"sendMediaGroup": sendMediaGroup,
}

// maxAlbum is the most items of an album (Bot API docs).
const maxAlbum = 10

// Largest values of numbers about media (Bot API server source); larger ones are cut to them.
const (
	maxLength   = 10000 // pixels
	maxDuration = 86400 // seconds
)

// medium is one InputMedia: its caption as it will be, its file as it is named.
type medium struct {
	content Content
	file    fileSource
	photo   *fileSource // the still of a live photo
	cover   *fileSource // of videos
}

// inputMedia reads an InputMedia. The second result is what the server says
// about it behind "can't parse InputMedia: ".
func (c *call) inputMedia(raw json.RawMessage, forAlbum bool) (m medium, fault string) {
	f, ok := objectIn(raw)
	if !ok {
		return m, "expected an Object"
	}
	caption, mode := f.text("caption"), f.text("parse_mode")
	if f.fault != "" {
		return m, f.fault
	}
	var bad *problem
	if bad = c.captioned(&m.content, caption, mode, string(f.raw["caption_entities"])); bad != nil {
		return m, bad.bare()
	}
	m.content.Above, m.content.Spoiler = f.flag("show_caption_above_media"), f.flag("has_spoiler")
	kind := f.needText("type")
	if f.fault != "" {
		return m, f.fault
	}
	fault = c.readMedium(&m, f, kind, forAlbum)
	return m, fault
}

// readMedium reads the file of an InputMedia and what is said about it, and
// returns what is wrong, "" = nothing.
func (c *call) readMedium(m *medium, f *fields, kind string, forAlbum bool) string {
	k := Kind(kind)
	if kind == "live_photo" {
		k = KindVideo
	}
	src, ok := c.fileIn(k, "", f.text("media"))
	if !ok {
		return "media not found"
	}
	src.thumb = c.thumbIn(f.text("thumbnail"))
	src.given = File{
		Duration: f.small("duration", maxDuration), Width: f.small("width", maxLength), Height: f.small("height", maxLength),
		Title: f.text("title"), Performer: f.text("performer"),
	}
	switch kind {
	case "photo", "video", "audio":
	case "live_photo":
		still, ok := c.fileIn(KindPhoto, "", f.text("photo"))
		if !ok {
			return "photo not found"
		}
		m.photo = &still
	case "animation":
		if forAlbum {
			return fmt.Sprintf(`type "%s" can't be used in sendMediaGroup`, kind)
		}
	case "document":
		src.asFile = f.flag("disable_content_type_detection") || forAlbum
	default:
		return fmt.Sprintf(`type "%s" is unsupported`, kind)
	}
	if kind == "video" {
		if cover, ok := c.fileIn(KindPhoto, "", f.text("cover")); ok {
			m.cover = &cover
		}
		m.content.StartAt = f.small("start_timestamp", maxDuration)
	}
	m.file = src
	return f.fault
}

// made finds the files of a medium.
func (c *call) made(m medium) (Content, *problem) {
	out := m.content
	var bad *problem
	if out.File, bad = c.resolve(m.file); bad != nil {
		return Content{}, bad
	}
	if m.photo != nil {
		out.Live = out.File
		if out.File, bad = c.resolve(*m.photo); bad != nil {
			return Content{}, bad
		}
	}
	if m.cover != nil {
		if out.Cover, bad = c.resolve(*m.cover); bad != nil {
			return Content{}, bad
		}
	}
	out.Kind = out.File.Kind
	return out.fit(), nil
}

// fit drops what the kind can't have: a file may turn out to be of another
// kind than the method's.
func (c Content) fit() Content {
	if !c.Kind.hasCaption() {
		c.Text, c.Entities = "", nil
	}
	c.Above = c.Above && c.Kind.captionAbove()
	c.Spoiler = c.Spoiler && c.Kind.captionAbove()
	if c.Kind != KindVideo {
		c.Cover, c.StartAt = nil, 0
	}
	return c
}

// bare is a problem's text without its prefix, as it stands inside others.
func (p *problem) bare() string {
	text := p.text[len("Bad Request: "):]
	return upperFirst(text)
}

func sendMediaGroup(c *call) (any, *problem) {
	reply, bad := c.replyArgs()
	if bad != nil {
		return nil, bad
	}
	media, bad := c.albumArg()
	if bad != nil {
		return nil, bad
	}
	p, bad := c.sendPlace(reply)
	if bad != nil {
		return nil, bad
	}
	if len(media) == 0 {
		return nil, fail(albumEmpty)
	}
	if bad := c.ready(p, markup{}); bad != nil {
		return nil, bad
	}
	effect, bad := c.effect(p.chat)
	if bad != nil {
		return nil, bad
	}
	items, bad := c.madeAlbum(media, func(item Content) *problem { return c.w.kindAllowed(p, c.bot.me, item) })
	if bad != nil {
		return nil, bad
	}
	for i, item := range items {
		if bad := item.refused(); bad != nil {
			return nil, c.inAlbum(failing(i, bad), bad)
		}
	}
	if c.cut && len(items) > 1 {
		return nil, c.halfAlbum(p, items, effect)
	}
	cost := c.albumCost(len(items))
	if bad := c.placeable(p, markup{}, nil, cost); bad != nil {
		return nil, c.inAlbum(1, c.cutAlbum(p, items, cost, effect, bad))
	}
	return c.postAlbum(p, items, effect), nil
}

// inAlbum is what the server says when Telegram refuses an album: with the
// number of the first item that failed, and without the words that it puts
// around Telegram's own. Floods are told as they are.
func (c *call) inAlbum(item int, bad *problem) *problem {
	switch {
	case bad.situation == albumFlood:
		return bad
	case bad.situation == blocked:
		return fail(albumForbidden, item, "USER_IS_BLOCKED")
	case bad.code == 403:
		return fail(albumForbidden, item, upperFirst(bad.text[len("Forbidden: "):]))
	case bad.code == 400:
		return fail(albumItem, item, bad.bare())
	default:
		return bad
	}
}

// failing is the number that the server gives to the i-th item when Telegram
// refuses an album: its own if its upload failed, else the first one's, since all
// fail together (Bot API server and TDLib source).
func failing(i int, bad *problem) int {
	if bad.situation == mediaInvalid {
		return 1
	}
	return i + 1
}

// albumArg reads the items of sendMediaGroup.
func (c *call) albumArg() ([]medium, *problem) {
	raw := c.args.json("media")
	if len(raw) == 0 {
		return nil, fail(missingParam, "media")
	}
	list, bad := arrayOf(raw, fail(badMediaJSON), fail(notMediaArray))
	if bad != nil {
		return nil, bad
	}
	out := make([]medium, len(list))
	for i, item := range list {
		var fault string
		if out[i], fault = c.inputMedia(item, true); fault != "" {
			return nil, fail(badInputMedia, fault)
		}
	}
	return out, nil
}

// checkMix refuses albums that are too long or of kinds that can't stand together.
func checkMix(items []Content) *problem {
	if len(items) > maxAlbum {
		return fail(albumTooLong)
	}
	for _, item := range items {
		if !item.Kind.grouped() {
			return fail(albumInvalid)
		}
		if item.Above != items[0].Above {
			return fail(albumAbove)
		}
	}
	for _, item := range items {
		for _, other := range items {
			if item.Kind.alone() && other.Kind != item.Kind {
				return fail(albumMixed, item.Kind)
			}
		}
	}
	return nil
}

// madeAlbum finds the files of an album, looks whether each may be there, and
// at last whether they fit together.
func (c *call) madeAlbum(media []medium, allowed func(Content) *problem) ([]Content, *problem) {
	items := make([]Content, len(media))
	for i := range media {
		var bad *problem
		if items[i], bad = c.made(media[i]); bad != nil {
			return nil, bad
		}
		if bad = allowed(items[i]); bad != nil {
			return nil, bad
		}
	}
	return items, checkMix(items)
}

// cutAlbum is what becomes of an album that a flood meets: where the knob
// says so, the items that still fit are delivered all the same.
func (c *call) cutAlbum(p place, items []Content, cost int, effect string, bad *problem) *problem {
	if !c.w.knobs.AlbumFlood400 {
		return bad
	}
	if bad.then != nil && bad.then.situation == flood {
		bad.then = fail(albumFlood, 1, bad.then.retry)
	}
	if bad.situation != flood {
		return bad
	}
	fit := 0
	if keys := c.w.budgetsOf(c, p.chat, sending); cost > 1 {
		for fit+1 < len(items) && c.w.wait(c.bot, keys, fit+1, c.w.now) == 0 {
			fit++
		}
		c.w.charge(keys, fit, c.w.now)
	}
	c.postAlbum(p, items[:fit], effect)
	return fail(albumFlood, fit+1, bad.retry)
}

// cutRetry is what a bot is told when a fault cuts its album, in seconds.
const cutRetry = 5

// halfAlbum delivers the first half of an album, which a flood meets then.
func (c *call) halfAlbum(p place, items []Content, effect string) *problem {
	half := len(items) / 2
	c.w.charge(c.w.budgetsOf(c, p.chat, sending), c.albumCost(half), c.w.now)
	c.postAlbum(p, items[:half], effect)
	return fail(albumFlood, half+1, cutRetry)
}

func (c *call) postAlbum(p place, items []Content, effect string) []*messageObject {
	group := ""
	if len(items) > 1 {
		group = c.w.newAlbum()
	}
	out := make([]*messageObject, len(items))
	for i, item := range items {
		d := c.draft(p, item)
		d.album, d.effect = group, effect
		m := c.w.post(d)
		c.sent = append(c.sent, m.idFor(c.bot.me))
		out[i] = c.w.messageFor(c.bot.me, m, false)
	}
	return out
}
