package telegram

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
)

// pollMethods are the methods about polls.
var pollMethods = map[string]handler{
	"sendPoll": sendPoll,
	"stopPoll": stopPoll,
}

// maxOpenPeriod is how long a poll can stay open by itself, in seconds (Bot API docs).
const maxOpenPeriod = 2_628_000

func sendPoll(c *call) (any, *problem) {
	p := &Poll{}
	var bad *problem
	if p.Question, p.QuestionEntities, bad = c.marked("question"); bad != nil {
		return nil, bad
	}
	if p.Options, bad = c.pollOptions(); bad != nil {
		return nil, bad
	}
	if p.Description, p.DescriptionEntities, bad = c.marked("description"); bad != nil {
		return nil, bad
	}
	p.QuestionEntities = onlyEmoji(p.QuestionEntities)
	p.Public = c.args.has("is_anonymous") && !c.args.flag("is_anonymous")
	p.Multiple = c.args.flag("allows_multiple_answers")
	if bad := c.pollType(p); bad != nil {
		return nil, bad
	}
	p.NoRevoting = p.Quiz
	if c.args.has("allows_revoting") {
		p.NoRevoting = !c.args.flag("allows_revoting")
	}
	p.OpenPeriod = int(c.args.integer("open_period", 0, 0, maxOpenPeriod))
	if p.OpenPeriod == 0 {
		p.CloseDate = c.args.integer("close_date", 0, math.MinInt32, math.MaxInt32)
	}
	p.Growing, p.Shuffled = !p.Quiz && c.args.flag("allow_adding_options"), c.args.flag("shuffle_options")
	p.HidesResults = c.args.flag("hide_results_until_closes")
	p.Closed, p.MembersOnly = c.args.flag("is_closed"), c.args.flag("members_only")
	if p.Countries, bad = c.stringsArg("country_codes", maxPollCountries); bad != nil {
		return nil, bad
	}
	if p.Media, bad = c.pollMediaArg("media"); bad != nil {
		return nil, bad
	}
	return c.send(Content{Kind: KindPoll, Poll: p})
}

// marked reads a text argument with its parse mode and entities, which are
// named after it.
func (c *call) marked(name string) (string, []Entity, *problem) {
	return c.formatted(c.args.str(name), c.args.str(name+"_parse_mode"), c.args.str(name+"_entities"))
}

// onlyEmoji is what remains of the marks of questions and answers.
func onlyEmoji(es []Entity) []Entity {
	return slices.DeleteFunc(es, func(e Entity) bool { return e.Type != "custom_emoji" })
}

// pollType reads what kind of poll it is, and what belongs to quizzes.
func (c *call) pollType(p *Poll) *problem {
	switch c.args.str("type") {
	case "", "regular":
		return nil
	case "quiz":
	default:
		return fail(pollType)
	}
	p.Quiz = true
	var bad *problem
	if p.Explanation, p.ExplanationEntities, bad = c.marked("explanation"); bad != nil {
		return bad
	}
	if p.ExplanationMedia, bad = c.pollMediaArg("explanation_media"); bad != nil {
		return bad
	}
	return c.correctOptions(p)
}

// correctOptions reads a quiz's correct options, or the one that older bots give.
func (c *call) correctOptions(p *Poll) *problem {
	if !c.args.has("correct_option_ids") {
		if c.args.has("correct_option_id") {
			p.Correct = []int{int(c.args.integer("correct_option_id", -1, math.MinInt32, math.MaxInt32))}
		}
		return nil
	}
	list, bad := arrayOf(c.args.json("correct_option_ids"), fail(quizIDsJSON), fail(quizIDsArray))
	if bad != nil {
		return bad
	}
	for _, item := range list {
		if jsonKind(item) != "Number" {
			return fail(quizIDNumber)
		}
		n, err := strconv.ParseInt(string(item), 10, 32)
		if err != nil {
			return fail(quizIDInvalid)
		}
		p.Correct = append(p.Correct, int(n))
	}
	return nil
}

// pollOptions reads the answers: texts, or InputPollOption.
func (c *call) pollOptions() ([]PollOption, *problem) {
	list, bad := arrayOf(c.args.json("options"), fail(pollOptionsJSON), fail(pollOptionsArray))
	if bad != nil {
		return nil, bad
	}
	out := make([]PollOption, len(list))
	for i, item := range list {
		var bad *problem
		if out[i], bad = c.pollOption(item); bad != nil {
			return nil, bad
		}
	}
	return out, nil
}

func (c *call) pollOption(raw json.RawMessage) (PollOption, *problem) {
	if jsonKind(raw) == "String" {
		var text string
		json.Unmarshal(raw, &text) // it is a string already
		text, _, bad := tidy(text, nil)
		return PollOption{Text: text}, bad
	}
	f, ok := objectIn(raw)
	if !ok {
		return PollOption{}, fail(pollOptionType)
	}
	text, mode := f.needText("text"), f.text("text_parse_mode")
	if f.fault != "" {
		return PollOption{}, fieldProblem(f.fault)
	}
	text, es, bad := c.formatted(text, mode, string(f.raw["text_entities"]))
	if bad != nil {
		return PollOption{}, bad
	}
	media, fault, bad := c.pollMediaIn(f.raw["media"], optionMediaKinds)
	if fault != "" {
		return PollOption{}, fail(badOptionMedia, fault)
	}
	return PollOption{Text: text, Entities: onlyEmoji(es), Media: media}, bad
}

// stringsArg reads an argument that is an array of strings.
func (c *call) stringsArg(name string, most int) ([]string, *problem) {
	raw := c.args.json(name)
	if len(raw) == 0 {
		return nil, nil
	}
	list, bad := arrayOf(raw, fail(stringsJSON, name), fail(notStrings))
	switch {
	case bad != nil:
		return nil, bad
	case len(list) > most:
		return nil, fail(tooManyItems)
	}
	out := make([]string, len(list))
	for i, item := range list {
		if jsonKind(item) != "String" {
			return nil, fail(notStrings)
		}
		json.Unmarshal(item, &out[i]) // it is a string already
	}
	return out, nil
}

func stopPoll(c *call) (any, *problem) {
	keys, bad := c.markup()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.editTarget(pollNotFound)
	if bad != nil {
		return nil, bad
	}
	p := m.content().Poll
	switch {
	case p == nil:
		return nil, fail(notPoll)
	case !c.mayEdit(m, false):
		return nil, fail(cantStopPoll)
	}
	if bad := keys.suits(m.chat, true); bad != nil {
		return nil, bad
	}
	if bad := c.spend(m.chat, editing, 1); bad != nil {
		return nil, bad
	}
	p.Closed = true
	m.setMarkup(keys.shown())
	c.sent = append(c.sent, m.idFor(c.bot.me))
	c.w.tellOwner(p)
	return c.w.pollObject(c.bot.me, p, true), nil
}
