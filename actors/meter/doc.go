// Package meter counts what a node does, all tenants together, for whoever watches
// it. Those who own what is counted tell it; it asks nobody and reads no file.
//
// The names, which are promised to stay (more may come), in the text form that
// Prometheus reads. There is no label for a tenant, a chat or a person:
//
//	topicdesk_jobs_waiting{side}            gauge, what is in the outboxes
//	topicdesk_oldest_job_seconds{side}      gauge, how long the oldest of it has been there; 0 = nothing is
//	topicdesk_tries_total{outcome}          calls of Telegram, by what became of them: done, flood, moved,
//	                                        gone, refused, not_sent, unsure
//	topicdesk_pauses_total{cause}           times that a chat of a login, or a login, was held back: flood, other
//	topicdesk_unsure_total{result}          sends of which the answer was lost: linked, delivered (which
//	                                        message it is nobody knows), absent (sent again), resent (perhaps
//	                                        a double), harmless (done again unseen)
//	topicdesk_dropped_total{reason}         what was not relayed or taken out: a reason of package dialog,
//	                                        poison, host
//	topicdesk_tokens_spent_total{chats}     sends as Telegram counts them, into group and private chats
//	topicdesk_delivery_seconds{side}        histogram, from the decision to the delivery of people's messages
//
// Sides are those of a lane: topic (into the topics), client, title and mark (names
// of topics, and signs). The two gauges are as of the last look of each tenant, at
// most five seconds ago.
//
// A Meter is safe for concurrent use. A nil *Meter counts nothing.
package meter
