// Package meter counts what a node does, all tenants together, for whoever watches
// it with Prometheus. Those who own what is counted tell it; it reads no file, and
// only how the node stands at this moment is asked of it, once a scrape.
//
// The names, which are promised to stay (more may come). There is no label for a
// tenant, a chat or a person, and every label has a short list of values, so that a
// node of ten thousand tenants is watched as cheaply as one of one:
//
//	topicdesk_jobs_waiting{side}            gauge, what is in the outboxes
//	topicdesk_oldest_job_seconds{side}      gauge, how long the oldest of it has been there; 0 = nothing is
//	topicdesk_tries_total{outcome}          calls of Telegram, by what became of them: done, flood, moved,
//	                                        gone, refused, not_sent, unsure
//	topicdesk_pauses_total{cause}           times that a chat of a login, or a login, was held back: flood, other
//	topicdesk_unsure_total{result}          sends of which the answer was lost: linked, delivered (which
//	                                        message it is nobody knows), absent (sent again), resent (perhaps
//	                                        a double), harmless (done again unseen), topic (one that was to be
//	                                        made was not)
//	topicdesk_dropped_total{reason}         what was not relayed or taken out: a reason of package dialog,
//	                                        poison, host, audit (a call was not made, because it would have
//	                                        shown what HIDE_INFO hides: always a fault, 0 is to be expected)
//	topicdesk_tokens_spent_total{chats}     sends as Telegram counts them, into group and private chats
//	topicdesk_delivery_seconds{side}        histogram, from the decision to the delivery of people's messages
//
//	topicdesk_tenants{state}                gauge: awake (the file is open, or about to be), asleep, stopped (by
//	                                        the host), failed (the file is damaged, or its disk takes nothing)
//	topicdesk_opening_seconds               histogram, how long tenants' files took to open; its count is how
//	                                        often a tenant was opened, at a start, a wake or after a crash
//	topicdesk_open_files                    gauge, tenants' files that are open or about to be
//	topicdesk_open_files_ceiling            gauge, how many may be; at it sleeping tenants are woken later
//	topicdesk_commits_total                 transactions that changed a tenant's file, each of which is synced
//	topicdesk_commit_seconds                histogram, how long transactions took, reading and the sync included
//	topicdesk_updates_uncommitted           gauge, updates that are taken on and not on disk yet
//	topicdesk_updates_uncommitted_ceiling   gauge, how many may be; beyond, Telegram is told to come later
//	topicdesk_webhooks_total{answer}        requests at the webhooks' door: taken (on disk), later (503),
//	                                        refused (strangers: 4xx), failed (500)
//	topicdesk_admission_refused_total{cause} updates that were not taken on now: uncommitted (that ceiling is
//	                                        reached), open_files (that one), opening (the tenant is between two
//	                                        openings or does not settle), stopping (the node is)
//	topicdesk_polls_waiting                 gauge, questions for updates that wait at Telegram
//	topicdesk_receive_errors_total{kind}    questions for updates that failed: conflict (another program
//	                                        receives for the bot), revoked (the token), flood, unreachable
//	topicdesk_tries                         gauge, calls of Telegram that are under way, or whose outcome is not
//	                                        on disk
//
// Sides are those of a lane: topic (into the topics), client, title and mark (names
// of topics, and signs). The first two gauges are as of the last look of each tenant
// that is open, at most five seconds ago.
//
// Beside them the program gives the process's own (process_…: memory, CPU, open
// files and their limit) and Go's (go_…), as Prometheus's library for Go names them.
//
// A Meter is safe for concurrent use. A nil *Meter counts nothing.
package meter
