package telegram

import (
	"encoding/json"
	"slices"
)

// checklistMethods are the methods about checklists, which only business
// accounts send.
var checklistMethods = map[string]handler{
	"sendChecklist":        sendChecklist,
	"editMessageChecklist": editMessageChecklist,
}

// Checklist is a list of tasks.
type Checklist struct {
	Title         string
	TitleEntities []Entity
	Tasks         []Task
	OthersAdd     bool // everybody may add tasks
	OthersMark    bool // everybody may mark tasks as done
}

// Task is one line of a Checklist.
type Task struct {
	ID       int
	Text     string
	Entities []Entity
	DoneBy   int64 // account or chat; 0 = not done
	DoneAt   int64 // unix seconds
}

// same says whether an edit from l to o would change nothing.
func (l *Checklist) same(o *Checklist) bool {
	if l == nil || o == nil {
		return l == o
	}
	return l.Title == o.Title && sameEntities(l.TitleEntities, o.TitleEntities) &&
		l.OthersAdd == o.OthersAdd && l.OthersMark == o.OthersMark &&
		slices.EqualFunc(l.Tasks, o.Tasks, func(a, b Task) bool {
			return a.ID == b.ID && a.Text == b.Text && sameEntities(a.Entities, b.Entities)
		})
}

type checklistObject struct {
	Title         string         `json:"title"`
	TitleEntities []entityObject `json:"title_entities,omitempty"`
	Tasks         []taskObject   `json:"tasks"`
	OthersAdd     bool           `json:"others_can_add_tasks,omitempty"`
	OthersMark    bool           `json:"others_can_mark_tasks_as_done,omitempty"`
}

type taskObject struct {
	ID             int            `json:"id"`
	Text           string         `json:"text"`
	TextEntities   []entityObject `json:"text_entities,omitempty"`
	CompletedBy    *userObject    `json:"completed_by_user,omitempty"`
	CompletedIn    *chatObject    `json:"completed_by_chat,omitempty"`
	CompletionDate int64          `json:"completion_date,omitempty"`
}

func (w *World) checklistObject(l *Checklist) *checklistObject {
	o := &checklistObject{
		Title: l.Title, TitleEntities: w.entityObjects(l.TitleEntities), OthersAdd: l.OthersAdd, OthersMark: l.OthersMark,
	}
	o.Tasks = w.taskObjects(l.Tasks)
	return o
}

func (w *World) taskObjects(tasks []Task) []taskObject {
	var out []taskObject
	for _, t := range tasks {
		next := taskObject{ID: t.ID, Text: t.Text, TextEntities: w.entityObjects(t.Entities), CompletionDate: t.DoneAt}
		next.CompletedBy, next.CompletedIn = w.actor(t.DoneBy)
		out = append(out, next)
	}
	return out
}

// checklistArg reads an InputChecklist.
func (c *call) checklistArg() (*Checklist, *problem) {
	raw := c.args.json("checklist")
	if len(raw) == 0 {
		return nil, fail(missingParam, "checklist")
	}
	f, bad := objectOf(raw, fail(checklistJSON), fail(badChecklist, "expected an Object"))
	if bad != nil {
		return nil, bad
	}
	l := &Checklist{}
	title, mode := f.needText("title"), f.text("parse_mode")
	if f.fault != "" {
		return nil, fail(badChecklist, f.fault)
	}
	if l.Title, l.TitleEntities, bad = c.formatted(title, mode, string(f.raw["title_entities"])); bad != nil {
		return nil, fail(badChecklist, bad.bare())
	}
	l.OthersAdd, l.OthersMark = f.flag("others_can_add_tasks"), f.flag("others_can_mark_tasks_as_done")
	f.need("tasks")
	for _, item := range f.array("tasks") {
		task, fault := c.taskIn(item)
		if fault != "" {
			f.blame("Can't parse InputChecklistTask: %s", fault)
		}
		l.Tasks = append(l.Tasks, task)
	}
	if f.fault != "" {
		return nil, fail(badChecklist, f.fault)
	}
	return l, nil
}

func (c *call) taskIn(raw json.RawMessage) (Task, string) {
	f, ok := objectIn(raw)
	if !ok {
		return Task{}, "expected an Object"
	}
	t := Task{ID: f.needNumber("id")}
	text, mode := f.needText("text"), f.text("parse_mode")
	if f.fault != "" {
		return t, f.fault
	}
	var bad *problem
	if t.Text, t.Entities, bad = c.formatted(text, mode, string(f.raw["text_entities"])); bad != nil {
		return t, bad.bare()
	}
	return t, ""
}

// sendChecklist is refused without a business connection: bots themselves
// have no checklists (Bot API docs).
func sendChecklist(c *call) (any, *problem) {
	list, bad := c.checklistArg()
	if bad != nil {
		return nil, bad
	}
	return c.sendMade(func() (Content, *problem) {
		if c.args.str("business_connection_id") == "" {
			return Content{}, fail(checklistBusiness)
		}
		return Content{Kind: KindChecklist, Checklist: list}, nil
	})
}

func editMessageChecklist(c *call) (any, *problem) {
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	list, bad := c.checklistArg()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.editTarget(editNotFound)
	if bad == nil {
		bad = c.editable(m, false)
	}
	switch {
	case bad != nil:
		return nil, bad
	case m.content().Checklist == nil:
		return nil, fail(noChecklist)
	}
	return c.apply(m, Content{Kind: KindChecklist, Checklist: list}, keys)
}
