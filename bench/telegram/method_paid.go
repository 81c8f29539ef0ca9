package telegram

import (
	"cmp"
	"encoding/json"
	"fmt"
)

// paidMethods send media that are bought, and photos that live.
var paidMethods = map[string]handler{
	"sendPaidMedia": sendPaidMedia,
	"sendLivePhoto": sendLivePhoto,
}

// Paid is media that a reader has to buy.
type Paid struct {
	Stars int
	Media []Content // photos, live photos and videos, without captions

	by int64 // the bot that sent it; 0 = a person
}

// Limits of paid media (TDLib source and Bot API docs).
const (
	maxPaidMedia   = 10
	maxStars       = 25_000
	maxPaidPayload = 128 // bytes
)

type paidObject struct {
	StarCount int               `json:"star_count"`
	PaidMedia []paidMediaObject `json:"paid_media"`
}

type paidMediaObject struct {
	Type      string           `json:"type"`
	LivePhoto *livePhotoObject `json:"live_photo,omitempty"`
	Photo     []photoObject    `json:"photo,omitempty"`
	Video     *videoObject     `json:"video,omitempty"`
	// What the preview of something unbought tells.
	Width    int `json:"width,omitempty"`
	Height   int `json:"height,omitempty"`
	Duration int `json:"duration,omitempty"`
}

// show is what a bot sees: of what it sent itself the media, of others' a
// preview, since bots buy nothing.
func (p *Paid) show(botID int64) *paidObject {
	out := &paidObject{StarCount: p.Stars}
	for _, item := range p.Media {
		if p.by != botID {
			shown := cmp.Or(item.Live, item.File)
			out.PaidMedia = append(out.PaidMedia, paidMediaObject{
				Type: "preview", Width: shown.Width, Height: shown.Height, Duration: shown.Duration,
			})
			continue
		}
		o := item.media(botID)
		if o.Video != nil {
			o.Video.Qualities = nil // not of paid videos (Bot API server source)
		}
		next := paidMediaObject{Type: string(item.Kind), Video: o.Video, Photo: o.Photo}
		if o.LivePhoto != nil {
			next = paidMediaObject{Type: "live_photo", LivePhoto: o.LivePhoto}
		}
		out.PaidMedia = append(out.PaidMedia, next)
	}
	return out
}

func sendPaidMedia(c *call) (any, *problem) {
	stars := int(c.args.integer("star_count", 0, 0, 1_000_000_000))
	media, bad := c.paidArg()
	if bad != nil {
		return nil, bad
	}
	content := Content{Kind: KindPaidMedia, Paid: &Paid{Stars: stars, by: c.bot.me.id}}
	if bad := c.captionArgs(&content); bad != nil {
		return nil, bad
	}
	payload := c.args.str("payload")
	return c.sendMade(func() (Content, *problem) {
		if stars <= 0 || stars > maxStars {
			return content, fail(paidPrice)
		}
		for _, m := range media {
			next, bad := c.made(m)
			if bad != nil {
				return content, bad
			}
			if next.Kind != KindPhoto && next.Kind != KindVideo {
				return content, fail(paidInvalid)
			}
			next.Text, next.Entities = "", nil
			content.Paid.Media = append(content.Paid.Media, next)
		}
		switch n := len(media); {
		case n == 0 || n > maxPaidMedia:
			return content, fail(paidNumber)
		case len(payload) > maxPaidPayload:
			return content, fail(paidPayload)
		}
		return content, nil
	})
}

// paidArg reads the argument media of sendPaidMedia.
func (c *call) paidArg() ([]medium, *problem) {
	raw := c.args.json("media")
	if len(raw) == 0 {
		return nil, fail(missingParam, "media")
	}
	list, bad := arrayOf(raw, fail(paidJSON), fail(paidArray))
	if bad != nil {
		return nil, bad
	}
	out := make([]medium, len(list))
	for i, item := range list {
		var fault string
		if out[i], fault = c.inputPaid(item); fault != "" {
			return nil, fail(badPaid, fault)
		}
	}
	return out, nil
}

// inputPaid reads an InputPaidMedia.
func (c *call) inputPaid(raw json.RawMessage) (m medium, fault string) {
	f, ok := objectIn(raw)
	if !ok {
		return m, "expected an Object"
	}
	if _, ok := c.fileIn(KindPhoto, "", f.text("media")); !ok {
		return m, "media not found"
	}
	switch kind := f.needText("type"); {
	case f.fault != "":
		return m, f.fault
	case kind != "photo" && kind != "live_photo" && kind != "video":
		return m, fmt.Sprintf(`type "%s" is unsupported`, kind)
	default:
		fault = c.readMedium(&m, f, kind, false)
		return m, fault
	}
}

func sendLivePhoto(c *call) (any, *problem) {
	video, ok := c.fileIn(KindVideo, "live_photo", c.args.str("live_photo"))
	if !ok {
		return nil, fail(noFileInRequest, "live photo")
	}
	still, ok := c.fileIn(KindPhoto, "photo", c.args.str("photo"))
	if !ok {
		return nil, fail(noFileInRequest, "photo")
	}
	m := medium{file: video, photo: &still}
	if bad := c.captionArgs(&m.content); bad != nil {
		return nil, bad
	}
	m.content.Spoiler = c.args.flag("has_spoiler")
	return c.sendMade(func() (Content, *problem) { return c.made(m) })
}
