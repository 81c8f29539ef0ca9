package tenant

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"topicdesk/actors/connection"
	"topicdesk/actors/lane"
	"topicdesk/actors/meter"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant/calls"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/reckon"
	"topicdesk/tenants/store"
)

// searched is a job of which it is being found out whether it arrived. While its
// messages are asked about, nothing else of the login goes into the chat.
type searched struct {
	login tenants.ConnectionID
	chat  tenants.ChatID
	due   time.Time // when it is asked about
}

// loadUnsure reads what an earlier opening left to be found out.
func (t *Tenant) loadUnsure() error {
	high, err := t.store.Heights()
	if err != nil {
		return fmt.Errorf("read the heights: %w", err)
	}
	for n, id := range high {
		t.numbers[n] = &numbered{high: id, stored: id}
	}
	rows, err := t.store.Searched()
	if err != nil {
		return fmt.Errorf("read the searches: %w", err)
	}
	for _, row := range rows {
		t.searches[row.ID] = searchedOf(searchOf(row))
	}
	return nil
}

func searchedOf(s *tenants.Search) searched {
	return searched{login: s.Login, chat: s.Chat, due: s.Ended.Add(reckon.Linger)}
}

// searchOf is what is being found out about a job, nil = nothing.
func searchOf(row *store.Row) *tenants.Search {
	if s, is := row.Job.Effect.(*dialog.Send); is {
		return s.Search
	}
	return nil
}

// noteSearch takes note of a settlement: something is to be found out about the
// job, or no more.
func (t *Tenant) noteSearch(row *store.Row, st dialog.Settlement) {
	if st.Verdict == dialog.Retry && st.Effect == nil {
		return
	}
	delete(t.searches, row.ID)
	if s, is := st.Effect.(*dialog.Send); is && st.Verdict == dialog.Retry && s.Search != nil {
		t.searches[row.ID] = searchedOf(s.Search)
	}
}

// findOutFirst looks whether something has to be found out before a job is tried:
// of itself, or of another one in its chat. first is false if it is tried.
func (t *Tenant) findOutFirst(p lane.Pick, s *lane.Stored) (first bool, err error) {
	if len(t.searches) == 0 {
		return false, nil
	}
	row, err := t.tx.Job(p.Job)
	if err != nil || row == nil || row.Job.NotBefore.After(t.now()) {
		return false, err
	}
	send, sends := row.Job.Effect.(*dialog.Send)
	by := cmp.Or(p.By, row.Job.Connection)
	switch {
	case !sends:
		return false, nil
	case send.Search != nil && send.Search.Login != by && t.serves(send.Search.Login):
		s.Fate, s.Again = lane.Waits, rowNumbers(row)
		s.Again.Connection, s.Again.Helped = send.Search.Login, false // nobody else can ask
		return true, nil
	case send.Search != nil:
		return true, t.look(row, s)
	case t.asking(by, row.Job.Chat):
		return true, t.putOff(row, t.now().Add(reckon.Again), s)
	default:
		return false, nil
	}
}

// asking tells that messages of a login in a chat are being asked about.
func (t *Tenant) asking(c tenants.ConnectionID, chat tenants.ChatID) bool {
	for id, s := range t.searches {
		if s.login != c || s.chat != chat || s.due.After(t.now()) {
			continue
		}
		if row, err := t.tx.Job(id); err == nil && row != nil && searchOf(row) != nil {
			return true
		}
		delete(t.searches, id) // somebody dropped it
	}
	return false
}

// putOff lets a job wait, and tells its owner.
func (t *Tenant) putOff(row *store.Row, until time.Time, s *lane.Stored) error {
	if err := t.tx.PutOff(row, until); err != nil {
		return err
	}
	s.Fate, s.Again = lane.Waits, rowNumbers(row)
	return nil
}

// look does the next step of a search: it asks about a message, waits, or settles
// the job.
func (t *Tenant) look(row *store.Row, s *lane.Stored) error {
	search := *searchOf(row)
	step, err := t.nextStep(row, &search)
	if err != nil {
		return err
	}
	paid := search.Weight()
	search.Showing = shows(step)
	if search.Late != searchOf(row).Late || search.Weight() != paid {
		if err := t.tx.PutSearch(row, &search); err != nil {
			return err
		}
	}
	switch step := step.(type) {
	case reckon.Wait:
		return t.putOff(row, step.Until, s)
	case reckon.Ask:
		s.Fate = lane.Trying
		return t.ask(row, step.ID, s)
	case reckon.Show:
		if search.Weight() != paid {
			return t.putOff(row, t.now(), s) // it is picked again, for what it costs
		}
		s.Fate = lane.Trying
		return t.ask(row, step.ID, s)
	case reckon.Link, reckon.Part, reckon.Came, reckon.Repeat:
		outcome, err := t.concluded(row, &search, step)
		if err != nil {
			return err
		}
		s.Fate = lane.Trying
		err = t.untried(row, outcome)
		s.Again = rowNumbers(row)
		return err
	default:
		panic(fmt.Sprintf("tenant: unknown step %T", step))
	}
}

