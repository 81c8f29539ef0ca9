// Package command holds the table of operators' commands and reads what
// somebody typed.
//
// It owns the line between what is a command, what is a comment, and what is
// neither (Parse), the form of names (ParseName), and the table from which
// help, permissions and Telegram's command menus are made. It must never do
// what a command says: that is decided in package dialog and, for /bind, in
// package onboard.
//
// Who may do what is decided in one place (Command.Refusal). An operator is whoever
// is in the group, a manager is listed in EXTENSIONS_ALLOWED, the administrator made
// the connection: each includes those before. Telegram's own rights are beside them: a
// row names the Right that a command needs, of managers too, and what is about somebody
// else's words (OfOthers) needs it only of those who are no managers. They are asked
// for before the command is decided, and only where they decide it; what Telegram does
// not tell is refused, to be tried again. Who remains anonymous answers clients, but
// gives no commands: nobody would know who did it. A test of package dialog lists who ×
// command × place.
//
// Whatever begins with a slash stays inside the group, understood or not, so
// Parse errs on that side: spaces and invisible signs before the slash don't
// count. Nothing here fails: every text has exactly one ParseKind.
package command
