package doors

import sim "topicdesk/bench/telegram"

// inlineRoutes are about what people type behind a bot's name.
var inlineRoutes = []route{
	act("/world/inline", func(w *sim.World, in struct {
		As, Bot, Chat int64
		Query, Offset string
	}) (any, error) {
		id, err := w.Inline(in.As, in.Bot, in.Chat, in.Query, in.Offset)
		return asked{id}, err
	}),
	look("/world/inline", func(w *sim.World, q *query) (any, error) {
		return w.InlineAnswer(q.text("query")), nil
	}),
	act("/world/inline/choose", chooseInline),
	act("/world/bots/inline", func(w *sim.World, in struct {
		Bot          int64
		On, Feedback bool
		Placeholder  string
	}) (any, error) {
		w.SetInline(in.Bot, in.On, in.Placeholder, in.Feedback)
		return done{true}, nil
	}),
}

// asked names a query.
type asked struct {
	Query string `json:"query"`
}

type choice struct {
	Query     string `json:"query"`
	Result    string `json:"result"`
	Topic     int    `json:"topic"`
	ReplyTo   int    `json:"reply_to"`
	ReplyIn   int64  `json:"reply_in"`
	Quote     string `json:"quote"`
	Anonymous bool   `json:"anonymous"`
	AsChannel int64  `json:"as_channel"`
}

func chooseInline(w *sim.World, in choice) (any, error) {
	id, err := w.ChooseInline(in.Query, in.Result, sim.Post{
		Topic: in.Topic, ReplyTo: in.ReplyTo, ReplyIn: in.ReplyIn, Quote: in.Quote,
		Anonymous: in.Anonymous, AsChannel: in.AsChannel,
	})
	return posted{[]int{id}}, err
}
