//go:build mtproto

package mtproto

import (
	"context"

	"github.com/gotd/td/tg"

	port "topicdesk/actors/telegram"
)

// SetMenu sets or takes away one list of commands.
func (g *Gateway) SetMenu(ctx context.Context, m port.Menu) error {
	ctx, cancel := context.WithTimeout(ctx, g.options.CallTimeout)
	defer cancel()
	api, over := g.connected(ctx)
	if over != nil {
		return &port.ReceiveError{Outcome: *over}
	}
	request := &tg.BotsSetBotCommandsRequest{Scope: g.menuScope(m), LangCode: string(m.Language)}
	for _, c := range m.Commands {
		request.Commands = append(request.Commands, tg.BotCommand{Command: c.Name, Description: c.Help})
	}
	method := "bots.setBotCommands"
	var err error
	if len(m.Commands) > 0 {
		_, err = api.BotsSetBotCommands(ctx, request)
	} else {
		method = "bots.resetBotCommands"
		_, err = api.BotsResetBotCommands(ctx, &tg.BotsResetBotCommandsRequest{Scope: request.Scope, LangCode: request.LangCode})
	}
	if err != nil {
		return refusal(method, m.Chat, err)
	}
	return nil
}

func (g *Gateway) menuScope(m port.Menu) tg.BotCommandScopeClass {
	peer := g.peers.input(m.Chat)
	if m.User != 0 {
		return &tg.BotCommandScopePeerUser{Peer: peer, UserID: g.peers.user(int64(m.User))}
	}
	return &tg.BotCommandScopePeer{Peer: peer}
}
