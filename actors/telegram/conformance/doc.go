// Package conformance is what every telegram.Gateway has to do, as one suite:
// Exercise. A new kind of login passes it before anybody relies on it.
//
// A gateway is tried in a small Telegram, its World, in which the suite is
// everybody else: it writes as the client, looks into the forum as the
// operator, loses answers. The suite asks only what package telegram promises;
// where abilities differ (telegram.Abilities) it holds each to its own.
//
// The suite never makes the network, files or time: those are the World's. It
// must not know any library's types, and never weaken a check for one gateway.
package conformance
