package botapi

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/mymmrac/telego/telegoapi"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// kicked is a Telegram that we are out of a supergroup of, and where asks about the
// source of a copy are answered so.
type kicked struct {
	source string // what getChat says; "" = it finds the chat
	lost   bool   // or no connection comes about
	asked  *[]string
}

func (k kicked) Call(_ context.Context, url string, _ *telegoapi.RequestData) (*telegoapi.Response, error) {
	method := url[strings.LastIndex(url, "/")+1:]
	*k.asked = append(*k.asked, method)
	switch {
	case method != "getChat":
		return says("Forbidden: bot was kicked from the supergroup chat"), nil
	case k.lost:
		return nil, errors.New("no route")
	case k.source != "":
		return says(k.source), nil
	default:
		return &telegoapi.Response{Ok: true, Result: []byte(`{"id":-1002,"type":"supergroup"}`)}, nil
	}
}

func says(words string) *telegoapi.Response {
	return &telegoapi.Response{Error: &telegoapi.Error{ErrorCode: 403, Description: words}}
}

// TestWhichChatIsAway: of a copy, what is read from and what is written into are away in
// the same words.
func TestWhichChatIsAway(t *testing.T) {
	from := tenants.MessageRef{Chat: -1002, ID: 5}
	team, client := telegram.To{Chat: -1001}, telegram.To{Chat: 77}
	out, unknown := "Forbidden: bot was kicked from the supergroup chat", "Bad Request: chat not found"
	for name, test := range map[string]struct {
		kicked kicked
		call   telegram.Call
		want   string
		asks   int
	}{
		"the source":                     {kicked{source: out}, telegram.CopyMessage{To: team, From: from}, "refused as body", 2},
		"the source of an answer":        {kicked{source: unknown}, telegram.CopyMessage{To: client, From: from}, "refused as body", 2},
		"the source of a forward":        {kicked{source: out}, telegram.ForwardMessage{To: team, From: from}, "refused as body", 2},
		"that of an album":               {kicked{source: out}, telegram.CopyAlbum{To: team, From: []tenants.MessageRef{from}}, "refused as body", 2},
		"that of a forwarded album":      {kicked{source: out}, telegram.ForwardAlbum{To: team, From: []tenants.MessageRef{from}}, "refused as body", 2},
		"the target":                     {kicked{}, telegram.CopyMessage{To: team, From: from}, "gone chat", 2},
		"nobody knows":                   {kicked{lost: true}, telegram.CopyMessage{To: team, From: from}, "not sent", 2},
		"within one chat":                {kicked{source: out}, telegram.CopyMessage{To: telegram.To{Chat: -1002}, From: from}, "gone chat", 1},
		"what is written is from nobody": {kicked{source: out}, telegram.SendContent{To: team, Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain("hi")}}, "gone chat", 1},
	} {
		t.Run(name, func(t *testing.T) {
			var asked []string
			test.kicked.asked = &asked
			g := newGateway(t, Options{Caller: test.kicked})
			if got := g.Try(t.Context(), 1, test.call); show(got) != test.want || len(asked) != test.asks {
				t.Errorf("got %s (%s) after %v, want %s", show(got), got.Why, asked, test.want)
			}
		})
	}
}
