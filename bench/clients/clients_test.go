//go:build foreign

package clients

import "testing"

// library is one client library's bot.
type library struct {
	run runner
	// within: it runs in this process.
	within bool
	// replies: by webhook it answers pressed buttons in its answer to the
	// webhook, a form that the library offers.
	replies bool
}

// libraries are those whose bots hold the conversation.
var libraries = map[string]library{
	"grammy":                {run: node("grammy.mjs"), replies: true},
	"telegraf":              {run: node("telegraf.mjs"), replies: true},
	"node-telegram-bot-api": {run: node("ntba.mjs")},
	"telebot":               {run: telebotBot, within: true},
	"OvyFlash":              {run: ovyBot, within: true, replies: true},
	"go-telegram":           {run: goTelegramBot, within: true},
	"telego":                {run: telegoBot, within: true},
}

func TestClients(t *testing.T) {
	for name, lib := range libraries {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for way, webhook := range map[string]bool{"polling": false, "webhook": true} {
				t.Run(way, func(t *testing.T) {
					t.Parallel()
					converse(t, lib, webhook)
				})
			}
		})
	}
}
