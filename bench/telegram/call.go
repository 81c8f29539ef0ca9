package telegram

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Answer is what the Bot API answers to one call.
type Answer struct {
	OK          bool
	Result      json.RawMessage // when OK
	Code        int             // when not OK; also the HTTP status
	Description string          // when not OK; and with OK for a few methods
	RetryAfter  int             // seconds, 429 only
	MigrateTo   int64           // new chat id of an upgraded group, else 0

	// Delay is how long the caller waited inside Telegram before this
	// answer: short floods, slowness. World.Call has not waited.
	Delay time.Duration
	// Loss says what happened to the answer on its way (see Fault).
	Loss Loss
}

// JSON is the answer's body, keys in the server's order.
func (a Answer) JSON() []byte {
	out := []byte(`{"ok":`)
	out = strconv.AppendBool(out, a.OK)
	if a.OK {
		out = append(append(out, `,"result":`...), a.Result...)
		if a.Description != "" {
			out = append(append(out, `,"description":`...), encode(a.Description)...)
		}
		return append(out, '}')
	}
	out = append(out, `,"error_code":`...)
	out = strconv.AppendInt(out, int64(a.Code), 10)
	out = append(append(out, `,"description":`...), encode(a.Description)...)
	if a.MigrateTo != 0 {
		out = append(out, `,"parameters":{"migrate_to_chat_id":`...)
		out = append(strconv.AppendInt(out, a.MigrateTo, 10), '}')
	}
	if a.RetryAfter != 0 {
		out = append(out, `,"parameters":{"retry_after":`...)
		out = append(strconv.AppendInt(out, int64(a.RetryAfter), 10), '}')
	}
	return append(out, '}')
}

// call is one call being worked on.
type call struct {
	w      *World
	bot    *bot
	method string
	args   Args
	paid   bool // the limiter has let it through already
	// endsPoll: a getUpdates that waits has to give way to this call.
	endsPoll bool
	chat     *chat
	sent     []int // message ids made or touched, for the log
	forgets  bool  // a fault: topics can't be found
	cut      bool  // a fault: a flood meets the album in its middle
	stale    bool  // a fault: deleted messages are believed in
	spent    int   // of the chat's budget of messages, for the log
}

// handler does one method. It returns the result to be written as JSON.
type handler func(*call) (any, *problem)

// Pending is one call that has reached Telegram and isn't done yet.
type Pending struct {
	call    *call
	token   string
	started time.Time
	due     time.Time // when it goes on, if it waits
	fault   *Fault    // nil = nothing goes wrong
	Before  time.Duration
	After   time.Duration
	refused *problem
}

// Loss is what happens to an answer on its way to the caller.
type Loss int

// The ways in which an answer gets lost or spoiled.
const (
	LossNone    Loss = iota
	LossReset        // the connection breaks; the caller can't know whether it was done
	LossGateway      // a 502 with an HTML body from the front end
	LossServer       // a 500 with a JSON body
	LossHang         // nothing ever comes; the caller's own timeout ends it
)

// Call does one Bot API call at once, at the World's present time. What
// would have been waiting is told in Answer.Delay. method is the name as in
// the path, in any case.
func (w *World) Call(token, method string, args Args) Answer {
	p := w.Begin(token, method, args)
	ans, hold := w.Finish(p)
	if hold > 0 {
		ans, _ = w.Finish(p)
	}
	ans.Delay += p.Before + hold + p.After
	return ans
}

// Begin takes a call in: it chooses the method and asks the fault plan.
// The caller waits Pending.Before, then calls Finish, then waits
// Pending.After before it looks at the answer.
func (w *World) Begin(token, method string, args Args) *Pending {
	p := &Pending{token: token, started: w.now, call: &call{w: w, method: method, args: args}}
	b := w.tokens[token]
	if b == nil {
		p.refused = tokenProblem(token, method)
		return p
	}
	p.call.bot = b
	if p.refused = w.admit(b, method); p.refused != nil {
		return p
	}
	name := canonical[strings.ToLower(method)]
	if name == "" {
		p.refused = fail(methodNotFound)
		return p
	}
	p.call.method = name
	p.takeIn()
	w.supersede(p)
	w.callFaults(p)
	p.due = w.now.Add(p.Before)
	return p
}

// Finish does the call. hold > 0 means that Telegram makes the caller wait
// that long (a short flood, hidden as latency) and that nothing is done
// yet: wait, then Finish again.
func (w *World) Finish(p *Pending) (ans Answer, hold time.Duration) {
	c := p.call
	if c.bot != nil && c.bot.hooking == p {
		c.bot.hooking = nil
	}
	if p.refused != nil {
		return w.answer(p, nil, p.refused), 0
	}
	if w.tokens[p.token] != c.bot {
		return w.answer(p, nil, fail(unauthorized)), 0 // revoked meanwhile
	}
	if !c.args.utf8() {
		return w.answer(p, nil, fail(stringNotUTF8)), 0
	}
	result, bad := methods[c.method](c)
	if bad != nil && bad.situation == heldBack {
		c.paid, p.refused = true, bad.then
		p.due = w.now.Add(bad.hold)
		return Answer{}, bad.hold
	}
	return w.answer(p, result, bad), 0
}

// answer writes the answer and the log.
func (w *World) answer(p *Pending, result any, bad *problem) Answer {
	ans := Answer{OK: bad == nil}
	if bad == nil {
		if d, ok := result.(described); ok {
			result, ans.Description = d.result, d.text
		}
		ans.Result = encodeResult(result)
	} else {
		ans.Code, ans.Description = bad.code, bad.text
		ans.RetryAfter, ans.MigrateTo = bad.retry, bad.migrate
		p.After += bad.late
	}
	if p.fault != nil {
		ans.Loss = p.fault.loss()
	}
	w.logCall(p, ans)
	p.leave()
	return ans
}

// described is a result with a description beside it (setWebhook).
type described struct {
	result any
	text   string
}

// encodeResult writes a result; results that are JSON already stay.
func encodeResult(v any) json.RawMessage {
	switch v := v.(type) {
	case json.RawMessage:
		return v
	case bool:
		if v {
			return json.RawMessage("true")
		}
		return json.RawMessage("false")
	default:
		return encode(v)
	}
}

// Methods returns the names of the methods that are implemented.
func Methods() []string {
	var out []string
	for name := range methods {
		out = append(out, name)
	}
	return sorted(out)
}
