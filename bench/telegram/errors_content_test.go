package telegram

import (
	"strings"
	"testing"
	"time"
)

// say sends "x" to the person, with more arguments.
func (s *scene) say(pairs ...any) Answer {
	return s.call("sendMessage", append([]any{"chat_id", s.cli, "text", "x"}, pairs...)...)
}

// withKey sends "x" with one inline button.
func (s *scene) withKey(to int64, button string) Answer {
	return s.call("sendMessage", "chat_id", to, "text", "x", "reply_markup", `{"inline_keyboard":[[`+button+`]]}`)
}

// withKeys sends "x" with one button of a reply keyboard.
func (s *scene) withKeys(to int64, button string) Answer {
	return s.call("sendMessage", "chat_id", to, "text", "x", "reply_markup", `{"keyboard":[[`+button+`]]}`)
}

// channel is a channel in which the bot may do everything.
func (s *scene) channel() int64 {
	ch := s.w.NewChannel(s.ann, "C")
	s.check(s.w.Promote(s.ann, ch, s.bot, AllRights(), ""))
	return ch
}

func TestFailuresOfKeyboards(t *testing.T) {
	many := strings.TrimSuffix(strings.Repeat(`[{"text":"a","callback_data":"a"}],`, 101), ",")
	checkSituations(t, []situation{
		{badField, []any{`field "keyboard" must be of type Array`}, func(s *scene) Answer { return s.say("reply_markup", `{"keyboard":1}`) }},
		{badField, []any{`field "selective" must be of type Boolean`}, func(s *scene) Answer { return s.say("reply_markup", `{"selective":"x"}`) }},
		{fieldRows, nil, func(s *scene) Answer { return s.say("reply_markup", `{"keyboard":[1]}`) }},
		{inlineRows, nil, func(s *scene) Answer { return s.say("reply_markup", `{"inline_keyboard":[{}]}`) }},
		{badKey, []any{"KeyboardButton must be a String or an Object"}, func(s *scene) Answer { return s.withKeys(s.cli, "1") }},
		{badKey, []any{`Can't find field "text"`}, func(s *scene) Answer { return s.withKeys(s.cli, "{}") }},
		{badKey, []any{`Can't find field "request_id"`}, func(s *scene) Answer { return s.withKeys(s.cli, `{"text":"a","request_users":{}}`) }},
		{badKey, []any{"invalid button style specified"}, func(s *scene) Answer { return s.withKeys(s.cli, `{"text":"a","style":"pink"}`) }},
		{badInlineKey, []any{"InlineKeyboardButton must be an Object"}, func(s *scene) Answer { return s.withKey(s.cli, `"a"`) }},
		{badInlineKey, []any{`Can't find field "text"`}, func(s *scene) Answer { return s.withKey(s.cli, `{"callback_data":"a"}`) }},
		{badInlineKey, []any{`Field "web_app" must be of type Object`}, func(s *scene) Answer { return s.withKey(s.cli, `{"text":"a","web_app":"x"}`) }},
		{inlineExpected, nil, func(s *scene) Answer { return s.withKeys(s.channel(), `"a"`) }},
		{inlineExpected, nil, func(s *scene) Answer {
			return s.call("editMessageReplyMarkup", "chat_id", s.cli, "message_id", s.own(s.cli), "reply_markup", `{"force_reply":true}`)
		}},
		{keyOnlyPrivate, []any{"phone number can be requested"}, func(s *scene) Answer { return s.withKeys(s.forum, `{"text":"a","request_contact":true}`) }},
		{keyOnlyPrivate, []any{"users can be requested"}, func(s *scene) Answer { return s.withKeys(s.forum, `{"text":"a","request_users":{"request_id":1}}`) }},
		{buttonURL, []any{"inline keyboard button", "localhost", "Wrong HTTP URL"}, func(s *scene) Answer { return s.withKey(s.cli, `{"text":"a","url":"localhost"}`) }},
		{buttonURL, []any{"inline keyboard button", "ftp://a.bc", "Unsupported URL protocol"}, func(s *scene) Answer { return s.withKey(s.cli, `{"text":"a","url":"ftp://a.bc"}`) }},
		{buttonURL, []any{"inline keyboard button Web App", "http://a.bc", "Only HTTPS links are allowed"}, func(s *scene) Answer {
			return s.withKey(s.cli, `{"text":"a","web_app":{"url":"http://a.bc"}}`)
		}},
		{buttonURL, []any{"inline keyboard button login", "http://a.bc", "Only HTTPS links are allowed"}, func(s *scene) Answer {
			return s.withKey(s.cli, `{"text":"a","login_url":{"url":"http://a.bc"}}`)
		}},
		{buttonURL, []any{"keyboard button Web App", "http://a.bc", "Only HTTPS links are allowed"}, func(s *scene) Answer {
			return s.withKeys(s.cli, `{"text":"a","web_app":{"url":"http://a.bc"}}`)
		}},
		{webAppUser, nil, func(s *scene) Answer { return s.withKey(s.cli, `{"text":"a","web_app":{"url":"tg://user?id=1"}}`) }},
		{loginUser, nil, func(s *scene) Answer { return s.withKey(s.cli, `{"text":"a","login_url":{"url":"tg://user?id=1"}}`) }},
		{switchInChannel, []any{"switch_inline_query"}, func(s *scene) Answer { return s.withKey(s.channel(), `{"text":"a","switch_inline_query":""}`) }},
		{switchInChannel, []any{"switch_inline_query_current_chat"}, func(s *scene) Answer {
			return s.withKey(s.channel(), `{"text":"a","switch_inline_query_current_chat":""}`)
		}},
		{buttonCopy, nil, func(s *scene) Answer { return s.withKey(s.cli, `{"text":"a","copy_text":{"text":""}}`) }},
		{buttonType, nil, func(s *scene) Answer { return s.withKey(s.cli, `{"text":"a","pay":true}`) }},
		{buttonType, nil, func(s *scene) Answer { return s.withKey(s.forum, `{"text":"a","web_app":{"url":"https://a.bc"}}`) }},
		{markupTooLong, nil, func(s *scene) Answer { return s.say("reply_markup", `{"inline_keyboard":[`+many+`]}`) }},
	})
}

