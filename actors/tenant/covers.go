package tenant

import (
	"fmt"
	"time"

	"topicdesk/actors/meter"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant/calls"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/privacy"
	"topicdesk/tenants/store"
)

// covers are those of the dialogs into whose topics something went lately.
type covers struct {
	made   map[tenants.DialogID]covered
	people int // whom they cover, all together
}

// covered is a cover, and what stood in the file when it was made.
type covered struct {
	cover *dialog.Cover
	met   store.Met
	hide  tenants.Hide
	whom  int // so many people
}

// mostCovered bounds the people in all covers of a tenant, which take about 8 KiB for
// each: four chats of as many as are remembered, or thousands of clients.
const mostCovered = 4 * dialog.MaxPeople

// of is the cover of a dialog that was made last, perhaps of less than is known by
// now; nil = none is kept.
func (c *covers) of(id tenants.DialogID) *dialog.Cover { return c.made[id].cover }

// keep makes room, if need be by letting all others go.
func (c *covers) keep(id tenants.DialogID, it covered) {
	if c.people += it.whom - c.made[id].whom; c.made == nil || c.people > mostCovered {
		c.made, c.people = map[tenants.DialogID]covered{}, it.whom
	}
	c.made[id] = it
}

// cover is that of a dialog as it stands in the file: it is made anew only when that
// has changed. nil = nothing is hidden in it, or it is gone.
func (t *Tenant) cover(id tenants.DialogID, f dialog.Facts) (*dialog.Cover, error) {
	if !f.Settings.Hide.Any() {
		return nil, nil
	}
	met, err := t.tx.Met(id)
	if err != nil {
		return nil, err
	}
	if c := t.covers.made[id]; c.cover != nil && c.hide == f.Settings.Hide && c.met == met {
		return c.cover, nil
	}
	state, err := t.tx.Dialog(id)
	if err != nil || state == nil {
		return nil, err
	}
	made := dialog.NewCover(*state, f)
	if ok, err := t.baptized(made); err != nil {
		return nil, err
	} else if !ok { // the opening ends after this; what goes out now has the new names already
		f.Later = t.renamed
		made = dialog.NewCover(*state, f)
	}
	t.covers.keep(id, covered{cover: made, met: met, hide: f.Settings.Hide, whom: len(state.People) + 1})
	return made, nil
}

// baptize sees to it that nobody else of the tenant has the pseudonyms that a dialog's
// decision shows. ok is false if somebody has: the decision must not be written, for it
// shows them; the opening ends, and in the next one it is made with others.
func (t *Tenant) baptize(s *dialog.State) (ok bool, err error) {
	f := dialog.Facts{Settings: t.settingsOf(s.Connection, s.Chat.Kind, s.ID), Key: t.pseudonyms, Later: t.renamed}
	if !f.Settings.Hide.Any() || t.covers.of(s.ID).Fits(*s, f) {
		return true, nil
	}
	made := dialog.NewCover(*s, f)
	if ok, err = t.baptized(made); err != nil || !ok {
		return false, err
	}
	t.covers.keep(s.ID, covered{cover: made, hide: f.Settings.Hide, whom: len(s.People) + 1})
	return true, nil
}

// written takes note that the state of which a cover was made is in the file.
func (t *Tenant) written(id tenants.DialogID) (err error) {
	if c, kept := t.covers.made[id]; kept && c.met == (store.Met{}) {
		c.met, err = t.tx.Met(id)
		t.covers.made[id] = c
	}
	return err
}

// baptized makes the pseudonyms of a cover those of the people who have them there. ok is
// false if one is somebody else's: then its owner's next one counts from now on.
func (t *Tenant) baptized(c *dialog.Cover) (ok bool, err error) {
	ok = true
	for _, n := range c.Names() {
		free, err := t.tx.Claim(n.Name, n.Of)
		if err != nil {
			return false, fmt.Errorf("claim a pseudonym: %w", err)
		}
		if free {
			continue
		}
		if err := t.tx.PutLater(n.Of, n.Nth+1); err != nil {
			return false, fmt.Errorf("give another pseudonym: %w", err)
		}
		ok, t.rebind = false, true
	}
	if !ok {
		if t.renamed, err = t.tx.Later(); err != nil {
			return false, fmt.Errorf("read whose pseudonyms are others': %w", err)
		}
		t.opt.Log.Info("two people of the tenant would have had the same pseudonym", "tenant", t.opt.ID)
	}
	return ok, nil
}

// hiddenFrom is what a call into the group must not hold, none = nothing is hidden. What
// was decided before it was to be hidden is veiled; ok is false if that can't be.
func (t *Tenant) hiddenFrom(try *store.Try) (hidden []*privacy.Set, ok bool, err error) {
	row := try.Row
	if row.Job.Lane.Side == dialog.ToClient {
		return nil, true, nil
	}
	if named := row.Job.Named(); len(named) > 0 {
		return t.hiddenFromList(try, named)
	}
	cover, facts, err := t.coverOf(row)
	if err != nil || cover == nil {
		return nil, true, err
	}
	hidden = []*privacy.Set{cover.Hidden()}
	if row.Job.ShowsWhose() {
		return hidden, false, nil
	}
	if row.Job.Lane.Dialog != 0 && try.Title != "" && privacy.Audit(cover.Hidden(), try.Title) {
		return hidden, true, t.retitle(try, facts)
	}
	if row.Job.Origin == dialog.OfOperator || !unveiled(try, cover.Hidden()) {
		return hidden, true, nil
	}
	ok, err = t.veil(try, cover, facts)
	return hidden, ok && !togetherShow(try, cover.Hidden()), err
}

