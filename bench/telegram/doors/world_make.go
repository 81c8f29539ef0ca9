package doors

import (
	"encoding/json"
	"fmt"

	sim "topicdesk/bench/telegram"
)

// makeRoutes make people, bots and chats and say who is in them.
var makeRoutes = []route{
	act("/world/users", makeUser),
	act("/world/users/delete", func(w *sim.World, in struct{ User int64 }) (any, error) {
		w.DeleteAccount(in.User)
		return done{true}, nil
	}),
	act("/world/bots", makeBot),
	act("/world/bots/revoke", func(w *sim.World, in struct{ Bot int64 }) (any, error) {
		return madeBot{in.Bot, w.RevokeToken(in.Bot)}, nil
	}),
	act("/world/chats", makeChat),
	act("/world/chats/set", setChat),
	act("/world/members", setMember),
}

// made names what was made.
type made struct {
	ID int64 `json:"id"`
}

type newUser struct {
	ID            int64  `json:"id"`
	FirstName     string `json:"first_name"`
	LastName      string `json:"last_name"`
	Username      string `json:"username"`
	Language      string `json:"language"`
	Premium       bool   `json:"premium"`
	HidesForwards bool   `json:"hides_forwards"`
	ForbidsVoice  bool   `json:"forbids_voice"`
}

func makeUser(w *sim.World, in newUser) (any, error) {
	if in.FirstName == "" {
		return nil, fmt.Errorf("first_name is missing")
	}
	return made{w.NewUser(sim.Person(in))}, nil
}

type newBot struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	Username  string `json:"username"`
	NoPrivacy bool   `json:"no_privacy"`
	Test      bool   `json:"test"`

	TopicsEnabled        bool `json:"topics"`
	UsersMayCreateTopics bool `json:"user_topics"`
	CanConnectToBusiness bool `json:"business"`

	Inline            bool   `json:"inline"`
	InlinePlaceholder string `json:"inline_placeholder"`
	InlineFeedback    bool   `json:"inline_feedback"`
}

type madeBot struct {
	ID    int64  `json:"id"`
	Token string `json:"token"`
}

func makeBot(w *sim.World, in newBot) (any, error) {
	if in.Name == "" {
		return nil, fmt.Errorf("name is missing")
	}
	id, token := w.NewBot(sim.Robot(in))
	return madeBot{id, token}, nil
}

type newChat struct {
	Kind    string  `json:"kind"`
	Owner   int64   `json:"owner"`
	Title   string  `json:"title"`
	Members []int64 `json:"members"`
}

func makeChat(w *sim.World, in newChat) (any, error) {
	switch in.Kind {
	case "group":
		return made{w.NewGroup(in.Owner, in.Title, in.Members...)}, nil
	case "supergroup":
		return made{w.NewSupergroup(in.Owner, in.Title, in.Members...)}, nil
	case "forum":
		return made{w.NewForum(in.Owner, in.Title, in.Members...)}, nil
	case "channel":
		return made{w.NewChannel(in.Owner, in.Title)}, nil
	default:
		return nil, fmt.Errorf("kind is %q, not group, supergroup, forum or channel", in.Kind)
	}
}

// chatSettings changes what is given.
type chatSettings struct {
	As          int64           `json:"as"` // needed for upgrade and what shownSettings hold
	Chat        int64           `json:"chat"`
	Forum       *bool           `json:"forum"`
	Protected   *bool           `json:"protected"`
	PublicName  *string         `json:"public_name"`
	Reactions   *[]string       `json:"reactions"` // null = all
	Permissions json.RawMessage `json:"permissions"`
	Upgrade     bool            `json:"upgrade"`
	Discussion  int64           `json:"discussion"`      // the group of a channel
	JoinRequest *bool           `json:"join_by_request"` // public groups
	Signatures  *bool           `json:"signatures"`      // channels
	shownSettings
}

func setChat(w *sim.World, in chatSettings) (any, error) {
	if in.Forum != nil {
		in.Chat = w.SetForum(in.Chat, *in.Forum)
	}
	if in.Protected != nil {
		w.SetProtected(in.Chat, *in.Protected)
	}
	if in.PublicName != nil {
		in.Chat = w.SetPublicName(in.Chat, *in.PublicName)
	}
	if in.Reactions != nil {
		w.SetReactions(in.Chat, *in.Reactions)
	}
	if in.Permissions != nil {
		p := sim.AllPermissions()
		if err := readFlags(in.Permissions, &p); err != nil {
			return nil, err
		}
		w.SetPermissions(in.Chat, p)
	}
	if in.Discussion != 0 {
		w.Link(in.Chat, in.Discussion)
	}
	if in.JoinRequest != nil {
		w.SetJoinByRequest(in.Chat, *in.JoinRequest)
	}
	if in.Signatures != nil {
		w.SetSignatures(in.Chat, *in.Signatures)
	}
	if err := in.shownSettings.change(w, in.As, in.Chat); err != nil {
		return nil, err
	}
	if in.Upgrade {
		id, err := w.Upgrade(in.As, in.Chat)
		return made{id}, err
	}
	return made{in.Chat}, nil
}

// membership is what one does to another's standing, or to one's own.
type membership struct {
	As    int64  `json:"as"`
	Chat  int64  `json:"chat"`
	User  int64  `json:"user"`
	Do    string `json:"do"`    // add, promote, demote, restrict, kick, unban, leave, title, anonymous, named, owner
	Title string `json:"title"` // promote and title: custom title, or tag
	Until int64  `json:"until"` // restrict: unix time, 0 = for ever
	// Rights names what changes: for promote from all rights, for restrict
	// from all permissions.
	Rights json.RawMessage `json:"rights"`
}

func setMember(w *sim.World, in membership) (any, error) {
	var err error
	switch in.Do {
	case "add":
		err = w.AddMember(in.As, in.Chat, in.User)
	case "promote":
		rights := sim.AllRights()
		if err = readFlags(in.Rights, &rights); err == nil {
			err = w.Promote(in.As, in.Chat, in.User, rights, in.Title)
		}
	case "demote":
		err = w.Promote(in.As, in.Chat, in.User, sim.Rights{}, "")
	case "restrict":
		p := sim.AllPermissions()
		if err = readFlags(in.Rights, &p); err == nil {
			err = w.Restrict(in.As, in.Chat, in.User, p, in.Until)
		}
	case "kick":
		err = w.Kick(in.As, in.Chat, in.User)
	case "unban":
		err = w.Unban(in.As, in.Chat, in.User)
	case "leave":
		err = w.Leave(in.User, in.Chat)
	case "title":
		w.SetTitleOf(in.Chat, in.User, in.Title)
	case "anonymous", "named":
		w.SetAnonymous(in.Chat, in.User, in.Do == "anonymous")
	case "owner":
		err = w.Transfer(in.As, in.Chat, in.User)
	default:
		err = fmt.Errorf("do is %q, not add, promote, demote, restrict, kick, unban, leave, title, anonymous, named or owner", in.Do)
	}
	return done{true}, err
}

// readFlags changes the fields of into that raw names, in the Bot API's words
// (can_send_messages, is_anonymous …).
func readFlags(raw json.RawMessage, into any) error {
	if raw == nil {
		return nil
	}
	var flags map[string]bool
	if err := json.Unmarshal(raw, &flags); err != nil {
		return fmt.Errorf("rights: %w", err)
	}
	return setFlags(flags, into)
}