func TestFailuresOfContents(t *testing.T) {
	marks := func(raw string) func(s *scene) Answer { return func(s *scene) Answer { return s.say("entities", raw) } }
	place := func(pairs ...any) func(s *scene) Answer {
		return func(s *scene) Answer {
			return s.call("sendLocation", append([]any{"chat_id", s.cli, "latitude", 1, "longitude", 2}, pairs...)...)
		}
	}
	checkSituations(t, []situation{
		{badEntity, []any{"expected an Object"}, marks(`[1]`)},
		{badEntity, []any{`Can't find field "length"`}, marks(`[{"offset":0}]`)},
		{badEntity, []any{"Type is not specified"}, marks(`[{"offset":0,"length":1,"type":""}]`)},
		{badEntity, []any{"Unsupported type specified"}, marks(`[{"offset":0,"length":1,"type":"huge"}]`)},
		{badEntity, []any{`Can't find field "url"`}, marks(`[{"offset":0,"length":1,"type":"text_link"}]`)},
		{entityBegins, []any{4}, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "😀", "entities", `[{"offset":1,"length":1,"type":"bold"}]`)
		}},
		{entityCuts, []any{0, 4}, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.cli, "text", "😀", "entities", `[{"offset":0,"length":1,"type":"bold"}]`)
		}},
		{entityURL, []any{"x", "Wrong HTTP URL"}, marks(`[{"offset":0,"length":1,"type":"text_link","url":"x"}]`)},
		{entityEmoji, nil, marks(`[{"offset":0,"length":1,"type":"custom_emoji","custom_emoji_id":"0"}]`)},
		{entityDate, nil, marks(`[{"offset":0,"length":1,"type":"date_time","unix_time":0}]`)},
		{userNotFound, nil, marks(`[{"offset":0,"length":1,"type":"text_mention","user":{"id":0}}]`)},
		{badEntity, []any{"Invalid date-time format specified"}, marks(`[{"offset":0,"length":1,"type":"date_time","unix_time":1,"date_time_format":"x"}]`)},
		{badPreview, nil, func(s *scene) Answer { return s.say("link_preview_options", "[]") }},
		{badPreviewJSON, nil, func(s *scene) Answer { return s.say("link_preview_options", "{") }},
		{effectChat, nil, func(s *scene) Answer {
			return s.call("sendMessage", "chat_id", s.forum, "text", "x", "message_effect_id", effects[0])
		}},
		{effectUnknown, nil, func(s *scene) Answer { return s.say("message_effect_id", "7") }},
		{missingParam, []any{"first_name"}, func(s *scene) Answer { return s.call("sendContact", "chat_id", s.cli, "phone_number", "1") }},
		{coordinateMissing, []any{"longitude"}, func(s *scene) Answer { return s.call("sendLocation", "chat_id", s.cli, "latitude", 1) }},
		{badLocation, nil, place("latitude", 91)},
		{badLivePeriod, nil, place("live_period", 59)},
		{badLivePeriod, nil, place("live_period", 86401)},
		{badHeading, nil, place("live_period", 60, "heading", 361)},
		{badProximity, nil, place("live_period", 60, "proximity_alert_radius", 100001)},
		{badVenue, nil, func(s *scene) Answer {
			return s.call("sendVenue", "chat_id", s.cli, "latitude", 91, "longitude", 0, "title", "t", "address", "a")
		}},
		{badNoteLength, nil, func(s *scene) Answer {
			return s.call("sendVideoNote", "chat_id", s.cli, "video_note", upload("v"), "length", 641)
		}},
		{noLiveLocation, nil, func(s *scene) Answer {
			return s.call("editMessageLiveLocation", "chat_id", s.cli, "message_id", s.own(s.cli), "latitude", 1, "longitude", 1)
		}},
		{diceEmoji, nil, func(s *scene) Answer { return s.call("sendDice", "chat_id", s.cli, "emoji", "🧨") }},
		{paidPrice, nil, func(s *scene) Answer { return s.paid(0, `[{"type":"photo","media":"attach://p"}]`) }},
		{paidNumber, nil, func(s *scene) Answer { return s.paid(1, "[]") }},
		{paidInvalid, nil, func(s *scene) Answer {
			return s.call("sendPaidMedia", "chat_id", s.cli, "star_count", 1, "media", `[{"type":"video","media":"attach://g"}]`, "g", Upload{Name: "g", Data: []byte("GIF89a")})
		}},
		{paidPayload, nil, func(s *scene) Answer {
			return s.paid(1, `[{"type":"photo","media":"attach://p"}]`, "payload", strings.Repeat("x", 129))
		}},
		{paidJSON, nil, func(s *scene) Answer { return s.paid(1, "{") }},
		{paidArray, nil, func(s *scene) Answer { return s.paid(1, "{}") }},
		{badPaid, []any{"media not found"}, func(s *scene) Answer { return s.paid(1, "[{}]") }},
		{badPaid, []any{`type "audio" is unsupported`}, func(s *scene) Answer { return s.paid(1, `[{"type":"audio","media":"attach://p"}]`) }},
		{checklistJSON, nil, func(s *scene) Answer { return s.call("sendChecklist", "chat_id", s.cli, "checklist", "{") }},
		{badChecklist, []any{`Can't find field "title"`}, func(s *scene) Answer { return s.call("sendChecklist", "chat_id", s.cli, "checklist", "{}") }},
		{badChecklist, []any{`Can't parse InputChecklistTask: Can't find field "id"`}, func(s *scene) Answer {
			return s.call("sendChecklist", "chat_id", s.cli, "checklist", `{"title":"t","tasks":[{}]}`)
		}},
		{checklistBusiness, nil, func(s *scene) Answer {
			return s.call("sendChecklist", "chat_id", s.cli, "checklist", `{"title":"t","tasks":[{"id":1,"text":"x"}]}`)
		}},
		{noChecklist, nil, func(s *scene) Answer {
			return s.call("editMessageChecklist", "chat_id", s.cli, "message_id", s.own(s.cli), "checklist", `{"title":"t","tasks":[{"id":1,"text":"x"}]}`)
		}},
		{draftPeer, nil, func(s *scene) Answer {
			return s.call("sendMessageDraft", "chat_id", s.forum, "draft_id", 1, "text", "x")
		}},
		{draftID, nil, func(s *scene) Answer { return s.call("sendMessageDraft", "chat_id", s.cli, "text", "x") }},
	})
}

