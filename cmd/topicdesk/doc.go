// Command topicdesk is the command line of the relay: grammar, answers, progress,
// completion, log, what systemd is told, and the order in which serve starts and stops
// what package actors/house joins.
//
//	demo        the relay with a Telegram of its own and people to play
//	serve       the relay for all tenants of the data directory
//	simulator   the simulated Telegram alone, for bots and tests of others
//	backup      copies of the registry and of all tenants, online; restore puts them back
//	check       the settings in force
//	doctor      what is wrong, and what to do; health asks the node that runs
//	tenant …    add, list, set, stop, export and remove tenants, beside a running node too
//	key …       show and renew the key that seals secrets, or start over without it
//
// Every command answers in JSON with --json: one object, the type that its Answer
// method gives (a command that runs until it is ended: a {"line": …} for each line).
// Fields are only added. What one means stands at its type, mostly in package
// actors/web.
//
// Main is the program without the process: tests start it with other arguments,
// streams and settings. It must decide nothing about messages and know nothing
// of Telegram's protocol; what can be said about one tenant is said by package
// actors/web, whether the tenant's file is open or not.
//
// One process holds a data directory (the registry's lock). It listens at
// admin.sock in it, mode 0600, for the tenant commands of other processes.
//
// A graceful stop takes three steps: nothing new comes in, the calls under way
// are answered and their outcomes committed, the files are closed. So a restart
// repeats nothing. A kill is the other way to stop, and as safe for messages:
// only calls cut in the middle are then made again.
package main
