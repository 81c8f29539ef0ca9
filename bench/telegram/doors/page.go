package doors

import (
	"embed"
	"io/fs"
	"net/http"
	"strings"

	sim "topicdesk/bench/telegram"
)

//go:embed page
var pageFiles embed.FS

// pageRoot holds the page's files: plain HTML, styles and modules, which no
// build makes.
var pageRoot = func() fs.FS {
	sub, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic("doors: " + err.Error())
	}
	return sub
}()

// pagePolicy lets the page load nothing that isn't the server's own or made by
// the page itself.
const pagePolicy = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; frame-ancestors 'self'"

// servePage answers with the page at / and its files beside it, and with the
// Bot API server's 404 for every other path.
func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if info, err := fs.Stat(pageRoot, name); name != "" && (err != nil || info.IsDir()) {
		writeAnswer(w, sim.NotFound())
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Cache-Control", "no-cache")
	http.FileServerFS(pageRoot).ServeHTTP(w, r)
}
