package telegram

import (
	"encoding/json"
	"math"
	"strings"
)

// inlineResult is one InlineQueryResult as the server has read it.
type inlineResult struct {
	kind, id, title, description, url, thumb string

	media   Kind     // what is sent unless content is given; "" = nothing
	ref     string   // its file id or URL
	mime    string   // as the bot says
	given   File     // what the bot says about its length, size, title
	caption Content  // its caption and where it starts
	content *Content // nil = the medium itself is sent
	keys    markup
	stored  *File // what ref names, nil if that is a URL
}

// resultReaders read what belongs to one kind of result, in the server's order.
var resultReaders = map[string]func(f *fields, r *inlineResult){
	"article":   readArticle,
	"audio":     readAudio,
	"contact":   readContact,
	"document":  readDocument,
	"gif":       func(f *fields, r *inlineResult) { readAnimation(f, r, "gif", "image/gif") },
	"location":  readLocation,
	"mpeg4_gif": func(f *fields, r *inlineResult) { readAnimation(f, r, "mpeg4", "video/mp4") },
	"photo":     readPhoto,
	"sticker":   readSticker,
	"venue":     readVenue,
	"video":     readVideo,
	"voice":     readVoice,
}

// readResult reads one result and returns what is wrong, "" = nothing (Bot
// API server source).
func (c *call) readResult(raw json.RawMessage) (inlineResult, string) {
	f, ok := objectIn(raw)
	if !ok {
		return inlineResult{}, "Inline query result must be an object"
	}
	r := inlineResult{kind: lower(f.needText("type")), id: f.needText("id")}
	c.readContent(f, &r)
	r.caption.Text, r.caption.Entities = c.readFormatted(f, "caption", "parse_mode", "caption_entities")
	r.caption.Above = f.flag("show_caption_above_media")
	if keys := f.object("reply_markup"); keys != nil && f.fault == "" {
		var bad *problem
		if r.keys, bad = keys.markup(); bad != nil {
			f.blame("%s", bad.bare())
		}
	}
	r.readThumb(f)
	read := resultReaders[r.kind]
	if read == nil {
		f.blame(`type "%s" is unsupported for the inline query result`, r.kind)
		return r, f.fault
	}
	read(f, &r)
	return r, f.fault
}

// readThumb reads the thumbnail under its present name, or its former one.
func (r *inlineResult) readThumb(f *fields) {
	name := "thumbnail"
	if !f.has("thumbnail_url") && !f.has("thumbnail_width") && !f.has("thumbnail_height") {
		name = "thumb"
	}
	r.thumb = f.text(name + "_url")
	f.number(name + "_width")
	f.number(name + "_height")
}

// readContent reads input_message_content, or the fields that stood for it
// once.
func (c *call) readContent(f *fields, r *inlineResult) {
	required := r.kind == "article"
	if o := f.object("input_message_content"); o != nil {
		r.content = c.inputContent(o)
		if r.content == nil && required {
			o.blame("Input message content is not specified")
		}
		f.adopt(o)
		return
	}
	text := f.text("message_text")
	if required {
		f.needText("message_text")
	}
	disabled := f.flag("disable_web_page_preview")
	if text == "" && !required {
		return
	}
	content := c.readText(f, text)
	if disabled {
		content.preview = noPreview
	}
	r.content = &content
}

// inputContent reads an InputMessageContent, nil = it is none of those.
func (c *call) inputContent(o *fields) *Content {
	switch text := o.text("message_text"); {
	case text != "":
		var preview json.RawMessage
		if o.has("link_preview_options") {
			p := o.needObject("link_preview_options")
			preview = p.preview()
			o.adopt(p)
		} else if o.flag("disable_web_page_preview") {
			preview = noPreview
		}
		content := c.readText(o, text)
		content.preview = preview
		return &content
	case o.has("latitude") && o.has("longitude") && o.has("title") && o.has("address"):
		return &Content{Kind: KindVenue, Venue: o.venue()}
	case o.has("latitude") && o.has("longitude"):
		return &Content{Kind: KindLocation, Location: o.livePlace()}
	case o.has("phone_number"):
		return &Content{Kind: KindContact, Contact: o.contact()}
	default:
		return nil
	}
}

// readText is a text with parse_mode or entities beside it.
func (c *call) readText(f *fields, text string) Content {
	if text == "" {
		f.blame("%s", fail(textEmpty).bare())
	}
	out := Content{Kind: KindText}
	out.Text, out.Entities = c.readFormattedText(f, text, "parse_mode", "entities")
	return out
}

func (c *call) readFormatted(f *fields, name, mode, entities string) (string, []Entity) {
	return c.readFormattedText(f, f.text(name), mode, entities)
}

func (c *call) readFormattedText(f *fields, text, mode, entities string) (string, []Entity) {
	how := f.text(mode)
	if f.fault != "" {
		return "", nil
	}
	text, es, bad := c.formatted(text, how, string(f.raw[entities]))
	if bad != nil {
		f.blame("%s", bad.bare())
	}
	return text, es
}

