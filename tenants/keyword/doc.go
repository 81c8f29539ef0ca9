// Package keyword finds words in messages: the expressions of *_KEYWORDS and
// the lists of RESTRICTED_*.
//
// It owns the syntax of expressions (lists are read by the table of parameters),
// the folding under which words are compared, and what of a message is looked
// at (Haystack). It never decides what follows from a match: that is the dialog's.
//
// An expression is a list of alternatives: a word in double quotes, or a list
// in square brackets of which all must hold, a word after ~ by being absent:
//
//	"refund", ["price","list"], ["bank","~river"], "=tax"
//
// A word is found as part of other words; after = only as a whole word. Quotes may be
// those that phones make of straight ones; inside straight ones \" and \\ stand for "
// and \.
//
// Folding (Fold) makes alike: upper and lower case, all Unicode forms of the
// same character (NFKC), е and ё, Latin and Cyrillic letters that look the
// same, letters that are struck through or drawn in frames and as small capitals, white
// space of any length. What cannot be seen is left out. A phrase
// never reaches from one field of a message into the next.
//
// The finder is an Aho-Corasick machine of our own. Beside the best-kept library for Go
// (petar-dambovaliev/aho-corasick, 2025-04, its NFA, all overlapping matches), with
// 10,000 Cyrillic words and a text of 2 KB, it is built in 57 ms to 442, holds 4.2 MB
// to 11.1, and reads the text in 0.30 ms to 0.24. Lists are compiled at each opening of
// a tenant and held while it is awake, so building and memory are what counts; and
// whole words are known where a word ends, without a list of all matches.
package keyword
