package world

import (
	"fmt"
	"slices"
	"strings"

	sim "topicdesk/bench/telegram"
)

// check holds the world against what was said.
func (r *run) check() error {
	forum := r.everywhere()
	doubles, together := 0, map[string]int{} // albums, and texts that are joined, are sent and doubled together
	for _, s := range r.said {
		if s.token == "" || s.missed {
			continue
		}
		extra, err := r.checkOne(s, forum)
		if err != nil {
			return err
		}
		if with := companyOf(s, forum); with != "" && extra > 0 {
			together[with] = max(together[with], extra)
			continue
		}
		doubles += extra
	}
	for _, extra := range together {
		doubles += extra
	}
	if doubles > r.Doubles {
		return fmt.Errorf("%d messages came twice, but only %d were logged as possible doubles", doubles, r.Doubles)
	}
	for _, check := range []func([]sim.Shown) error{r.checkTopics, r.checkOrder, r.checkHidden, r.checkPaced, r.checkAlbums, r.checkReactions, r.checkReplies, r.checkCommands, r.checkQuick, r.checkBarred, r.checkGreetings} {
		if err := check(forum); err != nil {
			return err
		}
	}
	return nil
}

// companyOf names what a message was sent in with others, "" = it was alone.
func companyOf(s said, forum []sim.Shown) string {
	if s.album > 0 {
		return fmt.Sprintf("album %d", s.album)
	}
	for _, m := range forum {
		if !s.answer && m.Bot && strings.Contains(words(m), s.token) && len(tokensIn(m)) > 1 {
			return fmt.Sprintf("message %d", m.ID)
		}
	}
	return ""
}

// checkOne counts where one message is. extra is how often too often.
func (r *run) checkOne(s said, forum []sim.Shown) (extra int, err error) {
	if s.inside {
		return 0, r.checkInside(s)
	}
	if s.answer {
		return r.checkAnswer(s)
	}
	copies := 0
	for _, m := range forum {
		if m.Bot && m.Forwarded == "" && strings.Contains(words(m), s.token) { // forwards show it once more
			copies++
		}
	}
	if copies == 0 && s.barring != heard {
		return 0, nil
	}
	if copies == 0 {
		return 0, fmt.Errorf("%s is lost: it is in no topic", s.token)
	}
	for _, c := range r.clients {
		for _, m := range r.World.View(c.id, c.bot, 0) {
			if s.by != c && strings.Contains(words(m), s.token) {
				return 0, fmt.Errorf("%s is shown to %s, who has nothing to do with it", s.token, c.name)
			}
		}
	}
	if s.edited {
		return 0, nil // the new version may follow as a message of its own
	}
	return copies - 1, nil
}

// checkTopics: what is in one topic was said in one client chat.
func (r *run) checkTopics(forum []sim.Shown) error {
	owners := map[int]string{}
	for _, m := range forum {
		for _, s := range r.said {
			if !m.Bot || s.answer || s.inside || s.token == "" || !strings.Contains(words(m), s.token) {
				continue
			}
			from := "the client group"
			if s.by != nil {
				from = s.by.name
			}
			if m.Topic == 0 {
				return fmt.Errorf("%s of %s is in General", s.token, from)
			}
			if r.roomOf(m.Topic) {
				continue
			}
			if owner := owners[m.Topic]; owner != "" && owner != from {
				return fmt.Errorf("%s of %s is in the topic of %s", s.token, from, owner)
			}
			owners[m.Topic] = from
		}
	}
	return nil
}

// checkInside: no client sees a comment, neither alone nor in the group.
func (r *run) checkInside(s said) error {
	views := map[string][]sim.Shown{"the client group": r.World.View(r.clients[0].id, r.group, 0)}
	for _, c := range r.clients {
		views[c.name] = r.World.View(c.id, c.bot, 0)
	}
	for who, view := range views {
		for _, m := range view {
			if strings.Contains(words(m), s.token) {
				return fmt.Errorf("%s was to stay inside and reached %s", s.token, who)
			}
		}
	}
	return nil
}

