//go:build foreign

package clients

import "testing"

// library is one client library's bot.
type library struct {
	run runner
	// replies: by webhook it answers pressed buttons in its answer to the
	// webhook, a form that the library offers.
	replies bool
}

// libraries are those whose bots hold the conversation. Go bots run in this
// process, the others in one of their own.
var libraries = map[string]library{
	"grammy":                {node("grammy.mjs"), true},
	"telegraf":              {node("telegraf.mjs"), true},
	"node-telegram-bot-api": {node("ntba.mjs"), false},
	"telebot":               {telebotBot, false},
	"OvyFlash":              {ovyBot, true},
	"go-telegram":           {goTelegramBot, false},
	"telego":                {telegoBot, false},
}

func TestClients(t *testing.T) {
	for name, lib := range libraries {
		t.Run(name, func(t *testing.T) {
			for way, webhook := range map[string]bool{"polling": false, "webhook": true} {
				t.Run(way, func(t *testing.T) {
					t.Parallel()
					converse(t, lib, webhook)
				})
			}
		})
	}
}
