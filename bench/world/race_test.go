//go:build race

package world

// stride: under the race detector each fourth message or call of the small
// script is struck, from one that the seed chooses. One thread has no races to
// find, and SQLite is slow there.
const stride = 4
