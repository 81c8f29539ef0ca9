package telegram

import (
	"encoding/json"
	"fmt"
)

// inline is the tour through inline mode: every kind of result with every
// field, chosen, edited and pressed.
func (tr *tourist) inline() {
	tr.w.SetInline(tr.bot, true, "Search…", true)
	tr.call("getMe")
	f := tr.stored()
	results := tr.inlineResults(f)
	q, err := tr.w.Inline(tr.cli, tr.bot, tr.bot, "all", "")
	tr.must(err)
	tr.call("answerInlineQuery", "inline_query_id", q, "results", results, "cache_time", 10, "is_personal", true,
		"next_offset", "2", "button", `{"text":"Settings","start_parameter":"from_inline"}`)
	for _, r := range tr.w.InlineAnswer(q).Results {
		_, err := tr.w.ChooseInline(q, r.ID, Post{})
		tr.must(err)
	}
	q, err = tr.w.Inline(tr.cli, tr.bot, tr.bot, "all", "2")
	tr.must(err)
	tr.call("answerInlineQuery", "inline_query_id", q, "results", "[]", "button", `{"text":"App","web_app":{"url":"https://a.bc"}}`)
	for _, chat := range []int64{tr.ann, tr.forum} {
		_, err := tr.w.Inline(tr.cli, tr.bot, chat, "elsewhere", "")
		if chat == tr.ann {
			tr.must(err)
		}
	}
	tr.inlineEdits(f)
}

// stored are file ids of every kind.
func (tr *tourist) stored() map[Kind]string {
	out := map[Kind]string{}
	for _, k := range []Kind{KindPhoto, KindVideo, KindAnimation, KindAudio, KindVoice, KindDocument, KindSticker} {
		f := tr.w.NewFile(File{Kind: k, Name: "n"})
		out[k] = fileRef{file: f}.id(tr.bot)
		tr.must(tr.w.Host("https://a.bc/"+string(k), File{Kind: k, MIME: map[Kind]string{KindDocument: "application/pdf"}[k]}))
	}
	return out
}

func (tr *tourist) inlineResults(f map[Kind]string) json.RawMessage {
	const keys = `"reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"A"},{"text":"b","switch_inline_query":"x"}]]}`
	const thumb = `"thumbnail_url":"https://a.bc/t.jpg","thumbnail_width":9,"thumbnail_height":7`
	const pic = `"thumbnail_url":"https://a.bc/t.jpg"`
	const caption = `"caption":"*c*","parse_mode":"MarkdownV2","caption_entities":[]`
	const above = caption + `,"show_caption_above_media":true`
	const text = `"input_message_content":{"message_text":"said","entities":[{"type":"bold","offset":0,"length":4}],"link_preview_options":{"is_disabled":true}}`
	const html = `"input_message_content":{"message_text":"<b>said</b>","parse_mode":"HTML"}`
	const place = `"latitude":1,"longitude":2`
	const live = place + `,"horizontal_accuracy":1.5,"live_period":900,"heading":9,"proximity_alert_radius":50`
	const venue = place + `,"title":"t","address":"a","foursquare_id":"f","foursquare_type":"food/x","google_place_id":"g","google_place_type":"cafe"`
	const contact = `"phone_number":"+1","first_name":"N","last_name":"L","vcard":"BEGIN:VCARD"`
	// link is a medium at an address.
	link := func(k Kind, field string) string { return fmt.Sprintf(`"%s_url":"https://a.bc/%s"`, field, k) }
	id := func(k Kind, field string) string { return fmt.Sprintf(`"%s_file_id":"%s"`, field, f[k]) }
	kinds := [][]string{
		{"article", `"title":"T","url":"https://a.bc","description":"D"`, thumb, text, keys},
		{"article", `"title":"T"`, html},
		{"photo", link(KindPhoto, "photo"), pic, `"photo_width":90,"photo_height":70,"title":"T","description":"D"`, above, keys},
		{"gif", link(KindAnimation, "gif"), pic, `"gif_width":9,"gif_height":7,"gif_duration":3,"thumbnail_mime_type":"image/gif","title":"T"`, above, keys},
		{"mpeg4_gif", link(KindAnimation, "mpeg4"), pic, `"mpeg4_width":9,"mpeg4_height":7,"mpeg4_duration":3,"thumbnail_mime_type":"video/mp4","title":"T"`, above, keys},
		{"video", link(KindVideo, "video"), pic, `"mime_type":"video/mp4","title":"T","video_width":9,"video_height":7,"video_duration":3,"description":"D"`, above, keys},
		{"audio", link(KindAudio, "audio"), `"title":"T","performer":"P","audio_duration":3`, caption, keys},
		{"voice", link(KindVoice, "voice"), `"title":"T","voice_duration":3`, caption, keys},
		{"document", link(KindDocument, "document"), `"title":"T","mime_type":"application/pdf","description":"D"`, thumb, caption, keys},
		{"location", live, `"title":"T"`, thumb, keys},
		{"venue", venue, thumb, keys},
		{"contact", contact, thumb, keys},
		{"photo", id(KindPhoto, "photo"), `"title":"T","description":"D"`, above, keys},
		{"gif", id(KindAnimation, "gif"), `"title":"T"`, above, keys},
		{"mpeg4_gif", id(KindAnimation, "mpeg4"), `"title":"T"`, above, keys},
		{"sticker", id(KindSticker, "sticker"), keys},
		{"document", id(KindDocument, "document"), `"title":"T","description":"D"`, caption, keys},
		{"video", id(KindVideo, "video"), `"title":"T","description":"D"`, above, keys},
		{"voice", id(KindVoice, "voice"), `"title":"T"`, caption, keys},
		{"audio", id(KindAudio, "audio"), caption, keys},
		{"location", place, `"title":"T"`, `"input_message_content":{` + live + `}`},
		{"venue", place, `"title":"T","address":"A"`, `"input_message_content":{` + venue + `}`},
		{"contact", `"phone_number":"1","first_name":"F"`, `"input_message_content":{` + contact + `}`},
	}
	for _, r := range []string{"photo", "gif", "mpeg4", "video", "audio", "voice", "document"} { // something else is sent
		k := map[string]Kind{"gif": KindAnimation, "mpeg4": KindAnimation}[r]
		if k == "" {
			k = Kind(r)
		}
		kind := map[string]string{"mpeg4": "mpeg4_gif"}[r]
		if kind == "" {
			kind = r
		}
		kinds = append(kinds,
			[]string{kind, link(k, r), pic, `"title":"T","mime_type":"` + map[string]string{"video": "text/html", "document": "application/zip"}[r] + `"`, text},
			[]string{kind, id(k, r), `"title":"T"`, text})
	}
	kinds = append(kinds, []string{"sticker", id(KindSticker, "sticker"), text})
	out := []byte("[")
	for i, parts := range kinds {
		if i > 0 {
			out = append(out, ',')
		}
		out = fmt.Appendf(out, `{"type":"%s","id":"r%d"`, parts[0], i)
		for _, p := range parts[1:] {
			out = append(append(out, ','), p...)
		}
		out = append(out, '}')
	}
	return append(out, ']')
}

