package doors

import (
	"fmt"

	sim "topicdesk/bench/telegram"
)

// contentRoutes are about what messages are made of: keyboards below the
// input field, places that move, polls, files on the simulated internet.
var contentRoutes = []route{
	look("/world/keys", func(w *sim.World, q *query) (any, error) {
		return struct {
			Keyboard *sim.Keyboard `json:"keyboard"`
		}{w.KeyboardOf(q.id("as"), q.id("chat"), int(q.number("topic", 0)))}, nil
	}),
	act("/world/keys", pressKey),
	act("/world/move", func(w *sim.World, in struct {
		As, Chat int64
		Message  int
		Location *sim.Location
	}) (any, error) {
		return done{true}, w.Move(in.As, in.Chat, in.Message, in.Location)
	}),
	act("/world/polls/stop", func(w *sim.World, in struct {
		As, Chat int64
		Message  int
	}) (any, error) {
		return done{true}, w.StopPoll(in.As, in.Chat, in.Message)
	}),
	act("/world/polls/answers", func(w *sim.World, in struct {
		As, Chat int64
		Message  int
		Add      string
		Remove   string // persistent id
	}) (any, error) {
		if in.Remove != "" {
			return done{true}, w.RemoveAnswer(in.As, in.Chat, in.Message, in.Remove)
		}
		option, err := w.AddAnswer(in.As, in.Chat, in.Message, in.Add)
		return madeAnswer{option}, err
	}),
	act("/world/checklists", func(w *sim.World, in struct {
		As, Chat     int64
		Message      int
		Done, Undone []int
		Add          []string
	}) (any, error) {
		if len(in.Add) > 0 {
			return done{true}, w.AddTasks(in.As, in.Chat, in.Message, in.Add...)
		}
		return done{true}, w.MarkTasks(in.As, in.Chat, in.Message, in.Done, in.Undone)
	}),
	act("/world/host", func(w *sim.World, in struct {
		URL   string
		Media medium
	}) (any, error) {
		c, err := in.Media.content("")
		if err != nil {
			return nil, err
		}
		return done{true}, w.Host(in.URL, *c.File)
	}),
	look("/world/writing", func(w *sim.World, q *query) (any, error) {
		d, ok := w.Writing(q.id("as"), q.id("chat"))
		return struct {
			Writing bool   `json:"writing"`
			Topic   int    `json:"topic"`
			Text    string `json:"text"`
		}{ok, d.Topic, d.Text}, nil
	}),
}

// poll is a poll that a person makes.
type poll struct {
	Growing     bool     `json:"growing"` // voters may add answers
	Question    string   `json:"question"`
	Options     []string `json:"options"`
	Multiple    bool     `json:"multiple"`
	Public      bool     `json:"public"`
	Quiz        bool     `json:"quiz"`
	Correct     []int    `json:"correct"` // quizzes: indices
	Explanation string   `json:"explanation"`
	OpenPeriod  int      `json:"open_period"` // seconds
}

func (p *poll) content() *sim.Poll {
	if p == nil {
		return nil
	}
	out := &sim.Poll{
		Question: p.Question, Multiple: p.Multiple, Public: p.Public, Growing: p.Growing, Quiz: p.Quiz, NoRevoting: p.Quiz,
		Correct: p.Correct, Explanation: p.Explanation, OpenPeriod: p.OpenPeriod,
	}
	for _, text := range p.Options {
		out.Options = append(out.Options, sim.PollOption{Text: text})
	}
	return out
}

// madeAnswer names an answer of a poll.
type madeAnswer struct {
	Option string `json:"option"` // persistent id
}

// checklist is a list of tasks; they are numbered from 1.
type checklist struct {
	Title      string   `json:"title"`
	Tasks      []string `json:"tasks"`
	OthersAdd  bool     `json:"others_add"`
	OthersMark bool     `json:"others_mark"`
}

func (l *checklist) content() *sim.Checklist {
	out := &sim.Checklist{Title: l.Title, OthersAdd: l.OthersAdd, OthersMark: l.OthersMark}
	for i, text := range l.Tasks {
		out.Tasks = append(out.Tasks, sim.Task{ID: i + 1, Text: text})
	}
	return out
}

// pressKey presses a key of the keyboard below the input field, giving what
// it asks for.
func pressKey(w *sim.World, in struct {
	As, Chat int64
	Topic    int
	Text     string
	Phone    string
	Location *sim.Location
	Poll     *poll
	Users    []int64
	Share    int64
}) (any, error) {
	id, err := w.PressKey(in.As, in.Chat, in.Topic, in.Text, sim.Given{
		Phone: in.Phone, Location: in.Location, Poll: in.Poll.content(), Users: in.Users, Chat: in.Share,
	})
	if err != nil {
		return nil, fmt.Errorf("press %q: %w", in.Text, err)
	}
	return posted{[]int{id}}, nil
}
