package telegram

// UsersShared is the service message of a person who chose people for a bot.
type UsersShared struct {
	Users   []int64
	Request int
	Key     Key // what the bot asked for
}

// ChatShared is the service message of a person who chose a chat for a bot.
type ChatShared struct {
	ChatID  int64
	Request int
	Key     Key // what the bot asked for
}

type chatSharedObject struct {
	ChatID   int64         `json:"chat_id"`
	Title    string        `json:"title,omitempty"`
	Username string        `json:"username,omitempty"`
	Photo    []photoObject `json:"photo,omitempty"`
	Request  int           `json:"request_id"`
}

// chatSharedObject shows no more of the chat than the bot asked for.
func (w *World) chatSharedObject(botID int64, s *ChatShared) *chatSharedObject {
	c, o := w.group(s.ChatID), &chatSharedObject{ChatID: s.ChatID, Request: s.Request}
	if s.Key.WithName {
		o.Title = c.title
	}
	if s.Key.WithUsername {
		o.Username = c.username
	}
	if s.Key.WithPhoto && c.photo != nil {
		o.Photo = c.photo.photo(botID)
	}
	return o
}

type userShared struct {
	UserID    int64 `json:"user_id"`
	RequestID int   `json:"request_id"`
}

type usersShared struct {
	UserIDs   []int64      `json:"user_ids"`
	Users     []sharedUser `json:"users"`
	RequestID int          `json:"request_id"`
}

type sharedUser struct {
	UserID    int64         `json:"user_id"`
	FirstName string        `json:"first_name,omitempty"`
	LastName  string        `json:"last_name,omitempty"`
	Username  string        `json:"username,omitempty"`
	Photo     []photoObject `json:"photo,omitempty"`
}

// usersSharedObject shows no more of the people than the bot asked for; one
// alone is told in the older form too (Bot API server source).
func (w *World) usersSharedObject(botID int64, s *UsersShared) (*usersShared, *userShared) {
	o := &usersShared{UserIDs: s.Users, RequestID: s.Request}
	for _, id := range s.Users {
		a, next := w.accounts[id], sharedUser{UserID: id}
		if s.Key.WithName {
			next.FirstName, next.LastName = a.first, a.last
		}
		if s.Key.WithUsername {
			next.Username = a.username
		}
		if photo := w.faceOf(a).photo(); s.Key.WithPhoto && photo != nil {
			next.Photo = photo.photo(botID)
		}
		o.Users = append(o.Users, next)
	}
	if len(s.Users) == 1 {
		return o, &userShared{s.Users[0], s.Request}
	}
	return o, nil
}
