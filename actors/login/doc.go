// Package login owns the logins of a node: the names under which their tokens are
// sealed, their gateways, and what those need of each other: one poll at a time for each
// bot, an end for all at once, and one answer to the question whether Telegram is
// reached.
//
// It must never tell a token to anybody but a gateway, and never confirm an update to
// Telegram that came when the node was stopping: it comes again to the next process.
//
// Invariants: a login is made once, when somebody first asks for it, so that all who use
// it share its limits and its turn to poll; after Stop no poll and no call begins, and
// those under way end by themselves. A conflict that is of our own making (a webhook of
// an earlier setting, our own poll that was given up) is put right here and told to
// nobody; what other programs do is told.
//
// Why a package of its own: tenants, the door for webhooks and the doctor ask for the
// same logins, and none of them may know where tokens come from.
package login
