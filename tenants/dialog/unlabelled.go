package dialog

import (
	"slices"
	"strings"

	"topicdesk/tenants"
)

// neutral is the name of a file of which the own name must not be seen.
const neutral = "file"

// harmless are the endings that a file may keep: they say of what sort it is,
// and an ending that nobody has heard of might be a name.
var harmless = strings.Fields(`
	pdf doc docx odt rtf txt md xls xlsx ods csv ppt pptx odp epub fb2
	jpg jpeg png gif webp heic bmp tif tiff svg psd
	mp3 m4a aac ogg oga opus wav flac wma
	mp4 m4v mov avi mkv webm mpg mpeg wmv
	zip rar 7z gz tar json xml html`)

// endings are those of files whose own ending is not kept.
var endings = map[string]string{
	"application/pdf": "pdf", "application/zip": "zip", "text/plain": "txt",
	"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
	"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg": "ogg",
	"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm",
}

// unlabelled is a file that goes as a new one, with nothing written on it.
func unlabelled(f *tenants.File) *tenants.File {
	next := *f
	next.Anew, next.Name, next.Title, next.Artist = true, neutral, "", ""
	ending := strings.ToLower(f.Name[strings.LastIndexByte(f.Name, '.')+1:])
	if !slices.Contains(harmless, ending) {
		ending = endings[f.MIME]
	}
	if ending != "" {
		next.Name += "." + ending
	}
	return &next
}
