package doors

import "net/http"

// Stage tells who is who to the page; the program that hosts the Telegram
// fills it in. Ids are those of the World; 0 = there is none.
type Stage struct {
	Title     string  `json:"title"`     // above everything, "" = a plain one
	Bot       int64   `json:"bot"`       // whom clients write to
	Client    int64   `json:"client"`    // the person on the left
	Group     int64   `json:"group"`     // a client group, shown first after the bot's chat
	Forum     int64   `json:"forum"`     // the operators' group, on the right
	Operators []int64 `json:"operators"` // who may be played on the right, first one first
}

// SetStage replaces who is who.
func (s *Server) SetStage(stage Stage) {
	s.mu.Lock()
	s.stage = stage
	s.mu.Unlock()
	s.changes.bump()
}

func (s *Server) servePage(w http.ResponseWriter, r *http.Request) { writeAnswer(w, notFound) }

func (s *Server) worldMux() *http.ServeMux { return http.NewServeMux() }
