//go:build mtproto

package mtproto

import (
	"strconv"

	"github.com/gotd/td/tg"

	"topicdesk/tenants"
)

// poll reads a poll with its votes. words are those of its message, which are
// its description.
func poll(p *tg.Poll, results *tg.PollResults, words tenants.Text) *tenants.Poll {
	out := &tenants.Poll{
		ID: strconv.FormatInt(p.ID, 10), Question: p.Question.Text, Description: words,
		Public: p.PublicVoters, Multiple: p.MultipleChoice, NoRevoting: p.RevotingDisabled, Closed: p.Closed,
		Quiz: p.Quiz, Explanation: text(results.Solution, results.SolutionEntities),
		Period: p.ClosePeriod, Closes: unixTime(p.CloseDate), Voters: results.TotalVoters,
		Pictures: results.SolutionMedia != nil,
	}
	votes := map[string]tg.PollAnswerVoters{}
	for _, one := range results.Results {
		votes[string(one.Option)] = one
	}
	for _, one := range p.Answers {
		answer, is := one.(*tg.PollAnswer)
		if !is {
			continue
		}
		of := votes[string(answer.Option)]
		if of.Correct {
			out.Correct = append(out.Correct, len(out.Options))
		}
		out.Options, out.Votes = append(out.Options, answer.Text.Text), append(out.Votes, of.Voters)
		out.Pictures = out.Pictures || answer.Media != nil
	}
	return out
}

// newPoll makes a poll like p. Of two ends Telegram takes one.
func (p *peers) newPoll(c *tenants.Poll) *tg.InputMediaPoll {
	out := &tg.InputMediaPoll{Poll: tg.Poll{
		Question: tg.TextWithEntities{Text: c.Question}, PublicVoters: c.Public, MultipleChoice: c.Multiple,
		RevotingDisabled: c.NoRevoting, Closed: c.Closed, Quiz: c.Quiz, ClosePeriod: c.Period,
	}}
	if c.Period == 0 && !c.Closes.IsZero() {
		out.Poll.CloseDate = int(c.Closes.Unix())
	}
	if c.Quiz {
		out.CorrectAnswers = c.Correct
		if c.Explanation.Text != "" {
			out.SetSolution(c.Explanation.Text)
			out.SetSolutionEntities(p.entities(c.Explanation))
		}
	}
	for _, option := range c.Options {
		out.Poll.Answers = append(out.Poll.Answers, &tg.InputPollAnswer{Text: tg.TextWithEntities{Text: option}})
	}
	return out
}

// pollOf is the id of the poll in a message that an answer to a call shows, ""
// if there is none.
func pollOf(updates tg.UpdatesClass) string {
	all, is := updates.(*tg.Updates)
	if !is {
		return ""
	}
	for _, update := range all.Updates {
		var m tg.MessageClass
		switch u := update.(type) {
		case *tg.UpdateNewMessage:
			m = u.Message
		case *tg.UpdateNewChannelMessage:
			m = u.Message
		}
		if words, is := m.(*tg.Message); is {
			if media, is := words.Media.(*tg.MessageMediaPoll); is {
				return strconv.FormatInt(media.Poll.ID, 10)
			}
		}
	}
	return ""
}

// voted tells how a poll stands. Telegram may leave out what has not changed:
// then the message is asked.
func (g *Gateway) voted(u *tg.UpdateMessagePoll) item {
	p, is := u.GetPoll()
	if !is {
		p.ID = u.PollID
	}
	out := g.event(0, u, tenants.Voted{Poll: *poll(&p, &u.Results, tenants.Text{})})
	if !is && u.Peer != nil {
		out.asks = tenants.MessageRef{Chat: peerChat(u.Peer), ID: tenants.MessageID(u.MsgID)}
	}
	return out
}
