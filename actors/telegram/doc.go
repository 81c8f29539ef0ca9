// Package telegram is the port to Telegram: what the relay can ask of one
// login, and what it is told. Library types end behind it: botapi (telego)
// implements it for bots, mtproto (gotd) for bots over MTProto and later for
// accounts, memory for tests with the opposite abilities.
//
// A Gateway remembers nothing of value: the receive state belongs to the
// tenant's file and is committed with the batch that it came with; whether,
// when and how often something is tried is decided by others. It never
// retries, never paces, never logs words, names or tokens.
package telegram
