package doors

import (
	"os"
	"runtime/debug"
)

// leanPercent is by how much the heap may grow before garbage is looked for.
const leanPercent = 50

// KeepLean sets the garbage collector for a process that is nothing but a
// simulated Telegram, unless GOGC says something else: nearly all of its memory
// is messages that stay, and Go's default of 100 would take as much again in
// reserve.
func KeepLean() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(leanPercent)
	}
}
