// Package disk is a disk in memory under SQLite, for tests: it counts what is
// written to it, ends the process that writes at a chosen write, and can lose
// its power.
//
// It knows what was really synced because it is told each xSync: a power cut
// leaves of every file its state at its last sync and any of the writes since,
// torn at sectors; what a running process reads is the newest of all. A name
// that was made is on disk when its file is synced; one that was deleted may
// come back until the folder is synced, which SQLite's own unix files do with the
// first sync of a journal or WAL after it was opened.
//
// The first Disk registers a file system that is SQLite's default from then on.
// Paths below the folder of a Disk are that disk's; all others go to the file
// system of the machine as before. Nothing under test knows of it.
//
// It must never be kinder than a disk: what is kept without a sync is luck, and
// drawn.
package disk
