package telegram

import (
	"strings"
)

// fileSource is a file as a call names it, before anybody has looked whether
// it exists.
type fileSource struct {
	kind   Kind
	ref    string // a file id or a URL; "" = the upload
	upload Upload
	thumb  *Upload
	asFile bool // no detection of what the upload is
	given  File // what the caller says about an upload: its length, size, title …
}

// fileIn finds the file of an argument, or of a field of InputMedia whose
// value is ref: an upload, attach://, a file id or a URL. False = none.
func (c *call) fileIn(k Kind, field, ref string) (fileSource, bool) {
	s := fileSource{kind: k}
	if name, ok := strings.CutPrefix(ref, "attach://"); ok {
		field = name
	} else if ref != "" {
		s.ref = ref
		return s, true
	}
	var ok bool
	s.upload, ok = c.args.file(field)
	return s, ok
}

// thumbIn is an uploaded thumbnail; ids and URLs of thumbnails are ignored
// (Bot API server source).
func (c *call) thumbIn(ref string) *Upload {
	fields := []string{"thumbnail", "thumb"}
	if name, ok := strings.CutPrefix(ref, "attach://"); ok {
		fields = append([]string{name}, fields...)
	}
	for _, name := range fields {
		if up, ok := c.args.file(name); ok {
			return &up
		}
	}
	return nil
}

// resolve finds or stores the file that a call names.
func (c *call) resolve(s fileSource) (*File, *problem) {
	switch {
	case s.ref == "":
		return c.store(s)
	case strings.Contains(s.ref, "."):
		return c.w.fetch(s.kind, s.ref)
	}
	r, bad := c.w.fileByID(c.bot.me.id, s.ref)
	if bad != nil {
		return nil, bad
	}
	have, want := r.typeName(), fileTypes[s.kind]
	if have != want && (have == "Photo" || have == "Thumbnail" || want == "Photo") {
		return nil, fail(fileTypeMismatch, have, want)
	}
	return r.file, nil
}

// fileTypes are TDLib's names of kinds of files. All but photos and
// thumbnails are documents to it, and one may stand for another: what comes
// of it is the file's own kind.
var fileTypes = map[Kind]string{
	KindPhoto: "Photo", KindVideo: "Video", KindAnimation: "Animation", KindAudio: "Audio", KindVoice: "VoiceNote",
	KindVideoNote: "VideoNote", KindDocument: "Document", KindSticker: "Sticker",
}

func (r fileRef) typeName() string {
	if r.letter != 0 && r.file.Kind != KindPhoto {
		return "Thumbnail"
	}
	return fileTypes[r.file.Kind]
}

// fileByID finds the file of an id: garbled ones TDLib refuses, those of
// another bot Telegram's servers.
func (w *World) fileByID(botID int64, id string) (fileRef, *problem) {
	if strings.Trim(id, base64Letters) != "" {
		return fileRef{}, fail(fileIDCharacter)
	}
	r, owner, ok := w.readFileID(id)
	switch {
	case !ok:
		return fileRef{}, fail(fileIDGarbled)
	case owner != botID:
		return fileRef{}, fail(fileIDWrong)
	default:
		return r, nil
	}
}

const base64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// Limits of uploads, in bytes (Bot API docs).
const (
	maxUpload = 50 << 20
	maxPhoto  = 10 << 20
	maxThumb  = 200 << 10
)

// store keeps an uploaded file.
func (c *call) store(s fileSource) (*File, *problem) {
	size := len(s.upload.Data)
	switch {
	case size == 0:
		return nil, fail(fileEmpty)
	case size > maxUpload:
		return nil, fail(uploadTooBig)
	case s.kind == KindPhoto && size > maxPhoto:
		return nil, fail(fileTooBigFor, size, "photo", maxPhoto)
	case s.thumb != nil && len(s.thumb.Data) > maxThumb:
		return nil, fail(fileTooBigFor, len(s.thumb.Data), "thumbnail", maxThumb)
	}
	f := s.given
	f.Kind, f.Data = s.kind, s.upload.Data
	if !s.asFile {
		f.Kind = detect(s.kind, f.Data)
	}
	if f.Kind == KindPhoto {
		f.refused = f.measure()
	}
	switch f.Kind {
	case KindPhoto, KindVoice, KindSticker, KindVideoNote:
	default:
		f.Name = cleanName(s.upload.Name)
		f.MIME = typeByName(f.Name)
	}
	stored := c.w.NewFile(f)
	if s.thumb != nil {
		stored.showThumb(s.thumb.Data)
	}
	return stored, nil
}
