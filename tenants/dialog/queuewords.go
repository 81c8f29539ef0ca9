package dialog

import (
	"strings"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// droppedClient tells of a client's message, an album, or texts that were joined,
// that the host dropped.
func (f Facts) droppedClient(s *Send, came time.Time) tenants.Text {
	v := f.Settings.Voice()
	at := v.Near(came, f.Now)
	switch n := len(s.Parts); {
	case n > 1 && s.Joined:
		return v.Text(say.DroppedMessages, say.Values{"n": n, "at": at})
	case n > 1:
		return v.Text(say.DroppedAlbum, say.Values{"at": at})
	default:
		return v.Text(say.DroppedMessage, say.Values{"at": at})
	}
}

// queueWords answer /queue.
func queueWords(v tenants.Voice, q Queue) string {
	if q.Waits == 0 && q.Clients == 0 {
		return v.Say(say.QueueNothing)
	}
	said := []string{v.Say(say.QueueGroupNothing)}
	if q.Waits > 0 {
		said[0] = v.Say(say.QueueGroup, say.Values{"n": q.Waits, "oldest": v.Exact(q.Oldest), "left": v.About(q.Left)})
	}
	switch {
	case q.Waits == 0 || q.Pause == 0:
	case q.Flood:
		said = append(said, v.Say(say.QueueFlood, say.Values{"span": v.Exact(q.Pause)}))
	default:
		said = append(said, v.Say(say.QueueRefused, say.Values{"span": v.Exact(q.Pause)}))
	}
	if q.Clients > 0 {
		said = append(said, clientsWords(v, q))
	}
	return strings.Join(said, " ")
}

func clientsWords(v tenants.Voice, q Queue) string {
	switch {
	case q.Held == 0:
		return v.Say(say.QueueClients, say.Values{"clients": q.Clients})
	case q.Flooded:
		return v.Say(say.QueueClientsFlood, say.Values{"clients": q.Clients, "held": q.Held, "span": v.Exact(q.Again)})
	default:
		return v.Say(say.QueueClientsAgain, say.Values{"clients": q.Clients, "held": q.Held, "span": v.Exact(q.Again)})
	}
}

// backlogWords tell of a backlog; pause is the longest one that Telegram asked
// for, 0 = none.
func backlogWords(v tenants.Voice, q Queue, pause time.Duration) string {
	if pause > 0 {
		return v.Say(say.BacklogFlood, say.Values{"n": q.Waits, "left": v.About(q.Left), "pause": v.Exact(pause)})
	}
	return v.Say(say.Backlog, say.Values{"n": q.Waits, "left": v.About(q.Left)})
}
