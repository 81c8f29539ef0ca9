//go:build !race

package world

// stride: every single one is struck.
const stride = 1
