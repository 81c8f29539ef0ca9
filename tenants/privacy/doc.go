// Package privacy keeps from the operators who the client is (HIDE_INFO), and
// turns pseudonyms back on the way out.
//
// It owns pseudonyms, what counts as a name, a link or an id in a text, and the
// audit of all that goes into a group. It decides on values alone: who is known
// in a chat comes in as Known. It must never let a hidden thing out through an
// error or a note: what was removed is said by its kind.
//
// # What is hidden
//
//   - Names (Hide.Name) of the people of the chat: the whole name always, in any
//     case, with any signs between its words, first name first or last; a word
//     of it, of three letters or more, as a whole word that begins with a capital
//     or is written exactly as in the name: of Will Smith, "Will" goes and "will"
//     stays. A name of one word is a whole name, and hidden in any case, unless
//     it is an everyday word (words.go): then "will" stays there too. A name
//     without a letter is hidden where it is shown, but not looked for in texts,
//     unless it is a number of three digits or more.
//   - Titles (Hide.Title) of the chat, now and before: the same; words like
//     "the" are no part of a title.
//   - Links (Hide.Link): @mentions, text mentions, e-mails, t.me and tg: links
//     (also under a text), phone numbers that Telegram marks or that belong to
//     people of the chat, their usernames and ids. Other links, order and bank
//     numbers stay. With Name alone, @mentions stay as they are.
//
// A name becomes a pseudonym: stable for a person in a tenant, not to be turned
// back without the tenant's key, and in the tenant never shared by two: whoever
// decides claims Redactor.Names, and gives Known.Later of those who had to yield. Of
// chats and people that were not met only this chat's are looked at. A link
// becomes [hidden]. A word is compared as a reader sees it (tenants.Look):
// invisible characters, Unicode forms, accents, look-alike letters and, after a
// right-to-left override, the direction make no difference.
//
// # Invariants
//
// Redaction is idempotent; a text with nothing hidden in it stays the same byte
// for byte; formatting around and over what was replaced stays, formatting
// inside of it goes; offsets stay exact in UTF-16 units. What Text gives passes
// the audit. All are tested with hostile texts against an oracle that shares no
// code with the package.
//
// # Out of reach
//
// Voices, pictures, insides of files, and names spelt out ("I, v, a, n"),
// inflected, translated or transliterated. Who switches HIDE_INFO on is told.
package privacy
