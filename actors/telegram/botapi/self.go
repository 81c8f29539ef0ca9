package botapi

import (
	"context"
	"encoding/json"

	"github.com/mymmrac/telego"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// Self asks who the bot is (Bot API getMe).
func (g *Gateway) Self(ctx context.Context) (telegram.Self, error) {
	var me telego.User
	if err := g.ask(ctx, "getMe", 0, struct{}{}, &me); err != nil {
		return telegram.Self{}, err
	}
	return telegram.Self{Person: person(&me), ReadsGroups: me.CanReadAllGroupMessages}, nil
}

// Standing asks for the chat and for the bot's membership in it (Bot API
// getChat, getChatMember).
func (g *Gateway) Standing(ctx context.Context, id tenants.ChatID) (telegram.Standing, error) {
	var found telego.Chat // getChat's answer begins with the fields of Chat
	if err := g.ask(ctx, "getChat", id, telego.GetChatParams{ChatID: chatID(id)}, &found); err != nil {
		return telegram.Standing{}, err
	}
	standing := telegram.Standing{Chat: chat(&found)}
	if standing.Chat.Kind == tenants.Private {
		standing.Member = true
		return standing, nil
	}
	var err error
	standing.Member, standing.Rights, err = g.memberIn(ctx, id, g.id)
	if err != nil {
		return telegram.Standing{}, err
	}
	return standing, nil
}

// Rights asks for somebody's membership in a chat (Bot API getChatMember).
func (g *Gateway) Rights(ctx context.Context, id tenants.ChatID, user tenants.UserID) (tenants.Rights, error) {
	_, rights, err := g.memberIn(ctx, id, user)
	return rights, err
}

func (g *Gateway) memberIn(ctx context.Context, id tenants.ChatID, user tenants.UserID) (inside bool, rights tenants.Rights, err error) {
	var raw json.RawMessage
	params := telego.GetChatMemberParams{ChatID: chatID(id), UserID: int64(user)}
	if err := g.ask(ctx, "getChatMember", id, params, &raw); err != nil {
		return false, tenants.Rights{}, err
	}
	m, err := memberOf(raw)
	if err != nil {
		return false, tenants.Rights{}, unreadable("getChatMember")
	}
	inside, rights = membership(m)
	return inside, rights, nil
}

// Members asks how many are in a chat (Bot API getChatMemberCount).
func (g *Gateway) Members(ctx context.Context, id tenants.ChatID) (count int, err error) {
	err = g.ask(ctx, "getChatMemberCount", id, telego.GetChatMemberCountParams{ChatID: chatID(id)}, &count)
	return count, err
}

// ask makes a call that only reads. The error is a *telegram.ReceiveError.
func (g *Gateway) ask(ctx context.Context, method string, chat tenants.ChatID, params, answer any) error {
	result, err := g.invoke(ctx, g.callTimeout, method, params)
	if err != nil {
		return g.refusal(method, chat, err)
	}
	if err := json.Unmarshal(result, answer); err != nil {
		return unreadable(method)
	}
	return nil
}
