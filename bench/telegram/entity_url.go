package telegram

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Links and e-mail addresses in texts without markup (TDLib source).

// badEnds are what a link doesn't end with.
const badEnds = ".:;,('?!`"

// linkRune is what can stand in links at all: no spaces, and of the general
// punctuation only the joiners and dashes.
func linkRune(r rune) bool {
	if r >= 0x2000 && r <= 0x206f {
		return r == 0x200c || r == 0x200d || r >= 0x2010 && r <= 0x2015
	}
	return !unicode.In(r, unicode.Z)
}

func pathRune(r rune) bool { return !strings.ContainsRune("\n<>\"«»", r) && linkRune(r) }

func userRune(r rune) bool { return !strings.ContainsRune("\n/[]{}()'`<>\"@«»", r) && linkRune(r) }

func hostRune(r rune) bool {
	if r < 0xc0 {
		return nameRune(r) || r == '.' || r == '-' || r == '~'
	}
	return linkRune(r)
}

func schemeRune(r rune) bool {
	if r < 0x80 {
		return asciiAlnum(r) || r == '+' || r == '-'
	}
	return !unicode.In(r, unicode.Z)
}

// pathEnd is the end of the path that begins at i, i itself if none does.
func pathEnd(text string, i int) int {
	if i == len(text) || strings.IndexByte("/?#", text[i]) < 0 {
		return i
	}
	end := ahead(text, i+1, pathRune)
	for end > i+1 && strings.IndexByte(badEnds, text[end-1]) >= 0 {
		end--
	}
	if text[i] != '/' && end == i+1 {
		return i
	}
	return end
}

const maxAppHost = 253

// appLinks finds tg:// and ton:// links.
func appLinks(text string) (out []span) {
	done := 0
	each(text, ':', func(at int) {
		from := -1
		for _, scheme := range []string{"tg", "ton", "tonsite"} {
			if at-len(scheme) >= done && lower(text[at-len(scheme):at]) == scheme {
				from = at - len(scheme)
			}
		}
		if from < 0 || !strings.HasPrefix(text[at:], "://") {
			return
		}
		host := at + len("://")
		end := min(ahead(text, host, func(r rune) bool { return nameRune(r) || r == '-' }), host+maxAppHost)
		if end == host {
			return
		}
		done = pathEnd(text, end)
		out = append(out, span{from, done, "url"})
	})
	return out
}

// webLinks finds links and e-mail addresses around the dots of a text.
func webLinks(text string) (out []span) {
	first := 0 // where the search goes on
	for {
		dot := strings.IndexByte(text[first:], '.')
		if dot < 0 || first+dot+1 == len(text) {
			return out
		}
		dot += first
		if text[dot+1] == ' ' {
			first = dot + 2
			continue
		}
		at, next, ok := around(text, first, dot)
		if ok {
			out = append(out, classified(text, at)...)
		}
		first = max(next, dot+1)
	}
}

// around is what looks like a link with a dot there, not before first, and
// where to go on.
func around(text string, first, dot int) (at span, next int, ok bool) {
	host, end, signed := hostAround(text, first, dot)
	end = pathEnd(text, portEnd(text, end))
	for end > dot+1 && text[end-1] == '.' {
		end--
	}
	from, ok := linkFrom(text, first, host, signed)
	if !ok {
		return span{}, strings.LastIndexByte(text[:end], '.') + 1, false
	}
	return span{from: from, to: end}, ahead(text, end, func(r rune) bool { return r == '.' }), end > dot+1
}

// hostAround is the host with a dot there; signed says that it holds an @.
func hostAround(text string, first, dot int) (from, end int, signed bool) {
	from = back(text, first, dot, hostRune)
	end = ahead(text, dot, func(r rune) bool {
		signed = signed || r == '@'
		return r == '@' || hostRune(r)
	})
	if signed {
		from = back(text, first, from, userRune)
	}
	return from, end, signed
}

// portEnd is the end of the port that begins at i, i itself if none does.
func portEnd(text string, i int) int {
	if runeAfter(text, i) != ':' {
		return i
	}
	end := ahead(text, i+1, asciiDigit)
	port := strings.TrimLeft(text[i+1:end], "0")
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return i
	}
	return end
}

// linkFrom is where the link to a host begins: at its scheme, its user, or
// the host. ok is false if what stands in front makes it no link.
func linkFrom(text string, first, host int, signed bool) (from int, ok bool) {
	from = host
	if from > first && text[from-1] == '@' {
		from = back(text, first, host-1, userRune)
		if signed || from == host-1 {
			return 0, false
		}
	}
	if from == first {
		return from, true
	}
	if from-first < len("://")+3 || !strings.HasSuffix(text[:from], "://") {
		r := runeBefore(text, from)
		return from, !wordRune(r) && r != '/' && r != '#' && r != '@'
	}
	scheme := lower(text[back(text, first, from-3, schemeRune) : from-3])
	for _, known := range []string{"http", "https", "ftp", "tonsite"} {
		if strings.HasSuffix(scheme, known) && scheme != "shttp" && scheme != "tftp" && scheme != "sftp" {
			return from - 3 - len(known), true
		}
	}
	return 0, false
}