// inlineEdits edits what was chosen by the names that the bot was told, and
// lets people press the buttons under it.
func (tr *tourist) inlineEdits(f map[Kind]string) {
	keys := `{"inline_keyboard":[[{"text":"a","callback_data":"A"}]]}`
	choose := func(result string) (string, int) {
		q, err := tr.w.Inline(tr.ann, tr.bot, tr.forum, result, "")
		tr.must(err)
		tr.call("answerInlineQuery", "inline_query_id", q, "cache_time", 0, "results", "["+result+"]")
		id, err := tr.w.ChooseInline(q, "1", Post{})
		tr.must(err)
		return tr.inlineID(), id
	}
	article, at := choose(`{"type":"article","id":"1","title":"T","input_message_content":{"message_text":"x"},"reply_markup":` + keys + `}`)
	tr.call("editMessageText", "inline_message_id", article, "text", "y", "reply_markup", keys)
	q, err := tr.w.Press(tr.ann, tr.forum, at, "A")
	tr.must(err)
	tr.call("answerCallbackQuery", "callback_query_id", q)
	tr.call("editMessageMedia", "inline_message_id", article, "media", map[string]string{"type": "photo", "media": f[KindPhoto]})
	tr.call("editMessageCaption", "inline_message_id", article, "caption", "z")
	tr.call("editMessageReplyMarkup", "inline_message_id", article, "reply_markup", keys)
	place, _ := choose(`{"type":"location","id":"1","title":"T","latitude":1,"longitude":2,"live_period":900,"reply_markup":` + keys + `}`)
	tr.call("editMessageLiveLocation", "inline_message_id", place, "latitude", 3, "longitude", 4)
	tr.call("stopMessageLiveLocation", "inline_message_id", place)
}

// inlineID is the name of the message that was chosen last.
func (tr *tourist) inlineID() string {
	var chosen struct {
		ID string `json:"inline_message_id"`
	}
	for _, u := range tr.w.Peek(tr.bot, 0, maxQueued) {
		if u.Kind == updChosen {
			tr.must(json.Unmarshal(u.Object, &chosen))
		}
	}
	return chosen.ID
}
