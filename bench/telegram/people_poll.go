package telegram

import (
	"fmt"
	"slices"
	"strings"
)

// AnswerChanged is the service message of a person who added an answer to a
// poll, or took one out.
type AnswerChanged struct {
	Option PollOption

	message *message // with the poll
}

type answerChangedObject struct {
	Message any    `json:"poll_message,omitempty"` // messageObject or inaccessibleObject
	Option  string `json:"option_persistent_id"`
	Text    string `json:"option_text"`
}

// AddAnswer adds an answer to a poll whose voters may, with the service
// message that tells so, and returns the answer's persistent id.
func (w *World) AddAnswer(person, chatID int64, id int, text string) (string, error) {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return "", err
	}
	p := m.content().Poll
	text = strings.TrimSpace(text)
	if p == nil || p.Closed || !p.Growing || len(p.Options) >= maxPollOptions || text == "" || characters(text) > maxPollOption {
		return "", fmt.Errorf("add an answer: %w", ErrNotAllowed)
	}
	p.nextOption++
	o := PollOption{ID: itoa(int64(p.nextOption)), Text: text, By: m.chat.actsAs(a), At: w.unix()}
	p.Options = append(p.Options, o)
	w.say(a, m.chat, m.topic, Service{AnswerAdded: &AnswerChanged{o, m}})
	w.tellOwner(p)
	return o.ID, nil
}

// RemoveAnswer takes an answer that was added by somebody out of a poll, with
// its votes: who added it may, and who sent the poll.
func (w *World) RemoveAnswer(person, chatID int64, id int, option string) error {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return err
	}
	p := m.content().Poll
	if p == nil || p.Closed {
		return fmt.Errorf("remove an answer: %w", ErrNotAllowed)
	}
	at := slices.IndexFunc(p.Options, func(o PollOption) bool { return o.ID == option })
	if at < 0 || p.Options[at].By == 0 || p.Options[at].By != m.chat.actsAs(a) && p.byAccount != a.id {
		return fmt.Errorf("remove the answer %q: %w", option, ErrNotAllowed)
	}
	gone := p.Options[at]
	p.Options = slices.Delete(p.Options, at, at+1)
	p.forgetVotes(at)
	w.say(a, m.chat, m.topic, Service{AnswerRemoved: &AnswerChanged{gone, m}})
	w.tellOwner(p)
	return nil
}

// forgetVotes drops the votes for an answer that is gone; those behind it
// have moved up.
func (p *Poll) forgetVotes(at int) {
	for who, votes := range p.votes {
		votes = slices.DeleteFunc(slices.Clone(votes), func(o int) bool { return o == at })
		for i, o := range votes {
			if o > at {
				votes[i] = o - 1
			}
		}
		p.votes[who] = votes
		if len(votes) == 0 {
			delete(p.votes, who)
		}
	}
}

func (w *World) answerChangedObject(b *account, m *message, s *AnswerChanged, nested bool) *answerChangedObject {
	return &answerChangedObject{w.pinnedObject(b, m, s.message, nested), s.Option.ID, s.Option.Text}
}
