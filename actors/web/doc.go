// Package web is the node's own doors: what a host asks of tenants, over a Unix
// socket in the data directory.
//
// Desk answers the questions. It reaches a tenant's file only through Files:
// Running asks the tenant's actor; the command line brings another Files for
// tenants that nobody runs. Serve puts a Desk behind a socket, Client is a Desk
// at the other end of one. So a command does the same beside a running node and
// without one.
//
// On the wire: HTTP/1.1 over the socket, one POST a question, its path the
// question's name; JSON in, and {"result":…} or {"error":"…"} out. The socket is
// for the owner of the data directory alone (mode 0600): whoever can open it may
// do everything, tokens travel over it.
//
// It must never open a tenant's file, and shows no secret; of clients and their messages
// it shows only what Export is asked for, and names whom Forget has erased.
package web
