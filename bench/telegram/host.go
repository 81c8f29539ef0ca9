package telegram

import (
	"fmt"
)

// Sending by URL. This Telegram reaches no network: what can be fetched is
// what Host has put there.

// Limits of files fetched from URLs, in bytes (Bot API docs).
const (
	maxFetch      = 20 << 20
	maxFetchPhoto = 5 << 20
	maxFetchVoice = 1 << 20 // larger ones become documents
)

// Host puts a file onto the simulated internet, so that bots can send it by
// that address. Its MIME type is what the site declares.
func (w *World) Host(address string, f File) error {
	full, fault := checkedLink(address, false)
	if fault != "" {
		return fmt.Errorf("host %q: %w", address, ErrNotAllowed)
	}
	if w.hosted == nil {
		w.hosted = map[string]*File{}
	}
	w.hosted[full] = w.NewFile(f)
	return nil
}

// fetch is what Telegram's servers make of a URL.
func (w *World) fetch(want Kind, address string) (*File, *problem) {
	if _, fault := parseAddress(address); fault != "" {
		return nil, fail(fileURLInvalid, fault)
	}
	full, fault := checkedLink(address, false)
	f := w.hosted[full]
	switch {
	case fault != "":
		return nil, fail(urlWrong)
	case f == nil, f.Size > maxFetch, f.Kind == KindPhoto && f.Size > maxFetchPhoto:
		return nil, fail(urlFailed)
	case !f.fetchedAs(want):
		return nil, fail(urlWrongType)
	default:
		return f, nil
	}
}

// fetchedAs says whether a hosted file can be sent by the method for kind
// want: the site's MIME type has to be right, and documents are only GIF,
// PDF and ZIP (Bot API docs).
func (f *File) fetchedAs(want Kind) bool {
	switch want {
	case KindPhoto, KindVideo, KindAnimation, KindSticker:
		return f.Kind == want
	case KindAudio:
		return f.Kind == KindAudio || f.Kind == KindVoice
	case KindVoice:
		return f.Kind == KindVoice && f.Size <= maxFetchVoice
	case KindDocument:
		return f.Kind == KindAnimation || f.MIME == "image/gif" || f.MIME == "application/pdf" || f.MIME == "application/zip"
	case KindVideoNote:
		return false
	default:
		panic("telegram: no file of kind " + string(want))
	}
}
