package telegram

import (
	"encoding/json"
	"testing"
)

// sentID is the number of the message that an answer holds.
func (o *office) sentID(a Answer) int {
	o.t.Helper()
	var m struct {
		ID int `json:"message_id"`
	}
	if !a.OK || json.Unmarshal(a.Result, &m) != nil {
		o.t.Fatalf("%d %s", a.Code, a.Description)
	}
	return m.ID
}

func TestBusinessPoll(t *testing.T) {
	o := newOffice(t, allBusiness)
	poll := o.sentID(o.on("sendPoll", "question", "Q", "options", []string{"a", "b"}))
	if a := o.on("stopPoll", "message_id", o.first); a.Description != failures[messageAuthor].Text {
		t.Errorf("the customer's message: %s", a.Description)
	}
	text := o.sentID(o.on("sendMessage", "text", "x"))
	if a := o.on("stopPoll", "message_id", text); a.Description != failures[messageIDInvalid].Text {
		t.Errorf("no poll: %s", a.Description)
	}
	var stopped struct {
		Closed bool `json:"is_closed"`
	}
	if a := o.on("stopPoll", "message_id", poll); json.Unmarshal(a.Result, &stopped) != nil || !stopped.Closed {
		t.Errorf("stopped: %s %s", a.Result, a.Description)
	}
}

func TestBusinessLivePlace(t *testing.T) {
	o := newOffice(t, allBusiness)
	place := []any{"message_id", o.sentID(o.on("sendLocation", "latitude", 1, "longitude", 2, "live_period", 600))}
	var m struct{ Location Location }
	if a := o.on("editMessageLiveLocation", append(place, "latitude", 3, "longitude", 2, "heading", 5)...); json.Unmarshal(a.Result, &m) != nil ||
		m.Location != (Location{Latitude: 3, Longitude: 2, LivePeriod: 600, Heading: 5}) {
		t.Errorf("moved: %s %s", a.Result, a.Description)
	}
	m.Location = Location{}
	if a := o.on("stopMessageLiveLocation", place...); json.Unmarshal(a.Result, &m) != nil || m.Location != (Location{Latitude: 3, Longitude: 2}) {
		t.Errorf("stopped: %s %s", a.Result, a.Description)
	}
	if a := o.on("editMessageLiveLocation", append(place, "latitude", 4, "longitude", 2)...); a.Description != failures[notModified].Text {
		t.Errorf("moved after the stop: %s", a.Description)
	}
}

// A ticked task of the owner is told with the message as the owner knows it.
func TestBusinessChecklist(t *testing.T) {
	o := newOffice(t, allBusiness)
	list := o.sentID(o.on("sendChecklist", "checklist", map[string]any{"title": "T", "tasks": []map[string]any{{"id": 1, "text": "a"}}}))
	o.updates()
	o.check(o.w.MarkTasks(o.owner, o.customer, list, []int{1}, nil))
	done := o.sole(updBusinessMessage)["checklist_tasks_done"].(map[string]any)
	if m := done["checklist_message"].(map[string]any); number(m["message_id"]) != list || m["business_connection_id"] != o.link {
		t.Errorf("about %v, want %d", m, list)
	}
}
