package telegram

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strconv"
)

// File is a stored file. Width, Height (pixels) and Duration (seconds)
// matter for the kinds that have them. Data may be nil: then the content is
// made up, Size bytes long, the same at every download.
type File struct {
	Kind      Kind
	Name      string
	MIME      string
	Size      int64 // bytes; 0 = len(Data), or a size typical of the kind
	Width     int
	Height    int
	Duration  int
	Title     string // audio
	Performer string // audio
	Cover     bool   // audio: it has the picture of its album
	Emoji     string // stickers
	SetName   string // stickers
	// Qualities are smaller copies that Telegram made of a video, each with
	// its Codec ("h264", "h265", "av01").
	Qualities []*File
	Codec     string // of a video among Qualities
	Data      []byte
	// Invalid: Telegram no longer takes it by its id, though it copies messages
	// with it (MTProto method errors: MEDIA_INVALID).
	Invalid bool

	num     int64
	refused *problem    // uploads that Telegram can't process; nil = it can
	sizes   []photoSize // photos: ascending; others: at most one thumbnail
}

// photoSize is one rendition of a photo, or a thumbnail.
type photoSize struct {
	letter        byte // s, m, x, y, w
	width, height int
	bytes         int64
}

// NewFile stores a file, filling in what a phone would: sizes, MIME type,
// dimensions. Sending a File that wasn't stored does this by itself.
func (w *World) NewFile(f File) *File {
	w.nextFile++
	f.num = w.nextFile
	f.fill()
	f.Qualities = slices.Clone(f.Qualities)
	for i, q := range f.Qualities {
		f.Qualities[i] = w.stored(q)
	}
	stored := &f
	w.files[f.num] = stored
	return stored
}

// fill completes what was left out.
func (f *File) fill() {
	usual := fileKindOf(f.Kind)
	f.Size = cmp.Or(f.Size, int64(len(f.Data)), 10_000+f.num%977)
	f.Width, f.Height = cmp.Or(f.Width, usual.width), cmp.Or(f.Height, usual.height)
	f.Duration, f.MIME = cmp.Or(f.Duration, usual.duration), cmp.Or(f.MIME, usual.mime)
	if sizes := f.renditions(); sizes != nil {
		f.sizes = sizes
	}
}

// renditions are a photo's sizes, or the preview of another file; nil = none.
func (f *File) renditions() []photoSize {
	switch f.Kind {
	case KindPhoto:
		return photoSizes(f.Width, f.Height, f.Size)
	case KindVideo, KindAnimation:
		return thumbnail(f.Width, f.Height)
	case KindVideoNote:
		return thumbnail(320, 320)
	case KindSticker:
		return thumbnail(128, 128)
	case KindAudio:
		if f.Cover {
			return thumbnail(90, 90)
		}
	}
	return nil
}

// photoSizes are the renditions that Telegram makes: 90, 320, 800, 1280 and
// 2560 pixels at most, none larger than the original.
func photoSizes(width, height int, bytes int64) []photoSize {
	steps := []struct {
		letter byte
		max    int
	}{{'s', 90}, {'m', 320}, {'x', 800}, {'y', 1280}, {'w', 2560}}
	var out []photoSize
	longest := max(width, height)
	for _, s := range steps {
		if longest <= s.max {
			return append(out, photoSize{s.letter, width, height, bytes})
		}
		w, h := scale(width, height, s.max)
		area := int64(w) * int64(h)
		out = append(out, photoSize{s.letter, w, h, max(1, min(bytes, bytes*area/(int64(width)*int64(height))))})
	}
	return out
}

func thumbnail(width, height int) []photoSize {
	w, h := scale(width, height, 320)
	return []photoSize{{'m', w, h, int64(w) * int64(h) / 8}}
}

// scale shrinks to at most limit pixels on the longer side.
func scale(width, height, limit int) (w, h int) {
	longest := max(width, height)
	if longest <= limit {
		return width, height
	}
	return max(1, width*limit/longest), max(1, height*limit/longest)
}

// fileRef is a reference to a file, or to one of its renditions, that only
// one bot can use by its id; uniqueID is the same for all bots and can't be used to
// send (Bot API docs).
type fileRef struct {
	file   *File
	letter byte // 0 = the file itself
}

const fileIDLen = 26

func (r fileRef) id(botID int64) string {
	var raw [fileIDLen]byte
	raw[0] = fileKindOf(r.file.Kind).code
	raw[1] = r.letter
	binary.BigEndian.PutUint64(raw[2:], uint64(r.file.num)*0x9e3779b97f4a7c15)
	binary.BigEndian.PutUint64(raw[10:], uint64(botID))
	sum := fnv.New64a()
	sum.Write(raw[:18])
	binary.BigEndian.PutUint64(raw[18:], sum.Sum64())
	return r.prefix() + base64.RawURLEncoding.EncodeToString(raw[:])
}

func (r fileRef) uniqueID() string {
	var raw [10]byte
	raw[0] = fileKindOf(r.file.Kind).code
	raw[1] = r.letter
	binary.BigEndian.PutUint64(raw[2:], uint64(r.file.num)*0xc2b2ae3d27d4eb4f)
	if r.letter != 0 {
		return "AQAD" + base64.RawURLEncoding.EncodeToString(raw[:])
	}
	return "AgAD" + base64.RawURLEncoding.EncodeToString(raw[:])
}

// prefix gives ids the beginnings that people recognise.
func (r fileRef) prefix() string {
	if r.letter != 0 && r.file.Kind != KindPhoto {
		return "AAMCAgAD"
	}
	return fileKindOf(r.file.Kind).prefix
}

// readFileID finds what a file id means, and to which bot it was given.
func (w *World) readFileID(id string) (r fileRef, owner int64, ok bool) {
	const tail = (fileIDLen*8 + 5) / 6
	if len(id) <= tail {
		return fileRef{}, 0, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(id[len(id)-tail:])
	if err != nil || len(raw) != fileIDLen {
		return fileRef{}, 0, false
	}
	owner = int64(binary.BigEndian.Uint64(raw[10:]))
	num := int64(binary.BigEndian.Uint64(raw[2:]) * inverse(0x9e3779b97f4a7c15))
	f := w.files[num]
	if f == nil {
		return fileRef{}, 0, false
	}
	r = fileRef{f, raw[1]}
	return r, owner, r.id(owner) == id
}

// inverse is the multiplicative inverse of an odd number modulo 2^64.
func inverse(a uint64) uint64 {
	x := a
	for range 6 {
		x *= 2 - a*x
	}
	return x
}

// size is the number of bytes of the file or rendition.
func (r fileRef) size() int64 {
	for _, s := range r.file.sizes {
		if s.letter == r.letter {
			return s.bytes
		}
	}
	return r.file.Size
}

// bytes is the content.
func (r fileRef) bytes() []byte {
	if r.file.Data != nil && (r.letter == 0 || r.size() == r.file.Size) {
		return r.file.Data
	}
	out := make([]byte, r.size())
	x := uint64(r.file.num)*2654435761 + uint64(r.letter)
	for i := range out {
		x = x*6364136223846793005 + 1442695040888963407
		out[i] = byte(x >> 56)
	}
	return out
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
