package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Silence decides what General is told when a connection hears Telegram again
// after a while, at until: that nothing is lost, or what may be. who is the bot's username,
// "" = the only one.
func Silence(c tenants.ConnectionID, group tenants.ChatID, who string, since, until, now time.Time, v tenants.Voice) Decision {
	what := say.SilenceOf
	if who == "" {
		what = say.Silence
	}
	words := v.Text(what, say.Values{"bot": who, "since": since, "until": until}).
		Append(tenants.Plain(" ")).Append(lostMeanwhile(since, until, v))
	return Decision{Jobs: []Job{noteJob(c, group, words, !tooLong(since, until), now)}}
}

// tooLong tells that in a time in which nothing was taken from Telegram it may have
// forgotten what came.
func tooLong(since, until time.Time) bool { return until.Sub(since) > tenants.UpdatesKept }

// lostMeanwhile says of such a time that nothing is lost, or between when and when
// something may be, and what to do.
func lostMeanwhile(since, until time.Time, v tenants.Voice) tenants.Text {
	if !tooLong(since, until) {
		return tenants.Plain(v.Say(say.SilenceNothingLost))
	}
	return v.Text(say.SilencePerhapsLost, say.Values{"since": since, "until": until.Add(-tenants.UpdatesKept)})
}

// Revoked is the note, said by another connection, that Telegram refuses the token
// of one.
func Revoked(c tenants.ConnectionID, group tenants.ChatID, who string, now time.Time, v tenants.Voice) Decision {
	words := tenants.Plain(v.Say(say.Revoked, say.Values{"bot": who}))
	return Decision{Jobs: []Job{noteJob(c, group, words, false, now)}}
}

// Restored is the note that the relay goes on from a backup that knows nothing after
// a moment.
func Restored(c tenants.ConnectionID, group tenants.ChatID, known, now time.Time, v tenants.Voice) Decision {
	words := v.Text(say.Restored, say.Values{"since": known, "until": now})
	return Decision{Jobs: []Job{noteJob(c, group, words, false, now)}}
}
