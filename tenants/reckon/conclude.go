package reckon

import (
	"fmt"

	"topicdesk/tenants"
)

// Conclusion is what a search has found, and what else is known by it.
type Conclusion struct {
	Outcome tenants.Outcome // of the try
	// Verdict, with Reason, is to stay after a crash; Undecided = nothing is.
	Verdict tenants.Verdict
	Reason  tenants.Resent
	// Together: the verdict is that of the peers that are alike too.
	Together bool
	// Own are numbers of messages of the login's, or that may be.
	Own []Range
	// Twin is whether it is known which messages are the send's.
	Twin Twin
}

// Twin is how much is known of the messages of a send that was searched for. The
// values are for logs: never changed.
type Twin string

// What is known of them.
const (
	NoTwin      Twin = ""        // it did not arrive, as far as anybody knows
	Linked      Twin = "linked"  // they are known
	UnknownTwin Twin = "unknown" // they are there, and nobody knows which they are
)

// Settled is what became of the send, for logs: "delivered", "resent", or "absent", which
// is resent without a double.
func (c *Conclusion) Settled() string {
	switch {
	case c.Twin != NoTwin:
		return "delivered"
	case c.Reason.Doubles():
		return "resent"
	default:
		return "absent"
	}
}

// Conclude says what follows from the step that ends a search for a send of so many
// parts: Link, Part, Came or Repeat.
func Conclude(step Step, parts int) Conclusion {
	switch step := step.(type) {
	case Link:
		return Conclusion{Outcome: tenants.Outcome{Kind: tenants.Done, Made: step.Made}, Twin: Linked}
	case Part:
		return Conclusion{
			Outcome: tenants.Outcome{Kind: tenants.Done, Made: make([]tenants.MessageID, parts), Short: true, Strays: step.Made},
			Twin:    UnknownTwin,
		}
	case Came: // nothing in Made: zeros would be parts that did not arrive
		return Conclusion{
			Outcome: tenants.Outcome{Kind: tenants.Done},
			Verdict: tenants.Delivered, Together: step.Together, Own: singly(step.Made), Twin: UnknownTwin,
		}
	case Repeat:
		c := Conclusion{
			Outcome: tenants.Outcome{Kind: tenants.Unsure, Resent: step.Reason},
			Verdict: tenants.Resend, Reason: step.Reason, Together: step.Together, Own: singly(step.Found),
		}
		if step.Blur.From > 0 && step.Blur.To > step.Blur.From {
			c.Own = append(c.Own, step.Blur)
		}
		return c
	case Wait, Ask, Show:
		panic(fmt.Sprintf("reckon: %T ends no search", step))
	default:
		panic(fmt.Sprintf("reckon: unknown step %T", step))
	}
}

func singly(ids []tenants.MessageID) (all []Range) {
	for _, id := range ids {
		all = append(all, Range{From: id, To: id})
	}
	return all
}