// place reads latitude, longitude and horizontal_accuracy.
func (f *fields) place() Location {
	l := Location{Latitude: f.needDecimal("latitude"), Longitude: f.needDecimal("longitude")}
	l.Accuracy = math.Ceil(min(max(f.decimal("horizontal_accuracy"), 0), maxAccuracy))
	return l
}

// livePlace reads a place and how it moves.
func (f *fields) livePlace() *Location {
	l := f.place()
	l.LivePeriod, l.Heading = int(f.number("live_period")), int(f.number("heading"))
	l.Proximity = int(f.number("proximity_alert_radius"))
	return &l
}

func (f *fields) venue() *Venue {
	v := &Venue{
		Location: f.place(), Title: f.needText("title"), Address: f.needText("address"),
		FoursquareID: f.text("foursquare_id"), FoursquareType: f.text("foursquare_type"),
		GoogleID: f.text("google_place_id"), GoogleType: f.text("google_place_type"),
	}
	v.choose()
	return v
}

func (f *fields) contact() *Contact {
	return &Contact{
		Phone: f.needText("phone_number"), FirstName: f.needText("first_name"),
		LastName: f.text("last_name"), VCard: f.text("vcard"),
	}
}

func readArticle(f *fields, r *inlineResult) {
	r.url = f.text("url")
	if f.flag("hide_url") {
		r.url = ""
	}
	r.title, r.description = f.needText("title"), f.text("description")
}

// file reads the address of a medium, or else its file id.
func (r *inlineResult) file(f *fields, media Kind, ref, id string) {
	if r.media, r.ref = media, ref; ref == "" {
		r.ref = f.needText(id)
	}
}

func readAudio(f *fields, r *inlineResult) {
	ref := f.text("audio_url")
	r.given.Duration = f.span("audio_duration")
	if r.title = f.text("title"); ref != "" {
		r.title = f.needText("title")
	}
	r.description = f.text("performer")
	r.given.Title, r.given.Performer = r.title, r.description
	r.file(f, KindAudio, ref, "audio_file_id")
}

func readContact(f *fields, r *inlineResult) {
	c := f.contact()
	if r.content == nil {
		r.content = &Content{Kind: KindContact, Contact: c}
	}
	r.title = strings.TrimSpace(c.FirstName)
	if last := strings.TrimSpace(c.LastName); last != "" {
		r.title += " " + last
	}
	r.description = strings.TrimSpace(c.Phone)
	r.given.Title = strings.TrimSpace(c.FirstName)
}

func readDocument(f *fields, r *inlineResult) {
	r.title, r.description = f.needText("title"), f.text("description")
	ref := f.text("document_url")
	r.readMIME(f, ref)
	r.file(f, KindDocument, ref, "document_file_id")
}

// readMIME reads the type that what has an address must name.
func (r *inlineResult) readMIME(f *fields, ref string) {
	if r.mime = f.text("mime_type"); ref != "" {
		r.mime = f.needText("mime_type")
	}
}

func readAnimation(f *fields, r *inlineResult, prefix, mime string) {
	r.title = f.text("title")
	ref := f.text(prefix + "_url")
	thumb := "thumbnail_mime_type"
	if !f.has(thumb) {
		thumb = "thumb_mime_type"
	}
	f.text(thumb)
	r.mime = mime
	r.given = File{Duration: f.span(prefix + "_duration"), Width: f.span(prefix + "_width"), Height: f.span(prefix + "_height")}
	r.file(f, KindAnimation, ref, prefix+"_file_id")
}

func readLocation(f *fields, r *inlineResult) {
	l := f.livePlace()
	if r.content == nil {
		r.content = &Content{Kind: KindLocation, Location: l}
	}
	r.title = f.needText("title")
}

func readPhoto(f *fields, r *inlineResult) {
	r.title, r.description = f.text("title"), f.text("description")
	ref := f.text("photo_url")
	r.given = File{Width: f.span("photo_width"), Height: f.span("photo_height")}
	r.file(f, KindPhoto, ref, "photo_file_id")
}

func readSticker(f *fields, r *inlineResult) { r.file(f, KindSticker, "", "sticker_file_id") }

func readVenue(f *fields, r *inlineResult) {
	v := f.venue()
	if r.content == nil {
		r.content = &Content{Kind: KindVenue, Venue: v}
	}
	r.title, r.description = v.Title, v.Address
}

func readVideo(f *fields, r *inlineResult) {
	r.title, r.description = f.needText("title"), f.text("description")
	ref := f.text("video_url")
	r.readMIME(f, ref)
	r.given = File{Width: f.span("video_width"), Height: f.span("video_height"), Duration: f.span("video_duration")}
	r.caption.StartAt = f.span("video_start_timestamp")
	r.file(f, KindVideo, ref, "video_file_id")
}

func readVoice(f *fields, r *inlineResult) {
	r.title = f.needText("title")
	ref := f.text("voice_url")
	r.given.Duration = f.span("voice_duration")
	r.file(f, KindVoice, ref, "voice_file_id")
}

// span is an optional length or size; negative ones count as none.
func (f *fields) span(name string) int { return f.small(name, math.MaxInt32) }