func (r *run) checkAnswer(s said) (extra int, err error) {
	copies := 0
	for _, c := range r.clients {
		for _, m := range r.World.View(c.id, c.bot, 0) {
			if !strings.Contains(words(m), s.token) {
				continue
			}
			if c != s.by {
				return 0, fmt.Errorf("%s is for %s and was shown to %s", s.token, s.by.name, c.name)
			}
			copies++
		}
	}
	switch {
	case s.undone > 0 && copies > 0 && r.confirmed(s):
		return 0, fmt.Errorf("%s was taken back, and reached the client all the same", s.token)
	case copies > 0 && r.Doubles == 0 && r.takenBack(s):
		return 0, fmt.Errorf("%s was taken back here, and the client has it still", s.token)
	case s.risky:
		return 0, nil
	case copies == 0 && s.room && (r.Doubles > 0 || len(r.Settled) > 0 || r.Lossy) && r.albumAnswered(s):
		return 0, nil // it replies to a message of which the outcome was lost: nobody knows whose that is, and this is told
	case copies == 0 && r.holds && r.answeredAny(s):
		return 0, nil // it was held over a restart that took long, by the clock, and its author was asked
	case copies == 0:
		return 0, fmt.Errorf("%s is lost: it did not reach the client", s.token)
	default:
		return copies - 1, nil
	}
}

// answeredAny is answered of a message or of another part of its album.
func (r *run) answeredAny(s said) bool {
	return slices.ContainsFunc(r.said, func(o said) bool {
		return o.token != "" && (o.token == s.token || s.album > 0 && o.album == s.album) && r.answered(o.token)
	})
}

// answered tells that the relay has replied to an operator's message; a reply from
// another topic, as to what was written in the waiting room, names no number.
func (r *run) answered(token string) bool {
	forum := r.everywhere()
	for _, m := range forum {
		if m.Bot || !strings.Contains(words(m), token) {
			continue
		}
		for _, reply := range forum {
			if reply.Bot && (reply.ReplyTo == m.ID || reply.ReplyTo == 0 && strings.Contains(wordsOf(reply.Replied), token)) {
				return true
			}
		}
	}
	return false
}

// albumAnswered tells that the relay has replied to an operator's message, or to an
// earlier part of its album: what becomes of one part becomes of all.
func (r *run) albumAnswered(s said) bool {
	return r.answered(s.token) || s.album > 0 && slices.ContainsFunc(r.said, func(part said) bool {
		return part.album == s.album && r.answered(part.token)
	})
}

// checkOrder: inside one dialog and direction, first appearances come in the
// order in which they were said.
func (r *run) checkOrder(forum []sim.Shown) error {
	if r.late {
		return nil
	}
	for _, c := range append(slices.Clone(r.clients), nil) { // nil: the client group
		var in, out []string
		for _, s := range r.said {
			switch {
			case s.by != c || s.token == "" || s.edited || s.inside || s.risky || s.pulled:
			case s.answer:
				out = append(out, s.token)
			default:
				in = append(in, s.token)
			}
		}
		if err := ordered(in, forum); err != nil {
			return err
		}
		if c == nil {
			continue
		}
		if err := ordered(out, r.World.View(c.id, c.bot, 0)); err != nil {
			return err
		}
	}
	return nil
}

func ordered(tokens []string, view []sim.Shown) error {
	last, before := -1, -1
	for _, token := range tokens {
		for i, m := range view {
			place := strings.Index(words(m), token)
			if place < 0 {
				continue
			}
			if i < last || i == last && place < before {
				return fmt.Errorf("%s came before what was said before it", token)
			}
			last, before = i, place
			break
		}
	}
	return nil
}

// checkHidden: no name, username or title was shown in the group while HIDE_INFO was
// on, and if it is, no topic has one in its title. What was said before stays.
func (r *run) checkHidden(forum []sim.Shown) error {
	var seen []string
	for _, m := range forum {
		if !r.hiddenThen(m) {
			continue
		}
		seen = append(seen, words(m), m.Notice, m.Forwarded)
		if f := m.Content.File; f != nil {
			seen = append(seen, f.Name, f.Title, f.Performer)
		}
	}
	for _, chat := range r.renamed() {
		for _, t := range r.World.Topics(chat) {
			seen = append(seen, t.Name)
		}
	}
	for _, c := range r.clients {
		for _, word := range append(strings.Fields(c.name), "Parquet Club") {
			for _, text := range seen {
				if strings.Contains(text, word) {
					return fmt.Errorf("hidden %q is shown in the group: %q", word, text)
				}
			}
		}
	}
	return nil
}

// checkPaced: no 429 but those that were planned as faults. A process that ends in
// the second in which it began sets its webhook twice in one, which Telegram does
// not take.
func (r *run) checkPaced([]sim.Shown) error {
	if r.floods {
		return nil
	}
	for _, e := range r.World.Log() {
		if e.Event == sim.EventCall && e.Code == 429 && e.Method != "setWebhook" {
			return fmt.Errorf("a flood that pacing could have avoided: %s in chat %d at %s", e.Method, e.Chat, e.At.Format("15:04:05.000"))
		}
	}
	return nil
}