func (s *scene) paid(stars int, media string, pairs ...any) Answer {
	return s.call("sendPaidMedia", append([]any{"chat_id", s.cli, "star_count", stars, "media", media, "p", upload("p")}, pairs...)...)
}

func TestFailuresOfPolls(t *testing.T) {
	poll := func(pairs ...any) func(s *scene) Answer {
		return func(s *scene) Answer {
			return s.call("sendPoll", append([]any{"chat_id", s.cli, "question", "Q", "options", []string{"a", "b"}}, pairs...)...)
		}
	}
	quiz := func(pairs ...any) func(s *scene) Answer {
		return poll(append([]any{"type", "quiz"}, pairs...)...)
	}
	checkSituations(t, []situation{
		{textBlank, nil, poll("question", " ")},
		{textBlank, nil, poll("options", []string{""})},
		{pollQuestionLong, nil, poll("question", strings.Repeat("x", 301))},
		{pollOptions, nil, poll("options", "[]")},
		{pollOptionsMany, nil, poll("options", make([]string, 13))},
		{pollOptionLong, nil, poll("options", []string{strings.Repeat("x", 101)})},
		{pollOptionsJSON, nil, poll("options", "{")},
		{pollOptionsArray, nil, poll("options", "{}")},
		{pollOptionType, nil, poll("options", "[1]")},
		{badField, []any{`can't find field "text"`}, poll("options", "[{}]")},
		{pollMediaJSON, nil, poll("media", "{")},
		{badPollMedia, []any{"invalid type specified"}, poll("media", `{"type":"sticker"}`)},
		{badPollMedia, []any{"media not found"}, poll("media", `{"type":"photo"}`)},
		{badPollMedia, []any{`Can't find field "longitude"`}, poll("media", `{"type":"location","latitude":1}`)},
		{badOptionMedia, []any{"invalid type specified"}, poll("options", `[{"text":"a","media":{"type":"audio"}}]`)},
		{badOptionMedia, []any{"expected an Object"}, poll("options", `[{"text":"a","media":1}]`)},
		{pollType, nil, poll("type", "vote")},
		{pollCountry, nil, poll("country_codes", []string{"xx"})},
		{pollVoters, nil, poll("country_codes", []string{"DE"})},
		{pollVoters, nil, poll("members_only", true)},
		{stringsJSON, []any{"country_codes"}, poll("country_codes", "{")},
		{notStrings, nil, poll("country_codes", "[1]")},
		{tooManyItems, nil, poll("country_codes", make([]string, 13))},
		{quizNoCorrect, nil, quiz()},
		{quizOrder, nil, quiz("correct_option_ids", "[1,0]")},
		{quizWrongCorrect, nil, quiz("correct_option_id", 2)},
		{quizIDsJSON, nil, quiz("correct_option_ids", "{")},
		{quizIDsArray, nil, quiz("correct_option_ids", "{}")},
		{quizIDNumber, nil, quiz("correct_option_ids", `["1"]`)},
		{quizIDInvalid, nil, quiz("correct_option_ids", "[1.5]")},
		{quizExplanation, nil, quiz("correct_option_id", 0, "explanation", strings.Repeat("x", 201))},
		{pollNotFound, nil, func(s *scene) Answer { return s.call("stopPoll", "chat_id", s.cli, "message_id", 999) }},
		{notPoll, nil, func(s *scene) Answer { return s.call("stopPoll", "chat_id", s.cli, "message_id", s.own(s.cli)) }},
		{cantStopPoll, nil, func(s *scene) Answer { // a second time
			m := s.ok("sendPoll", "chat_id", s.cli, "question", "Q", "options", `["a"]`)
			s.ok("stopPoll", "chat_id", s.cli, "message_id", m["message_id"])
			return s.call("stopPoll", "chat_id", s.cli, "message_id", m["message_id"])
		}},
	})
}

