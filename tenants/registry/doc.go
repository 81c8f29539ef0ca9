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
// awake ones have to be looked at.
//
// Secrets are sealed with XChaCha20-Poly1305 under the node's key, bound to
// tenant and name: a row copied to another tenant does not open. The key lives
// in a file of its own, so that a copy of the data directory alone betrays
// nothing.
package registry
