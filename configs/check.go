package configs

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// cloud is the host of Telegram's own Bot API server.
const cloud = "api.telegram.org"

// cloudPorts are the ports to which it delivers (Bot API setWebhook, notes).
var cloudPorts = []string{"", "443", "80", "88", "8443"}

// tokenForm is what a bot's token looks like: the bot's id, a colon, a secret.
var tokenForm = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)

// profileForm is what a profile's name may look like.
var profileForm = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// most is the upper end of a range that has none by its nature: it is there to
// catch a slip of the keyboard, and high enough for any load test.
const most = 1_000_000

// checker collects what is wrong with a complete Config.
type checker struct {
	c      Config
	faults []error
}

// check holds each value, and some together, against what the node can do.
func check(c Config) error {
	k := &checker{c: c}
	k.files()
	k.telegram()
	k.http()
	k.limits()
	k.log()
	k.debug()
	k.simulator()
	return errors.Join(k.faults...)
}

// demand refuses a setting unless it is right.
func (k *checker) demand(right bool, key, reason string) {
	if !right {
		k.faults = append(k.faults, k.c.Fault(key, reason))
	}
}

func between[T cmp.Ordered](k *checker, key string, value, least, most T) {
	k.demand(least <= value && value <= most, key,
		fmt.Sprintf("is %s, outside of %s to %s", show(value), show(least), show(most)))
}

func (k *checker) files() {
	k.demand(k.c.DataDir != "", "data_dir", "is empty: it is the folder for all data")
	k.demand(k.c.Key.Empty() || isKey(k.c.Key.Reveal()),
		"key", "is no key: one is 32 bytes in base64, as `openssl rand -base64 32` makes it")
	k.demand(k.c.BotToken.Empty() || tokenForm.MatchString(k.c.BotToken.Reveal()),
		"bot_token", "is no bot token: one looks like 123456789:AAF…, as @BotFather gives it")
}

func (k *checker) telegram() {
	t := k.c.Telegram
	root, reason := address(t.APIRoot)
	k.demand(reason == "", "telegram.api_root", reason)
	k.demand(!t.Local || root.Hostname() != cloud, "telegram.local",
		"is true, but telegram.api_root is Telegram's own server")
	between(k, "telegram.call_timeout", t.CallTimeout, 10*time.Second, 10*time.Minute)
	between(k, "telegram.poll_timeout", t.PollTimeout, time.Second, 50*time.Second)
}

func (k *checker) http() {
	h := k.c.HTTP
	reason := listenable(h.Listen)
	k.demand(reason == "", "http.listen", reason)
	if h.PublicURL != "" {
		reason := k.reachable(h.PublicURL)
		k.demand(reason == "", "http.public_url", reason)
	}
	connections := 100
	if k.c.Telegram.Local {
		connections = 100_000
	}
	between(k, "http.webhook_max_connections", h.WebhookMaxConnections, 1, connections)
}

func (k *checker) limits() {
	l := k.c.Limits
	between(k, "limits.uncommitted_updates", l.UncommittedUpdates, 1, most)
	between(k, "limits.tenant_updates_per_second", l.TenantUpdatesPerSecond, 0, most)
	between(k, "limits.tenant_outbox", l.TenantOutbox, 0, most)
	between(k, "limits.tenant_file_mib", l.TenantFileMiB, 0, most)
	between(k, "limits.commits_at_once", l.CommitsAtOnce, 1, 1024)
	between(k, "limits.open_tenants", l.OpenTenants, 0, most)
	if l.GroupTokens != 0 {
		between(k, "limits.group_tokens", l.GroupTokens, 4, most)
	}
	between(k, "limits.group_window", l.GroupWindow, time.Second, time.Hour)
	if l.PrivatePerSecond != 0 {
		between(k, "limits.private_per_second", l.PrivatePerSecond, 0.01, most)
	}
	if l.LoginPerSecond != 0 {
		between(k, "limits.login_per_second", l.LoginPerSecond, 0.01, most)
	}
	between(k, "limits.idle_close", l.IdleClose, time.Second, 24*time.Hour)
}

func (k *checker) log() {
	format := k.c.Log.Format
	k.demand(format == FormatText || format == FormatJSON, "log.format",
		fmt.Sprintf("is %q, which is neither text nor json", format))
}

func (k *checker) debug() {
	listen := k.c.Debug.Listen
	k.demand(listen != "" || !k.c.Debug.Pprof, "debug.pprof", "is true, but debug.listen is empty: profiles are served there")
	if listen != "" {
		reason := listenable(listen)
		k.demand(reason == "", "debug.listen", reason)
	}
}

func (k *checker) simulator() {
	s := k.c.Simulator
	reason := listenable(s.Listen)
	k.demand(reason == "", "simulator.listen", reason)
	k.demand(profileForm.MatchString(s.Profile), "simulator.profile", "is no profile's name, such as strict")
	between(k, "simulator.group_per_minute", s.GroupPerMinute, 0, most)
	between(k, "simulator.private_per_second", s.PrivatePerSecond, 0, most)
	between(k, "simulator.login_per_second", s.LoginPerSecond, 0, most)
}

// address reads a server's address and tells why it is none. The URL is never
// nil, and the reason never quotes the text: it may contain a password.
func address(text string) (*url.URL, string) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http":
		return &url.URL{}, "is no address: one looks like https://host"
	case u.User != nil:
		return u, "has a user or password, which is not supported"
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return u, "has a ? or #: the address ends before it"
	case strings.HasSuffix(u.Path, "/"):
		return u, "has a slash at the end: leave it out"
	default:
		return u, ""
	}
}

// reachable tells why Telegram would refuse to deliver to an address, empty if
// it would not (Bot API setWebhook, notes). Servers other than Telegram's own
// have rules of their own.
func (k *checker) reachable(text string) string {
	u, reason := address(text)
	root, _ := address(k.c.Telegram.APIRoot)
	switch {
	case reason != "" || root.Hostname() != cloud:
		return reason
	case u.Scheme != "https":
		return "is not https, without which Telegram delivers nothing"
	case !slices.Contains(cloudPorts, u.Port()):
		return "has port " + u.Port() + ": Telegram delivers to 443, 80, 88 and 8443 only"
	default:
		return ""
	}
}

// listenable tells why an address can't be listened at, empty if it can.
func listenable(text string) string {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return fmt.Sprintf("is %q, which is no host:port", text)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(n, 10) != port {
		return fmt.Sprintf("is %q, whose port is no number from 0 to 65535", text)
	}
	return ""
}
