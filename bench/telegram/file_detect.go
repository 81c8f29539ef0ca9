package telegram

import (
	"bytes"
	"image"
	_ "image/gif"  // dimensions
	_ "image/jpeg" // dimensions
	_ "image/png"  // dimensions
	"path"
	"strings"
)

// detect is the kind that Telegram makes of an uploaded file by looking into
// it: GIFs and mute videos are animations, music is audio, whatever the
// method (Bot API docs: sendDocument, disable_content_type_detection).
// Contents that say nothing stay what the method is for.
func detect(want Kind, data []byte) Kind {
	switch want {
	case KindDocument, KindVideo, KindAnimation:
	default:
		return want
	}
	switch {
	case bytes.HasPrefix(data, []byte("GIF8")):
		return KindAnimation
	case len(data) > 8 && string(data[4:8]) == "ftyp" && bytes.Contains(data, []byte("soun")):
		return KindVideo
	case len(data) > 8 && string(data[4:8]) == "ftyp":
		return KindAnimation
	case bytes.HasPrefix(data, []byte("ID3")):
		return KindAudio
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP" && want == KindDocument:
		return KindSticker
	default:
		return want
	}
}

// Limits of photos (Bot API docs).
const (
	maxPhotoSides = 10_000 // width and height together
	maxPhotoRatio = 20
)

// measure takes the size of a photo from its content, and returns what
// Telegram's servers say about it when it is sent.
func (f *File) measure() *problem {
	config, _, err := image.DecodeConfig(bytes.NewReader(f.Data))
	if err != nil {
		return fail(imageFailed)
	}
	w, h := config.Width, config.Height
	if w+h > maxPhotoSides || w > h*maxPhotoRatio || h > w*maxPhotoRatio {
		return fail(photoDimensions)
	}
	f.Width, f.Height = scale(w, h, 2560)
	return nil
}

// showThumb gives the file the thumbnail that was uploaded with it; one that
// is no picture counts as none.
func (f *File) showThumb(data []byte) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || f.Kind == KindPhoto {
		return
	}
	w, h := scale(config.Width, config.Height, 320)
	f.sizes = []photoSize{{'m', w, h, int64(len(data))}}
}

// Longest parts of a file name (TDLib source).
const (
	maxStem      = 64
	maxExtension = 16
)

// cleanName cuts a file name as TDLib does.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	return firstRunes(stem, maxStem) + firstRunes(ext, maxExtension+1)
}

func firstRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// typeByName is the MIME type of a file name, "" if its ending says nothing:
// the server goes by the name, not by what the client declares.
func typeByName(name string) string {
	return map[string]string{
		".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp",
		".mp4": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm", ".mp3": "audio/mpeg", ".m4a": "audio/mp4",
		".ogg": "audio/ogg", ".oga": "audio/ogg", ".wav": "audio/x-wav", ".pdf": "application/pdf", ".zip": "application/zip",
		".txt": "text/plain", ".csv": "text/csv", ".html": "text/html", ".json": "application/json",
	}[strings.ToLower(path.Ext(name))]
}
