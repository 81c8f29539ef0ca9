// Package door owns the HTTP doors at which strangers can knock: how many may stand
// there, for how long, and how much they may say before they are known.
//
// It must know nothing of what is behind a door; whoever answers tells it with Known
// that a connection has shown a secret.
//
// The rule: a door has a number of places. When all are taken, the connection that
// has stood there longest without ever showing a secret goes; if all have shown one,
// the one that has been idle longest; if none is idle, the newcomer. So strangers
// who open thousands of connections push out each other, a newcomer that speaks at
// once is heard, and those who are known stay. Counting by address would not do:
// behind a proxy all come from one.
package door