func TestFailuresOfFiles(t *testing.T) {
	photo := func(data []byte, pairs ...any) func(s *scene) Answer {
		return func(s *scene) Answer {
			return s.call("sendPhoto", append([]any{"chat_id", s.cli, "photo", Upload{Name: "p.jpg", Data: data}}, pairs...)...)
		}
	}
	byURL := func(method, field, address string) func(s *scene) Answer {
		return func(s *scene) Answer {
			for name, f := range map[string]File{
				"https://a.bc/large.jpg": {Kind: KindPhoto, Size: maxFetchPhoto + 1}, "a.bc/x.txt": {Kind: KindDocument, MIME: "text/plain"},
				"a.bc/x.zip": {Kind: KindDocument, MIME: "application/zip", Size: maxFetch + 1},
			} {
				s.check(s.w.Host(name, f))
			}
			return s.call(method, "chat_id", s.cli, field, address)
		}
	}
	media := func(raw string) func(s *scene) Answer {
		return func(s *scene) Answer {
			return s.call("sendMediaGroup", "chat_id", s.cli, "media", raw, "p", upload("p"), "d", upload("d"), "bad", Upload{Name: "b", Data: []byte("b")})
		}
	}
	checkSituations(t, []situation{
		{fileIDCharacter, nil, func(s *scene) Answer { return s.call("sendPhoto", "chat_id", s.cli, "photo", "AgAC nonsense") }},
		{fileIDWrong, nil, func(s *scene) Answer { // another bot's id
			other, _ := s.w.NewBot(Robot{Name: "O"})
			return s.call("sendDocument", "chat_id", s.cli, "document", fileRef{file: s.w.NewFile(File{Kind: KindDocument})}.id(other))
		}},
		{fileTypeMismatch, []any{"Photo", "Document"}, func(s *scene) Answer {
			return s.call("sendDocument", "chat_id", s.cli, "document", fileRef{s.w.NewFile(File{Kind: KindPhoto}), 'm'}.id(s.bot))
		}},
		{fileTypeMismatch, []any{"Video", "Photo"}, func(s *scene) Answer {
			return s.call("sendPhoto", "chat_id", s.cli, "photo", fileRef{file: s.w.NewFile(File{Kind: KindVideo})}.id(s.bot))
		}},
		{fileTypeMismatch, []any{"Thumbnail", "Photo"}, func(s *scene) Answer {
			return s.call("sendPhoto", "chat_id", s.cli, "photo", fileRef{s.w.NewFile(File{Kind: KindVideo}), 'm'}.id(s.bot))
		}},
		{noFileInRequest, []any{"photo"}, func(s *scene) Answer { return s.call("sendPhoto", "chat_id", s.cli, "photo", "attach://gone") }},
		{noFileInRequest, []any{"live photo"}, func(s *scene) Answer { return s.call("sendLivePhoto", "chat_id", s.cli) }},
		{fileTooBigFor, []any{maxPhoto + 1, "photo", maxPhoto}, photo(make([]byte, maxPhoto+1))},
		{fileTooBigFor, []any{maxThumb + 1, "thumbnail", maxThumb}, func(s *scene) Answer {
			return s.call("sendDocument", "chat_id", s.cli, "document", upload("d"), "thumbnail", Upload{Name: "t", Data: make([]byte, maxThumb+1)})
		}},
		{uploadTooBig, nil, func(s *scene) Answer {
			return s.call("sendDocument", "chat_id", s.cli, "document", Upload{Name: "d", Data: make([]byte, maxUpload+1)})
		}},
		{imageFailed, nil, photo([]byte("no picture"))},
		{photoDimensions, nil, photo(picture(21, 1))},
		{photoDimensions, nil, photo(picture(5001, 5000))},
		{fileURLInvalid, []any{"Unsupported URL protocol"}, byURL("sendPhoto", "photo", "ftp://a.bc/x")},
		{urlWrong, nil, byURL("sendPhoto", "photo", "http://localhost/x.jpg")},
		{urlFailed, nil, byURL("sendPhoto", "photo", "https://a.bc/unknown.jpg")},
		{urlFailed, nil, byURL("sendPhoto", "photo", "https://a.bc/large.jpg")},
		{urlFailed, nil, byURL("sendDocument", "document", "http://a.bc/x.zip")},
		{urlWrongType, nil, byURL("sendDocument", "document", "a.bc/x.txt")},
		{urlWrongType, nil, byURL("sendVideo", "video", "a.bc/x.txt")},
		{missingParam, []any{"media"}, media("")},
		{badMediaJSON, nil, media("{")},
		{notMediaArray, nil, media("{}")},
		{badInputMedia, []any{"expected an Object"}, media("[1]")},
		{badInputMedia, []any{`Can't find field "type"`}, media("[{}]")},
		{badInputMedia, []any{"media not found"}, media(`[{"type":"photo","media":"attach://gone"}]`)},
		{badInputMedia, []any{`type "sticker" is unsupported`}, media(`[{"type":"sticker","media":"attach://p"}]`)},
		{badInputMedia, []any{`type "animation" can't be used in sendMediaGroup`}, media(`[{"type":"animation","media":"attach://p"}]`)},
		{badInputMedia, []any{"photo not found"}, media(`[{"type":"live_photo","media":"attach://p"}]`)},
		{badInputMedia, []any{"Can't parse entities: Can't find end of Bold entity at byte offset 0"}, media(`[{"type":"photo","media":"attach://p","caption":"*","parse_mode":"MarkdownV2"}]`)},
		{albumInvalid, nil, func(s *scene) Answer {
			id := fileRef{file: s.w.NewFile(File{Kind: KindVoice})}.id(s.bot)
			return s.call("sendMediaGroup", "chat_id", s.cli, "media", `[{"type":"audio","media":"`+id+`"}]`)
		}},
		{albumAbove, nil, media(`[{"type":"photo","media":"attach://p"},{"type":"photo","media":"attach://p","show_caption_above_media":true}]`)},
		{albumMixed, []any{"audio"}, media(`[{"type":"photo","media":"attach://p"},{"type":"audio","media":"attach://d"}]`)},
		{albumItem, []any{2, "IMAGE_PROCESS_FAILED"}, media(`[{"type":"photo","media":"attach://p"},{"type":"photo","media":"attach://bad"}]`)},
		{mediaInvalid, nil, func(s *scene) Answer {
			return s.call("sendPhoto", "chat_id", s.cli, "photo", fileRef{file: s.w.NewFile(File{Kind: KindPhoto, Invalid: true})}.id(s.bot))
		}},
		{albumItem, []any{1, "MEDIA_INVALID"}, func(s *scene) Answer {
			id := fileRef{file: s.w.NewFile(File{Kind: KindPhoto, Invalid: true})}.id(s.bot)
			return media(`[{"type":"photo","media":"attach://p"},{"type":"photo","media":"` + id + `"}]`)(s)
		}},
		{albumItem, []any{1, "Message caption is too long"}, media(`[{"type":"photo","media":"attach://p","caption":"` + strings.Repeat("x", 1025) + `"}]`)},
		{albumForbidden, []any{1, "USER_IS_BLOCKED"}, func(s *scene) Answer {
			s.w.Block(s.cli, s.bot)
			return media(`[{"type":"photo","media":"attach://p"}]`)(s)
		}},
		{badInputMediaJSON, nil, func(s *scene) Answer {
			return s.call("editMessageMedia", "chat_id", s.cli, "message_id", s.own(s.cli), "media", "{")
		}},
	})
}

