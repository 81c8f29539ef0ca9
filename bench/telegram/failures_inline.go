package telegram

import "maps"

func init() { maps.Copy(failures, inlineFailures) }

// inlineFailures are the rows of failures about inline mode.
var inlineFailures = map[Situation]Failure{
	resultsGarbled:   {400, "Bad Request: can't parse JSON encoded inline query results: %s", fromServer},
	resultsNoArray:   {400, "Bad Request: expected an Array of inline query results", fromServer},
	resultsMany:      {400, "Bad Request: too many inline query results specified", fromServer},
	resultBad:        {400, "Bad Request: can't parse inline query result: %s", fromServer},
	resultButtonJSON: {400, "Bad Request: can't parse inline query results button JSON object", fromServer},
	resultButtonBad:  {400, "Bad Request: can't parse inline query results button: %s", fromServer},
	startEmpty:       {400, "Bad Request: can't use empty start_parameter", fromTDLib},
	startTooLong:     {400, "Bad Request: too long start_parameter specified", fromTDLib},
	startLetters:     {400, "Bad Request: unallowed characters in start_parameter are used", fromTDLib},
	resultPhone:      {400, "Bad Request: field \"phone_number\" must contain a valid phone number", fromTDLib},
	resultFirstName:  {400, "Bad Request: field \"first_name\" must be non-empty", fromTDLib},
	resultDocument:   {400, "Bad Request: unallowed document MIME type", fromTDLib},
	resultVideo:      {400, "Bad Request: unallowed video MIME type", fromTDLib},
	resultSticker:    {400, "Bad Request: wrong sticker_file_id specified", fromTDLib},
	resultIDEmpty:    {400, "Bad Request: RESULT_ID_EMPTY", fromProto},
	resultIDLong:     {400, "Bad Request: RESULT_ID_INVALID", fromProto},
	resultIDTwice:    {400, "Bad Request: RESULT_ID_DUPLICATE", fromProto},
	articleTitle:     {400, "Bad Request: ARTICLE_TITLE_EMPTY", fromProto},
	videoTitle:       {400, "Bad Request: VIDEO_TITLE_EMPTY", fromProto},
	documentTitle:    {400, "Bad Request: FILE_TITLE_EMPTY", fromProto},
	audioTitle:       {400, "Bad Request: AUDIO_TITLE_EMPTY", fromProto},
	photoThumb:       {400, "Bad Request: PHOTO_THUMB_URL_EMPTY", fromProto},
	nextOffsetLong:   {400, "Bad Request: NEXT_OFFSET_INVALID", fromProto},
	switchTextEmpty:  {400, "Bad Request: SWITCH_PM_TEXT_EMPTY", fromProto},

	inlineGarbled:   {400, "Bad Request: invalid inline message identifier specified", fromTDLib},
	inlineEmpty:     {400, "Bad Request: MESSAGE_EMPTY", fromProto},
	inlineUpload:    {400, "Bad Request: invalid message content specified", fromTDLib},
	inlineWrongKind: {400, "Bad Request: MEDIA_PREV_INVALID", assumed},
}
