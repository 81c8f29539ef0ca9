// Package tenants holds the values that every other package speaks in: ids,
// messages in our own words, the table of parameters, and the limits with
// their units.
//
// It owns no behaviour beyond reading and checking values. It must never do
// I/O, start a goroutine or read a clock: the packages below it (dialog,
// command, privacy, keyword, pace, onboard) decide, the packages in actors act.
//
// Telegram's own types stop at the gateway (actors/telegram/...): a Message
// here is what all of them have in common and what a decision may need.
// Offsets and lengths in text count UTF-16 code units, as Telegram does.
package tenants
