package dialog

import (
	"time"

	"topicdesk/tenants"
)

const noteNothingLost = " What was written meanwhile comes now; nothing of it is lost."

// noteRestored says what follows from going back to a backup.
const noteRestored = ": answers in topics that were made in that time reach nobody (the client's next message makes a new one), " +
	"edits and replies to messages of that time are not passed on, and what waited at the backup may come twice."

// silenceWords says when nothing came.
func silenceWords(who string, since, until time.Time) tenants.Text {
	begin := "⏸ Nothing came from Telegram from "
	if who != "" {
		begin = "⏸ Nothing came from Telegram to @" + who + " from "
	}
	return span(begin, since, until).Append(tenants.Plain("."))
}

// lostBetween says between when and when something may be lost, and what to do.
func lostBetween(since, until time.Time) tenants.Text {
	words := span(" ⚠️ Telegram keeps messages for 24 hours only: what clients wrote from ", since, until)
	return words.Append(tenants.Plain(" may be lost, and what you wrote in topics then has not reached them. " +
		"Please write that again, and ask clients whether they wrote."))
}

// span is "from A to B" with moments that each reader sees in their own zone.
func span(begin string, since, until time.Time) tenants.Text {
	return tenants.Plain(begin).Append(moment(since)).Append(tenants.Plain(" to ")).Append(moment(until))
}

// moment is a date and a time; Telegram's apps show it in the reader's own zone
// (Bot API docs, date-time entity formatting), others show the words.
func moment(at time.Time) tenants.Text {
	words := at.UTC().Format("2 January 15:04") + " UTC"
	return tenants.Text{Text: words, Entities: []tenants.Entity{{
		Kind: "date_time", Length: tenants.Len(words), UnixTime: at.Unix(), Format: "Dt",
	}}}
}

func revokedWords(who string) string {
	return "⚠️ Telegram no longer accepts the token of @" + who + ": it was revoked or replaced. What goes through @" + who +
		" waits, and nothing of it is lost. Whoever hosts the relay has to set the new token."
}