// classified says what a part that looks like a link is.
func classified(text string, at span) []span {
	part := text[at.from:at.to]
	switch {
	case emailAddress(part):
		at.kind = "email"
	case strings.HasPrefix(part, "mailto:") && emailAddress(part[len("mailto:"):]):
		at.from += len("mailto:")
		at.kind = "email"
	default:
		at.kind = "url"
		at.to = at.from + linkLen(part)
	}
	if at.from == at.to {
		return nil
	}
	return []span{at}
}

// emailAddress says whether s is one: up to eleven parts before the @, of up
// to 26 characters and the last of up to 35; up to six parts of up to 30
// behind it, and a last one of 2 to 8 letters.
func emailAddress(s string) bool {
	user, host, _ := strings.Cut(s, "@")
	parts := strings.Split(strings.ReplaceAll(user, "+", "."), ".")
	names := strings.Split(host, ".")
	last := names[len(names)-1]
	if len(parts) > 11 || len(names) < 2 || len(names) > 7 || len(last) < 2 || len(last) > 8 || !all(last, asciiLetter) {
		return false
	}
	for i, p := range parts {
		if !all(p, addressRune) || i < len(parts)-1 && len(p) > 26 || i == len(parts)-1 && (p == "" || len(p) > 35) {
			return false
		}
	}
	return !slices.ContainsFunc(names[:len(names)-1], func(p string) bool {
		return p == "" || len(p) > 30 || !all(p, addressRune) || !asciiAlnum(rune(p[0])) || !asciiAlnum(rune(p[len(p)-1]))
	})
}

func addressRune(r rune) bool { return nameRune(r) || r == '-' }

func all(s string, ok func(rune) bool) bool { return ahead(s, 0, ok) == len(s) }

// linkLen is how much of s is a link, 0 if its host can't be one.
func linkLen(s string) int {
	at, schemed := 0, false
	for _, scheme := range []string{"http://", "https://", "ftp://", "tonsite://"} {
		if len(s) >= len(scheme) && lower(s[:len(scheme)]) == scheme {
			at, schemed = len(scheme), true
		}
	}
	path := at + len(s[at:])
	if i := strings.IndexAny(s[at:], "/?#"); i >= 0 {
		path = at + i
	}
	host := s[at:path]
	if i := strings.IndexByte(host, '@'); i >= 0 {
		host = host[i+1:]
	}
	if i := strings.LastIndexByte(host, ':'); i >= 0 {
		host = host[:i]
	}
	if lower(host) == "teiegram.org" || !linkableHost(host, schemed) {
		return 0
	}
	return path + balanced(s[path:])
}

// balanced is the length of a path up to the first bracket that closes none.
func balanced(path string) int {
	open := [3]int{}
	n := 0
	for ; n < len(path); n++ {
		if i := strings.IndexByte("([{", path[n]); i >= 0 {
			open[i]++
		}
		if i := strings.IndexByte(")]}", path[n]); i >= 0 {
			if open[i]--; open[i] < 0 {
				break
			}
		}
	}
	for n > 0 && strings.IndexByte(badEnds, path[n-1]) >= 0 {
		n--
	}
	return n
}

// linkableHost says whether a host can be one: an IPv4 address, or a name
// whose last part is a top-level domain; with a scheme any last part will do.
func linkableHost(host string, schemed bool) bool {
	parts := strings.Split(host, ".")
	digits := true
	for _, p := range parts {
		if p == "" || len(p) > 63 || p[len(p)-1] == '-' {
			return false
		}
		digits = digits && all(p, asciiDigit)
	}
	if digits {
		return len(parts) == 4 && !slices.ContainsFunc(parts, func(p string) bool {
			n, err := strconv.ParseUint(p, 10, 8)
			return err != nil || strconv.FormatUint(n, 10) != p
		})
	}
	last := parts[len(parts)-1]
	if len(parts) == 1 || utf8.RuneCountInString(last) < 2 || strings.Contains(parts[len(parts)-2], "_") {
		return false
	}
	if code, ok := strings.CutPrefix(last, "xn--"); ok {
		return len(code) >= 2 && all(code, asciiAlnum)
	}
	return !strings.ContainsAny(last, "_-") && (schemed || topDomain(last))
}

// topDomain says whether a host without a scheme in front may end so. With
// nothing but its first letter a capital it is the next sentence's first word.
func topDomain(s string) bool {
	small := strings.ToLower(s)
	_, a := utf8.DecodeRuneInString(s)
	_, b := utf8.DecodeRuneInString(small)
	return topDomains[small] && (small == s || small[b:] != s[a:])
}
