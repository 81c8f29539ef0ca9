// Package registry owns what belongs to the node and not to a tenant: the list
// of tenants with who is awake, their sealed secrets, which Telegram group is
// whose, and the lock that gives the data directory to one process.
//
// It must never be asked for anything of one message: nothing is written here
// per message. Its methods may be called from any goroutine.
//
// On disk, in the data directory:
//
//	lock          held by the process that serves the directory
//	registry.db   see schema/registry
//	tenants/*.db  one file a tenant, opened by package store alone
//
// A tenant is awake or asleep(due). Awake is committed, synced, before its file
// is first written; asleep after its last commit. So after a crash exactly the
// awake ones have to be looked at. With asleep it leaves what is needed to ask
// whether something has come for it (Login), so that nobody opens its file for that.
// One that the host has stopped is neither awake nor due, whatever its row says.
//
// Secrets are sealed with XChaCha20-Poly1305 under the node's key, bound to
// tenant and name: a row copied to another tenant does not open. These are the
// tokens, each tenant's own key for pseudonyms, made with the tenant and never
// changed, and the keys under which updates and jobs are set aside in tenants'
// files. The registry keeps the fingerprint of the key in force and refuses another
// one when it is opened. Renew seals all of it with another key in one transaction
// and touches no tenant's file; what the old key opened is then gone from the
// registry's file too. A copy of the data directory betrays nothing as long as the
// key is not in it.
//
// Not sealed is what the relay works with: names of clients, and what people wrote
// until it is delivered, stand in tenants' files as they are.
package registry
