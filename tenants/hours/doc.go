// Package hours knows when a team is at work: weekly times as somebody types them
// ("Mon-Fri 09:00-18:00, Sat 22:00-02:00"), whether they hold at a moment, when that
// changes next, and how much of a span of time they cover.
//
// Times are those that the clocks on the wall show in a time zone: in the night in
// which clocks are put forward an hour of them is missing, in the one in which they
// are put back an hour comes twice. The zero Week means that no hours are set: it is
// always open.
//
// It is values only, and imports none of ours but the texts.
package hours
