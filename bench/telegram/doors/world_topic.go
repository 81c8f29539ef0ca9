package doors

import (
	sim "topicdesk/bench/telegram"
)

// topicRoutes change what topics are like, beyond what people do with them.
var topicRoutes = []route{
	act("/world/bots/topics", func(w *sim.World, in struct {
		Bot       int64
		On, Users bool
	}) (any, error) {
		w.SetThreaded(in.Bot, in.On, in.Users)
		return done{true}, nil
	}),
	act("/world/topics/forget", func(w *sim.World, in struct {
		Chat   int64
		Before int
	}) (any, error) {
		w.ForgetOldTopics(in.Chat, in.Before)
		return done{true}, nil
	}),
}
