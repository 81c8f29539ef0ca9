//go:build mtproto

package mtproto

import (
	"encoding/base64"
	"encoding/binary"

	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// A file's id is what Telegram wants to have back, in a form of our own that
// only this kind of login reads: what it is (one byte), id, access hash and
// file reference, which may grow old (core.telegram.org/api/file_reference).
const (
	photoMark    = 'p'
	documentMark = 'd'
	markedLength = 1 + 8 + 8
)

func fileID(mark byte, id, hash int64, reference []byte) string {
	raw := binary.BigEndian.AppendUint64([]byte{mark}, uint64(id))
	raw = binary.BigEndian.AppendUint64(raw, uint64(hash))
	return base64.RawURLEncoding.EncodeToString(append(raw, reference...))
}

func uniqueID(mark byte, id int64) string {
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64([]byte{mark}, uint64(id)))
}

// inputMedia names the file of content for a request, nil if there is none, or
// the id is not one of these.
func inputMedia(c tenants.Content) tg.InputMediaClass {
	if c.Kind == tenants.KindLivePhoto {
		return livePhoto(c)
	}
	if c.File == nil {
		return nil
	}
	raw := decodeID(c.File.ID)
	if raw == nil {
		return nil
	}
	id, hash := int64(binary.BigEndian.Uint64(raw[1:])), int64(binary.BigEndian.Uint64(raw[9:]))
	switch reference := raw[markedLength:]; raw[0] {
	case photoMark:
		return &tg.InputMediaPhoto{Spoiler: c.Spoiler, ID: &tg.InputPhoto{ID: id, AccessHash: hash, FileReference: reference}}
	case documentMark:
		return &tg.InputMediaDocument{Spoiler: c.Spoiler, ID: &tg.InputDocument{ID: id, AccessHash: hash, FileReference: reference}}
	default:
		return nil
	}
}

// livePhoto is a still with its video.
func livePhoto(c tenants.Content) tg.InputMediaClass {
	still, is := inputMedia(tenants.Content{Kind: tenants.KindPhoto, File: c.File, Spoiler: c.Spoiler}).(*tg.InputMediaPhoto)
	motion, both := inputMedia(tenants.Content{Kind: tenants.KindVideo, File: c.Motion}).(*tg.InputMediaDocument)
	if !is || !both {
		return nil
	}
	still.LivePhoto = true
	still.SetVideo(motion.ID)
	return still
}

// decodeID is what a file's id holds, nil if it is none of this package's.
func decodeID(id string) []byte {
	raw, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil || len(raw) < markedLength {
		return nil
	}
	return raw
}

func photoFile(p *tg.Photo) *tenants.File {
	out := &tenants.File{ID: fileID(photoMark, p.ID, p.AccessHash, p.FileReference), UniqueID: uniqueID(photoMark, p.ID)}
	for _, one := range p.Sizes {
		switch size := one.(type) {
		case *tg.PhotoSize:
			out.Size = max(out.Size, int64(size.Size))
		case *tg.PhotoSizeProgressive:
			for _, bytes := range size.Sizes {
				out.Size = max(out.Size, int64(bytes))
			}
		}
	}
	return out
}

// documentFile tells the kind of a document by its attributes, as TDLib does: an
// animation is a video too, and a sticker may be one.
func documentFile(d *tg.Document) (tenants.Kind, *tenants.File) {
	out := &tenants.File{
		ID: fileID(documentMark, d.ID, d.AccessHash, d.FileReference), UniqueID: uniqueID(documentMark, d.ID),
		MIME: d.MimeType, Size: d.Size,
	}
	kind, animated := tenants.KindDocument, false
	for _, one := range d.Attributes {
		switch a := one.(type) {
		case *tg.DocumentAttributeFilename:
			out.Name = a.FileName
		case *tg.DocumentAttributeAnimated:
			animated = true
		case *tg.DocumentAttributeSticker:
			kind = tenants.KindSticker
		case *tg.DocumentAttributeVideo:
			out.Duration, out.Width, out.Height = int(a.Duration), a.W, a.H
			switch {
			case kind == tenants.KindSticker:
			case a.RoundMessage:
				kind = tenants.KindVideoNote
			default:
				kind = tenants.KindVideo
			}
		case *tg.DocumentAttributeAudio:
			out.Duration, out.Title, out.Artist = a.Duration, a.Title, a.Performer
			kind = tenants.KindAudio
			if a.Voice {
				kind = tenants.KindVoice
			}
		}
	}
	if animated && kind != tenants.KindSticker {
		kind = tenants.KindAnimation
	}
	return kind, out
}
