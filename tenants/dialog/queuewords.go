package dialog

import (
	"fmt"
	"strings"
	"time"
)

// noteDroppedOurs tells of a note of ours that the host dropped.
const noteDroppedOurs = "⚠️ The host of this desk took a note of mine out of the queue: it is missing here."

// droppedClient tells of a client's message, an album, or texts that were joined,
// that the host dropped.
func droppedClient(s *Send, came time.Time) string {
	what, is, it := "A message of the client", "is", "it"
	switch n := len(s.Parts); {
	case n > 1 && s.Joined:
		what, is, it = fmt.Sprintf("%d messages of the client", n), "are", "them"
	case n > 1:
		what = "An album of the client"
	}
	return fmt.Sprintf("⚠️ %s that came at %s UTC %s missing here: the host of this desk took %s out of the queue.",
		what, came.UTC().Format("15:04"), is, it)
}

func droppedEdit(came time.Time) string {
	return fmt.Sprintf("⚠️ The client edited a message at %s UTC; the new version is missing here: the host of this desk took it out of the queue.", came.UTC().Format("15:04"))
}

// queueWords answer /queue.
func queueWords(q Queue) string {
	if q.Waits == 0 && q.Clients == 0 {
		return "Nothing waits."
	}
	said := []string{"Into this group: nothing waits."}
	if q.Waits > 0 {
		said[0] = fmt.Sprintf("Into this group: %s, oldest %s, done in %s.", waitWords(q.Waits), exactWords(q.Oldest), aboutWords(q.Left))
	}
	switch {
	case q.Waits == 0 || q.Pause == 0:
	case q.Flood:
		said = append(said, fmt.Sprintf("Telegram asks for a pause of %s.", exactWords(q.Pause)))
	default:
		said = append(said, fmt.Sprintf("Telegram refuses; tried again in %s.", exactWords(q.Pause)))
	}
	if q.Clients > 0 {
		said = append(said, "To clients: "+clientsWords(q)+".")
	}
	return strings.Join(said, " ")
}

func clientsWords(q Queue) string {
	switch {
	case q.Held == 0:
		return fmt.Sprint(q.Clients)
	case q.Flooded:
		return fmt.Sprintf("%d (%d paused: flood, %s)", q.Clients, q.Held, exactWords(q.Again))
	default:
		return fmt.Sprintf("%d (%d to be tried again in %s)", q.Clients, q.Held, exactWords(q.Again))
	}
}

// backlogWords tell of a backlog; pause is the longest one that Telegram asked
// for, 0 = none.
func backlogWords(q Queue, pause time.Duration) string {
	why := "More is written than Telegram lets me post here"
	if pause > 0 {
		why = "Telegram asked for a pause of " + exactWords(pause)
	}
	return fmt.Sprintf("⏳ %s: %s, done in %s. Nothing is lost; /queue tells how it goes.", why, waitWords(q.Waits), aboutWords(q.Left))
}

func waitWords(n int) string {
	if n == 1 {
		return "1 waits"
	}
	return fmt.Sprintf("%d wait", n)
}

// exactWords is a span to the second, from an hour on to the minute.
func exactWords(d time.Duration) string {
	s := int((d + time.Second - 1) / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%d s", max(s, 1))
	case s >= 3600:
		return spanWords(d)
	case s%60 == 0:
		return fmt.Sprintf("%d min", s/60)
	default:
		return fmt.Sprintf("%d min %d s", s/60, s%60)
	}
}

// aboutWords is when something is done that nobody knows exactly.
func aboutWords(d time.Duration) string {
	const ten = 10 * time.Second
	switch {
	case d <= ten:
		return "a few seconds"
	case d < time.Minute-ten/2:
		return "about " + exactWords(d.Round(ten))
	default:
		return "about " + spanWords(d.Round(time.Minute))
	}
}
