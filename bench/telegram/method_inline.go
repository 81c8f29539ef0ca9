package telegram

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
)

// inlineMethods are the methods about inline queries.
var inlineMethods = map[string]handler{
	"answerInlineQuery": answerInlineQuery,
}

// answerInlineQuery looks at everything in three rounds: what the Bot API
// server reads, what TDLib checks, what Telegram's servers say at last. Which
// of those they look at first nobody has shown.
func answerInlineQuery(c *call) (any, *problem) {
	a := &inlineAnswer{nextOffset: c.args.str("next_offset")}
	id := itoa(leadingInt(c.args.str("inline_query_id")))
	personal := c.args.flag("is_personal")
	cache := c.args.integer("cache_time", inlineCache, 0, maxInlineCache)
	button, bad := c.resultsButton()
	if bad != nil {
		return nil, bad
	}
	if a.results, bad = c.resultsArg(); bad != nil {
		return nil, bad
	}
	if a.button, bad = button.checked(); bad != nil {
		return nil, bad
	}
	for i := range a.results {
		if bad := c.checkResult(&a.results[i]); bad != nil {
			return nil, bad
		}
	}
	q := c.w.inline.queries[id]
	if q == nil || q.bot != c.bot || q.answer != nil || c.w.now.Sub(q.at) > c.w.knobs.InlineTimeout {
		return nil, fail(queryTooOld)
	}
	if bad := a.refused(); bad != nil {
		return nil, bad
	}
	a.fresh = c.w.now.Add(time.Duration(cache) * time.Second)
	q.answer = a
	if person := int64(0); cache > 0 {
		if personal {
			person = q.person.id
		}
		c.w.inline.cache[q.key(person)] = a
	}
	return true, nil
}

// resultsButton reads the button above the results, nil = none.
func (c *call) resultsButton() (*resultsButton, *problem) {
	raw := c.args.json("button")
	if len(raw) == 0 {
		if text := c.args.str("switch_pm_text"); text != "" {
			return &resultsButton{InlineButton: InlineButton{Text: text, Start: c.args.str("switch_pm_parameter")}}, nil
		}
		return nil, nil
	}
	f, bad := objectOf(raw, fail(resultButtonJSON), fail(resultButtonBad, "InlineQueryResultsButton must be an Object"))
	if bad != nil {
		return nil, bad
	}
	b := &resultsButton{InlineButton: InlineButton{Text: f.needText("text")}}
	switch {
	case f.has("start_parameter"):
		b.Start = f.needText("start_parameter")
	case f.has("web_app"):
		o := f.needObject("web_app")
		b.WebApp = o.needText("url")
		b.opens = true
		f.adopt(o)
	default:
		f.blame("InlineQueryResultsButton must have exactly one optional field")
	}
	if f.fault != "" {
		return nil, fail(resultButtonBad, f.fault)
	}
	return b, nil
}

// resultsButton is the button as it was given.
type resultsButton struct {
	InlineButton
	opens bool // a web app
}

// checked is the button if TDLib takes it.
func (b *resultsButton) checked() (*InlineButton, *problem) {
	switch {
	case b == nil:
		return nil, nil
	case b.opens && strings.HasPrefix(b.WebApp, "tg://user?id="):
		return nil, fail(webAppUser)
	case b.opens:
		return &b.InlineButton, checkLink("inline query button Web App", b.WebApp, true)
	case b.Start == "":
		return nil, fail(startEmpty)
	case len(b.Start) > maxStart:
		return nil, fail(startTooLong)
	case strings.Trim(b.Start, base64Letters) != "":
		return nil, fail(startLetters)
	default:
		return &b.InlineButton, nil
	}
}

// resultsArg reads results; none at all is an empty list.
func (c *call) resultsArg() ([]inlineResult, *problem) {
	raw := c.args.json("results")
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	if fault := jsonFault(raw); fault != "" {
		return nil, fail(resultsGarbled, fault)
	}
	list, ok := arrayIn(raw)
	switch {
	case !ok:
		return nil, fail(resultsNoArray)
	case len(list) > maxInlineResults:
		return nil, fail(resultsMany)
	}
	out := make([]inlineResult, len(list))
	for i, item := range list {
		var fault string
		if out[i], fault = c.readResult(item); fault != "" {
			return nil, fail(resultBad, fault)
		}
	}
	return out, nil
}

// jsonFault says what is wrong with a JSON text, "" = nothing: the server's
// words for what is commonly wrong.
func jsonFault(raw json.RawMessage) string {
	var any json.RawMessage
	err := json.Unmarshal(raw, &any)
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &syntax) && syntax.Offset >= int64(len(raw)) && slices.Contains([]byte("[{"), raw[0]):
		return "Unexpected string end"
	case raw[0] == '[':
		return "Unexpected symbol while parsing JSON Array"
	case raw[0] == '{':
		return "Unexpected symbol while parsing JSON Object"
	case raw[0] < 0x7f:
		return "Unexpected symbol '" + string(raw[:1]) + "'"
	default:
		return "Unexpected symbol"
	}
}
