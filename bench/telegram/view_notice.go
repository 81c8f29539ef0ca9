package telegram

import (
	"cmp"
	"time"
)

// notice is a service message in words, as clients show it in grey.
func (w *World) notice(m *message) string {
	who := "Telegram"
	if m.from != nil {
		who = m.from.name()
	}
	s := m.content().Service
	if text := cmp.Or(s.ofTopic(), s.ofContent()); text != "" {
		return who + text
	}
	switch {
	case s.NewMembers != nil:
		return who + " added " + w.accounts[s.NewMembers[0]].name()
	case s.LeftMember != 0:
		return who + " removed " + w.accounts[s.LeftMember].name()
	case s.NewTitle != "":
		return who + " renamed the group to “" + s.NewTitle + "”"
	case s.NewPhoto != nil:
		return who + " changed the photo"
	case s.PhotoDeleted:
		return who + " removed the photo"
	case s.AutoDelete != nil && *s.AutoDelete == 0:
		return who + " switched auto-delete off"
	case s.AutoDelete != nil:
		return who + " made messages delete themselves after " + (time.Duration(*s.AutoDelete) * time.Second).String()
	case s.NewOwner != 0:
		return who + " made " + w.accounts[s.NewOwner].name() + " the owner"
	case s.Approach != nil:
		return who + " is near " + w.accounts[s.Approach.Watcher].name()
	case s.GroupCreated, s.SuperCreated, s.ChannelCreated:
		return who + " created the group"
	case s.MigrateTo != 0, s.MigrateFrom != 0:
		return "The group was upgraded to a supergroup"
	default:
		panic("telegram: empty service message")
	}
}

// ofTopic is what happened to a topic, "" = nothing did.
func (s *Service) ofTopic() string {
	switch {
	case s.TopicCreated != nil:
		return " created the topic “" + s.TopicCreated.Name + "”"
	case s.TopicEdited != nil && s.TopicEdited.Name != "":
		return " renamed the topic to “" + s.TopicEdited.Name + "”"
	case s.TopicEdited != nil:
		return " changed the topic's icon"
	case s.TopicClosed:
		return " closed the topic"
	case s.TopicReopened:
		return " reopened the topic"
	case s.GeneralHidden:
		return " hid the topic"
	case s.GeneralShown:
		return " showed the topic"
	default:
		return ""
	}
}

// ofContent is what happened to a message, a poll or a checklist, or was
// shared, "" = nothing was.
func (s *Service) ofContent() string {
	switch {
	case s.Pinned != nil:
		return " pinned a message"
	case s.UsersShared != nil:
		return " shared accounts"
	case s.ChatShared != nil:
		return " shared a chat"
	case s.AnswerAdded != nil:
		return " added the answer “" + s.AnswerAdded.Option.Text + "”"
	case s.AnswerRemoved != nil:
		return " removed the answer “" + s.AnswerRemoved.Option.Text + "”"
	case s.TasksDone != nil:
		return " marked tasks"
	case s.TasksAdded != nil:
		return " added tasks"
	default:
		return ""
	}
}
