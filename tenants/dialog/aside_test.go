package dialog

import (
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// A job that is set aside is told where it would have been seen.
func TestAsideJobIsTold(t *testing.T) {
	s := State{ID: 7, Connection: 1, Group: -1001, Status: UserAnswered, Pending: 1, Chat: tenants.Chat{ID: 5, Kind: tenants.Private}}
	for _, c := range []struct {
		name    string
		job     Job
		told    string
		pending int
	}{
		{"a client's", Job{Lane: Lane{Dialog: 7, Side: ToTopic}, Origin: OfClient, Effect: &Send{}}, say.AsideClient.In(say.English), 1},
		{"an operator's", Job{Lane: Lane{Dialog: 7, Side: ToClient}, Origin: OfOperator, Effect: &Send{}}, say.AsideJob.In(say.English), 0},
		{"a further piece", Job{Lane: Lane{Dialog: 7, Side: ToTopic}, Origin: OfClient, Effect: &Send{Piece: 1}}, "", 1},
		{"a title", Job{Lane: Lane{Dialog: 7, Side: ToTitle}, Origin: OfRelay, Effect: &Rename{}}, "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := AsideJob(s, c.job, Facts{TopicKnown: true})
			told := ""
			for _, j := range d.Jobs {
				if e, ok := j.Effect.(*Send); ok && j.Lane.Side == ToTopic {
					told = e.Parts[0].Content.Text.Text
				}
			}
			if told != c.told || d.State.Pending != c.pending {
				t.Errorf("told %q with %d pending, want %q with %d", told, d.State.Pending, c.told, c.pending)
			}
		})
	}
}
