// Package telegram is a Telegram to run bots against: people, bots, private
// chats with and without topics, groups, forums, channels, business accounts,
// inline mode, the Bot API, its limits and its faults, without any network.
//
// # What it owns
//
// World is the whole of it: a pure, deterministic value. It has no
// goroutines, no locks and no clock; its time is given to it by SetTime, its
// randomness comes from Options.Seed. World.Call does one Bot API method.
// Everything else on World acts as people (Send, Edit, React, CreateTopic,
// Inline, ConnectBusiness …), looks at chats as people see them (View, Chats,
// Topics), plans faults (AddFault) or changes the rules (SetKnobs).
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
// is copied with its exact texts (failures is the one table of them, each
// with its source); where it is not known or disputed, it is a field of
// Knobs with the evidence in its comment. Profiles are ready-made Knobs, from
// Harsh to Unlimited; Strict is the default. What of the Bot API is left out
// stands in Absences, each with its reason.
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
// # Kinds of chats
//
// Groups, supergroups and channels have members with rights. A forum is a
// supergroup with topics. A private chat is one person with one bot; a bot in
// threaded mode has topics there (Robot.TopicsEnabled). A talk is two people
// without a bot; it exists for business accounts: a connection lets a bot read
// an owner's talks and write in the owner's name. An inline message may stand
// where the bot isn't; the bot knows it by an id of its own.
//
// A World may hold millions of messages and a million private chats, so both
// keep what few of them have in a part that is made when it is first needed
// (message.rare, chat.group). Until then all share an empty one: read it
// anywhere, write to it by own only.
//
// # What happens by itself
//
// SetTime does what has come due: the agenda (bans end, messages delete
// themselves), then polls that close, updates that were held back, and counts
// of anonymous reactions. Bots are told of the last three, so NextLate names
// their next moment and a Door wakes up for it; what is on the agenda must tell
// bots nothing. A fault strikes the calls and updates that it matches, each
// fault with draws of its own; outages cut calls, polls and webhooks.
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
//   - Nothing is done twice, except by Faults; nothing is done late, except by
//     them and by what the Knobs name: hidden floods, the gap in albums, the
//     delay of reactions.
//   - A refused call changes nothing but the log, the limits' memory and
//     what the bot's server has looked up; only an album may break in the
//     middle (Knobs.AlbumFlood400).
//   - Every update id is given once; ids of one bot have no gaps, but begin
//     anew after a week without updates.
//   - Message numbers in a sequence have no gaps; deleted ones stay used.
//   - The same seed and the same calls give the same World.
//
// # Where to change what
//
// A Bot API method is a handler in the method_*.go of its subject, entered in
// that file's table; methods.go joins the tables. orOnBehalf and orInline choose
// other handlers for calls with business_connection_id or inline_message_id. A
// handler reads its arguments (args.go, JSON in fields.go), finds the chat
// (access.go, place.go), spends budgets (limits.go), changes the World and
// returns an object, in the order in which the server does it: the order
// decides which of two mistakes is told (audit_test.go).
//
//	a failure's text       errors*.go name the Situation, failures*.go have its row;
//	                       errors*_test.go a case that provokes it
//	a knob                 knobs.go with its evidence, profiles.go with its values; a test
//	                       on both settings; go test ./bench/telegram -run README -update
//	what a person does     people*.go; for the other languages a route in doors
//	an object              object*.go, or beside the feature that it belongs to; filled in
//	                       emit*.go and member.go
//	a type of update       update.go; who is told in deliver*.go and business.go
//	a fault                fault.go, what makes sense in fault_check.go, what it does in
//	                       fault_strike.go
//	what is left out       absences.go
//
// Whatever a bot can be sent has to come up on the tour (tour_*_test.go), which
// tests hold against the Bot API's specification and captures.
//
// The rest, by file:
//
//	world, account, bot, chat, talk, topic*, message, box, photo, file*   what there is
//	content*, poll*, keyboard, markup, inline*, users_shared, sticker_set what messages are made of
//	rights*, member, link, access, place, proximity                       who may what, and where
//	text*, parse*, entity*                                                texts and their marks
//	limits, budget, chain, intake, meter                                  floods, told or waited for
//	queue, update, deliver*, log, forget                                  what bots and tests are told
//	call, session, host, webhook_url                                      a call's way in and out
//	door*, caller, wait                                                   many callers, time, telego
//	view*                                                                 what people see
package telegram
