package store

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// AsideOf picks what is set aside of somebody: what has their number, what is of their
// dialogs or lists them, and a note of ours that names them. What reveal does not open
// tells nobody anything.
func (r Reads) AsideOf(who *Who, reveal func(sealed []byte) ([]byte, error)) error {
	number, err := regexp.Compile(fmt.Sprintf(`(^|[^0-9])%d([^0-9]|$)`, who.Chat))
	if err != nil {
		return err
	}
	updates, err := r.AsideList()
	if err != nil {
		return err
	}
	for _, u := range updates {
		if plain, err := reveal(u.Sealed); err == nil && number.Match(plain) {
			who.Aside = append(who.Aside, Aside{Connection: u.Connection, Update: u.Update})
		}
	}
	jobs, err := r.AsideJobs()
	for _, j := range jobs {
		plain, bad := reveal(j.Sealed)
		if bad != nil {
			continue
		}
		job, bad := UnpackJob(plain)
		if bad == nil && who.in(&job, string(plain)) || number.Match(plain) {
			who.AsideJobs = append(who.AsideJobs, j.Job)
		}
	}
	return err
}

// in tells that a job is of somebody's dialogs, or a note of ours with their name in it:
// others' words are theirs.
func (w *Who) in(job *dialog.Job, packed string) bool {
	if w.has(job.Lane.Dialog) || slices.ContainsFunc(job.Named(), w.has) {
		return true
	}
	return job.Origin == dialog.OfRelay && slices.ContainsFunc(w.Traces, func(t string) bool { return strings.Contains(packed, t) })
}

// has tells that a dialog is theirs.
func (w *Who) has(id tenants.DialogID) bool { return slices.Contains(w.Dialogs, id) }
