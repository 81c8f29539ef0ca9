package house

import (
	"cmp"
	"fmt"
	"syscall"

	"topicdesk/actors/login"
)

// What a process needs of its open files (RLIMIT_NOFILE) beside long polls.
const (
	// filesOfTenant are those of an open tenant: its file, the log of its
	// writes (SQLite's WAL), and a connection for a call under way.
	filesOfTenant = 3
	// filesOfHouse are the registry's, the doors' and the program's own, and
	// some connections of people and proxies at the doors.
	filesOfHouse = 256
	// mostPlaces is how many connections may stand at the door for webhooks:
	// Telegram opens few for each bot that hears something, and closes them.
	mostPlaces = 4096
	// fewestOpen is the least number of tenants that must be able to be open at
	// the same time; below it tenants would wait for each other.
	fewestOpen = 16
	// mostOpen is enough for any machine: 200 KB of memory each.
	mostOpen = 16_384
)

// DoorPlaces is how many connections may stand at the door for webhooks where limit
// files may be open: a quarter at most, so that tenants' files can always be opened.
func DoorPlaces(limit int) int { return min(limit/4, mostPlaces) }

// openTenants is how many tenants' files may be open at the same time where limit
// files may be open and polls logins each hold a connection in a long poll, or none
// does and webhooks come through their door. wanted is limits.open_tenants; 0 = as
// many as fit. An error says what to do.
func openTenants(limit, polls, wanted int) (int, error) {
	doors := 0
	if polls == 0 {
		doors = DoorPlaces(limit)
	}
	fit := min((limit-filesOfHouse-doors-polls)/filesOfTenant, mostOpen)
	least := cmp.Or(wanted, fewestOpen)
	if fit >= least {
		return cmp.Or(wanted, fit), nil
	}
	need := filesOfHouse + polls + least*filesOfTenant
	if polls == 0 {
		need += need/3 + 1 // of which the door's are a quarter
	}
	switch {
	case wanted > 0 && fit >= fewestOpen:
		return 0, fmt.Errorf("limits.open_tenants is %d, but %d long polls leave room for %d of the %d files that may be open: "+
			"set it to at most %d, or raise the limit to %d (ulimit -n, or LimitNOFILE= of the service)",
			wanted, polls, fit, limit, fit, need)
	case polls > 0:
		return 0, fmt.Errorf("%d bots are polled, a connection each, and only %d files may be open: "+
			"raise the limit to %d (ulimit -n, or LimitNOFILE= of the service), or receive by webhooks (http.public_url), which needs no connection per bot",
			polls, limit, need)
	default:
		return 0, fmt.Errorf("only %d files may be open: raise the limit to %d (ulimit -n, or LimitNOFILE= of the service)", limit, need)
	}
}

// fileLimit is how many files this process may have open. Go has raised the soft
// limit to the hard one at the start.
func fileLimit() (int, error) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, fmt.Errorf("read the limit of open files: %w", err)
	}
	return int(min(uint64(limit.Cur), 1<<30)), nil
}

// RoomForTenants is how many tenants may be open at the same time, for this process and what its registry lists.
func (h *House) RoomForTenants() (int, error) {
	limit, err := fileLimit()
	if err != nil {
		return 0, err
	}
	polls := 0
	if h.Logins.Polls() {
		if polls, err = h.Registry.CountSecrets(login.TokenForms...); err != nil {
			return 0, err
		}
	}
	return openTenants(limit, polls, h.Config.Limits.OpenTenants)
}

// makeRoom has fewer tenants open at the same time, now that one more bot may be
// polled. An error says what to do: there is no room for another one.
func (h *House) makeRoom() error {
	room, err := h.RoomForTenants()
	if err != nil {
		return err
	}
	h.Node.SetOpen(room)
	return nil
}
