package botapi

import (
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
)

// TestDeepUpdates: an update as long as a webhook takes, nested as deep as it goes, is
// read or refused in a moment: what Go can't recover from, a stack that is used up,
// would end the process of all tenants.
func TestDeepUpdates(t *testing.T) {
	nested := func(open, inner, shut string) string {
		n := (maxUpdate - 1000) / (len(open) + len(shut))
		return strings.Repeat(open, n) + inner + strings.Repeat(shut, n)
	}
	const message = `{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"x"`
	updates := map[string]string{
		"lists":    `{"update_id":1,"message":` + nested("[", "", "]") + `}`,
		"objects":  `{"update_id":1,"message":` + nested(`{"x":`, "1", "}") + `}`,
		"replies":  `{"update_id":1,"message":` + nested(message+`,"reply_to_message":`, message+"}", "}") + `}`,
		"pinned":   `{"update_id":1,"message":` + nested(message+`,"pinned_message":`, message+"}", "}") + `}`,
		"callback": `{"update_id":1,"callback_query":{"id":"1","from":{"id":1},"data":"x","message":` + nested(message+`,"reply_to_message":`, message+"}", "}") + `}}`,
		"cut":      `{"update_id":1,"message":` + strings.Repeat(message+`,"reply_to_message":`, (maxUpdate-1000)/len(message)/2),
	}
	// telego reads what is inside once more at each of at most 300 levels.
	rich := strings.Repeat(`{"type":"bold","text":`, 290) + `"` + strings.Repeat("x", maxUpdate-12_000) + `"` + strings.Repeat("}", 290)
	updates["rich text"] = `{"update_id":1,"message":` + message + `,"rich_message":{"blocks":[{"type":"paragraph","text":` + rich + `}]}}}`
	for name, raw := range updates {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			if _, err := decode(tenants.UserID(7), []byte(raw)); err != nil {
				t.Log(len(raw), err)
			}
			if took := time.Since(begin); took > 10*time.Second {
				t.Errorf("%d bytes took %s", len(raw), took)
			}
		})
	}
}
