package telegram

import (
	"fmt"
	"slices"
	"strings"
)

// Limits of checklists (Bot API docs).
const (
	maxTasks    = 30
	maxTaskText = 100 // characters
)

// TasksDone is the service message of a person who ticked tasks of a
// checklist, or took ticks away.
type TasksDone struct {
	Done, Undone []int // ids

	message *message // with the checklist
}

// TasksAdded is the service message of a person who added tasks to a checklist.
type TasksAdded struct {
	Tasks []Task

	message *message // with the checklist
}

type tasksDoneObject struct {
	Message *messageObject `json:"checklist_message,omitempty"`
	Done    []int          `json:"marked_as_done_task_ids,omitempty"`
	Undone  []int          `json:"marked_as_not_done_task_ids,omitempty"`
}

type tasksAddedObject struct {
	Message *messageObject `json:"checklist_message,omitempty"`
	Tasks   []taskObject   `json:"tasks"`
}

// MarkTasks ticks tasks of a checklist and takes ticks away, with the service
// message that tells so: who sent it may, and everybody where it says so.
func (w *World) MarkTasks(person, chatID int64, id int, done, undone []int) error {
	a, m, list, err := w.checklistOf(person, chatID, id, func(l *Checklist) bool { return l.OthersMark })
	if err != nil {
		return err
	}
	for _, task := range slices.Concat(done, undone) {
		if !slices.ContainsFunc(list.Tasks, func(t Task) bool { return t.ID == task }) {
			return fmt.Errorf("mark task %d: %w", task, ErrNoSuchMessage)
		}
	}
	for i := range list.Tasks {
		t := &list.Tasks[i]
		switch {
		case slices.Contains(done, t.ID):
			t.DoneBy, t.DoneAt = m.chat.actsAs(a), w.unix()
		case slices.Contains(undone, t.ID):
			t.DoneBy, t.DoneAt = 0, 0
		}
	}
	m.setContent(Content{Kind: KindChecklist, Checklist: list})
	w.say(a, m.chat, m.topic, Service{TasksDone: &TasksDone{done, undone, m}})
	return nil
}

// AddTasks adds tasks to a checklist, with the service message that tells so:
// who sent it may, and everybody where it says so.
func (w *World) AddTasks(person, chatID int64, id int, texts ...string) error {
	a, m, list, err := w.checklistOf(person, chatID, id, func(l *Checklist) bool { return l.OthersAdd })
	if err != nil {
		return err
	}
	if len(texts) == 0 || len(list.Tasks)+len(texts) > maxTasks {
		return fmt.Errorf("add %d tasks: %w", len(texts), ErrNotAllowed)
	}
	var added []Task
	for _, text := range texts {
		text = strings.TrimSpace(text)
		if text == "" || characters(text) > maxTaskText {
			return fmt.Errorf("add the task %q: %w", text, ErrNotAllowed)
		}
		t := Task{ID: list.nextTask(), Text: text}
		list.Tasks, added = append(list.Tasks, t), append(added, t)
	}
	m.setContent(Content{Kind: KindChecklist, Checklist: list})
	w.say(a, m.chat, m.topic, Service{TasksAdded: &TasksAdded{added, m}})
	return nil
}

// nextTask is the id of a task to be added.
func (l *Checklist) nextTask() int {
	next := 1
	for _, t := range l.Tasks {
		next = max(next, t.ID+1)
	}
	return next
}

// checklistOf is a copy of a message's checklist that the person may change.
func (w *World) checklistOf(person, chatID int64, id int, open func(*Checklist) bool) (*account, *message, *Checklist, error) {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return nil, nil, nil, err
	}
	old := m.content().Checklist
	if old == nil || m.origin != nil || m.author != a && !open(old) {
		return nil, nil, nil, fmt.Errorf("change a checklist: %w", ErrNotAllowed)
	}
	list := *old
	list.Tasks = slices.Clone(old.Tasks)
	return a, m, &list, nil
}

// nestedMessage is a message inside a service message about it, nil if it is gone.
func (w *World) nestedMessage(b *account, m *message) *messageObject {
	if m.deleted || m.idFor(b) == 0 {
		return nil
	}
	return w.messageFor(b, m, true)
}

func (w *World) tasksDoneObject(b *account, s *TasksDone) *tasksDoneObject {
	return &tasksDoneObject{w.nestedMessage(b, s.message), s.Done, s.Undone}
}

func (w *World) tasksAddedObject(b *account, s *TasksAdded) *tasksAddedObject {
	return &tasksAddedObject{w.nestedMessage(b, s.message), w.taskObjects(s.Tasks)}
}
