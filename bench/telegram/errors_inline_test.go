package telegram

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"
)

// asks lets the person ask the bot inline, and returns the query's id.
func (s *scene) asks(text string) string {
	s.t.Helper()
	s.w.SetInline(s.bot, true, "", true)
	q, err := s.w.Inline(s.cli, s.bot, s.bot, text, "")
	if err != nil {
		s.t.Fatal(err)
	}
	return q
}

// answers answers a new query with results.
func (s *scene) answers(results string, pairs ...any) Answer {
	s.t.Helper()
	return s.call("answerInlineQuery", append([]any{"inline_query_id", s.asks("q"), "results", results}, pairs...)...)
}

// withResult answers a new query with one result of those fields.
func (s *scene) withResult(fields string) Answer { return s.answers(`[{"id":"1",` + fields + `}]`) }

const said = `"input_message_content":{"message_text":"x"}`

func TestFailuresOfInlineResults(t *testing.T) {
	type of = func(s *scene) Answer
	all := func(results string, pairs ...any) of {
		return func(s *scene) Answer { return s.answers(results, pairs...) }
	}
	one := func(fields string) of { return func(s *scene) Answer { return s.withResult(fields) } }
	many := func(n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(`{"type":"article","id":"%d","title":"T",%s}`, i, said))
		}
		return "[" + strings.Join(list, ",") + "]"
	}
	article := `"type":"article","title":"T",` + said
	long := strings.Repeat("x", 65)
	checkSituations(t, []situation{
		{resultsGarbled, []any{"Unexpected symbol 'x'"}, all("x")},
		{resultsGarbled, []any{"Unexpected string end"}, all(`[{"id":`)},
		{resultsGarbled, []any{"Unexpected symbol while parsing JSON Array"}, all(`[1 2]`)},
		{resultsGarbled, []any{"Unexpected symbol while parsing JSON Object"}, all(`{"a":1 2}`)},
		{resultsGarbled, []any{"Unexpected symbol"}, all("é")},
		{resultsNoArray, nil, all(`{}`)},
		{resultsMany, nil, all(many(51))},
		{resultBad, []any{"Inline query result must be an object"}, all(`[1]`)},
		{resultBad, []any{`Can't find field "type"`}, all(`[{}]`)},
		{resultBad, []any{`Can't find field "id"`}, all(`[{"type":"article"}]`)},
		{resultBad, []any{`Can't find field "message_text"`}, one(`"type":"article","title":"T"`)},
		{resultBad, []any{`Field "input_message_content" must be of type Object`}, one(`"type":"article","input_message_content":"x"`)},
		{resultBad, []any{"Input message content is not specified"}, one(`"type":"article","title":"T","input_message_content":{}`)},
		{resultBad, []any{"Message text is empty"}, one(`"type":"article","title":"T","message_text":""`)},
		{resultBad, []any{`Can't find field "title"`}, one(`"type":"article",` + said)},
		{resultBad, []any{`Can't find field "first_name"`}, one(`"type":"article","title":"T","input_message_content":{"phone_number":"1"}`)},
		{resultBad, []any{"Can't parse entities: Can't find end of Bold entity at byte offset 0"},
			one(`"type":"article","title":"T","input_message_content":{"message_text":"*x","parse_mode":"MarkdownV2"}`)},
		{resultBad, []any{"Unsupported parse_mode"}, one(`"type":"photo","photo_url":"a.bc","caption":"x","parse_mode":"XML"`)},
		{resultBad, []any{`Field "link_preview_options" must be of type Object`},
			one(`"type":"article","title":"T","input_message_content":{"message_text":"x","link_preview_options":1}`)},
		{resultBad, []any{`Field "reply_markup" must be of type Object`}, one(article + `,"reply_markup":1`)},
		{resultBad, []any{"Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
			one(article + `,"reply_markup":{"inline_keyboard":[[{"text":"a"}]]}`)},
		{resultBad, []any{`Field "thumbnail_width" must be a valid Number`}, one(article + `,"thumbnail_width":"x"`)},
		{resultBad, []any{`Field "thumb_width" must be a valid Number`}, one(article + `,"thumb_width":"x"`)},
		{resultBad, []any{`type "mars" is unsupported for the inline query result`}, one(`"type":"Mars"`)},
		{resultBad, []any{`Can't find field "photo_file_id"`}, one(`"type":"photo"`)},
		{resultBad, []any{`Can't find field "gif_file_id"`}, one(`"type":"gif"`)},
		{resultBad, []any{`Can't find field "mpeg4_file_id"`}, one(`"type":"mpeg4_gif"`)},
		{resultBad, []any{`Can't find field "audio_file_id"`}, one(`"type":"audio"`)},
		{resultBad, []any{`Can't find field "title"`}, one(`"type":"audio","audio_url":"a.bc"`)},
		{resultBad, []any{`Can't find field "title"`}, one(`"type":"voice","voice_url":"a.bc"`)},
		{resultBad, []any{`Can't find field "mime_type"`}, one(`"type":"video","title":"T","video_url":"a.bc"`)},
		{resultBad, []any{`Can't find field "mime_type"`}, one(`"type":"document","title":"T","document_url":"a.bc"`)},
		{resultBad, []any{`Can't find field "sticker_file_id"`}, one(`"type":"sticker"`)},
		{resultBad, []any{`Can't find field "latitude"`}, one(`"type":"location"`)},
		{resultBad, []any{`Can't find field "address"`}, one(`"type":"venue","latitude":1,"longitude":1,"title":"T"`)},
		{resultBad, []any{`Can't find field "phone_number"`}, one(`"type":"contact"`)},

		{resultButtonJSON, nil, all("[]", "button", "x")},
		{resultButtonBad, []any{"InlineQueryResultsButton must be an Object"}, all("[]", "button", "1")},
		{resultButtonBad, []any{`Can't find field "text"`}, all("[]", "button", "{}")},
		{resultButtonBad, []any{"InlineQueryResultsButton must have exactly one optional field"}, all("[]", "button", `{"text":"a"}`)},
		{resultButtonBad, []any{`Field "web_app" must be of type Object`}, all("[]", "button", `{"text":"a","web_app":1}`)},
		{startEmpty, nil, all("[]", "button", `{"text":"a","start_parameter":""}`)},
		{startEmpty, nil, all("[]", "switch_pm_text", "a")},
		{startTooLong, nil, all("[]", "switch_pm_text", "a", "switch_pm_parameter", long)},
		{startLetters, nil, all("[]", "button", `{"text":"a","start_parameter":"a b"}`)},
		{webAppUser, nil, all("[]", "button", `{"text":"a","web_app":{"url":"tg://user?id=1"}}`)},
		{buttonURL, []any{"inline query button Web App", "http://a.bc", "Only HTTPS links are allowed"},
			all("[]", "button", `{"text":"a","web_app":{"url":"http://a.bc"}}`)},
		{switchTextEmpty, nil, all("[]", "button", `{"text":"","start_parameter":"a"}`)},
		{nextOffsetLong, nil, all("[]", "next_offset", long)},

		{resultPhone, nil, one(`"type":"contact","phone_number":" ","first_name":"F"`)},
		{resultFirstName, nil, one(`"type":"contact","phone_number":"1","first_name":" "`)},
		{resultDocument, nil, one(`"type":"document","title":"T","document_url":"a.bc","mime_type":"text/plain"`)},
		{resultVideo, nil, one(`"type":"video","title":"T","video_url":"a.bc","mime_type":"video/webm"`)},
		{resultSticker, nil, one(`"type":"sticker","sticker_file_id":"a.bc"`)},
		{inlineExpected, nil, one(article + `,"reply_markup":{"keyboard":[["a"]]}`)},
		{textBlank, nil, one(`"type":"article","title":"T","input_message_content":{"message_text":" "}`)},
		{badLocation, nil, one(`"type":"location","title":"T","latitude":91,"longitude":1`)},
		{badVenue, nil, one(`"type":"venue","title":"T","address":"A","latitude":91,"longitude":1`)},
		{fileIDGarbled, nil, one(`"type":"photo","photo_file_id":"AAAA"`)},
		{fileTypeMismatch, []any{"Video", "Photo"}, func(s *scene) Answer {
			f := s.w.NewFile(File{Kind: KindVideo})
			return s.withResult(`"type":"photo","photo_file_id":"` + fileRef{file: f}.id(s.bot) + `"`)
		}},

		{resultIDEmpty, nil, all(`[{"id":"",` + article + `}]`)},
		{resultIDLong, nil, all(`[{"id":"` + long + `",` + article + `}]`)},
		{resultIDTwice, nil, all(`[{"id":"1",` + article + `},{"id":1,` + article + `}]`)},
		{articleTitle, nil, one(`"type":"article","title":"",` + said)},
		{videoTitle, nil, one(`"type":"video","title":"","video_url":"a.bc","mime_type":"video/mp4"`)},
		{documentTitle, nil, one(`"type":"document","title":"","document_url":"a.bc","mime_type":"application/zip"`)},
		{audioTitle, nil, one(`"type":"audio","title":"","audio_url":"a.bc"`)},
		{photoThumb, nil, one(`"type":"photo","photo_url":"a.bc"`)},
		{buttonData, nil, one(article + `,"reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"` + long + `"}]]}`)},
		{buttonType, nil, one(article + `,"reply_markup":{"inline_keyboard":[[{"text":"a","web_app":{"url":"https://a.bc"}}]]}`)},
		{editTextTooLong, nil, one(`"type":"article","title":"T","input_message_content":{"message_text":"` + strings.Repeat("x", 4097) + `"}`)},
		{editCaptionLong, nil, one(`"type":"photo","photo_url":"a.bc","thumbnail_url":"a.bc","caption":"` + strings.Repeat("x", 1025) + `"`)},

		{queryTooOld, nil, func(s *scene) Answer { return s.call("answerInlineQuery", "inline_query_id", "1", "results", "[]") }},
		{queryTooOld, nil, func(s *scene) Answer { // answered already
			q := s.asks("q")
			s.ok("answerInlineQuery", "inline_query_id", q, "results", "[]")
			return s.call("answerInlineQuery", "inline_query_id", q, "results", "[]")
		}},
		{queryTooOld, nil, func(s *scene) Answer {
			q := s.asks("q")
			s.w.SetTime(s.w.Now().Add(s.w.Knobs().InlineTimeout + time.Millisecond))
			return s.call("answerInlineQuery", "inline_query_id", q, "results", "[]")
		}},
		{queryTooOld, nil, func(s *scene) Answer { // another bot's
			q := s.asks("q")
			_, token := s.w.NewBot(Robot{Name: "Other"})
			return s.w.Call(token, "answerInlineQuery", ArgsOf("inline_query_id", q, "results", "[]"))
		}},
	})
}

