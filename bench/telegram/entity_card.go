package telegram

import "unicode"

// Digits of bank cards (TDLib source).
const (
	minCard      = 13
	maxCard      = 19
	minRunOnCard = 16 // from so many digits in one go a space ends the number
)

func cardByte(c byte) bool { return c == ' ' || c == '-' || asciiDigit(rune(c)) }

// bankCards finds numbers of bank cards: 13 to 19 digits with spaces and
// hyphens between them, with the right check digit.
func bankCards(text string) (out []span) {
	for i := 0; i < len(text); {
		if !asciiDigit(rune(text[i])) {
			i++
			continue
		}
		end, digits := cardRun(text, i)
		from := i
		i = end
		if cardStops(runeBefore(text, from), ".,+") {
			i = ahead(text, from, func(r rune) bool { return r < 0x80 && cardByte(byte(r)) })
			continue
		}
		for !asciiDigit(rune(text[end-1])) {
			end--
		}
		loose := end-from >= 2*digits
		if digits >= minCard && digits <= maxCard && !loose && !cardStops(runeAfter(text, end), "") && realCard(text[from:end]) {
			out = append(out, span{from, end, "bank_card_number"})
		}
	}
	return out
}

// cardRun is the end of what may be a number, and how many digits it has.
func cardRun(text string, from int) (end, digits int) {
	for end = from; end < len(text) && cardByte(text[end]); end++ {
		if text[end] == ' ' && digits == end-from && digits >= minRunOnCard && digits <= maxCard {
			break
		}
		if asciiDigit(rune(text[end])) {
			digits++
		}
	}
	return end, digits
}

// cardStops says whether a character beside digits makes them no card.
func cardStops(r rune, more string) bool {
	for _, c := range "-_" + more {
		if r == c {
			return true
		}
	}
	return unicode.IsLetter(r)
}

// realCard checks a number's check digit, and its length where the issuer
// is known.
func realCard(number string) bool {
	var digits []int
	for _, c := range number {
		if asciiDigit(c) {
			digits = append(digits, int(c-'0'))
		}
	}
	n, sum := len(digits), 0
	for i := range digits {
		d := digits[n-1-i]
		if i%2 == 1 {
			d = 2*d/10 + 2*d%10
		}
		sum += d
	}
	two := digits[0]*10 + digits[1]
	four := two*100 + digits[2]*10 + digits[3]
	switch {
	case sum%10 != 0:
		return false
	case digits[0] == 4:
		return n == 13 || n == 16 || n == 18 || n == 19
	case two >= 51 && two <= 55, four >= 2221 && four <= 2720, four >= 2200 && four <= 2204:
		return n == 16
	case two == 34, two == 37:
		return n == 15
	case two == 62, two == 81:
		return n >= 16
	default:
		return true
	}
}
