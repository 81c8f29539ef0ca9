package telegram

import (
	"encoding/json"
	"strings"
)

// fileMethods are the methods about files and albums.
var fileMethods = map[string]handler{
	"sendMediaGroup": sendMediaGroup,
	"getFile":        getFile,
}

// Limits of files, in bytes (Bot API docs).
const (
	maxDownload = 20 << 20 // getFile
	maxUpload   = 50 << 20 // multipart
)

// mediaField is the argument that carries the file of a kind, and the word
// by which the server names it.
func mediaField(k Kind) (field, word string) {
	if k == KindVideoNote {
		return "video_note", "video note"
	}
	return string(k), string(k)
}

// fileArg reads the file of a send method: an upload, attach://, a file id
// or a URL.
func (c *call) fileArg(k Kind) (*File, *problem) {
	field, word := mediaField(k)
	if up, ok := c.args.file(field); ok {
		return c.store(k, up)
	}
	ref := c.args.str(field)
	if ref == "" {
		return nil, fail(noFileInRequest, word)
	}
	return c.fileRef(k, ref)
}

// fileRef resolves what stands in a file argument or in InputMedia.media.
func (c *call) fileRef(k Kind, ref string) (*File, *problem) {
	if name, ok := strings.CutPrefix(ref, "attach://"); ok {
		up, ok := c.args.file(name)
		if !ok {
			return nil, fail(fileIDWrong)
		}
		return c.store(k, up)
	}
	if strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "https://") {
		return nil, fail(urlFailed) // this Telegram reaches no network
	}
	r, ok := c.w.resolveFile(c.bot.me.id, ref)
	if !ok || r.letter != 0 && r.file.Kind != KindPhoto {
		return nil, fail(fileIDWrong)
	}
	if !fits(r.file.Kind, k) {
		return nil, fail(fileIDWrong)
	}
	return r.file, nil
}

// fits says whether a stored file of kind have can be sent by the method
// for kind want: a file keeps its kind, and only those that Telegram itself
// treats alike can stand for each other.
func fits(have, want Kind) bool {
	if have == want {
		return true
	}
	switch want {
	case KindDocument:
		return have != KindPhoto && have != KindSticker && have != KindVideoNote
	case KindVideo:
		return have == KindAnimation
	case KindAnimation:
		return have == KindVideo || have == KindDocument
	default:
		return false
	}
}

// store keeps an uploaded file.
func (c *call) store(k Kind, up Upload) (*File, *problem) {
	switch {
	case len(up.Data) == 0:
		return nil, fail(fileEmpty)
	case len(up.Data) > maxUpload:
		return nil, fail(uploadTooBig)
	}
	f := File{
		Kind: k, MIME: up.MIME, Data: up.Data,
		Duration: c.args.number("duration"), Width: c.args.number("width"), Height: c.args.number("height"),
		Title: c.args.str("title"), Performer: c.args.str("performer"), Emoji: c.args.str("emoji"),
	}
	if n := c.args.number("length"); n > 0 && k == KindVideoNote {
		f.Width, f.Height = n, n
	}
	if k != KindPhoto && k != KindVoice && k != KindSticker && k != KindVideoNote {
		f.Name = up.Name
	}
	return c.w.NewFile(f), nil
}

func getFile(c *call) (any, *problem) {
	id := c.args.str("file_id")
	if id == "" {
		return nil, fail(fileIDMissing)
	}
	r, ok := c.w.resolveFile(c.bot.me.id, id)
	if !ok {
		return nil, fail(fileIDInvalid)
	}
	if r.size() > maxDownload {
		return nil, fail(fileTooBig)
	}
	o := r.show(c.bot.me.id)
	o.FilePath = r.path()
	return o, nil
}

// Download returns the content behind a file_path that getFile gave to the
// bot with that token; false = no such file or token.
func (w *World) Download(token, path string) ([]byte, bool) {
	if w.tokens[token] == nil {
		return nil, false
	}
	_, name, _ := strings.Cut(path, "/")
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "file_"), ".")
	num, letter, _ := strings.Cut(name, "_")
	r := fileRef{file: w.files[leadingInt(num)]}
	if letter != "" {
		r.letter = letter[0]
	}
	if r.file == nil || r.path() != path || r.size() > maxDownload {
		return nil, false
	}
	return r.bytes(), true
}

