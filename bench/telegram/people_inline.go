package telegram

import (
	"fmt"
)

type inlineQueryObject struct {
	ID       string      `json:"id"`
	From     *userObject `json:"from"`
	ChatType string      `json:"chat_type"`
	Query    string      `json:"query"`
	Offset   string      `json:"offset"`
}

type chosenObject struct {
	From            *userObject `json:"from"`
	InlineMessageID string      `json:"inline_message_id,omitempty"`
	Query           string      `json:"query"`
	ResultID        string      `json:"result_id"`
}

// Inline is typing the bot's name and a query into the input field of a
// chat: it returns the query's id, for InlineAnswer. The bot is asked unless
// an answer to the same query is still fresh, which the person is shown then.
// offset is "", or an answer's NextOffset to see more.
func (w *World) Inline(person, botID, chatID int64, query, offset string) (string, error) {
	a, b := w.person(person), w.robot(botID)
	kind, err := w.inlineChat(a, b, chatID)
	switch {
	case err != nil:
		return "", err
	case !b.inline.on:
		return "", fmt.Errorf("ask a bot without inline mode: %w", ErrNotAllowed)
	case characters(query) > maxInlineQuery:
		return "", fmt.Errorf("ask in %d characters: %w", characters(query), ErrNotAllowed)
	}
	w.forgetInline()
	w.nextQuery += 1 + w.rnd.Int64N(1_000_000)
	id := itoa(w.nextQuery)
	q := &inlineQuery{bot: b, person: a, chat: chatID, kind: kind, text: query, offset: offset, at: w.now}
	w.inline.queries[id] = q
	if q.answer = w.cachedInline(q); q.answer == nil {
		o := inlineQueryObject{id, w.userObject(a), kind, query, offset}
		w.push(b, updInlineQuery, o, keepInlineQuery, a.id+1*laneStep)
	}
	return id, nil
}

// inlineChat is the kind of chat in which the person types, in the words of
// InlineQuery.
func (w *World) inlineChat(a *account, b *bot, chatID int64) (string, error) {
	if chatID == b.me.id {
		return "sender", nil
	}
	if other := w.accounts[chatID]; other != nil && other != a {
		return privateChat.String(), nil
	}
	c := w.chats[chatID]
	switch {
	case c == nil:
		return "", fail(chatNotFound)
	case !c.inside(a) && !c.openToComments(a):
		return "", fmt.Errorf("write from outside the chat: %w", ErrNotAllowed)
	default:
		return c.kind.String(), nil
	}
}

// InlineAnswer is what a person sees above the input field.
type InlineAnswer struct {
	Answered   bool           `json:"answered"`
	Results    []InlineResult `json:"results"`
	NextOffset string         `json:"next_offset"` // "" = there are no more
	Button     *InlineButton  `json:"button,omitempty"`
}

// InlineButton stands above the results. Start is the payload with which it
// starts the bot (see Start), WebApp what it opens; one of them is set.
type InlineButton struct {
	Text   string `json:"text"`
	Start  string `json:"start,omitempty"`
	WebApp string `json:"web_app,omitempty"`
}

// InlineResult is one thing to choose.
type InlineResult struct {
	ID          string `json:"id"`
	Type        string `json:"type"` // as in InlineQueryResult
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url,omitempty"`       // articles
	Thumbnail   string `json:"thumbnail,omitempty"` // its URL
	FileID      string `json:"file,omitempty"`      // unique id of a stored file
	Kind        Kind   `json:"kind"`                // of the message that it becomes
	Text        string `json:"text"`                // of that message, or its caption
}

// InlineAnswer returns what the bot answered to a query.
func (w *World) InlineAnswer(query string) InlineAnswer {
	out := InlineAnswer{Results: []InlineResult{}}
	q := w.inline.queries[query]
	if q == nil || q.answer == nil {
		return out
	}
	out.Answered, out.NextOffset, out.Button = true, q.answer.nextOffset, q.answer.button
	for i := range q.answer.results {
		out.Results = append(out.Results, q.answer.results[i].shown())
	}
	return out
}

// ChooseInline sends one of the results that the person was shown into the
// chat where the query was typed, and returns the message's number there. Of
// p everything but the content counts.
func (w *World) ChooseInline(query, result string, p Post) (int, error) {
	q := w.inline.queries[query]
	if q == nil || q.answer == nil {
		return 0, fmt.Errorf("choose of no answer: %w", ErrNoSuchMessage)
	}
	r := q.answer.result(result)
	if r == nil {
		return 0, fmt.Errorf("choose result %q: %w", result, ErrNoSuchMessage)
	}
	d, err := w.personDraft(q.person.id, q.chat, p)
	if err != nil {
		return 0, err
	}
	if !w.inlineAllowed(d.chat, q.person) {
		return 0, fmt.Errorf("use inline bots: %w", ErrNotAllowed)
	}
	content, bad := w.chosenContent(r)
	if bad == nil {
		bad = w.maySend(d.chat, d.author, d.topic, content.Kind)
	}
	if bad != nil {
		return 0, bad
	}
	d.content, d.viaBot, d.markup = content, q.bot.me, r.keys.shown()
	m := w.post(d)
	w.note(LogEntry{Event: EventPosted, Chat: m.chat.id, Messages: []int{m.id}})
	if m.markup != nil {
		w.nameInline(m)
	}
	w.tellChosen(q, r, m)
	return m.idFor(d.author), nil
}

// inlineAllowed says whether the person may use inline bots in the chat (Bot
// API docs, can_send_other_messages).
func (w *World) inlineAllowed(c *chat, a *account) bool {
	if c.kind != basicGroup && c.kind != supergroup {
		return true
	}
	return w.allowed(c, a).SendOther
}

// tellChosen names the message if it has an inline keyboard, and tells the
// bot if its owner wants that (Bot API docs, ChosenInlineResult).
func (w *World) tellChosen(q *inlineQuery, r *inlineResult, m *message) {
	o := chosenObject{From: w.userObject(q.person), Query: q.text, ResultID: r.id, InlineMessageID: m.inlineID}
	if q.bot.inline.feedback {
		w.push(q.bot, updChosen, o, keepChosen, q.person.id+2*laneStep)
	}
}

func (a *inlineAnswer) result(id string) *inlineResult {
	for i := range a.results {
		if a.results[i].id == id {
			return &a.results[i]
		}
	}
	return nil
}

// SetInline changes how the bot's owner has set up its inline mode.
func (w *World) SetInline(botID int64, on bool, placeholder string, feedback bool) {
	w.robot(botID).inline = inlineMode{on, placeholder, feedback}
}
