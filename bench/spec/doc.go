// Package spec holds what bots and a Telegram say to each other against the
// Bot API's specification as data.
//
// # What it owns
//
// API is the specification, read from the JSON file of the project
// PaulSonOfLars/telegram-bot-api-spec. Value checks an object, Request the
// arguments of a call, Answer the body of an answer. Each returns a list of
// faults in words, nil = none.
//
//	api, err := spec.Read(file)
//	faults := api.Answer("sendMessage", 200, body)
//
// # What it must never do
//
// It imports nothing of the project and nothing but the standard library: it
// judges the simulated Telegram and shares no belief with it. It isn't lenient:
// beyond the specification only what Legacy names may stand in an object,
// because the official server sends that too.
//
// # Invariants
//
//   - Values are what encoding/json makes of JSON, numbers as float64 or
//     json.Number.
//   - Faults don't quote values, which may be private, but name their place.
package spec
