package botapi

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mymmrac/telego/telegoapi"

	"topicdesk/tenants"
)

const (
	// floodUnknown is waited if a flood doesn't say how long.
	floodUnknown = 5 * time.Second
	// floodMost is the longest flood that is believed: a number that no time.Duration
	// holds would be a pause before now.
	floodMost = 30 * 24 * time.Hour
	// maxWhy bounds Outcome.Why, characters.
	maxWhy = 200
)

// prefixes are what the Bot API server puts before a description.
var prefixes = []string{
	"Bad Request: ", "Forbidden: ", "Unauthorized: ", "Not Found: ", "Conflict: ",
	"Misdirected Request: ", "Request Entity Too Large: ", "Internal Server Error: ",
}

var (
	flood = regexp.MustCompile(`(?i)too many requests(?:: retry after (\d+))?`)
	// nested is an album's error, with that of one part inside.
	nested = regexp.MustCompile(`(?s)^failed to send message #(\d+) with the error message "(.*)"$`)
	// omitted is said of a part that Telegram left out of a request that it did;
	// the others are there (TDLib source: SendMultiMediaQuery, ForwardMessagesQuery).
	omitted = regexp.MustCompile(`(?i)^message was not (?:sent|forwarded)$`)
	quoted  = regexp.MustCompile(`"[^"]*"`)
)

// verdict is the outcome of a call that failed. chat is its target, 0 without.
func (g *Gateway) verdict(method string, chat tenants.ChatID, err error) tenants.Outcome {
	var api *telegoapi.Error
	if errors.As(err, &api) {
		outcome, _ := judge(method, chat, api)
		return outcome
	}
	outcome := tenants.Outcome{Kind: tenants.Unsure, Why: g.hide(method + ": " + tidy(err.Error()))}
	var known SentError
	if errors.As(err, &known) && !known.Sent() {
		outcome.Kind = tenants.NotSent
	}
	return outcome
}

// isConflict tells that somebody else asks for the updates (Bot API error 409).
func isConflict(err error) bool {
	var api *telegoapi.Error
	return errors.As(err, &api) && api.ErrorCode == http.StatusConflict
}

// isHooked tells that the updates go to a webhook (Bot API server source: the text of
// its 409 to getUpdates).
func isHooked(err error) bool {
	var api *telegoapi.Error
	return isConflict(err) && errors.As(err, &api) && strings.Contains(api.Description, "webhook is active")
}

// judge reads an error of Telegram's; known is false where the catalogue has
// no row for it.
func judge(method string, chat tenants.ChatID, e *telegoapi.Error) (outcome tenants.Outcome, known bool) {
	text := e.Description
	for _, prefix := range prefixes {
		if rest, found := strings.CutPrefix(text, prefix); found {
			text = rest
			break
		}
	}
	part := 0
	if inner := nested.FindStringSubmatch(text); inner != nil {
		part, _ = strconv.Atoi(inner[1]) // digits; too many for an int: 0
		text = strings.TrimPrefix(inner[2], "Bad Request: ")
	}
	outcome, known = judgeText(method, text, e)
	if part > 0 {
		inAlbum(&outcome, part, text)
	}
	if outcome.Kind == tenants.Gone && outcome.Gone == tenants.GoneChat && chat > 0 {
		outcome.Gone = tenants.GoneClient
	}
	outcome.Why = tidy(e.Description)
	if outcome.Kind == tenants.Flood {
		outcome.Wide = chat == 0
	}
	return outcome, known
}

// inAlbum adds what the error of one part tells of the others. Messages are
// counted in the order in which they were done with (Bot API server source), so
// before the one that a flood met all had arrived. A refusal is all parts' own:
// an album is one request of Telegram's once its files are there.
func inAlbum(outcome *tenants.Outcome, part int, text string) {
	switch {
	case outcome.Kind == tenants.Flood:
		outcome.Arrived = part - 1
	case omitted.MatchString(text):
		*outcome = tenants.Outcome{Kind: tenants.Done, Short: true}
	}
}

func judgeText(method, text string, e *telegoapi.Error) (outcome tenants.Outcome, known bool) {
	if after, is := floodOf(text, e); is {
		return tenants.Outcome{Kind: tenants.Flood, After: after}, true
	}
	if e.Parameters != nil && e.Parameters.MigrateToChatID != 0 {
		return tenants.Outcome{Kind: tenants.Moved, Chat: tenants.ChatID(e.Parameters.MigrateToChatID)}, true
	}
	if outcome, known = find(method, text); known {
		return outcome, true
	}
	switch {
	case e.ErrorCode >= http.StatusInternalServerError:
		return unsure, false
	case e.ErrorCode == http.StatusUnauthorized:
		return gone(tenants.GoneLogin), false
	case e.ErrorCode == http.StatusConflict:
		return notSent, false
	case contains(albums, method):
		return refused(tenants.AsApart, ""), false
	default:
		return refused(tenants.AsNone, ""), false
	}
}

// floodOf tells whether it is a flood, and how long to wait. The words may
// stand in an error 400 (an album's), without parameters.
func floodOf(text string, e *telegoapi.Error) (after time.Duration, is bool) {
	words := flood.FindStringSubmatch(text)
	if words == nil && e.ErrorCode != http.StatusTooManyRequests {
		return 0, false
	}
	if e.Parameters != nil && e.Parameters.RetryAfter > 0 {
		return believed(e.Parameters.RetryAfter), true
	}
	if words != nil {
		if seconds, err := strconv.Atoi(words[1]); err == nil && seconds > 0 {
			return believed(seconds), true
		}
	}
	return floodUnknown, true
}

func believed(seconds int) time.Duration {
	return time.Duration(min(seconds, int(floodMost/time.Second))) * time.Second
}

// tidy shortens a description and takes out what it quotes, which may be a
// message's words.
func tidy(why string) string {
	if inner := nested.FindStringSubmatch(strings.TrimPrefix(why, "Bad Request: ")); inner != nil {
		why = "in an album: " + inner[2]
	}
	why = quoted.ReplaceAllString(why, `"…"`)
	if runes := []rune(why); len(runes) > maxWhy {
		why = string(runes[:maxWhy]) + "…"
	}
	return why
}
