package telegram

import "fmt"

// CreateTopic makes a topic as a person and returns its thread id. color 0
// means the default.
func (w *World) CreateTopic(by, chatID int64, name string, color int) (int, error) {
	c, a := w.group(chatID), w.person(by)
	if !c.forum || !c.inside(a) || !w.mayCreateTopic(c, a) {
		return 0, fmt.Errorf("create topic: %w", ErrNotAllowed)
	}
	if color == 0 {
		color = topicColors[0]
	}
	return w.openTopic(a, c, cleanTopicName(name), color, "").root, nil
}

// topicFor finds a topic that the person may change; 0 and 1 are General.
func (w *World) topicFor(by, chatID int64, topicID int) (*chat, *account, *topic, error) {
	c, a := w.group(chatID), w.person(by)
	t := c.topicOf(topicID)
	if topicID == 0 || topicID == generalID {
		t = &c.general
	}
	switch {
	case t == nil || !c.forum:
		return nil, nil, nil, fail(topicInvalid)
	case !c.inside(a) || !c.mayToggle(a, t):
		return nil, nil, nil, fmt.Errorf("change topic %d: %w", topicID, ErrNotAllowed)
	}
	return c, a, t, nil
}

// EditTopic renames a topic or changes its icon; nil leaves as it is.
func (w *World) EditTopic(by, chatID int64, topicID int, name, icon *string) error {
	c, a, t, err := w.topicFor(by, chatID, topicID)
	if err != nil {
		return err
	}
	w.retitle(a, c, t, name, icon)
	return nil
}

// RenameTopic is EditTopic with a name only.
func (w *World) RenameTopic(by, chatID int64, topicID int, name string) error {
	return w.EditTopic(by, chatID, topicID, &name, nil)
}

// CloseTopic closes a topic; closing it twice does nothing.
func (w *World) CloseTopic(by, chatID int64, topicID int) error {
	c, a, t, err := w.topicFor(by, chatID, topicID)
	if err == nil {
		w.toggle(a, c, t, true)
	}
	return err
}

// ReopenTopic reopens a topic.
func (w *World) ReopenTopic(by, chatID int64, topicID int) error {
	c, a, t, err := w.topicFor(by, chatID, topicID)
	if err == nil {
		w.toggle(a, c, t, false)
	}
	return err
}

// HideGeneral hides the General topic, or shows it.
func (w *World) HideGeneral(by, chatID int64, hidden bool) error {
	c, a, _, err := w.topicFor(by, chatID, generalID)
	if err == nil {
		w.toggleHidden(a, c, hidden)
	}
	return err
}

// DeleteTopic deletes a topic with its messages. No bot is told.
func (w *World) DeleteTopic(by, chatID int64, topicID int) error {
	c, a := w.group(chatID), w.person(by)
	t := c.topicOf(topicID)
	if t == nil {
		return fail(topicInvalid)
	}
	if !c.standing(a).can(func(r Rights) bool { return r.DeleteMessages }) && t.creator != a {
		return fmt.Errorf("delete topic %d: %w", topicID, ErrNotAllowed)
	}
	w.removeTopic(c, t)
	return nil
}
