package telegram

import (
	"encoding/pem"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Which webhooks the Bot API server takes.

// webhookURL is a webhook's address as the server reads it: https:// may be
// left out, ports and hosts have to make sense.
type webhookURL struct {
	plain bool // http
	host  string
	port  int
}

// AddressOf is the webhook's URL with its scheme, which bots may leave out.
func (h Webhook) AddressOf() string {
	if strings.Contains(h.URL, "://") {
		return h.URL
	}
	return "https://" + h.URL
}

// parseWebhookURL reads an address; ok false = it is malformed.
func parseWebhookURL(h Webhook) (webhookURL, bool) {
	u, err := url.Parse(h.AddressOf())
	if err != nil || u.Hostname() == "" || u.Hostname() == "." {
		return webhookURL{}, false
	}
	out := webhookURL{host: strings.ToLower(u.Hostname())}
	switch strings.ToLower(u.Scheme) {
	case "https":
		out.port = 443
	case "http":
		out.plain, out.port = true, 80
	default:
		return webhookURL{}, false
	}
	if u.Port() != "" {
		if out.port, err = strconv.Atoi(u.Port()); err != nil || out.port < 1 || out.port > 65535 {
			return webhookURL{}, false
		}
	}
	return out, validHost(out.host)
}

// validHost says whether a host is an IPv6 address or has only characters
// that the server takes (TDLib source).
func validHost(host string) bool {
	if strings.Contains(host, ":") {
		ip, err := netip.ParseAddr(host)
		return err == nil && ip.Is6()
	}
	for _, r := range host {
		if r < 0x80 && !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune(".-_!$,~*'();&+=%", r)) {
			return false
		}
	}
	return true
}

// checkWebhook refuses what the server refuses, in its order, and finds the
// host's address as far as it needs no name server. With Knobs.PlainWebhooks
// only malformed ones are refused.
func (w *World) checkWebhook(h *Webhook) *problem {
	u, ok := parseWebhookURL(*h)
	switch {
	case !ok:
		return fail(webhookInvalid)
	case len(h.Secret) > maxSecret:
		return fail(secretTooLong)
	case strings.Trim(h.Secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "":
		return fail(secretInvalid)
	case len(h.Certificate) > maxCertificate:
		return fail(certificateTooBig, len(h.Certificate))
	}
	if !w.knobs.PlainWebhooks {
		switch {
		case u.plain:
			return fail(webhookHTTPS)
		case u.port != 443 && u.port != 80 && u.port != 88 && u.port != 8443:
			return fail(webhookPort)
		}
	}
	if bad := w.checkWebhookIP(h, u.host); bad != nil {
		return bad
	}
	if block, _ := pem.Decode([]byte(h.Certificate)); h.Certificate != "" && block == nil {
		return fail(certificateInvalid)
	}
	return nil
}

// checkWebhookIP fills in the address of hosts that say it themselves.
func (w *World) checkWebhookIP(h *Webhook, host string) *problem {
	text := h.IP
	if !h.FixedIP {
		switch text = host; {
		case host == "localhost":
			text = "127.0.0.1"
		case strings.HasSuffix(host, ".invalid"), !w.knobs.PlainWebhooks && !strings.ContainsAny(host, ".:"):
			return fail(webhookNoHost)
		}
	}
	ip, err := netip.ParseAddr(text)
	if err != nil {
		if h.FixedIP {
			return fail(webhookBadIP)
		}
		return nil // a name; where it leads is found out when something is sent there
	}
	h.IP = ip.String()
	switch {
	case w.knobs.PlainWebhooks:
		return nil
	case !ip.Is4():
		return fail(webhookIPv6)
	case reserved(ip):
		return fail(webhookReserved, ip)
	}
	return nil
}

// reservedNets are the IPv4 networks to which the server sends nothing (TDLib
// source).
var reservedNets = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("224.0.0.0/3"),
}

func reserved(ip netip.Addr) bool {
	for _, n := range reservedNets {
		if n.Contains(ip) {
			return true
		}
	}
	return false
}
