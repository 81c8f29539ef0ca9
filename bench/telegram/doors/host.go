package doors

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// localNames end names that nobody can register (RFC 6761, 6762, 8375 and
// ICANN's reservation of .internal).
var localNames = []string{".localhost", ".local", ".internal", ".test", ".home.arpa"}

// local says whether a request's Host can't be the name of a stranger's site:
// it is an address, a name without dots, or of one of localNames.
func local(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	name = strings.ToLower(strings.Trim(name, "[]"))
	if _, err := netip.ParseAddr(name); err == nil || !strings.Contains(name, ".") {
		return true
	}
	return slices.ContainsFunc(localNames, func(end string) bool { return strings.HasSuffix(name, end) })
}

var errStrangeHost = errors.New("the host's name may be a stranger's: use an address, or a name such as localhost")

// guarded lets browsers do nothing for other sites: neither across origins nor
// under a name of their own that leads here (DNS rebinding).
func guarded(next http.Handler) http.Handler {
	next = http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !local(r.Host) {
			writeError(w, http.StatusForbidden, errStrangeHost)
			return
		}
		next.ServeHTTP(w, r)
	})
}
