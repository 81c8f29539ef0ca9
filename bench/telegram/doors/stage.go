package doors

import (
	"cmp"
	"net/http"
	"slices"

	sim "topicdesk/bench/telegram"
)

// Stage tells the page who is who; the program that hosts the Telegram fills
// it in. Ids are those of the World; 0 = there is none. Without any id the page
// shows whoever was made first.
type Stage struct {
	Title     string  `json:"title"`     // above everything; "" = a plain one
	Hint      string  `json:"hint"`      // what to try first, one sentence; may be empty
	Bot       int64   `json:"bot"`       // whom clients write to
	Client    int64   `json:"client"`    // whose Telegram is on the left
	Group     int64   `json:"group"`     // a client group, listed after the bot
	Forum     int64   `json:"forum"`     // the operators' group, on the right
	Operators []int64 `json:"operators"` // who is on the right, the first one first
}

// SetStage replaces who is who; pages that are open follow.
func (s *Server) SetStage(stage Stage) {
	s.mu.Lock()
	s.stage = stage
	s.mu.Unlock()
	s.changes.bump()
}

// setting is the stage with the names of everybody on it.
type setting struct {
	Stage
	// Run tells this Server from one that was here before it.
	Run     string `json:"run"`
	BotName string `json:"bot_name"`
	// Accounts are the people and bots on stage and the first of all others;
	// Total is how many there are.
	Accounts []sim.AccountInfo `json:"accounts"`
	Total    int               `json:"total"`
}

func (s *Server) serveStage(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	out := setting{Stage: s.stage, Run: s.run}
	s.mu.Unlock()
	out.Title = cmp.Or(out.Title, "Simulated Telegram")
	if out.Operators == nil {
		out.Operators = []int64{}
	}
	s.door.With(func(w *sim.World) {
		out.Accounts = w.Accounts()
		out.guess(w)
	})
	for _, a := range out.Accounts {
		if a.ID == out.Bot {
			out.BotName = a.Name
		}
	}
	out.cut()
	writeJSON(w, http.StatusOK, out)
}

// maxOthers is how many accounts are told that nobody put on the stage.
const maxOthers = 100

// cut leaves out accounts, so that a page isn't told a million names.
func (o *setting) cut() {
	o.Total = len(o.Accounts)
	others := 0
	o.Accounts = slices.DeleteFunc(o.Accounts, func(a sim.AccountInfo) bool {
		if a.ID == o.Bot || a.ID == o.Client || slices.Contains(o.Operators, a.ID) {
			return false
		}
		others++
		return others > maxOthers
	})
}

// guessAmong is how many accounts are asked for a forum when nobody said which.
const guessAmong = 50

// guess puts whoever was made first on a stage that nobody has set: the
// simulator started alone has none, and its page shall show what is there.
func (o *setting) guess(w *sim.World) {
	if o.Bot != 0 || o.Client != 0 || o.Forum != 0 {
		return
	}
	for _, a := range o.Accounts[:min(guessAmong, len(o.Accounts))] {
		if a.Bot {
			continue
		}
		o.Client = cmp.Or(o.Client, a.ID)
		for _, c := range w.Chats(a.ID) {
			if c.Forum && o.Forum == 0 {
				o.Forum, o.Operators = c.ID, []int64{a.ID}
			}
		}
	}
	for _, a := range o.Accounts {
		if a.Bot {
			o.Bot = a.ID
			return
		}
	}
}
