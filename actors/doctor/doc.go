// Package doctor looks for what is wrong with a node, and says of each finding what to
// do.
//
// A Visit examines what a node stands on (Telegram, the clock, the folder, the disk),
// asks whoever holds the data directory of itself and of each tenant, and tells each
// finding when it is made. What only the holder knows of bots at Telegram is found by
// Logins there, on the other side of the desk: how Telegram delivers, which rights a bot
// has in its group.
//
// It keeps nothing on disk, and changes nothing but that it tries whether a file can be
// written. It wakes no tenant: one that sleeps is looked at as it lies. One that does not
// answer is a finding, and keeps nobody from theirs.
//
// Findings name tenants, bots and groups, never clients; of an address that may hold a
// secret only the host is shown.
package doctor
