// Package clients has bots that are written with other authors' libraries hold
// a conversation with the simulated Telegram, over HTTP, unchanged but for the
// API's root. There is no code here but tests with the tag foreign; they need
// node, npm and TOPICDESK_SHARED_DATA.
//
// # What it owns
//
// A small support desk (desk_test.go, node/desk.mjs) that each library's bot
// runs: every client has a topic in the operators' forum. A bot tells each
// thing that it sees or does as a line of JSON. The script (script_test.go)
// plays the people through /world/ and knows what every bot must say, the same
// for all, by long polling and by webhooks.
//
// Each request, answer and webhook is held against the Bot API's specification
// on its way (wire_test.go), and by specproxy, a checker of another author, if
// it lies beside the data (specproxy_test.go).
//
// # What it must never do
//
// No bot here knows that its Telegram is simulated, and none works around it: if
// a library fails, the simulated Telegram is wrong until shown otherwise.
package clients
