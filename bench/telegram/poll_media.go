package telegram

import (
	"encoding/json"
	"slices"
)

// pollMediaObject is what a poll, an answer or an explanation shows beside
// its text; one field is set.
type pollMediaObject struct {
	Animation *animationObject `json:"animation,omitempty"`
	Audio     *audioObject     `json:"audio,omitempty"`
	Document  *documentObject  `json:"document,omitempty"`
	Location  *Location        `json:"location,omitempty"`
	LivePhoto *livePhotoObject `json:"live_photo,omitempty"`
	Photo     []photoObject    `json:"photo,omitempty"`
	Sticker   *stickerObject   `json:"sticker,omitempty"`
	Venue     *Venue           `json:"venue,omitempty"`
	Video     *videoObject     `json:"video,omitempty"`
}

// pollMedia shows the media of a poll, nil if there are none.
func pollMedia(c *Content, botID int64) *pollMediaObject {
	if c == nil {
		return nil
	}
	o := c.media(botID)
	out := &pollMediaObject{
		Animation: o.Animation, Audio: o.Audio, Document: o.Document, Location: c.Location,
		LivePhoto: o.LivePhoto, Photo: o.Photo, Sticker: o.Sticker, Venue: c.Venue, Video: o.Video,
	}
	if out.Animation != nil {
		out.Document = nil
	}
	if out.LivePhoto != nil {
		out.Photo = nil
	}
	return out
}

// Kinds of InputPollMedia and InputPollOptionMedia (Bot API server source).
var (
	pollMediaKinds   = []string{"animation", "photo", "live_photo", "video", "audio", "document"}
	optionMediaKinds = []string{"animation", "photo", "live_photo", "video", "sticker"}
)

// pollMediaIn reads an InputPollMedia and finds its file; nil = there is
// none. The string is what the server says about it.
func (c *call) pollMediaIn(raw json.RawMessage, kinds []string) (*Content, string, *problem) {
	if jsonKind(raw) == "Null" {
		return nil, "", nil
	}
	f, ok := objectIn(raw)
	if !ok {
		return nil, "expected an Object", nil
	}
	kind := f.needText("type")
	switch {
	case f.fault != "":
		return nil, f.fault, nil
	case kind == "location":
		at := f.location()
		return &Content{Kind: KindLocation, Location: &at}, f.fault, nil
	case kind == "venue":
		v := &Venue{Location: f.location(), Title: f.needText("title"), Address: f.needText("address")}
		v.FoursquareID, v.FoursquareType = f.text("foursquare_id"), f.text("foursquare_type")
		v.GoogleID, v.GoogleType = f.text("google_place_id"), f.text("google_place_type")
		return &Content{Kind: KindVenue, Venue: v}, f.fault, nil
	case !slices.Contains(kinds, kind):
		return nil, "invalid type specified", nil
	}
	var m medium
	if kind == "sticker" {
		if m.file, ok = c.fileIn(KindSticker, "", f.text("media")); !ok {
			return nil, "media not found", nil
		}
		m.file.given = File{Emoji: f.text("emoji")}
	} else if fault := c.readMedium(&m, f, kind, false); fault != "" {
		return nil, fault, nil
	}
	content, bad := c.made(m)
	return &content, "", bad
}

// location reads a point out of a JSON object.
func (f *fields) location() Location {
	return Location{
		Latitude: f.needDecimal("latitude"), Longitude: f.needDecimal("longitude"), Accuracy: f.decimal("horizontal_accuracy"),
	}
}

// pollMediaArg reads the argument of that name of sendPoll.
func (c *call) pollMediaArg(name string) (*Content, *problem) {
	raw := json.RawMessage(c.args.str(name))
	if len(raw) == 0 {
		return nil, nil
	}
	if !json.Valid(raw) {
		return nil, fail(pollMediaJSON)
	}
	content, fault, bad := c.pollMediaIn(raw, pollMediaKinds)
	if fault != "" {
		return nil, fail(badPollMedia, fault)
	}
	return content, bad
}
