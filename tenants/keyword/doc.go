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
// A word is found as part of other words; after = only as a whole word. Inside
// quotes \" and \\ stand for " and \.
//
// Folding (Fold) makes alike: upper and lower case, all Unicode forms of the
// same character (NFKC), е and ё, Latin and Cyrillic letters that look the
// same, white space of any length. What cannot be seen is left out. A phrase
// never reaches from one field of a message into the next.
package keyword
