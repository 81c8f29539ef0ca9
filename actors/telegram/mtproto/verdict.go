//go:build mtproto

package mtproto

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	port "topicdesk/actors/telegram"
	"topicdesk/tenants"
)

const (
	// codeFlood and codeTimeout are Telegram's own (core.telegram.org/api/errors).
	codeFlood   = 420
	codeTimeout = -503
	// floodUnknown is waited if a flood doesn't say how long.
	floodUnknown = 5 * time.Second
)

// verdict is the outcome of a request that failed. chat is its target, 0
// without. What is no refusal of Telegram's is Unsure: a request that was under
// way may have arrived, unless it was not even written.
func verdict(method string, chat tenants.ChatID, err error) tenants.Outcome {
	out, _ := judge(method, chat, err)
	return out
}

// judge tells too whether the catalogue has a row for it.
func judge(method string, chat tenants.ChatID, err error) (out tenants.Outcome, known bool) {
	refusal, is := tgerr.As(err)
	if !is {
		out = unsure
		if unwritten(err) {
			out.Kind = tenants.NotSent
		}
		out.Why = tidy(method, err)
		return out, false
	}
	out, known = judgeRefusal(method, refusal)
	if out.Kind == tenants.Gone && out.Gone == tenants.GoneChat && chat > 0 {
		out.Gone = tenants.GoneClient
	}
	if out.Kind == tenants.Flood {
		out.Wide = chat == 0
	}
	out.Why = tidy(method, err)
	return out, known
}

func judgeRefusal(method string, e *tgerr.Error) (out tenants.Outcome, known bool) {
	if e.Code == codeFlood && strings.HasSuffix(e.Type, "_WAIT") || e.Type == "TAKEOUT_INIT_DELAY" {
		after := time.Duration(e.Argument) * time.Second
		if after <= 0 {
			after = floodUnknown
		}
		return tenants.Outcome{Kind: tenants.Flood, After: after}, true
	}
	if out, known = find(method, strings.ToUpper(e.Type)); known {
		return out, true
	}
	switch {
	case strings.HasSuffix(e.Type, "_MIGRATE"):
		return tenants.Outcome{Kind: tenants.NotSent}, true
	case e.Code == http.StatusUnauthorized:
		return gone(tenants.GoneLogin), false
	case e.Code == codeFlood:
		return tenants.Outcome{Kind: tenants.Flood, After: floodUnknown}, false
	case e.Code >= http.StatusInternalServerError, e.Code == codeTimeout:
		return unsure, false
	default:
		return refused(tenants.AsNone, tenants.WhyUnknown), false
	}
}

// tidy is what Telegram said, or what went wrong on the way. gotd's errors hold
// neither words of messages nor secrets.
func tidy(method string, err error) string {
	if e, is := tgerr.As(err); is {
		return fmt.Sprintf("%s: %d %s", method, e.Code, e.Message)
	}
	switch {
	case unwritten(err):
		return method + ": the connection broke"
	case errors.Is(err, context.DeadlineExceeded):
		return method + ": no answer in time"
	case errors.Is(err, context.Canceled):
		return method + ": the connection or the call ended before the answer"
	default:
		return method + ": " + err.Error()
	}
}

// refusal is a verdict as Receive and its like return it.
func refusal(method string, chat tenants.ChatID, err error) error {
	out := verdict(method, chat, err)
	if out.Kind == tenants.Unsure { // it only asked: nothing happened
		out.Kind = tenants.NotSent
	}
	return &port.ReceiveError{Outcome: out}
}

// moved asks, after a refusal in a basic group, whether it has become a
// supergroup: the refusal doesn't say, the old group does (chat.migrated_to).
func (t *try) moved(chat tenants.ChatID, out tenants.Outcome) tenants.Outcome {
	if chat >= 0 || channelID(chat) != 0 || out.Kind != tenants.Gone || out.Gone == tenants.GoneLogin {
		return out
	}
	got, err := t.api.MessagesGetChats(t.ctx, []int64{-int64(chat)})
	if err != nil {
		return out
	}
	for _, one := range got.GetChats() {
		old, is := one.(*tg.Chat)
		if !is || old.ID != -int64(chat) {
			continue
		}
		if now, is := old.MigratedTo.(*tg.InputChannel); is {
			return tenants.Outcome{Kind: tenants.Moved, Chat: channelChat(now.ChannelID), Why: out.Why}
		}
	}
	return out
}
