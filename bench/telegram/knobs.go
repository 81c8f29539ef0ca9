package telegram

import (
	"fmt"
	"time"
)

// Knobs are the rules of Telegram that are not documented, or that people
// report differently. Each says what speaks for its values. Times are
// durations, counts are calls or messages.
type Knobs struct {
	// Group is the budget of one bot in one group, channel or forum with
	// all its topics. Telegram's bot FAQ: 20 messages a minute.
	Group Limit
	// Private is the budget of one bot with one person. Bot FAQ: about one
	// message a second, short bursts pass.
	Private Limit
	// Overall is one bot's budget over all chats. Bot FAQ: about 30
	// messages a second for bulk notifications; the server's author calls
	// it a limit on broadcasting only, so it may be off.
	Overall Limit
	// Edits decides what edits cost. The server's author (2023, 2024):
	// sends and edits share the limit; users measured (2026) looser ones.
	Edits Sharing
	// TopicActions decides what creating, editing, closing and reopening
	// topics costs. The server's author: creating counts as a message; a
	// burst of 26 edits was seen to exhaust the group's budget.
	TopicActions Sharing
	// Actions limits sendChatAction per chat: users saw retry_after 3-7 s
	// at more than "20 calls in 5 s".
	Actions Limit
	// Loose limits reactions, pins and deletions per chat. No data.
	Loose Limit
	// AlbumCostsEach counts an album as its number of items, not as one.
	// An album is N messages in every other respect; folklore agrees.
	AlbumCostsEach bool
	// CopyCostsEach counts copyMessages and forwardMessages by item.
	CopyCostsEach bool
	// AlbumFlood400 wraps a flood met inside an album into a 400
	// ("failed to send message #1 …"), as one user reported in 2025.
	AlbumFlood400 bool
	// HideUpTo is the longest flood that isn't told but waited for inside
	// Telegram. The server waits up to 8 s for bots (its source). 0 = all
	// floods are told.
	HideUpTo time.Duration
	// Penalty grows every wait that follows a call made before the end of
	// the last one. Folklore. 0 = none.
	Penalty time.Duration
	// ServiceOfOtherBots tells bots of service messages that other bots
	// cause. Telegram's page on privacy mode: all bots receive all service
	// messages; bots never see other bots' ordinary messages.
	ServiceOfOtherBots bool
	// UndocumentedFields adds the fields that the server writes though no
	// version of the Bot API page names them now: chats of basic groups
	// with all_members_are_administrators and accepted_gift_types,
	// administrators with can_manage_voice_chats, quizzes with
	// correct_option_id (server source).
	UndocumentedFields bool
	// PlainWebhooks accepts http:// and any port for webhooks, as a local
	// Bot API server does (Bot API docs).
	PlainWebhooks bool
	// PollGap treats a getUpdates with the same offset and timeout below
	// 3 s within 3 s as one of 3 s (server source).
	PollGap bool
}

// Sharing says which budget a family of calls spends.
type Sharing int

// The ways in which a family of calls may be limited.
const (
	Shared   Sharing = iota // the same budget as messages
	Separate                // a budget of its own of the same size
	Free                    // none
)

// LimitKind is how a budget refills.
type LimitKind int

// The known forms of limits.
const (
	NoLimit LimitKind = iota
	Window            // at most Count in any Per
	Bucket            // Burst at once, refilled with Count per Per
)

// Limit is one budget.
type Limit struct {
	Kind  LimitKind
	Count int
	Per   time.Duration
	Burst int // Bucket only
}

// Strict is the profile that a bot has to survive: sliding window in
// groups, everything in one budget, albums counted by item, floods told.
func Strict() Knobs {
	return Knobs{
		Group:              Limit{Kind: Window, Count: 20, Per: time.Minute},
		Private:            Limit{Kind: Bucket, Count: 1, Per: time.Second, Burst: 5},
		Overall:            Limit{Kind: Bucket, Count: 30, Per: time.Second, Burst: 30},
		Actions:            Limit{Kind: Window, Count: 20, Per: 5 * time.Second},
		Loose:              Limit{Kind: Bucket, Count: 5, Per: time.Second, Burst: 30},
		AlbumCostsEach:     true,
		CopyCostsEach:      true,
		ServiceOfOtherBots: true,
		PlainWebhooks:      true,
		PollGap:            true,
	}
}

// Buckets is Strict with a token bucket in groups, which lets a burst of 20
// pass and then one each three seconds.
func Buckets() Knobs {
	k := Strict()
	k.Group = Limit{Kind: Bucket, Count: 20, Per: time.Minute, Burst: 20}
	return k
}

// Hidden is Strict with floods of up to 8 seconds waited for inside
// Telegram, so that the bot sees slowness, not errors.
func Hidden() Knobs {
	k := Buckets()
	k.HideUpTo = 8 * time.Second
	return k
}

// Loosened is the friendliest reading: albums cost one, edits and topic
// actions have budgets of their own.
func Loosened() Knobs {
	k := Buckets()
	k.AlbumCostsEach, k.CopyCostsEach = false, false
	k.Edits, k.TopicActions = Separate, Separate
	k.Overall = Limit{}
	return k
}

// Unlimited has no limits at all, for benchmarks of other things.
func Unlimited() Knobs {
	k := Strict()
	k.Group, k.Private, k.Overall, k.Actions, k.Loose = Limit{}, Limit{}, Limit{}, Limit{}, Limit{}
	k.PollGap = false
	return k
}

// Profiles are the names of the ready-made Knobs.
func Profiles() []string { return []string{"strict", "buckets", "hidden", "loosened", "unlimited"} }

// Profile returns ready-made Knobs by name.
func Profile(name string) (Knobs, error) {
	switch name {
	case "strict":
		return Strict(), nil
	case "buckets":
		return Buckets(), nil
	case "hidden":
		return Hidden(), nil
	case "loosened":
		return Loosened(), nil
	case "unlimited":
		return Unlimited(), nil
	default:
		return Knobs{}, fmt.Errorf("telegram: unknown profile %q", name)
	}
}
