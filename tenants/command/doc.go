// Package command holds the table of operators' commands and reads what
// somebody typed.
//
// It owns the line between what is a command, what is a comment, and what is
// neither (Parse), the form of names (ParseName), and the table from which
// help, permissions and Telegram's command menus are made. It must never do
// what a command says: that is decided in package dialog and, for /bind, in
// package onboard.
//
// Whatever begins with a slash stays inside the group, understood or not, so
// Parse errs on that side: spaces and invisible signs before the slash don't
// count. Nothing here fails: every text has exactly one ParseKind.
package command
