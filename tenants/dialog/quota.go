package dialog

import (
	"fmt"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// Load is what a tenant takes of its node's disk.
type Load struct {
	Jobs, MostJobs   int   // in the outbox; 0 = no limit
	Bytes, MostBytes int64 // of the file that are in use; 0 = no limit
}

// Quota is how a tenant stands to its limits: over them it takes in nothing new. The
// zero Quota: it does.
type Quota struct {
	Since time.Time
	Load
}

// Reached tells that nothing new is taken in.
func (f Quota) Reached() bool { return !f.Since.IsZero() }

// full: a file is it at nine tenths of its limit, so that there is room for what goes
// on, as what was sent is still noted.
func (l Load) full() bool { return l.manyJobs() || l.MostBytes > 0 && l.Bytes >= l.MostBytes/10*9 }

func (l Load) manyJobs() bool { return l.MostJobs > 0 && l.Jobs >= l.MostJobs }

// roomy tells that there is room again: a little below the limits.
func (l Load) roomy() bool {
	return (l.MostJobs == 0 || l.Jobs <= l.MostJobs/10*9) && (l.MostBytes == 0 || l.Bytes <= l.MostBytes/10*8)
}

// Look gives how it stands now.
func (f Quota) Look(l Load, now time.Time) Quota {
	switch {
	case !f.Reached() && l.full():
		return Quota{Since: now, Load: l}
	case f.Reached() && !l.roomy():
		return Quota{Since: f.Since, Load: l}
	default:
		return Quota{}
	}
}

// Words are for the host; "" if it is not full.
func (f Quota) Words() string {
	switch {
	case !f.Reached():
		return ""
	case f.manyJobs():
		return fmt.Sprintf("full: %d jobs wait, and limits.tenant_outbox allows no more. "+
			"Nothing new is taken from Telegram until some are delivered", f.Jobs)
	default:
		return fmt.Sprintf("full: %d MiB of its file are in use, and limits.tenant_file_mib is %d. "+
			"Nothing new is taken from Telegram until there is room", f.Bytes>>20, f.MostBytes>>20)
	}
}

// Note is what General reads when the tenant becomes full, or no longer is and was so
// since a moment.
func (f Quota) Note(since, now time.Time, v tenants.Voice) tenants.Text {
	switch {
	case !f.Reached():
		return v.Text(say.QuotaRoom, say.Values{"since": since, "until": now}).
			Append(tenants.Plain(" ")).Append(lostMeanwhile(since, now, v))
	case f.manyJobs():
		return tenants.Plain(v.Say(say.QuotaOutbox, say.Values{"n": f.Jobs}))
	default:
		return tenants.Plain(v.Say(say.QuotaFile))
	}
}
