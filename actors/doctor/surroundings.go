package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"time"

	"topicdesk/actors/backup"
	"topicdesk/actors/disk"
	"topicdesk/actors/web"
)

// surroundings examines what a node stands on: Telegram, the clock, the folder, the
// disk.
func (v *visit) surroundings(ctx context.Context) {
	if !v.Offline {
		v.telegram(ctx)
	}
	if v.folder() {
		v.room()
		v.syncs()
	}
}

const (
	// reachWithin bounds the question whether the Bot API server is there.
	reachWithin = 10 * time.Second
	// clockOff and clockFar are how far this clock may be from Telegram's before that
	// is told, and before it does harm: Telegram's clock is told in whole seconds.
	clockOff = 5 * time.Second
	clockFar = time.Minute
)

// telegram asks the Bot API server whether it is there and what time it has. If it is
// not, no bot is tested: each would wait for the same.
func (v *visit) telegram(ctx context.Context) {
	const about = "telegram.api_root"
	ctx, cancel := context.WithTimeout(ctx, reachWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, v.APIRoot, nil)
	if err != nil {
		panic(err) // the settings are checked
	}
	asked := time.Now()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		v.Offline = true
		v.tell(web.Finding{Level: web.Bad, About: about, Says: fmt.Sprintf("not reached: %v. Bots are not tested", err),
			Do: "look at the network, names (DNS) and the proxy of this machine, and at telegram.api_root"})
		return
	}
	response.Body.Close()
	v.tell(web.Finding{Level: web.Well, About: about, Says: fmt.Sprintf("reached in %s", time.Since(asked).Round(time.Millisecond))})
	if there, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		v.tell(clockFinding(there, asked, time.Now()))
	}
}

// clockFinding compares a server's time with this machine's, between asking and being
// answered.
func clockFinding(there, asked, answered time.Time) web.Finding {
	var off time.Duration
	switch { // the header has whole seconds
	case there.Add(time.Second).Before(asked):
		off = asked.Sub(there)
	case there.After(answered):
		off = answered.Sub(there)
	}
	f := web.Finding{Level: web.Well, About: "clock", Says: "agrees with Telegram's"}
	if off.Abs() < clockOff {
		return f
	}
	f.Level, f.Do = web.Warning, "let the machine keep its time (NTP): timedatectl set-ntp true"
	if off.Abs() >= clockFar {
		f.Level = web.Bad
	}
	way := "ahead of"
	if off < 0 {
		way = "behind"
	}
	f.Says = fmt.Sprintf("%s %s Telegram's", off.Abs().Round(time.Second), way)
	return f
}

// folder examines data_dir; false = nothing in it can be examined.
func (v *visit) folder() bool {
	dir := v.DataDir
	info, err := os.Stat(dir)
	f := web.Finding{Level: web.Well, About: "data_dir", Says: dir}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.Level, f.Says = web.Note, dir+" does not exist yet and will be made"
	case err != nil:
		f.Level, f.Says = web.Bad, err.Error()
	case !info.IsDir():
		f.Level, f.Says = web.Bad, dir+" is no folder"
	case info.Mode().Perm()&0o077 != 0:
		f.Level, f.Says = web.Warning, fmt.Sprintf("%s may be looked into by others (mode %04o)", dir, info.Mode().Perm())
		f.Do = "chmod 700 " + dir
	}
	v.tell(f)
	v.unfinished(dir)
	return err == nil && info.IsDir()
}

// unfinished tells of restorations that were interrupted.
func (v *visit) unfinished(dir string) {
	left, err := backup.Unfinished(dir)
	if err != nil {
		v.tell(web.Finding{Level: web.Bad, About: "data_dir", Says: err.Error(), Do: ""})
	}
	for _, name := range left {
		v.tell(web.Finding{Level: web.Note, About: "data_dir", Says: "a restoration was interrupted when all was ready: " + name, Do: "whatever takes data_dir next puts it in place, a start too"})
	}
}

const (
	// roomLittle and roomNone are how little free disk is told, and does harm soon,
	// bytes.
	roomLittle = 1 << 30
	roomNone   = 64 << 20
)

// room examines how much the disk can still take.
func (v *visit) room() {
	free, err := disk.FreeBytes(v.DataDir)
	f := web.Finding{Level: web.Well, About: "disk", Says: fmt.Sprintf("%.1f GiB are free", float64(free)/(1<<30))}
	switch {
	case err != nil:
		f.Level, f.Says = web.Bad, err.Error()
	case free < roomNone:
		f.Level = web.Bad
	case free < roomLittle:
		f.Level = web.Warning
	}
	if f.Level != web.Well {
		f.Do = "make room: on a full disk nothing is acknowledged and nothing is sent"
	}
	v.tell(f)
}

const (
	// syncTries is how many syncs are measured.
	syncTries = 15
	// syncSlow is how long one may take before that is told.
	syncSlow = 50 * time.Millisecond
)

// syncs examines whether data_dir can be written, and how long a synced write takes:
// every message waits for two.
func (v *visit) syncs() {
	took := make([]time.Duration, syncTries)
	for i := range took {
		began := time.Now()
		if err := disk.Try(v.DataDir); err != nil {
			v.tell(web.Finding{Level: web.Bad, About: "disk", Says: "data_dir takes nothing: " + err.Error(), Do: "look who owns the folder, and whether its disk is full or read only"})
			return
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	middle, most := took[len(took)/2], took[len(took)-1]
	f := web.Finding{Level: web.Well, About: "disk", Says: fmt.Sprintf("a synced write takes %s in the middle, %s at most",
		middle.Round(time.Microsecond), most.Round(time.Microsecond))}
	if middle > syncSlow {
		f.Level, f.Do = web.Warning, "each message waits for two of them: put data_dir on a disk of its own, or a faster one"
	}
	v.tell(f)
}
