package world

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"topicdesk/actors/connection"
	"topicdesk/actors/telegram"
	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
)

// TestCrashDuringCall: a call takes 8 s, or is done after 8 s and never
// answered, and the tenant crashes, or its process is killed, in the middle of
// it. Nothing is lost and nothing doubled, but what nobody can know.
func TestCrashDuringCall(t *testing.T) {
	t.Parallel()
	faults := []sim.Fault{
		{Do: sim.Slow, Delay: 8 * time.Second},
		{Do: sim.SlowAfter, Delay: 8 * time.Second},
		{Do: sim.Hang, Delay: 8 * time.Second},
	}
	methods := map[string]telegram.Call{
		"sendMessage": telegram.SendContent{}, "copyMessage": telegram.CopyMessage{}, "copyMessages": telegram.CopyAlbum{},
		"createForumTopic": telegram.OpenTopic{}, "editForumTopic": telegram.RenameTopic{}, "editMessageText": telegram.EditContent{},
	}
	for method, call := range methods {
		for _, f := range faults {
			for _, dies := range []string{"tenant", "process"} {
				f.Method = method
				t.Run(fmt.Sprintf("%s %s, the %s dies", method, f.Do, dies), func(t *testing.T) {
					for nth := 0; nth < 3; nth += stride {
						dieDuring(t, f, call, nth, dies)
					}
				})
			}
		}
	}
}

// dieDuring spoils the nth call and lets somebody die 4 s after it has begun.
func dieDuring(t *testing.T, f sim.Fault, call telegram.Call, nth int, dies string) {
	t.Helper()
	s := newSmall(t, Options{})
	f.Skip, f.Count = nth, 1
	s.World.AddFault(f)
	begun, died := 0, false
	s.strike = func(_ int, _ string, m any) Mishap {
		if try, ok := m.(connection.Try); ok && reflect.TypeOf(try.Order.Call) == reflect.TypeOf(call) {
			if begun++; begun == nth+1 {
				s.Sched.After(4*time.Second, func() { s.due = func() { died = true; s.die(dies) } })
			}
		}
		return Delivered
	}
	s.play()
	if err := s.finish(); err != nil {
		t.Errorf("call %d: %v\n%s", nth+1, err, s.steps())
	}
	if nth == 0 && !died {
		t.Errorf("nobody died: the call was never made")
	}
	// The node knows what became of a tenant's calls; a call that was never
	// answered, or whose caller is dead, nobody knows.
	if f.Do != sim.Hang && dies == "tenant" && s.Doubles > 0 {
		t.Errorf("call %d: %d sends were repeated although their outcomes came", nth+1, s.Doubles)
	}
}

func (s *small) die(who string) {
	s.troubles = append(s.troubles, s.Sched.now)
	if who == "process" {
		must(s.Kill())
		return
	}
	s.wake().Tell(tenant.Look{See: func(tenant.Seen) { panic("a crash was drawn") }})
}
