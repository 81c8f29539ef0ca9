package tenant

import (
	"fmt"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/dialog"
)

// settingsKey finds resolved settings; dialog is 0 where the dialog has no own
// values.
type settingsKey struct {
	connection tenants.ConnectionID
	kind       tenants.ChatKind
	dialog     tenants.DialogID
}

// settings are resolved parameters, and what is compiled from them.
type settings struct {
	tenants.Settings
	filters *dialog.Filters
}

// settingsOf resolves the parameters for a dialog, once until one changes.
func (t *Tenant) settingsOf(c tenants.ConnectionID, k tenants.ChatKind, d tenants.DialogID) tenants.Settings {
	return t.resolved(c, k, d).Settings
}

// voice is how the relay speaks in the group of a connection.
func (t *Tenant) voice(c tenants.ConnectionID) tenants.Voice {
	if t.logins[c] == nil {
		return tenants.Voice{} // nobody hears it
	}
	return t.settingsOf(c, tenants.Group, 0).Voice()
}

func (t *Tenant) resolved(c tenants.ConnectionID, k tenants.ChatKind, d tenants.DialogID) settings {
	key := settingsKey{connection: c, kind: k}
	for _, v := range t.values {
		if v.Level.Dialog == d {
			key.dialog = d
		}
	}
	s, ok := t.settings[key]
	if !ok {
		s.Settings = tenants.Resolve(t.values, c, k, d, t.logins[c].row.Administrator)
		s.filters = t.filtersOf(s.Settings)
		t.settings[key] = s
	}
	return s
}

// filtersOf are the compiled words of settings, the same for all dialogs in which
// the same are set: they are large.
func (t *Tenant) filtersOf(s tenants.Settings) *dialog.Filters {
	source := fmt.Sprintf("%q %q %q", s.Keywords, s.RestrictedFrontend, s.RestrictedBackend)
	f, ok := t.filters[source]
	if !ok {
		f = dialog.NewFilters(s)
		t.filters[source] = f
	}
	return f
}

// facts are those that every decision about a dialog gets.
func (t *Tenant) facts(c tenants.ConnectionID, d tenants.DialogID, k tenants.ChatKind) (dialog.Facts, error) {
	thread, known, err := t.topicKnown(d)
	if err != nil {
		return dialog.Facts{}, err
	}
	silent, err := t.refusesSigns(t.logins[c].row.Group.ID)
	if err != nil {
		return dialog.Facts{}, err
	}
	set := t.resolved(c, k, d)
	home := t.logins[c].row.Group.ID
	if s := t.slots[d]; s != nil {
		home = s.group
	}
	labels, err := t.labelsOf(home)
	if err != nil {
		return dialog.Facts{}, err
	}
	return dialog.Facts{
		NoSigns: silent, Labels: labels,
		Now: t.now(), Settings: set.Settings, Filters: set.filters, Key: t.pseudonyms, Later: t.renamed, Cover: t.covers.of(d),
		Bot: t.logins[c].row.Username, Connection: c, TopicKnown: known, Thread: thread,
		Administrator: t.logins[c].row.Administrator, Newest: t.logins[c].row.Group.ID,
	}, nil
}

// refusesSigns tells that a group refuses our reactions, as far as it is known.
func (t *Tenant) refusesSigns(group tenants.ChatID) (bool, error) {
	until, known := t.noSigns[group]
	if !known {
		var err error
		if until, err = t.reads().NoSigns(group); err != nil {
			return false, err
		}
		t.noSigns[group] = until
	}
	return t.now().Before(until), nil
}

// topicKnown gives a dialog's topic, and tells that it has one, or jobs that will
// make one.
func (t *Tenant) topicKnown(d tenants.DialogID) (thread tenants.ThreadID, known bool, err error) {
	if d == 0 {
		return 0, false, nil
	}
	row, err := t.reads().Topic(d)
	if err != nil || (row != nil && row.Thread != 0) {
		if row != nil {
			thread = row.Thread
		}
		return thread, row != nil, err
	}
	n, err := t.reads().LaneLength(dialog.Lane{Dialog: d, Side: dialog.ToTopic})
	return 0, n > 0, err
}

// factsAtClient are those about a message of a client chat.
func (t *Tenant) factsAtClient(c tenants.ConnectionID, d tenants.DialogID, m tenants.Message, edited bool) (dialog.Facts, error) {
	f, err := t.facts(c, d, m.Chat.Kind)
	if err != nil {
		return f, err
	}
	f.Writer = t.standing(c, m, f.Settings)
	if s := t.slots[d]; s != nil {
		f.TopicSpoke, f.TopicHeard = s.spoke, s.woken
	}
	if f.Crowded, err = t.crowded(c, d); err != nil {
		return f, err
	}
	lane := dialog.Lane{Dialog: d, Side: dialog.ToTopic}
	if err := t.fates(&f, lane, m, edited); err != nil {
		return f, err
	}
	if edited && f.Fate == dialog.FateUnknown && m.Chat.Kind == tenants.Group {
		if f.Held, err = t.tx.Held(d, m.Ref()); err != nil {
			return f, err
		}
	}
	if f.PostRelayed, err = t.postRelayed(c, m); err != nil || m.ReplyTo.IsZero() {
		return f, err
	}
	link, err := t.tx.LinkByClient(c, m.ReplyTo)
	if err != nil {
		return f, err
	}
	return t.replied(f, link), nil
}

