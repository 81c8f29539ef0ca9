package telegram

// mediaObjects are the fields of Message and ExternalReplyInfo that carry
// files; at most one kind is set (an animation sets document too).
type mediaObjects struct {
	Animation *animationObject `json:"animation,omitempty"`
	Audio     *audioObject     `json:"audio,omitempty"`
	Document  *documentObject  `json:"document,omitempty"`
	PaidMedia *paidObject      `json:"paid_media,omitempty"`
	LivePhoto *livePhotoObject `json:"live_photo,omitempty"`
	Photo     []photoObject    `json:"photo,omitempty"`
	Sticker   *stickerObject   `json:"sticker,omitempty"`
	Video     *videoObject     `json:"video,omitempty"`
	VideoNote *videoNoteObject `json:"video_note,omitempty"`
	Voice     *voiceObject     `json:"voice,omitempty"`
}

type fileObject struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileSize     int64  `json:"file_size,omitempty"`
	FilePath     string `json:"file_path,omitempty"`
}

type photoObject struct {
	fileObject
	Width  int `json:"width"`
	Height int `json:"height"`
}

// thumbs is the thumbnail under its present and its former name.
type thumbs struct {
	Thumbnail *photoObject `json:"thumbnail,omitempty"`
	Thumb     *photoObject `json:"thumb,omitempty"`
}

type animationObject struct {
	FileName string `json:"file_name,omitempty"`
	MimeType string `json:"mime_type,omitempty"`
	Duration int    `json:"duration"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	thumbs
	fileObject
}

type audioObject struct {
	Duration  int    `json:"duration"`
	FileName  string `json:"file_name,omitempty"`
	MimeType  string `json:"mime_type,omitempty"`
	Title     string `json:"title,omitempty"`
	Performer string `json:"performer,omitempty"`
	thumbs
	fileObject
}

type documentObject struct {
	FileName string `json:"file_name,omitempty"`
	MimeType string `json:"mime_type,omitempty"`
	thumbs
	fileObject
}

type stickerObject struct {
	Width         int    `json:"width"`
	Height        int    `json:"height"`
	Emoji         string `json:"emoji,omitempty"`
	SetName       string `json:"set_name,omitempty"`
	IsAnimated    bool   `json:"is_animated"`
	IsVideo       bool   `json:"is_video"`
	Type          string `json:"type"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
	thumbs
	fileObject
}

type videoObject struct {
	Duration int    `json:"duration"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	FileName string `json:"file_name,omitempty"`
	MimeType string `json:"mime_type,omitempty"`

	Cover          []photoObject `json:"cover,omitempty"`
	StartTimestamp int           `json:"start_timestamp,omitempty"`

	Qualities []qualityObject `json:"qualities,omitempty"`
	thumbs
	fileObject
}

// qualityObject is a smaller copy of a video.
type qualityObject struct {
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Codec  string `json:"codec"`
	fileObject
}

func (f *File) qualities(botID int64) []qualityObject {
	var out []qualityObject
	for _, q := range f.Qualities {
		out = append(out, qualityObject{q.Width, q.Height, q.Codec, fileRef{file: q}.show(botID)})
	}
	return out
}

// livePhotoObject is a photo with the video around its moment.
type livePhotoObject struct {
	Photo    []photoObject `json:"photo,omitempty"`
	Duration int           `json:"duration"`
	Width    int           `json:"width"`
	Height   int           `json:"height"`
	MimeType string        `json:"mime_type,omitempty"`
	fileObject
}

type videoNoteObject struct {
	Duration int `json:"duration"`
	Length   int `json:"length"`
	thumbs
	fileObject
}

type voiceObject struct {
	Duration int    `json:"duration"`
	MimeType string `json:"mime_type,omitempty"`
	fileObject
}

// show is a file as one bot sees it.
func (r fileRef) show(botID int64) fileObject {
	return fileObject{FileID: r.id(botID), FileUniqueID: r.uniqueID(), FileSize: r.size()}
}

func (f *File) photo(botID int64) []photoObject {
	out := make([]photoObject, len(f.sizes))
	for i, s := range f.sizes {
		out[i] = photoObject{fileRef{f, s.letter}.show(botID), s.width, s.height}
	}
	return out
}

func (f *File) thumbs(botID int64) thumbs {
	if len(f.sizes) == 0 {
		return thumbs{}
	}
	t := &f.photo(botID)[0]
	return thumbs{t, t}
}

// media shows the files of a message.
func (c Content) media(botID int64) mediaObjects {
	o := c.File.media(botID)
	if o.Video != nil {
		o.Video.StartTimestamp, o.Video.Qualities = c.StartAt, c.File.qualities(botID)
		if c.Cover != nil {
			o.Video.Cover = c.Cover.photo(botID)
		}
	}
	if v := c.Live; v != nil {
		o.LivePhoto = &livePhotoObject{o.Photo, v.Duration, v.Width, v.Height, v.MIME, fileRef{file: v}.show(botID)}
	}
	if c.Paid != nil {
		o.PaidMedia = c.Paid.show(botID)
	}
	return o
}

// media shows a file in the field of its kind.
func (f *File) media(botID int64) mediaObjects {
	if f == nil {
		return mediaObjects{}
	}
	self := fileRef{file: f}.show(botID)
	switch f.Kind {
	case KindPhoto:
		return mediaObjects{Photo: f.photo(botID)}
	case KindVideo:
		return mediaObjects{Video: &videoObject{f.Duration, f.Width, f.Height, f.Name, f.MIME, nil, 0, nil, f.thumbs(botID), self}}
	case KindAnimation:
		return mediaObjects{
			Animation: &animationObject{f.Name, f.MIME, f.Duration, f.Width, f.Height, f.thumbs(botID), self},
			Document:  &documentObject{f.Name, f.MIME, f.thumbs(botID), self},
		}
	case KindAudio:
		return mediaObjects{Audio: &audioObject{f.Duration, f.Name, f.MIME, f.Title, f.Performer, f.thumbs(botID), self}}
	case KindVoice:
		return mediaObjects{Voice: &voiceObject{f.Duration, f.MIME, self}}
	case KindVideoNote:
		return mediaObjects{VideoNote: &videoNoteObject{f.Duration, f.Width, f.thumbs(botID), self}}
	case KindDocument:
		return mediaObjects{Document: &documentObject{f.Name, f.MIME, f.thumbs(botID), self}}
	case KindSticker:
		return mediaObjects{Sticker: &stickerObject{
			Width: f.Width, Height: f.Height, Emoji: f.Emoji, SetName: f.SetName, Type: "regular",
			IsAnimated: f.MIME == animatedSticker, IsVideo: f.MIME == videoSticker,
			thumbs: f.thumbs(botID), fileObject: self,
		}}
	default:
		panic("telegram: no file of kind " + string(f.Kind))
	}
}