func TestFailuresOfEdits(t *testing.T) {
	// swap edits a message of one kind to media of another.
	swap := func(was string, now string, album bool) func(s *scene) Answer {
		return func(s *scene) Answer {
			var id any
			if album {
				a := s.album(2, was)
				id = firstOf(t, a)
			} else {
				id = s.ok("send"+was, "chat_id", s.cli, strings.ToLower(was), upload("w"))["message_id"]
			}
			return s.call("editMessageMedia", "chat_id", s.cli, "message_id", id, "media", `{"type":"`+now+`","media":"attach://n"}`, "n", upload("n"))
		}
	}
	edit := func(method string, pairs ...any) func(s *scene) Answer {
		return func(s *scene) Answer {
			m := s.ok(method, append([]any{"chat_id", s.cli}, pairs...)...)
			return s.call("editMessageText", "chat_id", s.cli, "message_id", m["message_id"], "text", "y")
		}
	}
	checkSituations(t, []situation{
		{cantEditMedia, nil, swap("Voice", "photo", false)},
		{cantEditMedia, nil, swap("Sticker", "photo", false)},
		{albumKindFixed, nil, swap("photo", "document", true)},
		{albumKindFixed, nil, swap("document", "audio", true)},
		{albumCantHold, nil, swap("photo", "animation", true)},
		{cantEdit, nil, edit("sendDice")},
		{cantEdit, nil, edit("sendSticker", "sticker", upload("s"))},
		{cantEdit, nil, edit("sendContact", "phone_number", "1", "first_name", "n")},
		{cantEdit, nil, edit("sendLocation", "latitude", 1, "longitude", 1)},
		{noTextToEdit, nil, edit("sendPoll", "question", "Q", "options", `["a"]`)},
		{noTextToEdit, nil, edit("sendLocation", "latitude", 1, "longitude", 1, "live_period", 60)},
		{textBlank, nil, func(s *scene) Answer {
			return s.call("editMessageText", "chat_id", s.cli, "message_id", s.own(s.cli), "text", " ")
		}},
		{editCaptionLong, nil, func(s *scene) Answer {
			m := s.ok("sendPhoto", "chat_id", s.cli, "photo", upload("p"))
			return s.call("editMessageCaption", "chat_id", s.cli, "message_id", m["message_id"], "caption", strings.Repeat("x", 1025))
		}},
		{noMessageID, nil, func(s *scene) Answer { return s.call("editMessageText", "text", "y") }},
		{cantEdit, nil, func(s *scene) Answer { // its time is over
			m := s.ok("sendLocation", "chat_id", s.cli, "latitude", 1, "longitude", 1, "live_period", 60)
			s.w.SetTime(s.w.Now().Add(time.Minute))
			return s.call("stopMessageLiveLocation", "chat_id", s.cli, "message_id", m["message_id"])
		}},
		{cantDeleteAll, nil, func(s *scene) Answer { // dice stay a day in private chats
			m := s.ok("sendDice", "chat_id", s.cli)
			return s.call("deleteMessage", "chat_id", s.cli, "message_id", m["message_id"])
		}},
		{cantDeleteAll, nil, func(s *scene) Answer {
			id := s.own(s.cli)
			s.w.SetTime(s.w.Now().Add(48*time.Hour + time.Second))
			return s.call("deleteMessage", "chat_id", s.cli, "message_id", id)
		}},
		{cantDelete, nil, func(s *scene) Answer { // one such fails the whole batch
			id := s.own(s.forum)
			return s.call("deleteMessages", "chat_id", s.forum, "message_ids", []int{1, id})
		}},
	})
}