// maxAlbum is the most items of an album (Bot API docs).
const maxAlbum = 10

// inputMedia is one item of sendMediaGroup, or the medium of editMessageMedia.
type inputMedia struct {
	Type     string          `json:"type"`
	Media    string          `json:"media"`
	Caption  string          `json:"caption"`
	Mode     string          `json:"parse_mode"`
	Marks    json.RawMessage `json:"caption_entities"`
	Above    bool            `json:"show_caption_above_media"`
	Spoiler  bool            `json:"has_spoiler"`
	Width    int             `json:"width"`
	Height   int             `json:"height"`
	Duration int             `json:"duration"`
	Title    string          `json:"title"`
	Artist   string          `json:"performer"`
}

// content makes a message of one medium.
func (c *call) content(in inputMedia) (Content, *problem) {
	k := Kind(in.Type)
	switch k {
	case KindPhoto, KindVideo, KindAnimation, KindAudio, KindDocument:
	default:
		return Content{}, fail(badInputMedia, "type must be one of photo, video, animation, audio, document")
	}
	if in.Media == "" {
		return Content{}, fail(badInputMedia, "media not found")
	}
	f, bad := c.fileRef(k, in.Media)
	if bad != nil {
		return Content{}, bad
	}
	out := Content{Kind: f.Kind, File: f, Spoiler: in.Spoiler}
	out.Text, out.Entities, bad = c.formatted(in.Caption, in.Mode, string(in.Marks))
	out.Above = in.Above && out.Text != ""
	return out, bad
}

func sendMediaGroup(c *call) (any, *problem) {
	items, bad := c.album()
	if bad != nil {
		return nil, bad
	}
	p, bad := c.place()
	if bad != nil {
		return nil, bad
	}
	cost := 1
	if c.w.knobs.AlbumCostsEach {
		cost = len(items)
	}
	for _, item := range items {
		if bad := c.w.maySend(p.chat, c.bot.me, p.topic, item.Kind); bad != nil {
			return nil, bad
		}
		if bad := checkLength(item); bad != nil {
			return nil, bad
		}
	}
	if bad := c.mayPost(p, items[0].Kind, cost, nil); bad != nil {
		return nil, c.cutAlbum(p, items, cost, bad)
	}
	return c.postAlbum(p, items), nil
}

// album reads the items of sendMediaGroup.
func (c *call) album() ([]Content, *problem) {
	var in []inputMedia
	if err := json.Unmarshal([]byte(c.args.str("media")), &in); err != nil {
		return nil, fail(badInputMedia, "expected an Array of InputMedia")
	}
	switch {
	case len(in) == 0:
		return nil, fail(albumEmpty)
	case len(in) > maxAlbum:
		return nil, fail(albumTooLong)
	}
	items := make([]Content, len(in))
	for i := range in {
		var bad *problem
		if items[i], bad = c.content(in[i]); bad != nil {
			return nil, bad
		}
	}
	return items, checkMix(items)
}

// checkMix refuses albums of kinds that can't stand together.
func checkMix(items []Content) *problem {
	for _, item := range items {
		for _, alone := range []Kind{KindDocument, KindAudio} {
			if item.Kind == alone && items[0].Kind != alone || items[0].Kind == alone && item.Kind != alone {
				return fail(albumMixed, alone)
			}
		}
		if item.Kind == KindAnimation {
			return fail(albumWrongKind)
		}
	}
	return nil
}

// cutAlbum is what becomes of an album that a flood meets: where the knob
// says so, the items that still fit are delivered all the same.
func (c *call) cutAlbum(p place, items []Content, cost int, bad *problem) *problem {
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
	c.postAlbum(p, items[:fit])
	return fail(albumFlood, fit+1, bad.retry)
}

func (c *call) postAlbum(p place, items []Content) []*messageObject {
	group := ""
	if len(items) > 1 {
		group = c.w.newAlbum()
	}
	out := make([]*messageObject, len(items))
	for i, item := range items {
		d := c.draft(p, item)
		d.album = group
		m := c.w.post(d)
		c.sent = append(c.sent, m.idFor(c.bot.me))
		out[i] = c.w.messageFor(c.bot.me, m, false)
	}
	return out
}
