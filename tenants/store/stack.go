package store

// stackRoom is more than SQLite needs of a goroutine's stack for any statement
// of this package, bytes.
const stackRoom = 24 << 10

// growStack makes the goroutine's stack large enough at once. SQLite's calls are
// deep, and actors run on fresh goroutines with small stacks: grown on the way
// down, a stack is copied three times with all the frames on it, which was a
// twelfth of the relay's time under load.
// at is anything; it only keeps the compiler from seeing that room is not needed.
//
//go:noinline
func growStack(at int) byte {
	var room [stackRoom]byte
	room[uint(at)%stackRoom] = 1
	return room[0]
}
