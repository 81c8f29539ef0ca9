package telegram

import (
	"fmt"
	"time"
)

// Strict is the profile that a bot has to survive: sliding window in
// groups, everything in one budget, albums counted by item, floods told.
func Strict() Knobs {
	return Knobs{
		Group:              Limit{Kind: Window, Count: 20, Per: time.Minute},
		Channel:            Limit{Kind: Window, Count: 20, Per: time.Minute},
		Private:            Limit{Kind: Bucket, Count: 1, Per: time.Second, Burst: 5},
		Overall:            Limit{Kind: Bucket, Count: 30, Per: time.Second, Burst: 30},
		Paid:               Limit{Kind: Bucket, Count: 1000, Per: time.Second, Burst: 1000},
		Actions:            Limit{Kind: Window, Count: 20, Per: 5 * time.Second},
		ActionsLong:        Limit{Kind: Window, Count: 40, Per: 30 * time.Second},
		Drafts:             Limit{Kind: Window, Count: 8, Per: 5 * time.Second},
		Loose:              Limit{Kind: Bucket, Count: 5, Per: time.Second, Burst: 30},
		AlbumCostsEach:     true,
		CopyCostsEach:      true,
		ServerLimits:       true,
		ServiceOfOtherBots: true,
		ApprovedByAdmin:    true,
		TopicMemory:        time.Minute,
		VisibleHistory:     1_000_000,
		PlainWebhooks:      true,
		PollGap:            true,
		UpdateBytes:        64 << 10,
		AlbumGap:           25 * time.Millisecond,
		ReactionDelay:      time.Minute,
		InlineTimeout:      10 * time.Second,
	}
}

// Buckets is Strict with a token bucket in groups, which lets a burst of 20
// pass and then one each three seconds.
func Buckets() Knobs {
	k := Strict()
	k.Group = Limit{Kind: Bucket, Count: 20, Per: time.Minute, Burst: 20}
	k.Channel = k.Group
	return k
}

// Hidden is Strict with floods of up to 8 seconds waited for inside
// Telegram, so that the bot sees slowness, not errors.
func Hidden() Knobs {
	k := Buckets()
	k.HideUpTo = 8 * time.Second
	return k
}

// Harsh is Strict with everything that anybody has claimed to Telegram's
// disfavour: waits grow when ignored, a flood stops the bot in all chats, the
// bots of a group share its budget, and albums break in the middle.
func Harsh() Knobs {
	k := Strict()
	k.Penalty = 5 * time.Second
	k.FloodStopsBot, k.GroupOfAllBots, k.AlbumFlood400, k.SameEditsCost = true, true, true, true
	return k
}

// Loosened is the friendliest reading: albums cost one; forwards, copies,
// edits and topic actions have budgets of their own.
func Loosened() Knobs {
	k := Buckets()
	k.AlbumCostsEach, k.CopyCostsEach = false, false
	k.Edits, k.TopicActions, k.Forwards, k.Copies = Separate, Separate, Separate, Separate
	k.Overall = Limit{}
	return k
}

// Unlimited has no limits at all and brings albums at once, for benchmarks of
// other things.
func Unlimited() Knobs {
	k := Strict()
	none := Limit{}
	k.Group, k.Channel, k.Private, k.Overall, k.Paid = none, none, none, none, none
	k.Actions, k.ActionsLong, k.Drafts, k.Loose = none, none, none, none
	k.PollGap, k.ServerLimits = false, false
	k.AlbumGap = 0
	return k
}

// Profiles are the names of the ready-made Knobs.
func Profiles() []string {
	return []string{"strict", "harsh", "buckets", "hidden", "loosened", "unlimited"}
}

// Profile returns ready-made Knobs by name.
func Profile(name string) (Knobs, error) {
	switch name {
	case "strict":
		return Strict(), nil
	case "harsh":
		return Harsh(), nil
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
