// Package lane is what the owners of lanes have in common: the group actor owns
// the lanes into its topics, the chat actor the lane to its client. Both give
// new jobs a ticket, pick what may go, and learn what became of it.
//
// A decision travels chat → group → tenant as one Commit. Each owner that it
// passes adds what it decides about its own lanes: which of the new jobs are
// tried at once, and what that costs. So an ordinary message needs one
// transaction before its try and one after, and no owner ever waits.
//
// The outbox in the tenant's file is the truth; an Owner holds the numbers of
// all its jobs, some 150 bytes each: a window of a lane would need a second way
// to learn of the rest, and saves a megabyte only where ten thousand jobs wait.
//
// A login may have helpers: any of them may do the jobs that are Helped, one at a
// time and in the order of the lane. Who does a job is picked with it; only that
// one's bucket pays, and only it is paused. An edit is done by whoever sent what it
// edits: the tenant says so when it looks the twin up, and the job is picked again.
//
// A new job has only a ticket until the tenant tells its number (Stored). What
// the tenant does not answer in time makes the owner panic: the tenant is closed
// and opened again from its file, and nothing is lost.
package lane
