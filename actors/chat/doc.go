// Package chat is the actor of one client chat: it holds the dialog's state,
// decides everything that changes the dialog or goes to the client, and owns
// the lane to the client with that chat's budget.
//
// It goes on with its new state as soon as it has decided; nothing has left the
// node before the tenant has committed. It must never touch the file or the
// network. What time brings is a column (State.Wake) that the tenant rings.
package chat
