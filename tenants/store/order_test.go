package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// lanes is the outbox as it should be: a list of jobs a lane, in plain Go.
type lanes map[dialog.Lane][]*wanted

type wanted struct {
	id      tenants.JobID
	trying  bool
	doubt   bool // a try of it may have arrived
	attempt int
	text    string
}

// outbox plays random steps against a store and the lists.
type outbox struct {
	f     *file
	want  lanes
	count int
}

var playedLanes = []dialog.Lane{
	{Dialog: 1, Side: dialog.ToTopic}, {Dialog: 1, Side: dialog.ToClient}, {Dialog: 2, Side: dialog.ToTopic},
	{Group: group, Side: dialog.ToTopic},
}

func aLane() *rapid.Generator[dialog.Lane] { return rapid.SampledFrom(playedLanes) }

// job is a message that nothing merges with.
func (o *outbox) job(lane dialog.Lane) dialog.Job {
	o.count++
	job := incoming(tenants.MessageID(o.count), fmt.Sprint("message ", o.count))
	job.Lane = lane
	return job
}

func (o *outbox) apply(t *rapid.T) {
	drawn := rapid.SliceOfN(aLane(), 1, 4).Draw(t, "lanes")
	for _, at := range drawn {
		job := o.job(at)
		ids := o.f.apply(at.Dialog, dialog.Decision{Jobs: []dialog.Job{job}})
		o.want[at] = append(o.want[at], &wanted{id: ids[0], text: fmt.Sprint("message ", o.count)})
	}
}

// edit changes what has not left, and queues behind what is tried, or may have arrived.
func (o *outbox) edit(t *rapid.T) {
	at := aLane().Draw(t, "lane")
	if len(o.want[at]) == 0 {
		t.Skip("nothing to edit")
	}
	target := rapid.SampledFrom(o.want[at]).Draw(t, "job")
	var number tenants.MessageID
	if _, err := fmt.Sscanf(target.text, "message %d", &number); err != nil {
		t.Skip("edited already")
	}
	job := edit(fromYuki(number), "edited")
	job.Lane = at
	id := o.f.apply(at.Dialog, dialog.Decision{Jobs: []dialog.Job{job}})[0]
	if !target.trying && !target.doubt {
		target.text = "edited"
		equal(t, "edited", id, target.id)
		return
	}
	for _, other := range o.want[at] {
		if other.text == fmt.Sprint("edit of ", number) && !other.trying {
			equal(t, "the waiting edit", id, other.id)
			return
		}
	}
	o.want[at] = append(o.want[at], &wanted{id: id, text: fmt.Sprint("edit of ", number)})
}

// try picks any job: only the first of a lane goes.
func (o *outbox) try(t *rapid.T) {
	at := aLane().Draw(t, "lane")
	if len(o.want[at]) == 0 {
		t.Skip("nothing to try")
	}
	n := rapid.IntRange(0, len(o.want[at])-1).Draw(t, "job")
	job := o.want[at][n]
	err := o.f.Write(start, func(tx *store.Tx) error {
		try, err := tx.MarkTrying(job.id, 0)
		if err == nil && !try.Ready {
			return fmt.Errorf("obstacle %d", try.Why)
		}
		return err
	})
	switch {
	case n > 0 || job.trying:
		if !errors.Is(err, store.ErrNotNext) {
			t.Fatalf("job %d: %v", job.id, err)
		}
	case len(job.text) > 4 && job.text[:5] == "edit ": // its twin is not there
		if err == nil {
			t.Fatal("edited what is not there")
		}
	case err != nil:
		t.Fatal(err)
	default:
		job.trying = true
		job.attempt++
	}
}

// first is a lane's first job, if it is in the state asked for.
func (o *outbox) first(t *rapid.T) (dialog.Lane, *wanted) {
	at := aLane().Draw(t, "lane")
	if len(o.want[at]) == 0 {
		t.Skip("nothing there")
	}
	return at, o.want[at][0]
}

func (o *outbox) retire(t *rapid.T) {
	at, job := o.first(t)
	o.f.write(func(tx *store.Tx) error { return tx.Retire(job.id) })
	o.want[at] = o.want[at][1:]
}

