// Package house joins one process of the relay: the data directory's registry with its
// key, the node, the logins, the doors, and what is known of how all of it stands. The
// program gives it settings and a place to tell things; commands that find no process
// running make a house too, which begins nothing.
//
// It must decide nothing about messages and know nothing of Telegram's protocol, and
// write nothing to a terminal.
//
// Invariants: one process holds a data directory (the registry's lock). A tenant's file
// is opened either by the node or, where nobody runs the tenant, by a desk at rest, and
// never by both. Fewer tenants may be open at the same time than the limit of open files
// leaves room for beside long polls and doors. A tenant is made, and erased, so that a
// crash in between leaves something that the same command completes: its token is
// written last, its row goes last. A stop first lets nothing new in, then waits until
// what is under way is answered and committed, then closes the files.
package house
