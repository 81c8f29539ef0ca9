package telegram

// fileKind is what the files of one kind have in common.
type fileKind struct {
	code           byte   // in their ids
	prefix         string // of their ids
	dir, extension string // of their paths

	// What a file has unless it was made with others.
	width, height, duration int
	mime                    string
}

var fileKinds = map[Kind]fileKind{
	KindPhoto:     {1, "AgACAgIAAxkD", "photos", ".jpg", 1280, 960, 0, ""},
	KindVideo:     {2, "BAACAgIAAxkD", "videos", ".mp4", 640, 480, 5, "video/mp4"},
	KindAnimation: {3, "CgACAgIAAxkD", "animations", ".mp4", 320, 240, 2, "video/mp4"},
	KindAudio:     {4, "CQACAgIAAxkD", "music", ".mp3", 0, 0, 180, "audio/mpeg"},
	KindVoice:     {5, "AwACAgIAAxkD", "voice", ".oga", 0, 0, 3, "audio/ogg"},
	KindVideoNote: {6, "DQACAgIAAxkD", "video_notes", ".mp4", 384, 384, 4, ""},
	KindDocument:  {7, "BQACAgIAAxkD", "documents", ".bin", 0, 0, 0, "application/octet-stream"},
	KindSticker:   {8, "CAACAgIAAxkD", "stickers", ".webp", 512, 512, 0, ""},
}

// fileKindOf panics if the kind has no files.
func fileKindOf(k Kind) fileKind {
	kind, ok := fileKinds[k]
	if !ok {
		panic("telegram: no file of kind " + string(k))
	}
	return kind
}
