package telegram

// emitService fills what a service message tells, which is one thing.
func (w *World) emitService(b *account, o *messageObject, m *message, nested bool) {
	s := m.content().Service
	switch {
	case emitTopic(o, s), w.emitMembers(b, o, s), w.emitChat(b, o, s):
	case s.Pinned != nil:
		o.PinnedMessage = w.pinnedObject(b, m, s.Pinned.message, nested)
	case s.UsersShared != nil:
		o.UsersShared, o.UserShared = w.usersSharedObject(b.id, s.UsersShared)
	case s.ChatShared != nil:
		o.ChatShared = w.chatSharedObject(b.id, s.ChatShared)
	case s.AnswerAdded != nil:
		o.PollOptionAdded = w.answerChangedObject(b, m, s.AnswerAdded, nested)
	case s.AnswerRemoved != nil:
		o.PollOptionDeleted = w.answerChangedObject(b, m, s.AnswerRemoved, nested)
	case s.TasksDone != nil:
		o.ChecklistTasksDone = w.tasksDoneObject(b, s.TasksDone)
	case s.TasksAdded != nil:
		o.ChecklistTasksAdded = w.tasksAddedObject(b, s.TasksAdded)
	case s.Approach != nil:
		o.Approach = &approachObject{w.userObject(w.accounts[s.Approach.Traveler]), w.userObject(w.accounts[s.Approach.Watcher]), s.Approach.Distance}
	default:
		panic("telegram: empty service message")
	}
}

// emitTopic is about topics; false = the message isn't.
func emitTopic(o *messageObject, s *Service) bool {
	empty := &emptyObject{}
	switch {
	case s.TopicCreated != nil:
		o.ForumTopicCreated = s.TopicCreated
	case s.TopicEdited != nil:
		o.ForumTopicEdited = s.TopicEdited
	case s.TopicClosed:
		o.ForumTopicClosed = empty
	case s.TopicReopened:
		o.ForumTopicReopened = empty
	case s.GeneralHidden:
		o.GeneralTopicHidden = empty
	case s.GeneralShown:
		o.GeneralTopicUnhidden = empty
	default:
		return false
	}
	return true
}

// emitMembers is about who is in the chat; false = the message isn't.
func (w *World) emitMembers(b *account, o *messageObject, s *Service) bool {
	switch {
	case s.NewMembers != nil:
		o.NewChatMembers = w.users(s.NewMembers)
		first := &o.NewChatMembers[0]
		for i := range s.NewMembers { // the bot itself, if it is among them
			if s.NewMembers[i] == b.id {
				first = &o.NewChatMembers[i]
			}
		}
		o.NewChatParticipant, o.NewChatMember = first, first
	case s.LeftMember != 0:
		o.LeftChatParticipant = w.userObject(w.accounts[s.LeftMember])
		o.LeftChatMember = o.LeftChatParticipant
	case s.NewOwner != 0:
		o.ChatOwnerChanged = &ownerChangedObject{w.userObject(w.accounts[s.NewOwner])}
	default:
		return false
	}
	return true
}

// emitChat is about the chat itself; false = the message isn't.
func (w *World) emitChat(b *account, o *messageObject, s *Service) bool {
	switch {
	case s.NewTitle != "":
		o.NewChatTitle = s.NewTitle
	case s.NewPhoto != nil:
		o.NewChatPhoto = s.NewPhoto.photo(b.id)
	case s.PhotoDeleted:
		o.DeleteChatPhoto = true
	case s.AutoDelete != nil:
		o.AutoDeleteChanged = &timerObject{*s.AutoDelete}
	case s.GroupCreated:
		o.GroupChatCreated = true
	case s.SuperCreated:
		o.SupergroupCreated = true
	case s.ChannelCreated:
		o.ChannelCreated = true
	case s.MigrateTo != 0:
		o.MigrateToChatID = s.MigrateTo
	case s.MigrateFrom != 0:
		o.MigrateFromChatID = s.MigrateFrom
	default:
		return false
	}
	return true
}

func (w *World) pinnedObject(b *account, m, pinned *message, nested bool) any {
	switch {
	case !pinned.deleted && pinned.idFor(b) != 0:
		return w.messageFor(b, pinned, true)
	case nested:
		return nil
	default:
		return &inaccessibleObject{Chat: w.chatObject(m.chat), MessageID: pinned.idFor(b)}
	}
}
