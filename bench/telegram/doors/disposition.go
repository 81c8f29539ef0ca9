package doors

import (
	"net/textproto"
	"path"
	"strings"
)

// disposition is what a part of a form says about itself.
type disposition struct {
	name   string
	file   string // without folders; may be empty for a file too
	isFile bool   // it has a filename, even an empty one
}

// readDisposition reads the header as the Bot API server does (TDLib source,
// its HTTP reader): values are quoted, with backslashes, or go up to the next
// semicolon, in any bytes; both are then percent-decoded. Keys are exact, so
// filename*= is none. ok is false for what the server refuses.
func readDisposition(h textproto.MIMEHeader) (d disposition, ok bool) {
	rest, ok := strings.CutPrefix(h.Get("Content-Disposition"), "form-data;")
	if !ok {
		return d, false
	}
	for {
		key, after, more := strings.Cut(strings.TrimSpace(rest), "=")
		if !more {
			return d, d.name != ""
		}
		var value string
		if value, rest, ok = cutValue(strings.TrimSpace(after)); !ok {
			return d, false
		}
		value = unescape(value, false)
		switch strings.TrimSpace(key) {
		case "name":
			d.name = value
		case "filename":
			d.file, d.isFile = "", true
			if value != "" {
				d.file = path.Base(value)
			}
		}
	}
}

// cutValue takes a value and its semicolon from the front of s.
func cutValue(s string) (value, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		value, rest, _ = strings.Cut(s, ";")
		return strings.TrimSpace(value), rest, true
	}
	var out strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			rest = strings.TrimSpace(s[i+1:])
			return out.String(), strings.TrimPrefix(rest, ";"), rest == "" || rest[0] == ';'
		case s[i] == '\\' && i+1 == len(s):
			return "", "", false
		case s[i] == '\\':
			i++
		}
		out.WriteByte(s[i])
	}
	return "", "", false
}
