// Package schema owns the form of the SQLite files: numbered migrations for a
// tenant's file and for the node's registry, and their runner.
//
// It knows no driver and no row's meaning; it must never be asked for data.
//
// On disk: PRAGMA application_id tells which kind of file it is, so that no
// file is taken for another; PRAGMA user_version is the number of the last
// migration that was applied. All missing migrations are applied in one
// transaction, so a file has one version or the next one, never half of it. A
// file of a newer version is refused: an older program does not know what it
// would destroy. A migration that has been released is never changed; a test
// holds the whole form against a golden file, another one opens files written
// by every earlier version.
//
// Tables are STRICT and states are CHECKed: a file that can hold a wrong state
// will hold it one day.
package schema
