package say

// What waits for Telegram.
const (
	QueueNothing      Key = "queue-nothing"
	QueueGroupNothing Key = "queue-group-nothing"
	QueueGroup        Key = "queue-group"
	QueueFlood        Key = "queue-flood"
	QueueRefused      Key = "queue-refused"
	QueueClients      Key = "queue-clients"
	QueueClientsFlood Key = "queue-clients-flood"
	QueueClientsAgain Key = "queue-clients-again"
	Backlog           Key = "backlog"
	BacklogFlood      Key = "backlog-flood"
)
