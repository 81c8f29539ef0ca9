//go:build foreign

package clients

import "testing"

// libraries are those whose bots hold the conversation. Go bots run in this
// process, the others in one of their own.
var libraries = map[string]runner{
	"grammy": node("grammy.mjs"),
}

func TestClients(t *testing.T) {
	for name, run := range libraries {
		t.Run(name, func(t *testing.T) {
			for way, webhook := range map[string]bool{"polling": false, "webhook": true} {
				t.Run(way, func(t *testing.T) {
					t.Parallel()
					converse(t, run, webhook)
				})
			}
		})
	}
}
