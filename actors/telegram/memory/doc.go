// Package memory is a Telegram of values with gateways to it, for tests: the
// telegram.Gateway whose abilities are the opposite of botapi's, as an account's
// over MTProto will be. It keeps others from leaning on what only bots are
// like, and shows the next gateway what is asked of it.
//
// What is an account's here:
//   - a send is known by its key, so a repeated one makes nothing new and gets
//     the first answer (MTProto random_id);
//   - what other sessions of the login write comes as updates of its Own, and
//     deletions come;
//   - the receive state counts the login's updates (MTProto pts), 8 bytes.
//
// It owns a World of people, chats, topics and messages. It must never be
// kinder than Telegram: what is refused there is refused here. It has no
// clock, no randomness and, unless a gateway waits in Receive, no goroutine or
// timer: the same steps give the same World. Limits of rate are not its matter;
// floods are made with Spoil.
//
// Numbers are Telegram's in form: supergroups number their messages by
// themselves, all other chats share one sequence.
package memory
