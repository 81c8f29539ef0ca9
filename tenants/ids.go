package tenants

import (
	"fmt"
	"regexp"
)

// TenantID names one customer of the node: unique in the registry, and the
// name of the tenant's file. See ParseTenantID for its form.
type TenantID string

var tenantName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// ParseTenantID checks the name of a tenant: 1 to 40 lower-case letters,
// digits and hyphens, not beginning with a hyphen. It is used in file names,
// so nothing else is let through.
func ParseTenantID(s string) (TenantID, error) {
	if !tenantName.MatchString(s) {
		return "", fmt.Errorf("tenant name %q: use 1 to 40 of a-z, 0-9 and -, for example acme-support", s)
	}
	return TenantID(s), nil
}

type (
	// ConnectionID numbers one Telegram login of a tenant, unique in the tenant.
	ConnectionID int64

	// ChatID is Telegram's id of a chat as the Bot API counts it: a user is
	// positive, a basic group negative, a supergroup or channel below
	// -1000000000000. Unique at Telegram, but the same private chat id means
	// another chat for another login: the key is (connection, chat).
	ChatID int64

	// UserID is Telegram's id of a person or bot. A private chat's ChatID is
	// the UserID of the person in it.
	UserID int64

	// MessageID numbers a message: unique in a supergroup or channel; in
	// private chats and basic groups unique only for one login. The key is
	// (connection, chat, message).
	MessageID int64

	// ThreadID is the id of a forum topic in its group: the id of the service
	// message that made it. 0 means General, or a chat without topics.
	ThreadID int64

	// UpdateID numbers an update: unique for one connection within 48 hours.
	UpdateID int64

	// DialogID numbers a client chat that this tenant has met: a row in the
	// tenant's file, and the key of its chat and topic actors.
	DialogID int64

	// LabelID numbers a label of a group's, unique in the tenant and never given
	// again: reports name labels that are gone.
	LabelID int64

	// JobID numbers one thing to do at Telegram: a row of the outbox.
	JobID int64

	// SendKey identifies one send for ever. A login that can repeat without
	// doubling (MTProto's random_id) sends it along; it is never 0.
	SendKey int64

	// Opening numbers one opening of a tenant's file by a node. Messages
	// between actors of another opening are dropped.
	Opening uint64
)

// Users of Telegram itself that stand in for others
// (core.telegram.org/bots/api, and captures).
const (
	// TelegramService is "Telegram": service notices in private chats, and the
	// sender of a linked channel's automatic forwards in groups.
	TelegramService UserID = 777000
	// AnonymousAdmin is GroupAnonymousBot: an administrator who writes as the group.
	AnonymousAdmin UserID = 1087968824
	// ChannelSender is Channel_Bot: somebody who writes as a channel.
	ChannelSender UserID = 136817688
)

// MessageRef names a message for one connection.
type MessageRef struct {
	Chat ChatID    `json:"chat"`
	ID   MessageID `json:"id"`
}

// IsZero tells that the ref names no message.
func (r MessageRef) IsZero() bool { return r == MessageRef{} }

// FirstSupergroup: supergroups and channels have smaller numbers (Bot API docs, chat ids).
const FirstSupergroup ChatID = -1000000000000

// Supergroup tells that a chat is a supergroup or channel: its messages are
// numbered in one sequence for everybody.
func (c ChatID) Supergroup() bool { return c < FirstSupergroup }
