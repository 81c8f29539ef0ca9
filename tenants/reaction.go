package tenants

import (
	"slices"
	"strings"
)

// Reaction is one reaction on a message: exactly one field is set.
type Reaction struct {
	Emoji  string `json:"emoji,omitempty"`
	Custom string `json:"custom,omitempty"` // the number of a custom emoji
	Paid   bool   `json:"paid,omitempty"`
}

// botReactions are the emoji with which bots may react (Bot API docs,
// ReactionTypeEmoji).
var botReactions = strings.Fields(`
	❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓
	🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡`)

// BotMayReact tells that a bot may react with an emoji, where the chat allows it.
func BotMayReact(emoji string) bool { return slices.Contains(botReactions, emoji) }
