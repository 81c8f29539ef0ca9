// Package telegram is a Telegram to run bots against: people, bots, private
// chats, groups, forums with topics, channels, the Bot API, its limits and
// its faults, without any network.
//
// # What it owns
//
// World is the whole of it: a pure, deterministic value. It has no
// goroutines, no locks and no clock; its time is given to it by SetTime, its
// randomness comes from Options.Seed. World.Call does one Bot API method.
// Everything else on World acts as people (Send, Edit, React, CreateTopic …)
// or looks at chats as people see them (View, Chats, Topics).
//
// Door opens a World to many callers at once, in real or virtual time: it
// adds the lock, long polling, and all waiting, through a Waiter, and lets the
// World's time jump or run at another speed. Door.Caller is a caller for
// telego; other doors (HTTP) stand on Door.Call.
//
//	w := telegram.New(telegram.Options{Seed: 1})
//	ann := w.NewUser(telegram.Person{FirstName: "Ann"})
//	bot, token := w.NewBot(telegram.Robot{Name: "Desk", Username: "desk_bot"})
//	forum := w.NewForum(ann, "Support", bot)
//	w.Promote(ann, forum, bot, telegram.AllRights(), "")
//	w.Start(ann, bot, "")
//	w.Call(token, "getUpdates", telegram.ArgsOf("timeout", 0))
//	w.Call(token, "createForumTopic", telegram.ArgsOf("chat_id", forum, "name", "Ann"))
//	w.View(ann, forum, telegram.AllTopics)
//
// # What it must never do
//
// It is never kinder than Telegram. Where Telegram's behaviour is known, it
// is copied with its exact texts (failures.go is the one table of them, each
// with its source); where it is not known or disputed, it is a field of
// Knobs with the evidence in its comment, and Strict is the default.
// It imports nothing of the project, so that what it says about Telegram
// can't lean on what the relay believes.
//
// # Names and numbers
//
// Chats are named as whoever acts names them. For a person a private chat is
// the other's id; for a bot it is the person's id; groups and channels have
// one id for all: -N for basic groups, -1000000000000-N for supergroups and
// channels. A supergroup or channel numbers its messages by itself from 1;
// every account numbers those of its private chats and basic groups in one
// sequence of its own. Where people act in private chats with bots, the bot's
// numbers are used, so that tests, bots and logs talk about the same message;
// with people and in basic groups everybody has numbers of their own, and a
// business account's bot uses those of its owner. Service messages take
// numbers too; numbers are never reused.
//
// Topics are named by their thread id, the number of their first message; in
// private chats that is the person's number of it, also for the bot.
// 0 is General (and chats without topics); 1 is General in the methods that
// change topics, as in the Bot API, and refused for sending.
//
// # What is on the wire
//
// The structs of object*.go have their fields in the order in which the
// official Bot API server writes them, and include fields that it still
// writes though the documentation dropped them (thumb, forward_from …).
// Everything outside ASCII is written as \uXXXX. Updates are encoded when
// they happen, so later edits don't change what was queued.
//
// # Invariants
//
//   - Nothing is done twice and nothing is done late, except by Faults.
//   - A refused call changes nothing but the log, the limits' memory and
//     what the bot's server has looked up; only an album may break in the
//     middle (Knobs.AlbumFlood400).
//   - Every update id is given once; ids of one bot have no gaps, but begin
//     anew after a week without updates.
//   - Message numbers in a sequence have no gaps; deleted ones stay used.
//   - The same seed and the same calls give the same World.
package telegram
