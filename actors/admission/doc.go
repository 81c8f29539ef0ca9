// Package admission owns how many updates a node takes on that are not on disk yet,
// and who may bring more. Both ways in ask it: long polls before they ask Telegram for
// more, the door for webhooks before it takes on what Telegram brings.
//
// It must never drop an update or keep one in memory to wait: what is not admitted stays
// at Telegram, which keeps it for a day.
//
// Invariants: of all that is taken on, one tenant holds at most a share, and brings no
// more in a second than the node has to spend for one. So whatever others bring and
// never settle, a tenant that has brought nothing waits only while the node as a whole
// is full.
package admission
