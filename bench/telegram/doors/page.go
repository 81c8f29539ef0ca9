package doors

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed page
var pageFiles embed.FS

var pageServer = func() http.Handler {
	sub, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic("doors: " + err.Error())
	}
	return http.FileServerFS(sub)
}()

// servePage answers with the page at / and its files beside it, and with the
// Bot API server's 404 for every other path.
func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/", "/page.css", "/page.js":
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'")
		h.Set("Cache-Control", "no-cache")
		pageServer.ServeHTTP(w, r)
	default:
		writeAnswer(w, notFound)
	}
}
