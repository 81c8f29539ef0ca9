package telegram

import "fmt"

type ownerChangedObject struct {
	NewOwner *userObject `json:"new_owner"`
}

// Transfer gives a chat to another person in it, with the service message that
// tells so; who owned it before stays as an administrator with all rights.
func (w *World) Transfer(by, chatID, to int64) error {
	c, a, next := w.group(chatID), w.person(by), w.person(to)
	if c.past(a).status != statusCreator || next.isBot || next == a || !c.inside(next) {
		return fmt.Errorf("give the chat to %d: %w", to, ErrNotAllowed)
	}
	old, owner := *c.standing(a), *c.standing(next)
	owner.status, owner.rights, owner.by, owner.until = statusCreator, AllRights(), nil, 0
	owner.rights.Anonymous = false
	anonymous := old.rights.Anonymous
	old.status, old.rights, old.by = statusAdministrator, AllRights().fit(c.kind), next
	old.rights.Anonymous = anonymous
	w.change(c, a, &owner)
	w.change(c, a, &old)
	w.say(a, c, nil, Service{NewOwner: next.id})
	return nil
}
