// Package doors opens a simulated Telegram over HTTP: the Bot API for bots of
// any language, /world/ for tests and tools that play the people, and a page
// on which a human plays them.
//
// # What it owns
//
// Server is all doors of one sim.Door. It owns what belongs to sockets:
// encodings, envelopes, status codes, broken connections, webhooks and their
// queues. What happens in Telegram is the World's business; a rule of
// Telegram that isn't about HTTP doesn't belong here.
//
//	s := doors.New(doors.Options{Door: door, Stage: doors.Stage{Bot: bot, Client: ann, Forum: forum}})
//	err := s.Serve(ctx, listener)
//
// Handler alone answers calls; Start (Serve does it too) makes webhooks and
// updates that a fault holds back come by themselves.
//
// # What it must never do
//
// It is never kinder than Telegram: what the Bot API server doesn't read is
// refused with its status and no body; a lost answer is a broken connection.
// Nobody is asked for a password: whoever reaches the port may do everything,
// so listen on loopback. Requests that a browser makes for another site, and
// those to a name that a stranger may own, are refused at /world/.
//
// # The Bot API
//
// /bot<token>/<method>, /bot<token>/test/<method>, /file/bot<token>/<path>:
// GET and POST, arguments from query, urlencoded, multipart and JSON bodies,
// method names in any case, gzip and deflate. Arguments of the query win over
// those of the body, the first of a name over later ones, and a malformed
// body counts as none (Bot API server source). Limits: 1 MiB of parameters,
// 50 files, 256 KiB of headers, and as much of a form's parts' together (Bot
// API server source), 50 MB of body, also unpacked (measured; answered with
// HTML by the web server in front). Of what strangers ask for in vain nothing
// is kept but a line of the log.
//
// Webhooks: one request in flight for each queue of updates (about: each
// chat), the next after a 2xx only; max_connections at once; a first retry at
// once, then after 2, 4, 8 … s up to one or two minutes, or when Retry-After
// says, an hour at most; 60 s for an answer; a call in the answer's body is
// done; 410 for 23 hours removes the webhook; new connections are opened ten
// in half a second, but one in two seconds after ten seconds without success
// (all Bot API server source). Whether plain http:// is allowed is
// sim.Knobs.PlainWebhooks. Each webhook has connections of its own, to the
// ip_address that the bot named, and the certificate uploaded with setWebhook
// is the only one trusted there; with Options.Webhooks all goes through that.
// Answers may be packed with gzip or deflate.
//
// # The /world/ door
//
// JSON both ways; POST bodies are read strictly, unknown fields are refused.
// Refusals are {"error": "…"}: 403 where a person's Telegram would offer no
// such thing, 404 for messages that aren't there, else 400. "as" is the
// person who acts or looks; chats are named as that person's Telegram names
// them: a private chat is the bot's id. Messages have the numbers that
// package telegram gives them. topic 0 is General and every chat without
// topics.
//
//	GET  /world/accounts            query, limit → people and bots: id, name, username, bot; total
//	POST /world/block               as, bot, on: block or unblock a bot
//	POST /world/bots                name, username, no_privacy, test, topics, user_topics,
//	                                business, inline, inline_placeholder, inline_feedback, id →
//	                                id, token
//	POST /world/bots/inline         bot, on, placeholder, feedback: its inline mode
//	POST /world/bots/privacy        bot, on: privacy mode; groups where the bot is keep to the old one until
//	                                it is added again
//	POST /world/bots/revoke         bot → its new token
//	POST /world/bots/topics         bot, on, users: topics in its private chats, made by people too
//	GET  /world/business            as → the bot in the person's account: id of the connection, bot, rights,
//	                                only, except
//	POST /world/business            as, bot, do (connect, disconnect), rights (BusinessBotRights, those that
//	                                change from none), only, except (people) → id of the connection;
//	                                connecting again changes it
//	GET  /world/callback            query → what the bot answered to a pressed button
//	GET  /world/changes             after, timeout (s, 50 at most) → version; waits while it is after.
//	                                With Accept: text/event-stream, an endless stream of versions
//	GET  /world/chats               as, chat (none = all), query, limit, sort (recent) → the person's chats
//	                                with their last messages; total
//	POST /world/chats               kind (group, supergroup, forum, channel), owner, title, members → id
//	POST /world/chats/set           chat and what changes: forum, public_name (these two make a supergroup
//	                                of a basic group), protected, reactions, permissions (as in
//	                                setChatPermissions), discussion (a channel's group), join_by_request,
//	                                signatures (a channel); with as: title, about, photo (name, data),
//	                                no_photo, slow_mode_s, auto_delete_s, upgrade → id, which may be new
//	POST /world/checklists          as, chat, message, done, undone (ids of tasks), or add (texts)
//	GET  /world/commands            as, chat → the person's menu of commands: bot, bot_name, command,
//	                                description
//	POST /world/delete              as, chat, messages: for everybody
//	POST /world/edit                as, chat, message, text, entities: text or caption
//	GET  /world/faults              the fault plan
//	POST /world/faults              faults: a list of them, or one: name, do (see sim.FaultKind), and what it
//	                                strikes: method (send*, [^g]*), bot, chat, topic; chance, skip, nth,
//	                                count; from or after_s, until or for_s, every_s; delay_s, retry_s
//	POST /world/faults/clear        empties the plan
//	POST /world/faults/remove       at: takes one out of the plan, counting from 0
//	GET  /world/file                as, chat, message → the uploaded file
//	POST /world/forward             as, chat, topic, from, messages → ids
//	POST /world/host                url, media: puts a file where bots can send it from by its URL
//	GET  /world/icons               icons for topics: id, emoji
//	GET  /world/inline              query → what the bot answered: results, next_offset, button
//	POST /world/inline              as, bot, chat, query, offset: @bot query in the input field → query
//	POST /world/inline/choose       query, result, topic, reply_to, reply_in, quote, anonymous, as_channel:
//	                                sends one of the results → ids
//	POST /world/join                as, link (an invite link, or @name) → chat, pending: an administrator
//	                                must approve it
//	GET  /world/keys                as, chat, topic → the keyboard below the person's input field
//	POST /world/keys                as, chat, topic, text: a key of it; and what it asks for: phone,
//	                                location, poll, users, share (a chat) → ids
//	GET  /world/links               chat → its invite links, and who asked to join (requests)
//	POST /world/links               as, chat, do (create, revoke), link, name, expire, member_limit,
//	                                approval → link
//	GET  /world/log                 after (-n: the last n) → entries, next: calls, updates, posts
//	GET  /world/members             chat → who is in it, with rights
//	POST /world/members             as, chat, user, do (add, promote, demote, restrict, kick, unban, leave,
//	                                title, anonymous, named, owner); rights (as in the Bot API, those that change),
//	                                title, until
//	GET  /world/message             as, chat, message → message; bots: the message as each bot has it, and
//	                                which update about it waits
//	GET  /world/meters              meters: of each limit what is used, of how many, when more is free;
//	                                held: the calls that wait inside Telegram, since when and until when
//	POST /world/move                as, chat, message, location: a live location; none = it stops
//	GET  /world/pending             bot (none = all) → bots: how many updates wait, the first of them
//	GET  /world/permissions         chat → what ordinary members may do
//	POST /world/pin                 as, chat, message, off: pin, or unpin
//	GET  /world/pins                as, chat, topic → the pinned messages, the one pinned last first
//	POST /world/polls/answers       as, chat, message, add (a text) → option, its persistent id; or remove
//	                                (an option)
//	POST /world/polls/stop          as, chat, message: the person's own poll
//	POST /world/press               as, chat, message, data: an inline button → query
//	POST /world/react               as, chat, message, emoji: the person's reactions, none = take back
//	POST /world/requests            as, chat, user, approve: somebody's request to join
//	GET  /world/rules               limits and other knobs, names of profiles
//	POST /world/rules               profile; group_per_minute, private_per_second, login_per_second;
//	                                knobs (fields of sim.Knobs, durations in ns)
//	POST /world/send                as, chat, topic; text, entities; or media, album, location, venue,
//	                                contact, dice, poll, checklist; reply_to, reply_in, quote, task, option
//	                                (of what is replied to), anonymous, as_channel, scheduled, protected → ids
//	GET  /world/stage               who is who, for the page; run: another text after a restart
//	POST /world/start               as, bot, payload: the bot's Start button → ids
//	GET  /world/time                the simulated Telegram's time, and how fast it runs
//	POST /world/time                advance_s: jump ahead; speed: run that many times as fast as the clock
//	GET  /world/token               bot → its token
//	GET  /world/topics              as, chat, query, limit, sort (recent) → the chat's topics with their
//	                                last messages; total
//	POST /world/topics              as, chat, topic, do (create, rename, icon, close, reopen, delete, hide,
//	                                show), name, color, icon → id
//	POST /world/topics/forget       chat, before: bots don't find older topics any more; 0 = they do
//	POST /world/users               first_name, last_name, username, language, premium, hides_forwards,
//	                                forbids_voice → id
//	POST /world/users/delete        user: becomes a deleted account
//	POST /world/users/set           user and what changes: bio, language, photo (name, data)
//	GET  /world/view                as, chat, topic (none = all), after, before, limit (the newest), first
//	                                (the oldest) → messages as the person sees them, oldest first; older,
//	                                newer: whether there are more
//	POST /world/vote                as, chat, message, options: in a bot's poll
//	GET  /world/writing             as, chat → the draft that the bot shows while it writes: writing, text
//
// media and the items of album: kind (photo, video, animation, audio, voice,
// video_note, document, sticker), name, mime, data (base64; none = the
// content is made up, size bytes long), width, height, duration, title,
// performer and cover (audio; it has its album's picture), emoji (stickers),
// caption (in albums), spoiler, above (the caption). poll: question, options
// (texts), multiple, public, growing (voters may add answers), quiz, correct
// (indices), explanation, open_period (s). checklist: title, tasks (texts),
// others_add, others_mark.
//
// # Invariants
//
//   - No goroutine outlives Start's context by more than its own last answer.
//   - An update leaves the World's queue only after a 2xx.
//   - The page shows nothing that GET /world/… doesn't tell, and does nothing
//     that POST /world/… can't do.
package doors
