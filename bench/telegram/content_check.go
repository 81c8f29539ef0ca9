package telegram

// fault is what TDLib says about content that a bot is about to send to that
// chat, nil if it is whole.
func (c Content) fault(to *chat) *problem {
	if c.late != nil {
		return c.late
	}
	switch c.Kind {
	case KindText:
		if blank(c.Text) {
			return fail(textBlank)
		}
		if characters(c.Text) > maxText {
			return fail(textTooLong)
		}
	case KindLocation:
		return c.Location.fault()
	case KindVenue:
		if !c.Venue.Location.onMap() {
			return fail(badVenue)
		}
	case KindPoll:
		return c.Poll.fault(to)
	case KindVideoNote:
		if c.File.Width > maxNoteLength {
			return fail(badNoteLength)
		}
	}
	return nil
}

// maxNoteLength is the largest side of a video note, in pixels (TDLib source).
const maxNoteLength = 640
