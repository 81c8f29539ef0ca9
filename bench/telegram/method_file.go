package telegram

import "strings"

// fileMethods are the methods about files.
var fileMethods = map[string]handler{
	"getFile": getFile,
}

// maxDownload is the largest file that getFile gives, in bytes (Bot API docs).
const maxDownload = 20 << 20

func getFile(c *call) (any, *problem) {
	id := c.args.str("file_id")
	if id == "" {
		return nil, fail(fileIDMissing)
	}
	r, owner, ok := c.w.readFileID(id)
	switch {
	case !ok:
		return nil, fail(fileIDInvalid)
	case owner != c.bot.me.id: // well-formed, but Telegram doesn't give the file
		return nil, fail(fileUnavailable)
	}
	if r.size() > maxDownload {
		return nil, fail(fileTooBig)
	}
	o := r.show(c.bot.me.id)
	o.FilePath = r.path()
	return o, nil
}

// Download returns the content behind a file_path that getFile gave to the
// bot with that token; false = no such file or token.
func (w *World) Download(token, path string) ([]byte, bool) {
	if w.tokens[token] == nil {
		return nil, false
	}
	_, name, _ := strings.Cut(path, "/")
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "file_"), ".")
	num, letter, _ := strings.Cut(name, "_")
	r := fileRef{file: w.files[leadingInt(num)]}
	if letter != "" {
		r.letter = letter[0]
	}
	if r.file == nil || r.path() != path || r.size() > maxDownload {
		return nil, false
	}
	return r.bytes(), true
}
