package telegram

import (
	"cmp"
	"fmt"
)

// CreateTopic makes a topic as a person and returns its thread id. color 0
// means the default. In a chat with a bot that allows it, an empty name makes
// the topic of somebody who just begins to write: its name is implicit.
func (w *World) CreateTopic(by, chatID int64, name string, color int) (int, error) {
	a := w.person(by)
	c, err := w.openChat(a, chatID)
	if err != nil {
		return 0, err
	}
	if !c.hasTopics() || !w.mayCreateTopic(c, a) {
		return 0, fmt.Errorf("create topic: %w", ErrNotAllowed)
	}
	made := TopicCreated{Name: cleanTopicName(name), Color: cmp.Or(color, topicColors[0])}
	if made.Name == "" {
		if c.kind != privateChat {
			return 0, fail(topicNameEmpty)
		}
		made.Name, made.Implicit = implicitName, true
	}
	return w.openTopic(a, c, made).root, nil
}

// implicitName is what a topic is called until somebody names it.
const implicitName = "New Thread"

// topicFor finds a topic that the person may change; 0 and 1 are General.
func (w *World) topicFor(by, chatID int64, topicID int) (*chat, *account, *topic, error) {
	a := w.person(by)
	c, err := w.openChat(a, chatID)
	if err != nil {
		return nil, nil, nil, err
	}
	t := c.topicOf(topicID)
	if (topicID == 0 || topicID == generalID) && c.kind == supergroup {
		t = &c.general
	}
	switch {
	case t == nil || !c.hasTopics():
		return nil, nil, nil, fail(topicInvalid)
	case !c.mayToggle(a, t):
		return nil, nil, nil, fmt.Errorf("change topic %d: %w", topicID, ErrNotAllowed)
	}
	return c, a, t, nil
}

// groupTopicFor is topicFor where only forums have such a thing.
func (w *World) groupTopicFor(by, chatID int64, topicID int) (*chat, *account, *topic, error) {
	if w.chats[chatID] == nil {
		return nil, nil, nil, fmt.Errorf("change topic %d: %w", topicID, ErrNotAllowed)
	}
	return w.topicFor(by, chatID, topicID)
}

// EditTopic renames a topic or changes its icon; nil leaves as it is.
func (w *World) EditTopic(by, chatID int64, topicID int, name, icon *string) error {
	c, a, t, err := w.topicFor(by, chatID, topicID)
	if err != nil {
		return err
	}
	if name != nil {
		clean := cleanTopicName(*name)
		if name = &clean; clean == "" {
			return fail(topicNameEmpty)
		}
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
	c, a, t, err := w.groupTopicFor(by, chatID, topicID)
	if err == nil {
		w.toggle(a, c, t, true)
	}
	return err
}

// ReopenTopic reopens a topic.
func (w *World) ReopenTopic(by, chatID int64, topicID int) error {
	c, a, t, err := w.groupTopicFor(by, chatID, topicID)
	if err == nil {
		w.toggle(a, c, t, false)
	}
	return err
}

// HideGeneral hides the General topic, or shows it.
func (w *World) HideGeneral(by, chatID int64, hidden bool) error {
	c, a, _, err := w.groupTopicFor(by, chatID, generalID)
	if err == nil {
		w.toggleHidden(a, c, hidden)
	}
	return err
}

// DeleteTopic deletes a topic with its messages. No bot is told.
func (w *World) DeleteTopic(by, chatID int64, topicID int) error {
	a := w.person(by)
	c, err := w.openChat(a, chatID)
	if err != nil {
		return err
	}
	t := c.topicOf(topicID)
	if t == nil {
		return fail(topicInvalid)
	}
	if !c.mayDeleteTopic(a, t) {
		return fmt.Errorf("delete topic %d: %w", topicID, ErrNotAllowed)
	}
	w.removeTopic(c, t)
	return nil
}

// SetThreaded divides the bot's private chats into topics, or stops that, and
// says whether people may make and rename topics there (Robot has the same).
func (w *World) SetThreaded(botID int64, on, byUsers bool) {
	b := w.robot(botID)
	b.threaded, b.openTopics = on, byUsers
}
