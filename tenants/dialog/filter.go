package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/keyword"
	"topicdesk/tenants/say"
)

// withheldPause is the least time between two lines about withheld messages of
// one dialog.
const withheldPause = 10 * time.Minute

// Filters are the words of Settings, compiled once for many messages.
type Filters struct {
	Keywords          map[tenants.ChatKind]*keyword.Expr // none where the filter is off
	Frontend, Backend *keyword.List
}

// NewFilters compiles the words of settings. What can't be read filters nothing:
// it was checked when it was set.
func NewFilters(s tenants.Settings) *Filters {
	f := &Filters{
		Keywords: map[tenants.ChatKind]*keyword.Expr{},
		Frontend: keyword.NewList(s.RestrictedFrontend), Backend: keyword.NewList(s.RestrictedBackend),
	}
	for kind, set := range s.Keywords {
		if set == "" {
			continue
		}
		if compiled, err := keyword.Compile(set); err == nil {
			f.Keywords[kind] = compiled
		}
	}
	return f
}

func (f *Facts) filters() *Filters {
	if f.Filters == nil {
		f.Filters = NewFilters(f.Settings)
	}
	return f.Filters
}

// forbidden finds a word of RESTRICTED_KEYWORDS_FRONTEND in a message, or in the name of
// whose forward it is, which the topic would show.
func (d *draft) forbidden(m *tenants.Message) (word string, found bool) {
	return d.f.filters().Frontend.In(m.Content, m.Forwarded)
}

// filtered tells that a message is forbidden, or a part of an album that is.
func (d *draft) filtered(m *tenants.Message) bool {
	_, found := d.forbidden(m)
	return found || m.Album != "" && d.f.AlbumFate == FateInternal
}

// unmatched tells that a keyword filter is set for the kind of chat and that the
// message does not match it.
func (d *draft) unmatched(m *tenants.Message) bool {
	set := d.f.Settings.Keywords[m.Chat.Kind]
	if set == "" {
		return d.s.Rare.Ask.Choice == ChoiceKeywords
	}
	expression := d.f.filters().Keywords[m.Chat.Kind]
	return expression != nil && !expression.Match(keyword.Haystack(m.Content))
}

// withheld drops a forbidden message with its whole album: what waits is taken
// back, what comes later is dropped without a word. What has gone already is told.
func (d *draft) withheld(m *tenants.Message) Decision {
	if m.Album == "" {
		return d.withhold()
	}
	if d.f.AlbumFate == FateInternal {
		return d.dropped("restricted")
	}
	d.inside(m)
	switch d.f.AlbumFate {
	case FateWaiting:
		d.out.Withdraw = append(d.out.Withdraw, m.Album)
	case FateSent:
		d.note(d.words(say.NoteAlbumCut))
	case FateUnknown, FateInternal:
	default:
		panic("dialog: unknown fate")
	}
	return d.withhold()
}

// withhold drops a message that RESTRICTED_KEYWORDS_FRONTEND forbids. In an
// active dialog it is counted, and told at once, or withheldPause after the last time.
func (d *draft) withhold() Decision {
	if d.s.Status == None {
		return Decision{Dropped: "restricted", Inside: d.out.Inside, InsideAlbum: d.out.InsideAlbum}
	}
	d.event(MessageFiltered, 0)
	if d.active() && d.hasTopic() {
		d.s.Withheld++
		d.tellWithheld()
	}
	return d.dropped("restricted")
}

// withheldDue is when it is to be told how many messages were withheld; zero = none was
// since the last time.
func withheldDue(s State) time.Time {
	if s.Withheld == 0 {
		return time.Time{}
	}
	return s.WithheldAt.Add(withheldPause)
}

// tellWithheld tells how many messages were withheld, if it is time.
func (d *draft) tellWithheld() {
	if due := withheldDue(d.s); due.IsZero() || d.f.Now.Before(due) {
		return
	}
	d.note(d.words(say.MessagesWithheld, say.Values{"n": d.s.Withheld}))
	d.s.Withheld, d.s.WithheldAt = 0, d.f.Now
}