func (o *outbox) requeue(t *rapid.T) {
	at, job := o.first(t)
	before := rapid.IntRange(0, 2).Draw(t, "before")
	var jobs []dialog.Job
	var added []*wanted
	for range before {
		jobs = append(jobs, o.job(at))
		added = append(added, &wanted{text: fmt.Sprint("message ", o.count)})
	}
	var effect dialog.Effect
	if send, ok := must(o.f.Job(job.id)).Job.Effect.(*dialog.Send); ok && rapid.Bool().Draw(t, "in doubt") {
		send.Doubt, job.doubt = true, true
		effect = send
	}
	o.f.write(func(tx *store.Tx) error {
		ids, err := tx.InsertBefore(job.id, jobs, o.f.key)
		for i, id := range ids {
			added[i].id = id
		}
		return errors.Join(err, tx.Requeue(job.id, effect, time.Time{}))
	})
	job.trying = false
	o.want[at] = append(added, o.want[at]...)
}

// insert puts a job before any other that waits.
func (o *outbox) insert(t *rapid.T) {
	at := aLane().Draw(t, "lane")
	if len(o.want[at]) < 2 {
		t.Skip("too short")
	}
	n := rapid.IntRange(1, len(o.want[at])-1).Draw(t, "before")
	added := &wanted{}
	o.f.write(func(tx *store.Tx) error {
		ids, err := tx.InsertBefore(o.want[at][n].id, []dialog.Job{o.job(at)}, o.f.key)
		if err == nil {
			added.id = ids[0]
		}
		return err
	})
	added.text = fmt.Sprint("message ", o.count)
	o.want[at] = slices.Insert(o.want[at], n, added)
}

// fail is a decision that is undone.
func (o *outbox) fail(t *rapid.T) {
	at := aLane().Draw(t, "lane")
	refused := errors.New("refused")
	o.f.write(func(tx *store.Tx) error {
		err := tx.Save(func() error {
			_, err := tx.Apply(at.Dialog, &dialog.Decision{Jobs: []dialog.Job{o.job(at)}}, o.f.key)
			return errors.Join(err, refused)
		})
		if !errors.Is(err, refused) {
			return err
		}
		return nil
	})
}

func (o *outbox) reopen(t *rapid.T) {
	if err := o.f.Close(); err != nil {
		t.Fatal(err)
	}
	o.open()
}

// open opens without waiting for the disk: nothing here loses power.
func (o *outbox) open() { o.f.Store = must(store.Open(o.f.path, store.Options{Sync: store.SyncOff})) }

// check compares every lane.
func (o *outbox) check(t *rapid.T) {
	heads := map[dialog.Lane]store.Head{}
	for _, head := range must(o.f.Heads()) {
		heads[head.Lane] = head
	}
	for _, at := range playedLanes {
		want := o.want[at]
		head, some := heads[at]
		equal(t, "lane has a head", some, len(want) > 0)
		if !some {
			continue
		}
		equal(t, "head", []any{head.ID, head.Trying, head.Attempt, head.Count},
			[]any{want[0].id, want[0].trying, want[0].attempt, len(want)})
		var waiting []tenants.JobID
		for _, item := range must(o.f.Waiting(at, 1000)) {
			waiting = append(waiting, item.ID)
		}
		var wantWaiting []tenants.JobID
		for _, job := range want {
			if !job.trying {
				wantWaiting = append(wantWaiting, job.id)
			}
		}
		equal(t, "waiting", waiting, wantWaiting)
	}
}

// texts compares what the jobs do: at the end, because it reads every row.
func (o *outbox) texts(t *rapid.T) {
	for _, jobs := range o.want {
		for _, job := range jobs {
			equal(t, "text", o.text(job.id), job.text)
		}
	}
}

func (o *outbox) text(id tenants.JobID) string {
	switch e := must(o.f.Job(id)).Job.Effect.(type) {
	case *dialog.Send:
		return e.Parts[0].Content.Text.Text
	case *dialog.Edit:
		return fmt.Sprint("edit of ", e.Of.ID)
	default:
		panic("no such job was made")
	}
}

// TestLaneOrder: whatever happens, a lane is a list.
func TestLaneOrder(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		o := &outbox{f: &file{t: rt, path: filepath.Join(dir, fmt.Sprint(n, ".db"))}, want: lanes{}}
		o.open()
		defer o.f.close()
		o.f.write(func(tx *store.Tx) error {
			return tx.PutConnection(store.Connection{ID: bot1, Kind: store.Bot, User: 901, Created: start})
		})
		s := o.f.client()
		s.ID, s.Chat.ID = 2, 502
		o.f.apply(2, dialog.Decision{State: &s, Topic: &dialog.TopicChange{Thread: new(tenants.ThreadID(88))}})
		rt.Repeat(map[string]func(*rapid.T){
			"": o.check, "apply": o.apply, "edit": o.edit, "try": o.try, "retire": o.retire,
			"requeue": o.requeue, "insert": o.insert, "fail": o.fail, "reopen": o.reopen,
		})
		o.texts(rt)
	})
}
