package telegram

// Situations of inline mode.
const (
	resultsGarbled   Situation = "inline query results can't be parsed"
	resultsNoArray   Situation = "inline query results are no array"
	resultsMany      Situation = "more than 50 inline query results"
	resultBad        Situation = "inline query result can't be parsed"
	resultButtonJSON Situation = "inline query results button can't be parsed"
	resultButtonBad  Situation = "inline query results button is malformed"
	startEmpty       Situation = "start_parameter is empty"
	startTooLong     Situation = "start_parameter is over 64 characters"
	startLetters     Situation = "start_parameter has characters that it can't have"
	resultPhone      Situation = "inline contact without a phone number"
	resultFirstName  Situation = "inline contact without a first name"
	resultDocument   Situation = "inline document is neither PDF nor ZIP"
	resultVideo      Situation = "inline video is neither MP4 nor a page"
	resultSticker    Situation = "inline sticker is named by a URL"
	resultIDEmpty    Situation = "inline query result has an empty id"
	resultIDLong     Situation = "inline query result's id is over 64 bytes"
	resultIDTwice    Situation = "two inline query results have one id"
	articleTitle     Situation = "inline article has an empty title"
	videoTitle       Situation = "inline video has an empty title"
	documentTitle    Situation = "inline document has an empty title"
	audioTitle       Situation = "inline audio has an empty title"
	photoThumb       Situation = "inline photo has no thumbnail"
	nextOffsetLong   Situation = "next_offset is over 64 bytes"
	switchTextEmpty  Situation = "inline query results button has no text"

	inlineGarbled   Situation = "inline_message_id is malformed"
	inlineEmpty     Situation = "inline message gets an empty text"
	inlineUpload    Situation = "inline message gets an uploaded file"
	inlineWrongKind Situation = "inline message is of a kind that can't become that"
)
