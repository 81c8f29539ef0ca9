package reckon_test

import (
	"reflect"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/reckon"
)

// TestConclude: what is linked is done; what came unlinked has no message in Made, which
// would be a part that did not arrive; what is sent again says whether it may be a double.
func TestConclude(t *testing.T) {
	ids := []tenants.MessageID{7, 9}
	own := []reckon.Range{{From: 7, To: 7}, {From: 9, To: 9}}
	for what, test := range map[string]struct {
		step    reckon.Step
		want    reckon.Conclusion
		settled string
	}{
		"linked": {
			reckon.Link{Made: ids},
			reckon.Conclusion{Outcome: tenants.Outcome{Kind: tenants.Done, Made: ids}, Twin: reckon.Linked}, "delivered",
		},
		"some parts": {
			reckon.Part{Made: ids},
			reckon.Conclusion{
				Outcome: tenants.Outcome{Kind: tenants.Done, Made: make([]tenants.MessageID, 3), Short: true, Strays: ids},
				Twin:    reckon.UnknownTwin,
			}, "delivered",
		},
		"came": {
			reckon.Came{Made: ids, Together: true},
			reckon.Conclusion{
				Outcome: tenants.Outcome{Kind: tenants.Done}, Verdict: tenants.Delivered, Together: true,
				Own: own, Twin: reckon.UnknownTwin,
			}, "delivered",
		},
		"absent": {
			reckon.Repeat{Reason: tenants.Absent},
			reckon.Conclusion{
				Outcome: tenants.Outcome{Kind: tenants.Unsure, Resent: tenants.Absent},
				Verdict: tenants.Resend, Reason: tenants.Absent,
			}, "absent",
		},
		"perhaps there": {
			reckon.Repeat{Reason: tenants.SomeCame, Found: ids, Together: true, Blur: reckon.Range{From: 11, To: 20}},
			reckon.Conclusion{
				Outcome: tenants.Outcome{Kind: tenants.Unsure, Resent: tenants.SomeCame},
				Verdict: tenants.Resend, Reason: tenants.SomeCame, Together: true, Own: append(own[:2:2], reckon.Range{From: 11, To: 20}),
			}, "resent",
		},
		"one number is no blur": {
			reckon.Repeat{Reason: tenants.NoRight, Blur: reckon.Range{From: 11, To: 11}},
			reckon.Conclusion{
				Outcome: tenants.Outcome{Kind: tenants.Unsure, Resent: tenants.NoRight},
				Verdict: tenants.Resend, Reason: tenants.NoRight,
			}, "resent",
		},
	} {
		got := reckon.Conclude(test.step, 3)
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", what, got, test.want)
		}
		if is := got.Settled(); is != test.settled {
			t.Errorf("%s is %q, want %q", what, is, test.settled)
		}
	}
}
