package botapi

import (
	"context"

	"github.com/mymmrac/telego"

	"topicdesk/actors/telegram"
)

// SetMenu sets or takes away one list of commands (Bot API setMyCommands,
// deleteMyCommands).
func (g *Gateway) SetMenu(ctx context.Context, m telegram.Menu) error {
	var done bool
	if len(m.Commands) == 0 {
		return g.ask(ctx, "deleteMyCommands", m.Chat, telego.DeleteMyCommandsParams{
			Scope: menuScope(m), LanguageCode: string(m.Language),
		}, &done)
	}
	params := telego.SetMyCommandsParams{Scope: menuScope(m), LanguageCode: string(m.Language)}
	for _, c := range m.Commands {
		params.Commands = append(params.Commands, telego.BotCommand{Command: c.Name, Description: c.Help})
	}
	return g.ask(ctx, "setMyCommands", m.Chat, params, &done)
}

func menuScope(m telegram.Menu) telego.BotCommandScope {
	if m.User != 0 {
		return &telego.BotCommandScopeChatMember{Type: telego.ScopeTypeChatMember, ChatID: chatID(m.Chat), UserID: int64(m.User)}
	}
	return &telego.BotCommandScopeChat{Type: telego.ScopeTypeChat, ChatID: chatID(m.Chat)}
}