func shows(step reckon.Step) bool { _, is := step.(reckon.Show); return is }

// ask marks the job and asks about one message.
func (t *Tenant) ask(row *store.Row, id tenants.MessageID, s *lane.Stored) error {
	search := searchOf(row)
	row, err := t.tx.MarkProbing(row.ID, search.Login)
	switch {
	case errors.Is(err, store.ErrNotNext):
		t.current = ""
		panic(fmt.Sprintf("tenant: pick of job %d, which is not the next of its lane: a message was not received", s.Job))
	case err != nil:
		return fmt.Errorf("mark a probe: %w", err)
	}
	s.Again = rowNumbers(row)
	l := t.logins[search.Login]
	order := connection.Order{
		Connection: search.Login, Job: row.ID, Attempt: row.Attempt, Key: row.Key, Until: t.now().Add(tenants.SettleWithin),
		Call: telegram.Probe{Message: tenants.MessageRef{Chat: search.Chat, ID: id}, Buttons: calls.Buttons(buttonsOf(row)), Show: search.Showing},
	}
	t.tries[row.ID] = t.tryOf(row)
	t.later(func() { l.ref.Tell(connection.Try{Order: order}) })
	return nil
}

// buttonsOf are those that the message of a job has at Telegram: albums have none.
func buttonsOf(row *store.Row) []dialog.Button {
	if send := row.Job.Effect.(*dialog.Send); send.Messages() == 1 {
		return send.Buttons
	}
	return nil
}

// nextStep decides what to do next about a search.
func (t *Tenant) nextStep(row *store.Row, s *tenants.Search) (reckon.Step, error) {
	n := store.NumberingOf(s.Login, s.Chat)
	known, blurs, err := t.tx.Own(s.Login, s.Chat, s.Floor)
	if err != nil {
		return nil, err
	}
	f := reckon.Facts{
		Now: t.now(), Chat: row.Job.Chat, Login: t.serving(s.Login), Blurs: blurs,
		Sees: s.Chat > 0 || t.isGroup(s.Chat), Parts: row.Job.Effect.(*dialog.Send).Messages(),
	}
	if of := t.numbers[n]; of != nil {
		known, f.High = append(known, of.recent...), of.high
	}
	slices.Sort(known)
	f.Known = slices.Compact(known)
	for id, try := range t.tries {
		f.Busy = f.Busy || id != row.ID && try.makes && try.login == s.Login && try.chat == s.Chat
	}
	if f.Peers, err = t.peers(row, s); err != nil {
		return nil, err
	}
	return reckon.Decide(s, f), nil
}

// serving is a login if it is still there, else 0.
func (t *Tenant) serving(c tenants.ConnectionID) tenants.ConnectionID {
	if t.serves(c) {
		return c
	}
	return 0
}

// peers are the other unsure sends of a login into a chat.
func (t *Tenant) peers(row *store.Row, s *tenants.Search) (all []reckon.Peer, err error) {
	for id, other := range t.searches {
		if id == row.ID || other.login != s.Login || other.chat != s.Chat {
			continue
		}
		peer, err := t.tx.Job(id)
		if err != nil {
			return nil, err
		}
		if peer == nil || searchOf(peer) == nil || searchOf(peer).Verdict != tenants.Undecided {
			continue
		}
		all = append(all, reckon.Peer{
			Ended: searchOf(peer).Ended, Leads: id < row.ID, Alike: reflect.DeepEqual(buttonsOf(peer), buttonsOf(row)),
			Parts: peer.Job.Effect.(*dialog.Send).Messages(),
		})
	}
	return all, nil
}

// reckoned is an outcome with what can be found out of it: of a try of which the
// answer was lost, and of a question about one.
func (t *Tenant) reckoned(row *store.Row, o tenants.Outcome) (tenants.Outcome, error) {
	search := searchOf(row)
	if o.Probed.Is == tenants.NotProbed {
		t.know(row.Tryer(), row.Job.Chat, append(append(slices.Clone(o.Made), o.Strays...), tenants.MessageID(o.Thread))...)
		if err := t.blurred(row, o); err != nil {
			return o, err
		}
	}
	switch {
	case search != nil && o.Probed.Is != tenants.NotProbed:
		return t.probed(row, *search, o)
	case search != nil && (o.Kind == tenants.Refused || o.Kind == tenants.Gone && search.Login != row.Job.Connection):
		return t.concluded(row, search, reckon.Repeat{Reason: tenants.ProbeNo})
	case o.Kind != tenants.Unsure || o.Resent != "":
		return o, nil
	case search != nil: // the answer to a question was lost: it is asked again
		o.Search, o.After = search, reckon.Again
		return o, nil
	default:
		return t.lost(row, o), nil
	}
}