// chosen is a message that the person has sent through the bot with one
// button under it, and its inline_message_id.
func (s *scene) chosen(fields string) (name string, id int) {
	s.t.Helper()
	q := s.asks(fmt.Sprint("q", s.w.Now(), len(s.w.inline.queries)))
	s.ok("answerInlineQuery", "inline_query_id", q, "cache_time", 0, "results",
		`[{"id":"1",`+fields+`,"reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"A"}]]}}]`)
	id, err := s.w.ChooseInline(q, "1", Post{})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, u := range s.updates() {
		if chosen, ok := u[updChosen].(map[string]any); ok {
			name, _ = chosen["inline_message_id"].(string)
		}
	}
	return name, id
}

func TestFailuresOfInlineEdits(t *testing.T) {
	article, place := `"type":"article","title":"T",`+said, `"type":"location","title":"T","latitude":1,"longitude":1`
	edit := func(fields, method string, pairs ...any) func(s *scene) Answer {
		return func(s *scene) Answer {
			name, _ := s.chosen(fields)
			return s.call(method, append([]any{"inline_message_id", name}, pairs...)...)
		}
	}
	nobody := base64.RawURLEncoding.EncodeToString(append([]byte{2, 0, 0, 0}, make([]byte, 16)...))
	wrongDC := base64.RawURLEncoding.EncodeToString(make([]byte, 24))
	photo := `{"type":"photo","media":"attach://p"}`
	checkSituations(t, []situation{
		{noMessageID, nil, func(s *scene) Answer { return s.call("editMessageReplyMarkup") }},
		{noMessageID, nil, func(s *scene) Answer { return s.call("editMessageMedia", "media", `{"type":"photo","media":"a.bc"}`) }},
		{inlineGarbled, nil, func(s *scene) Answer { return s.call("editMessageText", "inline_message_id", "AA", "text", "y") }},
		{inlineGarbled, nil, func(s *scene) Answer { return s.call("editMessageText", "inline_message_id", wrongDC, "text", "y") }},
		{inlineUnknown, nil, func(s *scene) Answer { return s.call("editMessageText", "inline_message_id", nobody, "text", "y") }},
		{inlineUnknown, nil, func(s *scene) Answer {
			name, id := s.chosen(article)
			s.check(s.w.Delete(s.cli, s.bot, id))
			return s.call("editMessageText", "inline_message_id", name, "text", "y")
		}},
		{inlineUnknown, nil, func(s *scene) Answer { // another bot's
			name, _ := s.chosen(article)
			_, token := s.w.NewBot(Robot{Name: "Other"})
			return s.w.Call(token, "editMessageText", ArgsOf("inline_message_id", name, "text", "y"))
		}},
		{textEmpty, nil, edit(article, "editMessageText")},
		{textBlank, nil, edit(article, "editMessageText", "text", " ")},
		{editTextTooLong, nil, edit(article, "editMessageText", "text", strings.Repeat("x", 4097))},
		{inlineEmpty, nil, edit(article, "editMessageCaption")},
		{inlineExpected, nil, edit(article, "editMessageText", "text", "y", "reply_markup", `{"keyboard":[["a"]]}`)},
		{buttonType, nil, edit(article, "editMessageText", "text", "y", "reply_markup", `{"inline_keyboard":[[{"text":"a","web_app":{"url":"https://a.bc"}}]]}`)},
		{notModified, nil, edit(article, "editMessageText", "text", "x", "reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"A"}]]}`)},
		{inlineUpload, nil, edit(article, "editMessageMedia", "media", photo, "p", upload("p"))},
		{inlineWrongKind, nil, edit(place, "editMessageText", "text", "y")},
		{inlineWrongKind, nil, edit(place, "editMessageLiveLocation", "latitude", 1, "longitude", 1)},
		{inlineWrongKind, nil, func(s *scene) Answer {
			f := s.w.NewFile(File{Kind: KindPhoto})
			name, _ := s.chosen(place)
			return s.call("editMessageMedia", "inline_message_id", name, "media", `{"type":"photo","media":"`+fileRef{file: f}.id(s.bot)+`"}`)
		}},
		{inlineWrongKind, nil, func(s *scene) Answer { // its time is over
			name, _ := s.chosen(place + `,"live_period":60`)
			s.w.SetTime(s.w.Now().Add(time.Minute))
			return s.call("stopMessageLiveLocation", "inline_message_id", name)
		}},
		{badLivePeriod, nil, edit(place+`,"live_period":60`, "editMessageLiveLocation", "latitude", 1, "longitude", 1, "live_period", 59)},
		{badLocation, nil, edit(place+`,"live_period":60`, "editMessageLiveLocation", "latitude", 91, "longitude", 1)},
		{cantEdit, nil, func(s *scene) Answer { // sent through it, but long ago
			_, id := s.chosen(article)
			s.w.SetTime(s.w.Now().Add(48 * time.Hour))
			return s.call("editMessageText", "chat_id", s.cli, "message_id", id, "text", "y")
		}},
	})
}
