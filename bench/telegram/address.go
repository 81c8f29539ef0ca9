package telegram

import (
	"net/netip"
	"strconv"
	"strings"
)

// address is a web address as TDLib takes it apart.
type address struct {
	https   bool
	user    string
	host    string // small letters; IPv6 in brackets
	port    string // without zeros in front, "" = none
	query   string // path and what follows it, with a slash in front
	literal bool   // IPv6
}

// parseAddress reads an address; http:// may be missing. fault is what TDLib
// says about one that is none, "" = nothing (TDLib source).
func parseAddress(s string) (a address, fault string) {
	if i := strings.IndexAny(s, ":/?#@[]"); i >= 0 && strings.HasPrefix(s[i:], "://") {
		scheme := asciiLower(s[:i])
		if scheme != "http" && scheme != "https" {
			return a, "Unsupported URL protocol"
		}
		a.https, s = scheme == "https", s[i+len("://"):]
	}
	a.host = s
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		a.host, a.query = s[:i], s[i:]
	}
	if i := strings.LastIndexAny(a.host, ":]@"); i > 0 && a.host[i] == ':' {
		a.port = strings.TrimLeft(a.host[i+1:], "0")
		if n, err := strconv.ParseUint(a.port, 10, 16); err != nil || n == 0 || a.port[0] == '+' {
			return a, "Wrong port number specified in the URL"
		}
		a.host = a.host[:i]
	}
	if i := strings.LastIndexByte(a.host, '@'); i >= 0 {
		a.user, a.host = a.host[:i], a.host[i+1:]
	}
	a.host = asciiLower(a.host)
	a.query = completeQuery(a.query)
	return a, a.fault()
}

// fault is what is wrong with the parts of an address.
func (a *address) fault() string {
	if n := len(a.host); n > 1 && a.host[0] == '[' && a.host[n-1] == ']' {
		a.literal = true
		if ip, err := netip.ParseAddr(a.host[1 : n-1]); err != nil || !ip.Is6() || ip.Zone() != "" {
			return "Wrong IPv6 address specified in the URL"
		}
		return ""
	}
	switch a.host {
	case "":
		return "URL host is empty"
	case ".":
		return "Host is invalid"
	}
	if fault := partFault(a.host, "host", ""); fault != "" {
		return fault
	}
	return partFault(a.user, "userinfo", ":")
}

// partFault is what is wrong with a part that holds letters, digits, some
// signs, whatever isn't ASCII, and percent and two digits for the others.
func partFault(part, name, more string) string {
	for i := 0; i < len(part); i++ {
		c := part[i]
		switch {
		case c >= 0x80, asciiAlnum(rune(c)), strings.IndexByte(".-_!$,~*'();&+="+more, c) >= 0:
		case c != '%':
			return "Disallowed character in URL " + name
		case i+2 >= len(part) || !hexByte(part[i+1]) || !hexByte(part[i+2]):
			return "Wrong percent-encoded symbol in URL " + name
		default:
			i += 2
		}
	}
	return ""
}

func hexByte(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

// completeQuery puts a slash in front and writes white space as percent signs.
func completeQuery(s string) string {
	s = strings.TrimRight(s, " \t\r\n\v\x00")
	var out strings.Builder
	if s == "" || s[0] != '/' {
		out.WriteByte('/')
	}
	for i := range len(s) {
		if s[i] <= ' ' {
			out.WriteString("%" + strings.ToUpper(strconv.FormatUint(0x100+uint64(s[i]), 16)[1:]))
		} else {
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

// asciiLower writes capitals of the Latin alphabet small and nothing else.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// checkedLink is a link made whole: http:// in front, a slash behind the
// host. fault is what TDLib says about one that is none (TDLib source).
func checkedLink(link string, https bool) (whole, fault string) {
	app := ""
	for _, scheme := range []string{"tg", "ton", "tonsite"} {
		if n := len(scheme); len(link) > n && link[n] == ':' && asciiLower(link[:n]) == scheme {
			app, link = scheme, strings.TrimPrefix(link[n+1:], "//")
			break
		}
	}
	a, fault := parseAddress(link)
	switch {
	case fault != "":
		return "", fault
	case https && (!a.https || app != ""):
		return "", "Only HTTPS links are allowed"
	case app != "":
		return a.inApp(app, link)
	case !strings.Contains(a.host, ".") && !a.literal:
		return "", "Wrong HTTP URL"
	}
	whole = "http://"
	if a.https {
		whole = "https://"
	}
	if a.user != "" {
		whole += a.user + "@"
	}
	whole += a.host
	if a.port != "" {
		whole += ":" + a.port
	}
	return whole + a.query, ""
}

// inApp is the link of a scheme that Telegram's apps understand themselves.
func (a *address) inApp(scheme, link string) (whole, fault string) {
	if a.https || strings.HasPrefix(asciiLower(link), "http://") || a.user != "" || a.port != "" || a.literal {
		if scheme == "tg" {
			return "", "Wrong tg URL"
		}
		return "", "Wrong ton URL"
	}
	if !all(a.host, func(r rune) bool { return asciiAlnum(r) || r == '-' || r == '_' || r == '.' && scheme == "tonsite" }) {
		return "", "Unallowed characters in URL host"
	}
	query := a.query
	if strings.HasPrefix(query, "/?") {
		query = query[1:]
	}
	return scheme + "://" + a.host + query, ""
}

// appParameters are the parameters of tg://host?…, in order; ok is false
// if link is another one. The names of scheme and host may be in capitals.
func appParameters(link, host string) (parameters [][2]string, ok bool) {
	if len(link) < len("tg:") || asciiLower(link[:len("tg:")]) != "tg:" {
		return nil, false
	}
	link = strings.TrimPrefix(link[len("tg:"):], "//")
	if len(link) < len(host) || asciiLower(link[:len(host)]) != host {
		return nil, false
	}
	link, ok = strings.CutPrefix(strings.TrimPrefix(link[len(host):], "/"), "?")
	if !ok {
		return nil, false
	}
	link, _, _ = strings.Cut(link, "#")
	for part := range strings.SplitSeq(link, "&") {
		key, value, _ := strings.Cut(part, "=")
		parameters = append(parameters, [2]string{key, value})
	}
	return parameters, true
}

const maxUser = 1<<40 - 1

// linkedUser is whom tg://user?id=N names, 0 if link is another one.
func linkedUser(link string) int64 {
	parameters, _ := appParameters(asciiLower(link), "user")
	for _, p := range parameters {
		if p[0] == "id" {
			if id, ok := wholeInt(p[1], 64); ok && id > 0 && id <= maxUser {
				return id
			}
			return 0
		}
	}
	return 0
}
