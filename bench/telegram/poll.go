package telegram

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Poll is a poll with its votes.
type Poll struct {
	ID                  string
	Question            string
	QuestionEntities    []Entity // custom emoji only
	Description         string
	DescriptionEntities []Entity
	Options             []PollOption
	Closed              bool
	Public              bool // votes are not anonymous
	Multiple            bool
	NoRevoting          bool // a vote can't be changed
	Quiz                bool
	Correct             []int  // indices, quizzes only
	Explanation         string // quizzes only
	ExplanationEntities []Entity
	Growing             bool     // voters may add answers
	Shuffled            bool     // answers stand in another order for each person
	HidesResults        bool     // until it is closed
	Media               *Content // beside the question; nil = none
	ExplanationMedia    *Content // quizzes only; nil = none
	MembersOnly         bool
	Countries           []string // of voters; none = all
	OpenPeriod          int      // seconds; 0 = until it is closed by hand
	CloseDate           int64    // unix seconds, 0 = none

	byAccount int64
	votes     map[int64][]int
	message   *message // where it was first sent

	nextOption int // number of the last persistent id
}

// PollOption is one answer of a poll.
type PollOption struct {
	ID       string   `json:"id,omitempty"` // persistent; the World gives it
	Text     string   `json:"text"`
	Entities []Entity `json:"entities,omitempty"` // custom emoji only
	Media    *Content `json:"-"`                  // nil = none
	Votes    int      `json:"votes"`
	By       int64    `json:"by,omitempty"` // who added it later, account or chat; 0 = nobody
	At       int64    `json:"at,omitempty"` // unix seconds, when it was added
}

// Limits of polls (TDLib source and Bot API docs), in characters.
const (
	maxPollQuestion    = 300
	maxPollOption      = 100
	maxPollOptions     = 12
	maxPollExplanation = 200
	maxPollCountries   = 12
)

// fault is what TDLib says about a poll to be sent.
func (p *Poll) fault(to *chat) *problem {
	switch {
	case blank(p.Question):
		return fail(textBlank)
	case characters(p.Question) > maxPollQuestion:
		return fail(pollQuestionLong)
	case len(p.Options) == 0:
		return fail(pollOptions)
	case len(p.Options) > maxPollOptions:
		return fail(pollOptionsMany)
	}
	for _, o := range p.Options {
		if blank(o.Text) {
			return fail(textBlank)
		}
		if characters(o.Text) > maxPollOption {
			return fail(pollOptionLong)
		}
	}
	if p.Quiz {
		if bad := p.quizFault(); bad != nil {
			return bad
		}
	}
	for _, code := range p.Countries {
		if len(code) != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z' {
			return fail(pollCountry)
		}
	}
	if to.kind != channel && (p.MembersOnly || len(p.Countries) > 0) {
		return fail(pollVoters)
	}
	return nil
}

func (p *Poll) quizFault() *problem {
	if len(p.Correct) == 0 {
		return fail(quizNoCorrect)
	}
	for i := 1; i < len(p.Correct); i++ {
		if p.Correct[i] <= p.Correct[i-1] {
			return fail(quizOrder)
		}
	}
	if p.Correct[0] < 0 || p.Correct[len(p.Correct)-1] >= len(p.Options) {
		return fail(quizWrongCorrect)
	}
	if characters(p.Explanation) > maxPollExplanation {
		return fail(quizExplanation)
	}
	return nil
}

// addPoll gives a new poll its id and its end.
func (w *World) addPoll(p *Poll, m *message) {
	w.nextQuery++
	p.ID, p.votes, p.message = itoa(w.nextQuery), map[int64][]int{}, m
	if m.author != nil {
		p.byAccount = m.author.id
	}
	switch {
	case p.OpenPeriod != 0:
		p.CloseDate = w.unix() + int64(p.OpenPeriod)
	case p.CloseDate != 0:
		p.OpenPeriod = int(max(p.CloseDate-w.unix(), 0))
	}
	for i := range p.Options {
		p.Options[i].ID = itoa(int64(i))
	}
	p.nextOption = len(p.Options) - 1
	if p.CloseDate != 0 && !p.Closed {
		w.closing = append(w.closing, p)
	}
}

// closePolls closes the polls whose time has come, the earliest first.
func (w *World) closePolls() {
	slices.SortStableFunc(w.closing, func(a, b *Poll) int { return cmp.Compare(a.CloseDate, b.CloseDate) })
	for len(w.closing) > 0 && w.closing[0].CloseDate <= w.unix() {
		p := w.closing[0]
		w.closing = w.closing[1:]
		if !p.Closed {
			p.Closed = true
			w.tellOwner(p)
		}
	}
}

