package telegram

import (
	"fmt"
	"strings"
	"testing"
)

// marked writes text and entities in one line: "text | type offset length extra; …".
func marked(text string, es []Entity) string {
	out := make([]string, len(es))
	for i, e := range es {
		extra := e.URL + e.Language + e.CustomEmojiID
		if e.User != nil {
			extra += itoa(*e.User)
		}
		if e.UnixTime != 0 {
			extra += strings.TrimSpace(itoa(e.UnixTime) + " " + e.Format)
		}
		out[i] = strings.TrimSpace(fmt.Sprintf("%s %d %d %s", e.Type, e.Offset, e.Length, extra))
	}
	return strings.TrimRight(text+" | "+strings.Join(out, "; "), " ")
}

// parsing is one case: a marked up text, and what marked makes of it, or what
// stands behind "can't parse entities: ", with a ! in front.
type parsing struct{ in, want string }

func checkParsing(t *testing.T, parse func(string) (string, []Entity, *problem), all []parsing) {
	t.Helper()
	for _, tt := range all {
		text, es, bad := parse(tt.in)
		got := marked(text, es)
		if bad != nil {
			got = "!" + strings.TrimPrefix(bad.text, "Bad Request: can't parse entities: ")
		}
		if got != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.in, got, tt.want)
		}
	}
}
