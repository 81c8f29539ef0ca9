// Package connection is the actor of one Telegram login: its receive loop with
// one batch outstanding, the login's own budget and pause, and the one place
// where every call into a group is searched for hidden strings before it leaves.
//
// Library types end at the gateway below it. The loop asks for the next updates
// only when the tenant has committed the last batch: by asking, it tells
// Telegram to forget them. It must never touch the file, decide about a message
// or repeat a try.
package connection
