//go:build mtproto

package mtproto

import (
	"time"

	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

const (
	// partSize is how much of a file one request carries: the most that may be
	// sent at once (core.telegram.org/api/files).
	partSize = 512 << 10
	// smallFile is the size from which the requests for big files are to be used
	// (core.telegram.org/api/files).
	smallFile = 10 << 20
	// streamTimeout bounds a call that carries files.
	streamTimeout = 5 * time.Minute
)

// file names a file for a request; one that goes anew becomes a new file first.
func (t *try) file(chat tenants.ChatID, c tenants.Content) (tg.InputMediaClass, error) {
	known := inputMedia(c)
	switch {
	case known == nil:
		return nil, errUnsendable
	case c.File.Anew:
		return t.renew(chat, c, known)
	default:
		return known, nil
	}
}

// renew makes a new file of one that Telegram has: it is read and written in
// pieces, so that it is never whole in memory, and what was written on it stays
// behind. Nothing is seen of it until it is sent.
func (t *try) renew(chat tenants.ChatID, c tenants.Content, known tg.InputMediaClass) (tg.InputMediaClass, error) {
	file, err := t.carry(c, location(known))
	if err != nil {
		return nil, err
	}
	t.method = "messages.uploadMedia"
	got, err := t.api.MessagesUploadMedia(t.ctx, &tg.MessagesUploadMediaRequest{Peer: t.peers.input(chat), Media: uploaded(c, file)})
	if err != nil {
		return nil, err
	}
	fresh := carried(got)
	fresh.Spoiler = c.Spoiler
	if media := inputMedia(fresh); media != nil {
		return media, nil
	}
	return nil, errUnsendable
}

// location is where a file is read.
func location(media tg.InputMediaClass) tg.InputFileLocationClass {
	switch m := media.(type) {
	case *tg.InputMediaPhoto:
		if photo, is := m.ID.(*tg.InputPhoto); is {
			return &tg.InputPhotoFileLocation{
				ID: photo.ID, AccessHash: photo.AccessHash, FileReference: photo.FileReference, ThumbSize: biggestSize,
			}
		}
	case *tg.InputMediaDocument:
		if document, is := m.ID.(*tg.InputDocument); is {
			return &tg.InputDocumentFileLocation{ID: document.ID, AccessHash: document.AccessHash, FileReference: document.FileReference}
		}
	}
	panic("mtproto: a file that is neither photo nor document")
}

// biggestSize is the letter of a photo's largest size (core.telegram.org/api/files).
const biggestSize = "y"

// carry brings a file over to a new one. The next piece is read before one is
// written, since the last has to say how many there are.
func (t *try) carry(c tenants.Content, from tg.InputFileLocationClass) (tg.InputFileClass, error) {
	id := int64(mixed(t.key, int(nameOf([]byte(c.File.UniqueID))>>32)))
	big := c.File.Size == 0 || c.File.Size > smallFile
	piece, err := t.piece(from, 0)
	if err != nil {
		return nil, err
	}
	for part := 0; ; part++ {
		var next []byte
		if len(piece) == partSize {
			if next, err = t.piece(from, int64(part+1)*partSize); err != nil {
				return nil, err
			}
		}
		if err := t.savePart(big, id, part, piece, len(next) == 0); err != nil {
			return nil, err
		}
		if len(next) > 0 {
			piece = next
			continue
		}
		if big {
			return &tg.InputFileBig{ID: id, Parts: part + 1, Name: c.File.Name}, nil
		}
		return &tg.InputFile{ID: id, Parts: part + 1, Name: c.File.Name}, nil
	}
}

// piece reads a part of a file, empty beyond its end.
func (t *try) piece(from tg.InputFileLocationClass, offset int64) ([]byte, error) {
	t.method = "upload.getFile"
	got, err := t.api.UploadGetFile(t.ctx, &tg.UploadGetFileRequest{Location: from, Offset: offset, Limit: partSize})
	if err != nil {
		return nil, err
	}
	file, is := got.(*tg.UploadFile)
	if !is { // only for who asks for it
		return nil, errUnsendable
	}
	return file.Bytes, nil
}

func (t *try) savePart(big bool, id int64, part int, piece []byte, last bool) (err error) {
	if !big {
		t.method = "upload.saveFilePart"
		_, err = t.api.UploadSaveFilePart(t.ctx, &tg.UploadSaveFilePartRequest{FileID: id, FilePart: part, Bytes: piece})
		return err
	}
	t.method = "upload.saveBigFilePart"
	total := -1 // not known yet
	if last {
		total = part + 1
	}
	_, err = t.api.UploadSaveBigFilePart(t.ctx, &tg.UploadSaveBigFilePartRequest{
		FileID: id, FilePart: part, FileTotalParts: total, Bytes: piece,
	})
	return err
}

// uploaded is a new file with what it has to say of itself: Telegram does not
// look into it.
func uploaded(c tenants.Content, file tg.InputFileClass) tg.InputMediaClass {
	f := c.File
	if c.Kind == tenants.KindPhoto {
		return &tg.InputMediaUploadedPhoto{File: file}
	}
	video := &tg.DocumentAttributeVideo{Duration: float64(f.Duration), W: f.Width, H: f.Height}
	audio := &tg.DocumentAttributeAudio{Duration: f.Duration, Title: f.Title, Performer: f.Artist}
	attributes := []tg.DocumentAttributeClass{&tg.DocumentAttributeFilename{FileName: f.Name}}
	switch c.Kind {
	case tenants.KindVideo:
		video.SupportsStreaming = true
		attributes = append(attributes, video)
	case tenants.KindAnimation:
		attributes = append(attributes, video, &tg.DocumentAttributeAnimated{})
	case tenants.KindVideoNote:
		video.RoundMessage = true
		attributes = append(attributes, video)
	case tenants.KindAudio:
		attributes = append(attributes, audio)
	case tenants.KindVoice:
		audio.Voice = true
		attributes = append(attributes, audio)
	case tenants.KindSticker:
		attributes = append(attributes, &tg.DocumentAttributeSticker{Stickerset: &tg.InputStickerSetEmpty{}})
	}
	return &tg.InputMediaUploadedDocument{
		File: file, MimeType: f.MIME, Attributes: attributes, ForceFile: c.Kind == tenants.KindDocument,
	}
}
