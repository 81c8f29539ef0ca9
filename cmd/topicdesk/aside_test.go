package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/house"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// TestRetryOfWhatWasSetAside: an update that was kept goes its way after all,
// and is kept no longer.
func TestRetryOfWhatWasSetAside(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	s.said(s.alma, s.forum, 0, "Each client gets a topic")
	r.stop()
	ann := s.person("Ann")
	s.skip()
	s.say(ann, s.bot, 0, "message 1")
	s.setAside(s.take())

	s.expect(exitRefused, "", strings.Fields("tenant set-aside retry default"), "start the node first")
	start(t, s.settings, "serve").find(t, `(works in its group)`)
	s.expect(exitDone, "", strings.Fields("tenant show default"), "1 updates are set aside")
	s.expect(exitDone, "", strings.Fields("tenant set-aside list default"), "connection 1  update ")
	s.expect(exitDone, "", strings.Fields("tenant set-aside retry default"), "1 went through")
	s.until("it is relayed", func() bool { return len(s.relayed(ann)) == 1 })
	s.expect(exitDone, "", strings.Fields("tenant set-aside list default"), "Nothing is set aside")
}

// TestRetryOfAJobThatWasSetAside: a job that was kept goes out after all, once.
func TestRetryOfAJobThatWasSetAside(t *testing.T) {
	s := newScene(t)
	r := start(t, s.settings, "serve")
	s.bind(r.output)
	ann, words := s.greeted(), strings.Fields
	s.do("/world/faults", dict{"do": "flood", "retry_s": 3600, "method": "copyMessage", "chat": ann, "count": 1}, nil)
	s.say(s.alma, s.forum, s.topicOf(s.alma, s.forum, "Ann"), "an answer")
	s.until("it waits", func() bool {
		jobs := s.outboxJSON("--side", "client").Jobs
		return len(jobs) == 1 && !jobs[0].NotBefore.IsZero()
	})
	job := s.outboxJSON("--side", "client").Jobs[0].Job
	r.stop()
	s.setJobAside(job)

	s.expect(exitDone, "", words("outbox list default --side client"), "Nothing waits.")
	s.expect(exitRefused, "", words("tenant set-aside retry default"), "start the node first")
	start(t, s.settings, "serve").find(t, `(works in its group)`)
	s.expect(exitDone, "", words("tenant set-aside list default"), fmt.Sprintf("job %d  since ", job))
	s.expect(exitDone, "", words("tenant set-aside retry default"), "1 went through")
	s.expect(exitDone, "", words("tenant set-aside retry default"), "0 went through")
	for _, waits := range s.outboxJSON("--side", "client").Jobs { // its chat's pause is not over
		s.expect(exitDone, "", words(fmt.Sprintf("outbox retry default %d", waits.Job)), "1 job is tried")
	}
	s.said(ann, s.bot, 0, "an answer")
	s.expect(exitDone, "", words("tenant set-aside list default"), "Nothing is set aside")
}

// skip lets Telegram forget what still waits for the bot.
func (s *scene) skip() {
	s.t.Helper()
	s.read("/bot"+s.token+"/getUpdates?offset=-1", nil)
	s.confirm(s.waiting())
}

// take takes the bot's only waiting update away from Telegram.
func (s *scene) take() json.RawMessage {
	s.t.Helper()
	waiting := s.waiting()
	if len(waiting) != 1 {
		s.t.Fatalf("%d updates wait, want 1", len(waiting))
	}
	s.confirm(waiting)
	return waiting[0]
}

func (s *scene) waiting() []json.RawMessage {
	s.t.Helper()
	var got struct{ Result []json.RawMessage }
	s.read("/bot"+s.token+"/getUpdates", &got)
	return got.Result
}

func (s *scene) confirm(updates []json.RawMessage) {
	s.t.Helper()
	for _, raw := range updates {
		s.read(fmt.Sprintf("/bot%s/getUpdates?offset=%d", s.token, s.number(raw)+1), nil)
	}
}

func (s *scene) number(raw json.RawMessage) tenants.UpdateID {
	s.t.Helper()
	var update struct {
		ID tenants.UpdateID `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &update); err != nil {
		s.t.Fatal(err)
	}
	return update.ID
}

// setAside puts an update where a tenant keeps poison.
func (s *scene) setAside(raw json.RawMessage) {
	s.t.Helper()
	s.atRest(func(h *house.House, tx *store.Tx) error {
		return tx.SetAside(1, s.number(raw), h.Registry.SealAside(raw))
	})
}

// setJobAside puts a job where a tenant keeps poison.
func (s *scene) setJobAside(id tenants.JobID) {
	s.t.Helper()
	s.atRest(func(h *house.House, tx *store.Tx) error {
		row, err := tx.Job(id)
		if err != nil {
			return err
		}
		return tx.SetJobAside(id, h.Registry.SealAside(store.PackJob(row.Job)))
	})
}

// atRest changes the file of a tenant that does not run.
func (s *scene) atRest(change func(*house.House, *store.Tx) error) {
	s.t.Helper()
	h, err := house.Open(mustConfig(s.t, s.settings...), newLog(mustConfig(s.t).Log, s.t.Output()), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	file, err := store.Open(h.Registry.TenantPath(house.FirstTenant), store.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	err = file.Write(time.Now(), func(tx *store.Tx) error { return change(h, tx) })
	if err := errors.Join(err, file.Close(), h.Close()); err != nil {
		s.t.Fatal(err)
	}
}