// target is the message that a command is about: what it replies to, or the
// writer's last one for /undo.
func (t *Tenant) target(d tenants.DialogID, m tenants.Message, bot string) (dialog.Target, error) {
	call, kind := command.Parse(m.Content.Text.Text, bot)
	if kind != command.Known || d == 0 {
		return dialog.Target{}, nil
	}
	about := m.ReplyTo
	if about.IsZero() && call.Name == command.Undo {
		var err error
		if about, err = t.tx.LastBy(d, m.Chat.ID, m.From.ID); err != nil {
			return dialog.Target{}, err
		}
	}
	if about.IsZero() {
		return dialog.Target{}, nil
	}
	return t.tx.Target(d, about)
}

// postRelayed tells that a message is an automatic forward of a channel's post
// that the channel's own topic has.
func (t *Tenant) postRelayed(c tenants.ConnectionID, m tenants.Message) (bool, error) {
	if !m.AutoPost || m.Sender == nil || !t.settingsOf(c, tenants.Channel, 0).Monitor[tenants.Channel] {
		return false, nil
	}
	id, err := t.tx.DialogOf(c, *m.Sender)
	if err != nil || id == 0 {
		return false, err
	}
	channel, err := t.tx.Dialog(id)
	return channel != nil && channel.Status != dialog.None && !channel.Unreachable, err
}

// factsInGroup are those about a message of the backend group.
func (t *Tenant) factsInGroup(c tenants.ConnectionID, d tenants.DialogID, k tenants.ChatKind, m tenants.Message, edited bool) (dialog.Facts, error) {
	f, err := t.facts(c, d, k)
	if err != nil {
		return f, err
	}
	f.Writer = t.standing(c, m, f.Settings)
	f.Writer.Team = true
	f.Colleagues = t.team
	lane := dialog.Lane{Dialog: d, Side: dialog.ToClient}
	if err := t.fates(&f, lane, m, edited); err != nil {
		return f, err
	}
	if call, kind := command.Parse(m.Content.Text.Text, f.Bot); kind == command.Known && call.Name == command.Set {
		f.Values = t.values
	}
	if err := t.repliesFor(&f, m); err != nil {
		return f, err
	}
	if named := t.named(m, f.Bot); named != f.Bot {
		f.Mate = named
	}
	if f.Target, err = t.target(d, m, t.named(m, f.Bot)); err != nil || m.ReplyTo.IsZero() {
		return f, err
	}
	inside, err := t.tx.IsInside(m.ReplyTo)
	if err != nil {
		return f, err
	}
	if inside {
		f.ReplyTo = dialog.ReplyInternal
		return f, nil
	}
	link, err := t.tx.LinkByTopic(m.ReplyTo)
	if err != nil {
		return f, err
	}
	if link == nil && m.ReplySlash || link != nil && link.Command() { // the comment's own update is late, or forgotten
		f.ReplyTo = dialog.ReplyInternal
		return f, nil
	}
	return t.replied(f, link), nil
}

func (t *Tenant) replied(f dialog.Facts, link *dialog.Link) dialog.Facts {
	switch {
	case link == nil:
		f.ReplyTo = dialog.ReplyUnknown
	case link.Ours:
		f.ReplyTo, f.ReplyLink = dialog.ReplyOurs, *link
	default:
		f.ReplyTo, f.ReplyLink = dialog.ReplyClient, *link
	}
	return f
}

// fates tells what became of the message before it was edited, and of earlier
// parts of its album.
func (t *Tenant) fates(f *dialog.Facts, lane dialog.Lane, m tenants.Message, edited bool) (err error) {
	if lane.Dialog == 0 {
		return nil
	}
	if edited {
		if f.Fate, err = t.tx.Fate(lane, m.Ref()); err != nil {
			return err
		}
		if f.Known, f.Pieces, err = t.tx.Version(lane, m.Ref()); err != nil {
			return err
		}
		if f.Fate == dialog.FateInternal {
			if f.Held, err = t.tx.Held(lane.Dialog, m.Ref()); err != nil {
				return err
			}
		}
	}
	if m.Album == "" {
		return nil
	}
	if f.AlbumFate, err = t.tx.AlbumFate(lane, m.Album); err != nil || f.AlbumFate != dialog.FateInternal {
		return err
	}
	f.Held, err = t.tx.HeldAlbum(lane.Dialog, m.Album)
	return err
}

// standing is who wrote.
func (t *Tenant) standing(c tenants.ConnectionID, m tenants.Message, s tenants.Settings) dialog.Standing {
	id := m.From.ID
	st := dialog.Standing{
		Anonymous:     m.Sender != nil && !m.AutoPost,
		Administrator: id != 0 && id == t.logins[c].row.Administrator,
	}
	for _, p := range t.team {
		st.Team = st.Team || p.ID == id
	}
	for _, member := range s.Team {
		st.Team = st.Team || member == id
	}
	st.Manager = st.Administrator || s.AllManagers
	for _, manager := range s.Managers {
		st.Manager = st.Manager || manager == id
	}
	return st
}

// unixMillis is how the store counts time.
func unixMillis(at time.Time) int64 { return at.UnixMilli() }