// lost is an outcome that nobody knows: it can be found out, or why it can't.
func (t *Tenant) lost(row *store.Row, o tenants.Outcome) tenants.Outcome {
	gateway, _ := t.opt.Host.Gateway(row.Tryer())
	idempotent := gateway != nil && gateway.Abilities().Idempotent
	o = row.Job.Lost(o, idempotent, tenants.Search{Login: row.Tryer(), Chat: row.Job.Chat, Floor: row.Floor, Ended: t.now()})
	if _, sends := row.Job.Effect.(*dialog.Send); sends {
		t.opt.Log.Info("send of which nobody knows whether it arrived", "tenant", t.opt.ID, "job", row.ID,
			"dialog", row.Job.Lane.Dialog, "origin", string(row.Job.Origin), "searched", o.Search != nil)
	}
	return o
}

// probed adds an answer to what is known of a search, and goes on with it.
func (t *Tenant) probed(row *store.Row, s tenants.Search, o tenants.Outcome) (tenants.Outcome, error) {
	topic, err := t.threadOf(row)
	if err != nil {
		return o, err
	}
	answer := tenants.Probed{ID: o.Probed.ID, Is: row.Job.Identify(o, s.Showing, topic)}
	s.Asked = slices.DeleteFunc(slices.Clone(s.Asked), func(p tenants.Probed) bool { return p.ID == answer.ID })
	s.Asked = append(s.Asked, answer)
	step, err := t.nextStep(row, &s)
	if err != nil {
		return o, err
	}
	s.Showing = shows(step)
	switch step.(type) {
	case reckon.Wait, reckon.Ask, reckon.Show:
		return tenants.Outcome{Kind: tenants.Unsure, Search: &s}, nil
	case reckon.Link, reckon.Part, reckon.Came, reckon.Repeat:
		return t.concluded(row, &s, step)
	default:
		panic(fmt.Sprintf("tenant: unknown step %T", step))
	}
}

// threadOf is the topic of the dialog into whose topic a job goes; 0 = it goes
// elsewhere, or there is none.
func (t *Tenant) threadOf(row *store.Row) (tenants.ThreadID, error) {
	if !row.Job.Lane.InTopic() {
		return 0, nil
	}
	topic, err := t.topicRow(row.Job.Lane.Dialog, row.Job.Chat)
	return topic.Thread, err
}

// concluded is the outcome that a search has found. What else follows from it is
// written: which messages are ours, what is known of the sends that were searched
// together, and the verdict itself, so that it stays after a crash.
func (t *Tenant) concluded(row *store.Row, s *tenants.Search, step reckon.Step) (tenants.Outcome, error) {
	c := reckon.Conclude(step, row.Job.Effect.(*dialog.Send).Messages())
	t.reportFound(row, s, &c)
	for _, r := range c.Own {
		if err := t.tx.KeepSent(s.Login, s.Chat, r); err != nil {
			return c.Outcome, err
		}
	}
	if c.Verdict == tenants.Undecided {
		return c.Outcome, nil
	}
	own := *s
	own.Verdict, own.Reason = c.Verdict, c.Reason
	if c.Together {
		if err := t.share(row, &own); err != nil {
			return c.Outcome, err
		}
	}
	if s.Verdict != tenants.Undecided {
		return c.Outcome, nil
	}
	return c.Outcome, t.tx.PutSearch(row, &own)
}

// reportFound tells those who watch how a search ended.
func (t *Tenant) reportFound(row *store.Row, s *tenants.Search, c *reckon.Conclusion) {
	switch c.Twin {
	case reckon.Linked:
		t.later(func() { t.opt.Meter.Unsure(meter.Linked) })
	case reckon.UnknownTwin:
		t.later(func() { t.opt.Meter.Unsure(meter.Delivered) })
	case reckon.NoTwin: // counted where it is settled
	default:
		panic("tenant: twin " + string(c.Twin))
	}
	t.opt.Log.Info("unsure send settled", "tenant", t.opt.ID, "job", row.ID, "dialog", row.Job.Lane.Dialog,
		"origin", string(row.Job.Origin), "unsure", c.Settled(), "reason", string(c.Outcome.Resent), "twin", string(c.Twin),
		"asked", len(s.Asked))
}

// share gives the verdict to the sends that were searched together with a job.
func (t *Tenant) share(row *store.Row, own *tenants.Search) error {
	for id, other := range t.searches {
		if id == row.ID || other.login != own.Login || other.chat != own.Chat {
			continue
		}
		peer, err := t.tx.Job(id)
		if err != nil {
			return err
		}
		if peer == nil || searchOf(peer) == nil || !reflect.DeepEqual(buttonsOf(peer), buttonsOf(row)) {
			continue
		}
		its := *searchOf(peer)
		its.Verdict, its.Reason = own.Verdict, own.Reason
		if err := t.tx.PutSearch(peer, &its); err != nil {
			return err
		}
	}
	return nil
}

// blurred keeps where messages of the login are of which Telegram did not tell
// the numbers.
func (t *Tenant) blurred(row *store.Row, o tenants.Outcome) error {
	if row.Floor == 0 || o.Arrived == 0 && !(o.Short && len(o.Strays) == 0) {
		return nil
	}
	top := max(row.Floor, t.height(row.Tryer(), row.Job.Chat)) + tenants.MaxAlbum + reckon.Tail
	return t.tx.KeepSent(row.Tryer(), row.Job.Chat, reckon.Range{From: row.Floor + 1, To: top})
}
