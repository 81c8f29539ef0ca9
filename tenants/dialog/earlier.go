package dialog

import (
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// showEarlier adds to a decision what was said before in a dialog whose topic
// was made anew, once its first message is there: what is new counts first and
// must not wait for what is old. It goes behind all else, in the lane of the
// title. Forwards, not copies, because a copy does not say whose it is. Where
// something may be hidden or forbidden nothing may be forwarded unseen.
func showEarlier(d *Decision, j *Job, f Facts) {
	shown := false
	d.Topic = &TopicChange{Anew: &shown}
	switch {
	case len(f.Earlier) == 0:
	case f.Settings.Hide.Any() || len(f.Settings.RestrictedFrontend) > 0:
		d.Jobs = append(d.Jobs, earlierNote(j, f.words(say.NoteEarlierHidden), f))
	default:
		s := &Send{Way: Forward, Silent: true, Earlier: true}
		for _, ref := range f.Earlier {
			s.Parts = append(s.Parts, Part{Source: ref, Content: tenants.Content{Kind: tenants.KindText}})
		}
		d.Jobs = append(d.Jobs, earlierNote(j, f.words(say.NoteEarlier), f), behind(j, s, f))
	}
}

// earlierNote is a line before, or in place of, what was said before.
func earlierNote(j *Job, words string, f Facts) Job { return behind(j, plainNote(words), f) }

// behind is a job in the lane of the title, after all that is live.
func behind(like *Job, s *Send, f Facts) Job {
	job := withEffect(like, s)
	job.Lane.Side, job.Class, job.Origin = ToTitle, ClassTitle, OfRelay
	job.Source, job.NotBefore, job.Decided = tenants.MessageRef{}, time.Time{}, f.Now
	return job
}

// ShowsWhose tells that a job forwards what was said before, with the names of those who
// said it: it was decided while nothing was hidden.
func (j *Job) ShowsWhose() bool {
	s, is := j.Effect.(*Send)
	return is && s.Earlier
}

// Named are the dialogs that a list in General names, which was made while nothing of
// them was hidden.
func (j *Job) Named() []tenants.DialogID {
	switch e := j.Effect.(type) {
	case *Send:
		return e.Names
	case *Edit:
		return e.New.Names
	case *Open, *Rename, *SetOpen, *React, *Delete, *AnswerPress:
		return nil
	default:
		panic("dialog: unknown effect")
	}
}

// earlierRefused tells that what was said before is not shown again, and why.
func earlierRefused(j *Job, o tenants.Outcome, f Facts) Settlement {
	words := f.words(say.NoteEarlierRefused)
	if o.Reason == tenants.WhyHidden {
		words = f.words(say.NoteEarlierHidden)
	}
	return Settlement{Verdict: Retire, Why: o.Why, Decision: Decision{Jobs: []Job{earlierNote(j, words, f)}}}
}
