// Package backup copies what a node keeps, and puts copies back: a whole data directory
// or the file of one tenant.
//
// On disk, a backup of a node is a folder:
//
//	registry.db       the node's own file; its secrets are sealed with the node's key
//	tenants/NAME.db   a file for each tenant
//	manifest.json     a Manifest: what there is, of which schema, with SHA-256
//
// Each copy is whole and of one moment (SQLite's VACUUM INTO), written by whoever has
// the file open, a running node too; they are not all of one moment. The registry goes
// first, because it says whose files there are. While it is made, the folder's name ends
// in .partial, and it holds copied.jsonl, a line for each copy that is whole: the same
// command again goes on with those.
//
// A backup of one tenant is one such file. The key is in no backup: who has both has
// every token.
//
// What is restored is first prepared beside what is there, held against the list, opened
// and checked, under a name that nobody reads. Then one rename gives it a name that says
// that it is ready (restore.ready, or NAME.db.ready-MOMENT), and a few more put away
// what is there and the new in its place. So:
//
//   - Interrupted before that rename nothing has changed. Interrupted after it, Finish
//     does the rest: whoever takes a data directory calls it before anything else.
//   - What was there before is kept: in before-MOMENT, or as NAME.db.before-MOMENT.
//   - A copy is older than the world: each group's General is told what is not known any
//     more (dialog.Restored), all tenants are looked at as soon as the node starts, and a
//     group that a tenant's file knows is claimed for it again.
//
// It must never open a file that the node may have open, but through the desk.
package backup
