package botapi

import (
	"encoding/json"
	"errors"

	"github.com/mymmrac/telego"

	"topicdesk/tenants"
)

// poll reads a poll. Custom emoji in questions and options become the plain ones
// that stand in their texts.
func poll(v *telego.Poll) *tenants.Poll {
	out := &tenants.Poll{
		ID: v.ID, Question: v.Question, Description: text(v.Description, v.DescriptionEntities),
		Public: !v.IsAnonymous, Multiple: v.AllowsMultipleAnswers, NoRevoting: !v.AllowsRevoting, Closed: v.IsClosed,
		Quiz: v.Type == telego.PollTypeQuiz, Correct: v.CorrectOptionIDs, Explanation: text(v.Explanation, v.ExplanationEntities),
		Period: v.OpenPeriod, Closes: unixTime(v.CloseDate), Voters: v.TotalVoterCount,
		Pictures: v.Media != nil || v.ExplanationMedia != nil,
	}
	for _, option := range v.Options {
		out.Options, out.Votes = append(out.Options, option.Text), append(out.Votes, option.VoterCount)
		out.Pictures = out.Pictures || option.Media != nil
	}
	return out
}

func decodePoll(body []byte) (tenants.Event, error) {
	var in telego.Poll
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, err
	}
	if in.ID == "" {
		return nil, errors.New("poll without id")
	}
	return tenants.Voted{Poll: *poll(&in)}, nil
}

// pollParams are those of sendPoll, where "false" must be told apart from "as
// usual".
type pollParams struct {
	telego.SendPollParams
	AllowsRevoting bool `json:"allows_revoting"`
}

// newPoll makes a poll like p. A quiz needs its right options; of two ends
// Telegram takes one.
func newPoll(p *tenants.Poll) pollParams {
	anonymous := !p.Public
	out := pollParams{AllowsRevoting: !p.NoRevoting, SendPollParams: telego.SendPollParams{
		Question: p.Question, Description: p.Description.Text, DescriptionEntities: entities(p.Description),
		IsAnonymous: &anonymous, AllowsMultipleAnswers: p.Multiple, IsClosed: p.Closed, OpenPeriod: p.Period,
	}}
	if p.Period == 0 && !p.Closes.IsZero() {
		out.CloseDate = p.Closes.Unix()
	}
	if p.Quiz {
		out.Type, out.CorrectOptionIDs = telego.PollTypeQuiz, p.Correct
		out.Explanation, out.ExplanationEntities = p.Explanation.Text, entities(p.Explanation)
	}
	for _, option := range p.Options {
		out.Options = append(out.Options, telego.InputPollOption{Text: option})
	}
	return out
}

// readPoll reads the message and the id of its poll.
func readPoll(result json.RawMessage, out *tenants.Outcome) error {
	var in struct {
		Poll struct {
			ID string `json:"id"`
		} `json:"poll"`
	}
	if json.Unmarshal(result, &in) == nil {
		out.Poll = in.Poll.ID
	}
	return readMade(result, out)
}
