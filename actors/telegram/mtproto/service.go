//go:build mtproto

package mtproto

import (
	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// service is what a service message tells: something that Telegram says in a
// chat, or content of which only is told which it is. An action that has no name
// at the Bot API goes by its own.
func (c cast) service(action tg.MessageActionClass) tenants.Content {
	out := tenants.Content{Kind: tenants.KindService}
	switch a := action.(type) {
	case *tg.MessageActionTopicCreate:
		out.Service, out.TopicName = tenants.ServiceTopicCreated, a.Title
	case *tg.MessageActionTopicEdit:
		out.Service, out.TopicName = topicChange(a)
	case *tg.MessageActionChatAddUser:
		out.Service = tenants.ServiceJoined
		for _, id := range a.Users {
			out.People = append(out.People, c.person(id))
		}
	case *tg.MessageActionChatJoinedByLink, *tg.MessageActionChatJoinedByRequest:
		out.Service = tenants.ServiceJoined // the message's author
	case *tg.MessageActionChatDeleteUser:
		out.Service, out.People = tenants.ServiceLeft, []tenants.Person{c.person(a.UserID)}
	case *tg.MessageActionChatEditTitle:
		out.Service, out.Title = tenants.ServiceNewTitle, a.Title
	case *tg.MessageActionChatMigrateTo:
		out.Service, out.Migrated = tenants.ServiceMigratedTo, channelChat(a.ChannelID)
	case *tg.MessageActionChannelMigrateFrom:
		out.Service, out.Migrated = tenants.ServiceMigratedFrom, groupChat(a.ChatID)
	default:
		if kind := actionKind(action); kind != "" {
			return tenants.Content{Kind: kind}
		}
		if out.Service = actionService(action); out.Service == "" {
			return tenants.Content{Kind: tenants.KindOther, Name: action.TypeName()}
		}
	}
	return out
}

// topicChange is what was changed of a topic.
func topicChange(a *tg.MessageActionTopicEdit) (tenants.Service, string) {
	if closed, is := a.GetClosed(); is {
		if closed {
			return tenants.ServiceTopicClosed, ""
		}
		return tenants.ServiceTopicReopened, ""
	}
	if hidden, is := a.GetHidden(); is {
		if hidden {
			return tenants.ServiceGeneralHidden, ""
		}
		return tenants.ServiceGeneralShown, ""
	}
	return tenants.ServiceTopicEdited, a.Title
}

// actionKind are actions that are content at the Bot API.
func actionKind(action tg.MessageActionClass) tenants.Kind {
	switch action.(type) {
	case *tg.MessageActionStarGift:
		return tenants.KindGift
	case *tg.MessageActionStarGiftUnique:
		return tenants.KindUniqueGift
	case *tg.MessageActionPaymentSentMe:
		return tenants.KindPayment
	case *tg.MessageActionWebViewDataSentMe:
		return tenants.KindWebAppData
	case *tg.MessageActionRequestedPeer, *tg.MessageActionRequestedPeerSentMe:
		return tenants.KindUsersShared
	case *tg.MessageActionSecureValuesSentMe:
		return tenants.KindPassport
	default:
		return ""
	}
}

// actionService are the actions of which only is told which they are.
func actionService(action tg.MessageActionClass) tenants.Service {
	switch a := action.(type) {
	case *tg.MessageActionPinMessage:
		return tenants.ServicePinned
	case *tg.MessageActionChatEditPhoto:
		return tenants.ServiceNewPhoto
	case *tg.MessageActionChatDeletePhoto:
		return tenants.ServiceNoPhoto
	case *tg.MessageActionChatCreate:
		return tenants.ServiceGroupMade
	case *tg.MessageActionChannelCreate:
		return tenants.ServiceSupergroupMade
	case *tg.MessageActionNewCreatorPending:
		return tenants.ServiceOwnerLeft
	case *tg.MessageActionChangeCreator:
		return tenants.ServiceOwnerChanged
	case *tg.MessageActionSetMessagesTTL:
		return tenants.ServiceTimer
	case *tg.MessageActionPaymentRefunded:
		return tenants.ServiceRefunded
	case *tg.MessageActionBotAllowed:
		if a.Domain != "" {
			return tenants.ServiceWebsite
		}
		return tenants.ServiceWriteAllowed
	case *tg.MessageActionGeoProximityReached:
		return tenants.ServiceProximity
	case *tg.MessageActionBoostApply:
		return tenants.ServiceBoost
	case *tg.MessageActionSetChatWallPaper:
		return tenants.ServiceBackground
	case *tg.MessageActionTodoCompletions:
		return tenants.ServiceTasksDone
	case *tg.MessageActionTodoAppendTasks:
		return tenants.ServiceTasksAdded
	case *tg.MessageActionPaidMessagesPrice:
		return tenants.ServicePrice
	case *tg.MessageActionGiveawayLaunch:
		return tenants.ServiceGiveawayMade
	case *tg.MessageActionGiveawayResults:
		return tenants.ServiceGiveawayDone
	case *tg.MessageActionManagedBotCreated:
		return tenants.ServiceBotMade
	case *tg.MessageActionPollAppendAnswer:
		return tenants.ServiceOptionAdded
	case *tg.MessageActionPollDeleteAnswer:
		return tenants.ServiceOptionDeleted
	case *tg.MessageActionSuggestedPostApproval:
		return approval(a)
	case *tg.MessageActionSuggestedPostSuccess:
		return tenants.ServicePostPaid
	case *tg.MessageActionSuggestedPostRefund:
		return tenants.ServicePostRefunded
	case *tg.MessageActionGroupCallScheduled:
		return tenants.ServiceCallScheduled
	case *tg.MessageActionGroupCall:
		if a.Duration != 0 {
			return tenants.ServiceCallEnded
		}
		return tenants.ServiceCallStarted
	case *tg.MessageActionInviteToGroupCall:
		return tenants.ServiceCallInvited
	case *tg.MessageActionChangeCommunity:
		if a.CommunityID != 0 {
			return tenants.ServiceCommunityAdded
		}
		return tenants.ServiceCommunityRemoved
	default:
		return ""
	}
}

// approval is what became of a suggested post.
func approval(a *tg.MessageActionSuggestedPostApproval) tenants.Service {
	switch {
	case a.BalanceTooLow:
		return tenants.ServicePostNotApproved
	case a.Rejected:
		return tenants.ServicePostDeclined
	default:
		return tenants.ServicePostApproved
	}
}