// hiddenFromList is that of a list that names dialogs.
func (t *Tenant) hiddenFromList(try *store.Try, named []tenants.DialogID) (hidden []*privacy.Set, ok bool, err error) {
	for _, id := range named {
		cover, facts, err := t.coverOfDialog(id)
		if err != nil {
			return nil, false, err
		}
		if cover == nil {
			continue
		}
		hidden = append(hidden, cover.Hidden())
		for _, c := range []*dialog.Cover{cover.OfNames(facts), cover} {
			if !betrays(try, cover.Hidden()) {
				break
			}
			if ok, err := t.veil(try, c, facts); err != nil || !ok {
				return nil, false, err
			}
		}
	}
	return hidden, true, nil
}

// veil hides in a job what a cover hides; ok is false if that can't be.
func (t *Tenant) veil(try *store.Try, cover *dialog.Cover, f dialog.Facts) (ok bool, err error) {
	row := try.Row
	veiled, ok := cover.Veil(row.Job, f)
	if !ok || veiled == row.Job.Effect {
		return ok, nil
	}
	row.Job.Effect, try.Quote = veiled, nil
	return true, t.tx.Reword(row)
}

// coverOf is the cover of whom a job is about; nil = nothing is hidden of them.
func (t *Tenant) coverOf(row *store.Row) (*dialog.Cover, dialog.Facts, error) {
	id, err := t.aboutWhom(row)
	if err != nil {
		return nil, dialog.Facts{}, err
	}
	cover, f, err := t.coverOfDialog(id)
	s, is := row.Job.Effect.(*dialog.Send)
	if err != nil || id != 0 || !is || s.About == nil || t.logins[row.Job.Connection] == nil {
		return cover, f, err
	}
	f.Settings = t.settingsOf(row.Job.Connection, s.About.Chat.Kind, 0)
	return dialog.NewCover(s.About.State(row.Job.Connection), f), f, nil
}

// coverOfDialog is the cover of a dialog; nil = nothing is hidden in it, or it is gone.
func (t *Tenant) coverOfDialog(id tenants.DialogID) (*dialog.Cover, dialog.Facts, error) {
	f := dialog.Facts{Key: t.pseudonyms, Later: t.renamed, Now: t.now()}
	owner, known, err := t.ownerOf(id)
	if err != nil || !known {
		return nil, f, err
	}
	f.Settings = t.settingsOf(owner.connection, owner.kind, id)
	cover, err := t.cover(id, f)
	return cover, f, err
}

// retitle gives a try the title that may be shown by now.
func (t *Tenant) retitle(try *store.Try, f dialog.Facts) error {
	state, err := t.tx.Dialog(try.Row.Job.Lane.Dialog)
	if err != nil || state == nil {
		return err
	}
	if f.Labels, err = t.labelsOf(state.Group); err != nil {
		return err
	}
	return t.tx.Retitle(try, dialog.VeiledTitle(*state, f))
}

// auditPause is how long General hears no more of calls that the audit refused.
const auditPause = time.Hour

// audited counts a call that the audit refused, and tells of it in General. What is
// missing in a topic is said there by who decides about the refusal.
func (t *Tenant) audited(row *store.Row) error {
	t.meterDropped(meter.Audit)
	current := t.current
	defer func() { t.current = current }()
	group := row.Job.Chat
	told, err := t.tx.AuditTold(group)
	if err != nil || t.now().Sub(told) < auditPause {
		return err
	}
	if err := t.tx.SetAuditTold(group); err != nil {
		return err
	}
	return t.noteIn(row.Job.Connection, group, dialog.AuditRefused(t.voice(row.Job.Connection)))
}

// unveiled tells that a call may show what is hidden: a client's words and what our
// buttons carry were perhaps decided before it was, and a note of ours names somebody.
func unveiled(try *store.Try, hidden *privacy.Set) bool {
	s, sends := try.Row.Job.Effect.(*dialog.Send)
	return try.Row.Job.Origin == dialog.OfClient || sends && len(s.Buttons) > 0 || betrays(try, hidden)
}

// togetherShow tells that texts in one message show what none of them does: a name that
// begins in one and ends in the next, or one that an edited message has had from before
// it was hidden. Such texts go alone.
func togetherShow(try *store.Try, hidden *privacy.Set) bool {
	s, sends := try.Row.Job.Effect.(*dialog.Send)
	return (try.Whole != nil || sends && s.Joined) && betrays(try, hidden)
}

// betrays tells that a call would show what is hidden.
func betrays(try *store.Try, hidden *privacy.Set) bool {
	return privacy.Audit(hidden, telegram.Words(calls.Of(try))...)
}

// aboutWhom is the dialog that a job for the group is about: its lane's, or that
// of the chat of which something is said in General; 0 = none.
func (t *Tenant) aboutWhom(row *store.Row) (tenants.DialogID, error) {
	if id := row.Job.Lane.Dialog; id != 0 || row.Job.Source.Chat == 0 {
		return id, nil
	}
	return t.tx.DialogOf(row.Job.Connection, tenants.Chat{ID: row.Job.Source.Chat, Kind: tenants.Group})
}
