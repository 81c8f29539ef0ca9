package telegram

// Photos of people and chats come in three squares, which getChat and
// new_chat_photo name a, b and c (Bot API server source).
var chatPhotoSizes = []struct {
	letter byte
	side   int
}{{'a', 160}, {'b', 320}, {'c', 640}}

// newChatPhoto stores a photo for a person or chat.
func (w *World) newChatPhoto(f File) *File {
	f.Kind, f.Width, f.Height = KindPhoto, 640, 640
	stored := w.NewFile(f)
	stored.sizes = nil
	for _, s := range chatPhotoSizes {
		bytes := stored.Size * int64(s.side*s.side) / (640 * 640)
		stored.sizes = append(stored.sizes, photoSize{s.letter, s.side, s.side, max(1, bytes)})
	}
	return stored
}

// face is what few accounts show of themselves.
type face struct {
	bio    string
	photos []*File // newest first
}

// faceOf is what an account shows, to be read only.
func (w *World) faceOf(a *account) face {
	if f := w.faces[a.id]; f != nil {
		return *f
	}
	return face{}
}

// photo is the profile photo that others see, nil if there is none.
func (f face) photo() *File {
	if len(f.photos) == 0 {
		return nil
	}
	return f.photos[0]
}

func (w *World) ownFace(who int64) *face {
	a := w.person(who)
	if w.faces[a.id] == nil {
		w.faces[a.id] = &face{}
	}
	return w.faces[a.id]
}

// AddProfilePhoto gives a person or bot a new profile photo; older ones stay
// behind it. Of f only Name and Data count.
func (w *World) AddProfilePhoto(who int64, f File) {
	own := w.ownFace(who)
	own.photos = append([]*File{w.newChatPhoto(File{Name: f.Name, Data: f.Data})}, own.photos...)
}

// SetLanguage sets the language of a person's app, which bots are told with
// whatever the person does; "" = it tells none.
func (w *World) SetLanguage(who int64, code string) { w.person(who).language = code }

// SetBio sets the text about a person that getChat shows.
func (w *World) SetBio(who int64, bio string) { w.ownFace(who).bio = bio }
