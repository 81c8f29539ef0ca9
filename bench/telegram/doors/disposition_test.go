package doors

import (
	"net/textproto"
	"testing"
)

func TestDisposition(t *testing.T) {
	for header, want := range map[string]disposition{
		`form-data; name="chat_id"`:                       {name: "chat_id"},
		`form-data;name="f";filename=список.txt`:          {"f", "список.txt", true}, // as grammY writes it
		`form-data; name="f"; filename="список.txt"`:      {"f", "список.txt", true},
		`form-data; name="f"; filename="a%20%d1%91+.txt"`: {"f", "a ё+.txt", true},
		`form-data; name="f"; filename="a\"b;c.txt"`:      {"f", `a"b;c.txt`, true},
		`form-data; filename=/etc/x ; name = f`:           {"f", "x", true},
		`form-data; name=f; filename=""`:                  {"f", "", true},
		`form-data; name=f; filename*=utf-8''x.txt`:       {name: "f"},
		`form-data; name=f; size=5; odd`:                  {name: "f"},
	} {
		got, ok := readDisposition(textproto.MIMEHeader{"Content-Disposition": {header}})
		if !ok || got != want {
			t.Errorf("%s: %+v %v, want %+v", header, got, ok, want)
		}
	}
	for _, header := range []string{``, `attachment; name=f`, `form-data`, `form-data; filename=x`, `form-data; name="f`, `form-data; name="f" x`, `form-data; name="f\`} {
		if got, ok := readDisposition(textproto.MIMEHeader{"Content-Disposition": {header}}); ok {
			t.Errorf("%s: %+v, want a refusal", header, got)
		}
	}
}