// nextClosing is when the next poll closes by itself; zero = none does.
func (w *World) nextClosing() time.Time {
	var next time.Time
	for _, p := range w.closing {
		if at := time.Unix(p.CloseDate, 0); !p.Closed && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// tellOwner tells the bot that sent the poll of its present state.
func (w *World) tellOwner(p *Poll) {
	if owner := w.accounts[p.byAccount]; owner != nil && owner.bot != nil {
		w.push(owner.bot, updPoll, w.pollObject(owner, p, false), keepDay, leadingInt(p.ID))
	}
}

// knows says whether the account is told the answers of a quiz: its sender,
// everybody once it is closed, and a bot in whose private chat it was sent
// (Bot API docs, Poll.correct_option_ids).
func (p *Poll) knows(a *account) bool {
	if p.Closed || p.byAccount == a.id {
		return true
	}
	c := p.message.chat
	return c.kind == privateChat && c.peer == a
}

// fresh is a poll with the same questions and nothing else, as copies have it.
func (p *Poll) fresh() *Poll {
	q := *p
	q.ID, q.votes, q.message, q.Closed, q.CloseDate = "", nil, nil, false, 0
	q.Options = make([]PollOption, len(p.Options))
	for i, o := range p.Options {
		q.Options[i] = PollOption{Text: o.Text, Entities: o.Entities, Media: o.Media}
	}
	return &q
}

// StopPoll closes the person's own poll. All bots of the chat are told.
func (w *World) StopPoll(person, chatID int64, id int) error {
	a, m, err := w.find(person, chatID, id)
	if err != nil {
		return err
	}
	p := m.content().Poll
	if p == nil || p.Closed || m.author != a || m.origin != nil {
		return fmt.Errorf("stop poll %d: %w", id, ErrNotAllowed)
	}
	p.Closed = true
	for _, b := range m.chat.listeners() {
		if w.sees(b.bot, m) {
			w.push(b.bot, updPoll, w.pollObject(b, p, false), keepDay, leadingInt(p.ID))
		}
	}
	return nil
}

type pollObject struct {
	ID                    string             `json:"id"`
	Question              string             `json:"question"`
	QuestionEntities      []entityObject     `json:"question_entities,omitempty"`
	Options               []pollOptionObject `json:"options"`
	TotalVoterCount       int                `json:"total_voter_count"`
	OpenPeriod            int                `json:"open_period,omitempty"`
	CloseDate             int64              `json:"close_date,omitempty"`
	IsClosed              bool               `json:"is_closed"`
	IsAnonymous           bool               `json:"is_anonymous"`
	AllowsMultipleAnswers bool               `json:"allows_multiple_answers"`
	AllowsRevoting        bool               `json:"allows_revoting"`
	MembersOnly           bool               `json:"members_only"`
	CountryCodes          []string           `json:"country_codes,omitempty"`
	Type                  string             `json:"type"`
	CorrectOptionID       *int               `json:"correct_option_id,omitempty"` // Knobs.UndocumentedFields
	CorrectOptionIDs      []int              `json:"correct_option_ids,omitempty"`
	Explanation           string             `json:"explanation,omitempty"`
	ExplanationEntities   *[]entityObject    `json:"explanation_entities,omitempty"`
	ExplanationMedia      *pollMediaObject   `json:"explanation_media,omitempty"`
	Description           string             `json:"description,omitempty"`
	DescriptionEntities   []entityObject     `json:"description_entities,omitempty"`
	Media                 *pollMediaObject   `json:"media,omitempty"`
}

type pollOptionObject struct {
	PersistentID string           `json:"persistent_id"`
	Text         string           `json:"text"`
	TextEntities []entityObject   `json:"text_entities,omitempty"`
	Media        *pollMediaObject `json:"media,omitempty"`
	VoterCount   int              `json:"voter_count"`
	AddedByUser  *userObject      `json:"added_by_user,omitempty"`
	AddedByChat  *chatObject      `json:"added_by_chat,omitempty"`
	AdditionDate int64            `json:"addition_date,omitempty"`
}

// pollObject is a poll as the bot sees it; its description belongs to the
// message and isn't in updates about the poll.
func (w *World) pollObject(b *account, p *Poll, inMessage bool) *pollObject {
	o := &pollObject{
		ID: p.ID, Question: p.Question, QuestionEntities: w.entityObjects(p.QuestionEntities),
		TotalVoterCount: len(p.votes), IsClosed: p.Closed,
		IsAnonymous: !p.Public, AllowsMultipleAnswers: p.Multiple, AllowsRevoting: !p.NoRevoting,
		MembersOnly: p.MembersOnly, CountryCodes: p.Countries, Type: "regular",
	}
	if p.OpenPeriod != 0 && p.CloseDate != 0 {
		o.OpenPeriod, o.CloseDate = p.OpenPeriod, p.CloseDate
	}
	for _, opt := range p.Options {
		next := pollOptionObject{
			PersistentID: opt.ID, Text: opt.Text, TextEntities: w.entityObjects(opt.Entities),
			Media: pollMedia(opt.Media, b.id), VoterCount: opt.Votes, AdditionDate: opt.At,
		}
		next.AddedByUser, next.AddedByChat = w.actor(opt.By)
		o.Options = append(o.Options, next)
	}
	if inMessage {
		o.Description, o.DescriptionEntities = p.Description, w.entityObjects(p.DescriptionEntities)
		o.Media = pollMedia(p.Media, b.id)
	}
	if p.Quiz {
		o.Type = "quiz"
		w.quizAnswers(b, o, p)
	}
	return o
}

func (w *World) quizAnswers(b *account, o *pollObject, p *Poll) {
	if !p.knows(b) {
		return
	}
	o.CorrectOptionIDs = p.Correct
	o.ExplanationMedia = pollMedia(p.ExplanationMedia, b.id)
	if w.knobs.UndocumentedFields && len(p.Correct) == 1 {
		o.CorrectOptionID = &p.Correct[0]
	}
	if p.Explanation != "" {
		marks := w.entityObjects(p.ExplanationEntities)
		if marks == nil {
			marks = []entityObject{} // written even if there are none
		}
		o.Explanation, o.ExplanationEntities = p.Explanation, &marks
	}
}
