package telegram

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
)

// path is the file_path under which it can be downloaded.
func (r fileRef) path() string {
	dir, ext := fileKindOf(r.file.Kind).dir, r.file.extension()
	if r.letter != 0 && r.file.Kind != KindPhoto {
		dir, ext = "thumbnails", ".jpg"
	}
	name := "file_" + strconv.FormatInt(r.file.num, 10)
	if r.letter != 0 {
		name += "_" + string(r.letter)
	}
	return fmt.Sprintf("%s/%s%s", dir, name, ext)
}

// extension is what the path ends in: a document's own, if it is plain.
func (f *File) extension() string {
	switch f.Kind {
	case KindSticker:
		return stickerExtension(f.MIME)
	case KindDocument:
		if own := path.Ext(f.Name); plainExtension.MatchString(own) {
			return own
		}
	}
	return fileKindOf(f.Kind).extension
}

// plainExtension is what of a document's name its path on the server keeps
// (paths that public bots met).
var plainExtension = regexp.MustCompile(`^\.[A-Za-z0-9]{1,8}$`)

// MIME types of stickers that move; all others are pictures.
const (
	animatedSticker = "application/x-tgsticker"
	videoSticker    = "video/webm"
)

func stickerExtension(mime string) string {
	switch mime {
	case animatedSticker:
		return ".tgs"
	case videoSticker:
		return ".webm"
	default:
		return ".webp"
	}
}
