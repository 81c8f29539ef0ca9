package telegram

import (
	"maps"
	"slices"
	"strings"
)

// methods are the Bot API methods that this Telegram knows, each in the table
// of the file that does it.
var methods = map[string]handler{}

// canonical finds a method by its name in lower case: names are
// case-insensitive (Bot API docs).
var canonical = map[string]string{}

func init() {
	for _, table := range []map[string]handler{
		selfMethods, webhookMethods, sendMethods, fileMethods, copyMethods, editMethods, deleteMethods,
		albumMethods, pollMethods, inlineMethods, locationMethods, paidMethods, checklistMethods, draftMethods, reactionMethods, pinMethods,
		topicMethods, chatMethods, callbackMethods, businessMethods,
		memberMethods, linkMethods, infoMethods, settingMethods, commandMethods, stickerMethods,
	} {
		maps.Copy(methods, table)
	}
	for name, business := range onBehalf {
		methods[name] = orOnBehalf(methods[name], business)
	}
	for name, inline := range inlineEdits {
		methods[name] = orInline(methods[name], inline)
	}
	for name := range methods {
		canonical[strings.ToLower(name)] = name
	}
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}
