//go:build mtproto

package mtproto_test

import (
	"bytes"
	"fmt"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"topicdesk/tenants"
)

// maxPart is the most that one request may carry (core.telegram.org/api/files).
const maxPart = 512 << 10

// bytesOf is what is in a file: its number over and over, more than fits into
// one part, if its name says so.
func bytesOf(id int64, file tenants.File) []byte {
	times := 10
	if file.Name == "two parts" {
		times = maxPart / 4
	}
	return bytes.Repeat(fmt.Appendf(nil, "%08d", id), times)
}

func (c *centre) getFile(in *tg.UploadGetFileRequest) (bin.Encoder, error) {
	var id, hash int64
	switch at := in.Location.(type) {
	case *tg.InputDocumentFileLocation:
		id, hash = at.ID, at.AccessHash
	case *tg.InputPhotoFileLocation:
		id, hash = at.ID, at.AccessHash
	}
	file, known := c.files[id]
	if !known || hash != hashOf(id) || in.Limit > maxPart {
		return nil, tgerr.New(400, "LOCATION_INVALID")
	}
	all := bytesOf(id, file.file)
	from := min(int(in.Offset), len(all))
	return &tg.UploadFile{Type: &tg.StorageFilePartial{}, Bytes: all[from:min(from+in.Limit, len(all))]}, nil
}

func (c *centre) saveFilePart(in *tg.UploadSaveFilePartRequest) (bin.Encoder, error) {
	return c.savePart(in.FileID, in.FilePart, in.Bytes)
}

func (c *centre) saveBigFilePart(in *tg.UploadSaveBigFilePartRequest) (bin.Encoder, error) {
	return c.savePart(in.FileID, in.FilePart, in.Bytes)
}

func (c *centre) savePart(id int64, part int, piece []byte) (bin.Encoder, error) {
	if len(piece) == 0 || len(piece) > maxPart {
		return nil, tgerr.New(400, "FILE_PART_SIZE_INVALID")
	}
	if part == 0 {
		c.parts[id] = nil
	}
	if len(c.parts[id]) != part*maxPart {
		return nil, tgerr.New(400, fmt.Sprintf("FILE_PART_%d_MISSING", part-1))
	}
	c.parts[id] = append(c.parts[id], piece...)
	return &tg.BoolTrue{}, nil
}

// uploadMedia makes a file of what was saved. It is one that exists, by its
// content, but nothing that was written on it is on the new one.
func (c *centre) uploadMedia(in *tg.MessagesUploadMediaRequest) (bin.Encoder, error) {
	next := stored{kind: tenants.KindPhoto}
	var from tg.InputFileClass
	switch m := in.Media.(type) {
	case *tg.InputMediaUploadedPhoto:
		from = m.File
	case *tg.InputMediaUploadedDocument:
		from, next.kind = m.File, tenants.KindDocument
		for _, one := range m.Attributes {
			switch a := one.(type) {
			case *tg.DocumentAttributeFilename:
				next.file.Name = a.FileName
			case *tg.DocumentAttributeAudio:
				next.kind, next.file.Title, next.file.Artist = tenants.KindAudio, a.Title, a.Performer
			}
		}
	}
	saved := c.parts[idOf(from)]
	for id, old := range c.files {
		if bytes.Equal(saved, bytesOf(id, old.file)) {
			next.file.ID, next.file.UniqueID = old.file.ID, fmt.Sprint("new", len(c.files)+1_000_000)
			next.file.Anew = true
			return c.fileObject(next.kind, next.file), nil
		}
	}
	return nil, tgerr.New(400, "FILE_PARTS_INVALID")
}

func idOf(file tg.InputFileClass) int64 {
	switch f := file.(type) {
	case *tg.InputFile:
		return f.ID
	case *tg.InputFileBig:
		return f.ID
	default:
		return 0
	}
}
