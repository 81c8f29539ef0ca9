package tenant

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/connection"
	"topicdesk/actors/group"
	"topicdesk/actors/lane"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/privacy"
	"topicdesk/tenants/store"
)

// Tenant is the state of the actor.
type Tenant struct {
	opt    Options
	self   actors.Ref[Message]
	ctx    context.Context
	cancel context.CancelFunc

	store  *store.Store
	tx     *store.Tx // of the transaction under way
	after  []func()  // to be told when it is on disk
	values []tenants.Value

	logins   map[tenants.ConnectionID]*login
	order    []tenants.ConnectionID // active ones with clients of their own, the oldest first
	helpers  []tenants.ConnectionID // active ones without, the oldest first
	groups   map[tenants.ChatID]actors.Ref[group.Message]
	slots    map[tenants.DialogID]*slot
	unstored map[chatKey]tenants.DialogID
	next     tenants.DialogID
	// nextLabel is the number of the next label that somebody may make.
	nextLabel tenants.LabelID
	labels    map[tenants.ChatID][]dialog.Label // of groups; those missing were not read yet

	routes    map[lane.Route]*route
	nextRoute lane.Route
	byUpdate  map[string]lane.Route
	asks      map[uint64]*asked // questions to Telegram, by number
	nextAsk   uint64
	questions atomic.Int32 // questions under way, those included for which nobody waits any more
	tries     map[tenants.JobID]*tried
	serials   map[lane.Decider]uint64
	current   string // what is under way, to be named in a crash

	settings map[settingsKey]settings
	covers   covers
	filters  map[string]*dialog.Filters // by what they are compiled from
	team     []tenants.Person
	given    []given // the last messages of the team that one of several logins gave on
	// noSigns is until when a group is known to refuse our reactions.
	noSigns map[tenants.ChatID]time.Time
	// rights are those that were asked for lately.
	rights map[memberOf]rights

	// menus are those on their way, by connection.
	menus map[tenants.ConnectionID]*offer
	// menusAgain is when menus are tried again that could not be set; zero = never.
	menusAgain time.Time

	slept     []Silence
	held      time.Time // until then a login pauses as a whole, which only its actor knows
	busy      time.Time // when something last came for the tenant
	stopTimer func()
	timerAt   time.Time
	pruned    time.Time
	pruning   bool                                 // more is to be taken out than went at once
	rested    bool                                 // what was set while nobody ran has been looked at
	latest    time.Time                            // of the last transaction, by the wall clock
	postponed map[lane.Route]func() error          // updates that wait for a moment
	highest   map[tenants.ChatID]tenants.MessageID // of groups: the highest message seen
	numbers   map[store.Numbering]*numbered
	searches  map[tenants.JobID]searched // jobs of which it is being found out whether they arrived
	stopping  []actors.Reply[error]
	// pseudonyms is the tenant's key for them.
	pseudonyms []byte
	// renamed are those whose first pseudonyms are others'. Never changed, replaced.
	renamed  map[privacy.Tag]int
	metered  bool         // the meter was told last that something waits
	quota    dialog.Quota // why nothing new is taken in; zero = it is
	trickled time.Time    // when an update was taken in all the same
	rebind   bool         // the opening ends after this commit: the groups have changed
}

// login is one connection of the tenant.
type login struct {
	row    store.Connection
	places []store.Workplace // the latest last
	hears  store.Hearing
	polls  bool
	shaky  bool      // how it hears is not known yet, or it hears nothing, which may pass
	asked  time.Time // when it was last asked how it hears; zero = not since it is shaky
	silent time.Time // of one that gets webhooks: since when nobody had received before this opening; zero = somebody has
	paused time.Time // until when Telegram holds back all that it sends
	ref    actors.Ref[connection.Message]
	self   tenants.Person
	able   bool // of a helper: it is active, and its gateway can be used
}

// Spawn starts a tenant actor; Open opens its file.
func Spawn(opt Options) actors.Ref[Message] {
	ctx, cancel := context.WithCancel(context.Background())
	t := &Tenant{
		opt: opt, ctx: ctx, cancel: cancel,
		logins:    map[tenants.ConnectionID]*login{},
		groups:    map[tenants.ChatID]actors.Ref[group.Message]{},
		slots:     map[tenants.DialogID]*slot{},
		unstored:  map[chatKey]tenants.DialogID{},
		routes:    map[lane.Route]*route{},
		byUpdate:  map[string]lane.Route{},
		asks:      map[uint64]*asked{},
		tries:     map[tenants.JobID]*tried{},
		settings:  map[settingsKey]settings{},
		labels:    map[tenants.ChatID][]dialog.Label{},
		filters:   map[string]*dialog.Filters{},
		noSigns:   map[tenants.ChatID]time.Time{},
		rights:    map[memberOf]rights{},
		menus:     map[tenants.ConnectionID]*offer{},
		serials:   map[lane.Decider]uint64{},
		highest:   map[tenants.ChatID]tenants.MessageID{},
		postponed: map[lane.Route]func() error{},
		numbers:   map[store.Numbering]*numbered{},
		searches:  map[tenants.JobID]searched{},
	}
	t.self = actors.Spawn(opt.System, t.name("tenant", 0), t.handle, t.crashed)
	return t.self
}

func (t *Tenant) name(kind string, n int64) string {
	return fmt.Sprintf("%s/%s/%d/%d", kind, t.opt.ID, t.opt.Opening, n)
}

func (t *Tenant) now() time.Time { return t.opt.System.Now() }
