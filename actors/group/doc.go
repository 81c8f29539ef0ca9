// Package group is the actor of one backend group: it owns the group's buckets
// and the queue of everything that goes into its topics, and it decides for
// General and for what belongs to no dialog.
//
// Every commit of the group's chats and topics passes through it on its way to
// the tenant: that is how a message gets its token without waiting for anybody.
// It holds numbers only, no client's name, no text; a client is what its topic
// shows. It must never touch the file or the network.
package group
