package doors

import (
	"fmt"

	sim "topicdesk/bench/telegram"
)

// memberRoutes are about joining, links, and what people show of themselves.
var memberRoutes = []route{
	look("/world/commands", func(w *sim.World, q *query) (any, error) {
		return struct {
			Commands []sim.BotCommand `json:"commands"`
		}{w.Commands(q.id("as"), q.id("chat"))}, nil
	}),
	look("/world/links", func(w *sim.World, q *query) (any, error) {
		chat := q.id("chat")
		return struct {
			Links    []sim.LinkInfo `json:"links"`
			Requests []int64        `json:"requests"`
		}{w.Links(chat), w.Requests(chat)}, nil
	}),
	act("/world/links", changeLink),
	act("/world/join", func(w *sim.World, in struct {
		As   int64
		Link string
	}) (any, error) {
		return w.Join(in.As, in.Link)
	}),
	act("/world/requests", func(w *sim.World, in struct {
		As, Chat, User int64
		Approve        bool
	}) (any, error) {
		return done{true}, w.SettleRequest(in.As, in.Chat, in.User, in.Approve)
	}),
	act("/world/bots/privacy", func(w *sim.World, in struct {
		Bot int64
		On  bool
	}) (any, error) {
		w.SetPrivacy(in.Bot, in.On)
		return done{true}, nil
	}),
	act("/world/users/set", setUser),
}

// linkChange makes an invite link or revokes one.
type linkChange struct {
	As          int64  `json:"as"`
	Chat        int64  `json:"chat"`
	Do          string `json:"do"`   // create, revoke
	Link        string `json:"link"` // revoke
	Name        string `json:"name"`
	Expire      int64  `json:"expire"` // unix seconds, 0 = never
	MemberLimit int    `json:"member_limit"`
	Approval    bool   `json:"approval"`
}

type linkMade struct {
	Link string `json:"link"`
}

func changeLink(w *sim.World, in linkChange) (any, error) {
	switch in.Do {
	case "create":
		link, err := w.CreateLink(in.As, in.Chat, sim.LinkOptions{
			Name: in.Name, Expire: in.Expire, MemberLimit: in.MemberLimit, Approval: in.Approval,
		})
		return linkMade{link}, err
	case "revoke":
		return linkMade{in.Link}, w.RevokeLink(in.As, in.Chat, in.Link)
	default:
		return nil, fmt.Errorf("do is %q, not create or revoke", in.Do)
	}
}

// userChange changes what is given.
type userChange struct {
	User     int64    `json:"user"`
	Bio      *string  `json:"bio"`
	Language *string  `json:"language"`
	Photo    *picture `json:"photo"` // one more, before those that are there
}

// picture is the photo of a person or chat.
type picture struct {
	Name string `json:"name"`
	Data []byte `json:"data"` // base64; none = content is made up
}

func (p picture) file() sim.File { return sim.File{Name: p.Name, Data: p.Data} }

func setUser(w *sim.World, in userChange) (any, error) {
	if in.Bio != nil {
		w.SetBio(in.User, *in.Bio)
	}
	if in.Language != nil {
		w.SetLanguage(in.User, *in.Language)
	}
	if in.Photo != nil {
		w.AddProfilePhoto(in.User, in.Photo.file())
	}
	return done{true}, nil
}

// shownSettings are the settings of a chat that a person with the right
// changes, and that others see.
type shownSettings struct {
	Title      *string  `json:"title"`
	About      *string  `json:"about"`
	Photo      *picture `json:"photo"`
	NoPhoto    bool     `json:"no_photo"`
	SlowMode   *int     `json:"slow_mode_s"`
	AutoDelete *int     `json:"auto_delete_s"`
}

// change does what is set, and stops at the first that isn't allowed.
func (s shownSettings) change(w *sim.World, as, chat int64) error {
	var err error
	do := func(wanted bool, f func() error) {
		if wanted && err == nil {
			err = f()
		}
	}
	do(s.Title != nil, func() error { return w.SetTitle(as, chat, *s.Title) })
	do(s.About != nil, func() error { return w.SetAbout(as, chat, *s.About) })
	do(s.Photo != nil, func() error { return w.SetPhoto(as, chat, s.Photo.file()) })
	do(s.NoPhoto, func() error { return w.DeletePhoto(as, chat) })
	do(s.SlowMode != nil, func() error { return w.SetSlowMode(as, chat, *s.SlowMode) })
	do(s.AutoDelete != nil, func() error { return w.SetAutoDelete(as, chat, *s.AutoDelete) })
	return err
}
