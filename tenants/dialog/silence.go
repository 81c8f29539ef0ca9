package dialog

import (
	"time"

	"topicdesk/tenants"
)

// Silence decides what General is told when a connection hears Telegram again
// after a while, at until: that nothing is lost, or what may be. who is the bot's username,
// "" = the only one.
func Silence(c tenants.ConnectionID, group tenants.ChatID, who string, since, until, now time.Time) Decision {
	words := silenceWords(who, since, until)
	lost := until.Sub(since) > tenants.UpdatesKept
	if lost {
		words = words.Append(lostBetween(since, until.Add(-tenants.UpdatesKept)))
	} else {
		words = words.Append(tenants.Plain(noteNothingLost))
	}
	return Decision{Jobs: []Job{noteJob(c, group, words, !lost, now)}}
}

// Revoked is the note, said by another connection, that Telegram refuses the token
// of one.
func Revoked(c tenants.ConnectionID, group tenants.ChatID, who string, now time.Time) Decision {
	return Decision{Jobs: []Job{noteJob(c, group, tenants.Plain(revokedWords(who)), false, now)}}
}

// Restored is the note that the relay goes on from a backup that knows nothing after
// a moment.
func Restored(c tenants.ConnectionID, group tenants.ChatID, known, now time.Time) Decision {
	words := span("♻️ The relay goes on from a backup. It does not know what was said from ", known, now).Append(tenants.Plain(noteRestored))
	return Decision{Jobs: []Job{noteJob(c, group, words, false, now)}}
}
