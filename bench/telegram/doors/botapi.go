package doors

import (
	"bytes"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	sim "topicdesk/bench/telegram"
)

// serveBot answers /bot<token>/<method> and /bot<token>/test/<method>.
func (s *Server) serveBot(w http.ResponseWriter, r *http.Request) {
	token, method, ok := sim.SplitPath(strings.TrimPrefix(r.URL.Path, "/bot"))
	if !ok {
		writeAnswer(w, sim.NotFound())
		return
	}
	args, refused := readArgs(r)
	if refused != 0 {
		refuse(w, refused)
		return
	}
	if method == "" {
		method = args.Values["method"] // as in answers to webhooks (Bot API server source)
	}
	ans, err := s.door.Call(r.Context(), token, method, args, 0)
	s.changes.bump()
	if err != nil {
		panic(http.ErrAbortHandler) // the caller is gone, or nothing ever comes
	}
	switch ans.Loss {
	case sim.LossNone:
		writeAnswer(w, ans)
	case sim.LossReset:
		reset(w)
	case sim.LossGateway:
		writeHTML(w, http.StatusBadGateway, "502 Bad Gateway")
	case sim.LossServer:
		writeAnswer(w, sim.Restarting())
	case sim.LossHang:
		panic(http.ErrAbortHandler)
	default:
		panic("doors: unknown loss")
	}
}

// frontHeaders are those that the web server in front of the Bot API adds
// (measured).
var frontHeaders = map[string]string{
	"Server":                        "nginx/1.18.0",
	"Connection":                    "keep-alive",
	"Strict-Transport-Security":     "max-age=31536000; includeSubDomains; preload",
	"Access-Control-Allow-Origin":   "*",
	"Access-Control-Expose-Headers": "Content-Length,Content-Type,Date,Server,Connection",
}

// writeAnswer writes the envelope with the headers of the Bot API server.
func writeAnswer(w http.ResponseWriter, a sim.Answer) {
	body := a.JSON()
	h := w.Header()
	for name, value := range frontHeaders {
		h.Set(name, value)
	}
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if a.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(a.RetryAfter))
	}
	code := http.StatusOK
	if !a.OK {
		code = a.Code
	}
	w.WriteHeader(code)
	w.Write(body)
}

// writeHTML answers as the web server in front of api.telegram.org does.
func writeHTML(w http.ResponseWriter, code int, title string) {
	body := "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
		"</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
	w.Header().Set("Server", frontHeaders["Server"])
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	w.Write([]byte(body))
}

// refuse ends a request that can't be read. The Bot API server sends the
// status without a body and closes the connection (its source); bodies over
// 50 MB don't reach it, they meet the web server in front of it.
func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("Connection", "close")
	if status == statusTooLong {
		writeHTML(w, http.StatusRequestEntityTooLarge, "413 Request Entity Too Large")
		return
	}
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(status)
}

// reset breaks the connection without an answer.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}

// serveFile answers /file/bot<token>/<file_path>.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	token, path, ok := sim.SplitPath(strings.TrimPrefix(r.URL.Path, "/file/bot"))
	var content []byte
	var down bool
	if ok {
		id, _, _ := strings.Cut(token, ":")
		bot, _ := strconv.ParseInt(id, 10, 64)
		s.door.With(func(world *sim.World) {
			_, down = world.Down(bot)
			content, ok = world.Download(token, path)
		})
	}
	if down {
		reset(w)
		return
	}
	if !ok {
		writeAnswer(w, sim.NotFound())
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}
