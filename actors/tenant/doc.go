// Package tenant is the actor that owns one tenant's file: the only reader and
// writer of it while the tenant is awake.
//
// It routes updates to the actor that decides (route.go; serving.go: which login serves
// a chat, places.go: the groups in which the team works, room.go: their waiting rooms),
// sees that of several logins one hears for all (standin.go),
// knows what is under way until its commit (underway.go), gives the actors the facts they
// may need (facts.go; asked.go, labels.go, replies.go), of Telegram too where the file does
// not have them (learn.go; rights.go), offers the group its menus of commands (menus.go), puts
// decisions on disk (commit.go), marks jobs as tried and hands
// them to the connections (mark.go; as which call: package calls), hands outcomes to
// the owners of lanes (tries.go), goes through with the search for a send of which the
// answer was lost (unsure.go), knows which helpers can write where (helpers.go), and
// watches that everything it waits for is answered (watch.go). It decides nothing
// itself.
//
// All that waits in its mailbox goes into one transaction (mailbox.go); what the
// transaction causes is told after it is on disk. Any error and any panic, its own or a
// child's, ends the opening (ending.go): its actors are closed, the file is closed, and
// the node opens the tenant again. There is no other recovery.
//
// An opening with nothing to do ends by itself (sleep.go): nothing is under way, nothing
// came for a while, and nothing that is in the file may go soon. It tells the node when it
// wants to be opened, for what waits in the outbox or a dialog's time, and how far its
// logins have received. Old rows are taken out while it is open, never because it sleeps.
//
// Invariants: an update is confirmed to Telegram after the commit of what it
// caused; a job is marked trying on disk before the network is touched; every
// update, outcome and ring under way is in routes, and one that is not settled
// within tenants.SettleWithin ends the opening.
package tenant
