// Package configs owns the settings of a node: what there is to set, where a
// value may come from, and which values are refused.
//
// It must never start anything, and knows no other package of the module. What
// a tenant may set (WELCOME, AUTOCLOSE …) is no setting: those are rows of the
// tenant's file, described in package tenants.
//
// # Where a value comes from
//
// Four layers, a later one wins:
//
//  1. topicdesk.yaml beside this file, which is part of the program. It names
//     and explains every key, so the documented example is the defaults.
//  2. A file of the same form that says only what differs: Sources.File, else
//     the one that the variable TOPICDESK_CONFIG names.
//  3. Variables. The name is TOPICDESK_ and the key in upper case, with two
//     underscores for each dot: TOPICDESK_DATA_DIR is data_dir,
//     TOPICDESK_HTTP__LISTEN is http.listen.
//  4. Flags, given by the caller by key.
//
// The bot's token may also be named by a file's path (bot_token_file). Of
// bot_token and bot_token_file the one from the later layer counts; both in one
// layer are refused. Paths are relative to the working directory.
//
// # Invariants
//
// Nothing is ignored silently: an unknown key, a key in another case, a key
// without a value, a value of another kind or out of its range is refused,
// naming the file and line, the variable or the flag, with the reason. All
// faults of all layers are told at once; a bad value is one even where a later
// layer hides it. Ranges are held against the values that count.
//
// A secret has the type Secret, which prints, logs and marshals as "(hidden)".
// No fault and no printed setting contains one, nor the value of a key that
// isn't known: it may be a secret under a misspelt name.
//
// # Why koanf sees only text
//
// koanf merges the layers and fills the struct. The values in it are text, and
// one function (parse) reads each kind of value whatever layer it is from: so a
// variable and a line of YAML mean the same, and the reasons are ours. Left to
// itself YAML turns "timeout:" into nil, which koanf merges over the default as
// zero, and an unknown key passes.
package configs
