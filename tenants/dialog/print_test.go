package dialog

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"topicdesk/tenants"
)

// printDecision writes a decision in full, one fact a line.
func printDecision(d Decision, was State) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if d.State != nil {
		if diff := stateDiff(was, *d.State); diff != "" {
			say("state %s", diff)
		}
	}
	if d.Topic != nil {
		say("topic%s", topicWords(*d.Topic))
	}
	for _, j := range d.Jobs {
		say("job %s", jobWords(j))
	}
	for _, r := range d.Inside {
		if d.InsideAlbum != "" {
			say("inside %d with album %s", r.ID, d.InsideAlbum)
			continue
		}
		say("inside %d", r.ID)
	}
	for _, r := range d.Outside {
		say("outside %d", r.ID)
	}
	for _, r := range d.Forget {
		say("forget %d", r.ID)
	}
	for _, h := range d.Hold {
		say("hold %d", h.Message.ID)
	}
	for _, r := range d.Unhold {
		say("unhold %d", r.ID)
	}
	for _, r := range d.Cancel {
		say("cancel %d", r.ID)
	}
	if d.Poll != nil {
		say("poll %s is %d", d.Poll.ID, d.Poll.Message.ID)
	}
	for _, a := range d.Withdraw {
		say("withdraw album %s", a)
	}
	for _, v := range d.Set {
		say("set %s of dialog %d = %s", v.Name, v.Level.Dialog, v.Value)
	}
	if c := d.Reply; c != nil {
		say("reply %s%s", c.Key, savedWords(c.Saved))
	}
	for _, a := range d.Acts {
		say("act %s by %s: %s", a.Name, a.By.Name(), a.Detail)
	}
	for _, c := range d.Labels {
		say("label %d of %d: %s", c.Label.ID, c.Group, labelWords(c))
	}
	for _, l := range d.Labelled {
		say("labelled %d %t", l.Label, l.On)
	}
	for _, e := range d.Events {
		about := ""
		if e.Subject != 0 {
			about = fmt.Sprintf(" of %d", e.Subject)
		}
		say("event %s by %d%s", e.Kind, e.Person, about)
	}
	if i := d.Ignore; i != nil {
		say("%s chat %d: %t for connection %d, group %d", tenants.IgnoreChats, i.Chat, i.On, i.Connection, i.Group)
	}
	for _, m := range d.Moved {
		say("moved %d → %d", m.From, m.To)
	}
	if !d.NoSigns.Until.IsZero() {
		say("no signs in %d until %s", d.NoSigns.Group, d.NoSigns.Until.UTC().Format("02T15:04:05"))
	}
	for _, p := range d.Joined {
		say("joined %s", p.Name())
	}
	for _, id := range d.Left {
		say("left %d", id)
	}
	if d.Operator.ID != 0 {
		say("operator %s", d.Operator.Name())
	}
	if d.Dropped != "" {
		say("dropped %s", d.Dropped)
	}
	if reflect.ValueOf(d).IsZero() {
		say("nothing")
	}
	return out
}

// stateDiff leaves out how much is written in a group, and who wrote last in a
// private dialog: they change with each message. Of the latter see "joins".
func stateDiff(was, is State) string {
	var out []string
	was.Rare.Busy, is.Rare.Busy = Busy{}, Busy{}
	was.Rare.Waits, is.Rare.Waits = time.Time{}, time.Time{}
	if is.Chat.Kind == tenants.Private {
		is.SaidBy, is.SaidAt = was.SaidBy, was.SaidAt
	}
	a, b := reflect.ValueOf(was), reflect.ValueOf(is)
	for i := range a.NumField() {
		x, y := a.Field(i).Interface(), b.Field(i).Interface()
		if !reflect.DeepEqual(x, y) {
			out = append(out, a.Type().Field(i).Name+"="+valueWords(y))
		}
	}
	return strings.Join(out, " ")
}

// forumWords are the threads of a client's forum: !9 waits, 4^ is where we
// answered last.
func forumWords(threads []Thread) string {
	var out []string
	for _, t := range threads {
		words := fmt.Sprintf("%d %s", t.ID, t.Name)
		if t.Waits {
			words = "!" + words
		}
		if t.Answered {
			words += "^"
		}
		out = append(out, words)
	}
	if len(out) == 0 {
		return ""
	}
	return " forum[" + strings.Join(out, ", ") + "]"
}

func valueWords(v any) string {
	switch v := v.(type) {
	case time.Time:
		if v.IsZero() {
			return "never"
		}
		return v.UTC().Format("02T15:04:05")
	case Status:
		return statusName(v)
	case string:
		return fmt.Sprintf("%q", v)
	case Rare:
		threads := v.Forum.Threads
		v.Forum = Forum{}
		text, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		return string(text) + forumWords(threads)
	case tenants.Chat:
		return fmt.Sprintf("(%d %q)", v.ID, v.Title)
	case tenants.Person:
		return v.Name()
	case []tenants.Person:
		var names []string
		for _, p := range v {
			names = append(names, p.Name())
		}
		return "[" + strings.Join(names, ", ") + "]"
	default:
		return fmt.Sprint(v)
	}
}

func topicWords(c TopicChange) string {
	var out string
	if c.Title != nil {
		out += fmt.Sprintf(" title=%q", *c.Title)
	}
	if c.Thread != nil {
		out += fmt.Sprintf(" thread=%d", *c.Thread)
	}
	if c.Closed != nil {
		out += fmt.Sprintf(" closed=%t", *c.Closed)
	}
	if c.Set != nil {
		out += fmt.Sprintf(" set=%q", *c.Set)
	}
	if c.Anew != nil {
		out += fmt.Sprintf(" anew=%t", *c.Anew)
	}
	return out
}

var classes = map[Class]string{
	ClassAnswer: "answer", ClassClient: "client", ClassAlbum: "album", ClassNote: "note", ClassMark: "mark", ClassTitle: "title",
}

func jobWords(j Job) string {
	out := fmt.Sprintf("%s/%s of %s", j.Lane.Side, classes[j.Class], j.Origin)
	if !j.Source.IsZero() {
		out += fmt.Sprintf(" source=%d", j.Source.ID)
	}
	if !j.NotBefore.IsZero() {
		out += " after " + j.NotBefore.Sub(j.Decided).String()
	}
	return out + ": " + effectWords(j.Effect)
}

func effectWords(e Effect) string {
	switch e := e.(type) {
	case *Send:
		return sendWords(*e)
	case *Edit:
		late := ""
		if e.Late {
			late = " late"
		}
		return fmt.Sprintf("edit twin of %d fallback=%t%s: %s", e.Of.ID, e.Fallback, late, sendWords(e.New))
	case *Open:
		return fmt.Sprintf("open topic color=%d", e.Color)
	case *Rename:
		if e.Thread != 0 {
			return fmt.Sprintf("rename topic %d %q", e.Thread, e.Title)
		}
		return "rename"
	case *SetOpen:
		return fmt.Sprintf("set open=%t thread=%d", e.Open, e.Thread)
	case *React:
		if e.Probe {
			return fmt.Sprintf("probe %d by %q", e.Message.ID, e.Emoji)
		}
		return fmt.Sprintf("react %q on %d", e.Emoji+e.Custom, e.Message.ID)
	case *Delete:
		return deleteWords(*e)
	case *AnswerPress:
		return fmt.Sprintf("answer press %q", e.Text)
	default:
		panic("unknown effect")
	}
}

func deleteWords(e Delete) string {
	if e.Notice != "" {
		return "delete the notice of " + e.Notice
	}
	if len(e.Of) == 0 {
		out := fmt.Sprintf("delete %d", e.Message.ID)
		for _, id := range e.Beside {
			out += fmt.Sprintf(" %d", id)
		}
		return out
	}
	out := "delete twins of"
	for _, ref := range e.Of {
		out += fmt.Sprintf(" %d", ref.ID)
	}
	return out + fmt.Sprintf(" for %s", e.Name)
}

func sendWords(s Send) string {
	out := "send " + string(s.Way)
	for _, p := range s.Parts {
		out += fmt.Sprintf(" [%s %s%s]", p.Content.Kind, textWords(p.Content.Text), anew(p.Content.File))
		if p.Source.IsZero() {
			out += "!"
		}
		if !p.From.IsZero() {
			out += fmt.Sprintf(" from %d", p.From.ID)
		}
	}
	if !s.Reply.Of.IsZero() {
		out += fmt.Sprintf(" reply-to-twin=%d", s.Reply.Of.ID)
	}
	if !s.Reply.Direct.IsZero() {
		out += fmt.Sprintf(" reply-to=%d", s.Reply.Direct.ID)
	}
	if s.Reply.Shown() != nil {
		out += fmt.Sprintf(" quote=%q", s.Reply.Shown().Text.Text)
	}
	for _, flag := range []struct {
		on   bool
		name string
	}{{s.Album != "", "album"}, {s.Silent, "silent"}, {s.Internal, "internal"}, {s.Lost, "lost"}, {s.Half, "half"}, {s.Merge == MergeNext, "joins"}, {s.Doubt, "doubt"}, {s.Search != nil, "searched"}, {s.Note, "note"}, {s.Apology, "apology"}, {s.Poll != "", "of " + s.Poll}, {s.Anew, "anew"}} {
		if flag.on {
			out += " " + flag.name
		}
	}
	for _, b := range s.Buttons {
		out += fmt.Sprintf(" button %q=%q", b.Text, b.Data)
	}
	if len(s.Shows) > 0 {
		out += fmt.Sprintf(" shows %d", s.Shows[0].ID)
	}
	if s.Piece != 0 {
		out += fmt.Sprintf(" piece=%d", s.Piece)
	}
	if s.Thread != 0 {
		out += fmt.Sprintf(" thread=%d", s.Thread)
	}
	return out
}

// savedWords is what is saved as a quick reply.
func savedWords(s *Saved) string {
	if s == nil {
		return " deleted"
	}
	out := fmt.Sprintf(" shows %s", s.Shows)
	for _, p := range s.Parts {
		out += fmt.Sprintf(" [%s %s from %d]", p.Content.Kind, textWords(p.Content.Text), p.Source.ID)
	}
	return out
}

// textWords shows a text with its formatting; long ones are cut.
func textWords(t tenants.Text) string {
	words := t.Text
	if tenants.Len(words) > 300 {
		words = fmt.Sprintf("%s…(%d units)", t.Slice(0, 20).Text, t.Len())
	}
	out := fmt.Sprintf("%q", words)
	if n := len(t.Entities); n > 10 {
		return fmt.Sprintf("%s with %d entities", out, n)
	}
	for _, e := range t.Entities {
		out += fmt.Sprintf(" %s(%s)", e.Kind, strings.ReplaceAll(t.Slice(e.Offset, e.Offset+e.Length).Text, "\n", "⏎"))
	}
	return out
}

func printSettlement(st Settlement, was State) []string {
	line := "retire"
	if st.Verdict == Retry {
		line = "retry"
	}
	if !st.After.IsZero() {
		line += " at " + st.After.UTC().Format("02T15:04:05")
	}
	line += map[PauseScope]string{PauseNone: "", PauseChat: " pausing the chat", PauseLogin: " pausing the login"}[st.Pause]
	if !st.Until.IsZero() {
		line += " until " + st.Until.UTC().Format("02T15:04:05")
	}
	if st.Resent.Doubles() {
		line += " as a possible double (" + string(st.Resent) + ")"
	}
	if st.Why != "" {
		line += fmt.Sprintf(" because %q", st.Why)
	}
	out := []string{line}
	for _, j := range st.Before {
		out = append(out, "before "+jobWords(j))
	}
	if st.Effect != nil {
		out = append(out, "as "+effectWords(st.Effect))
	}
	if reflect.ValueOf(st.Decision).IsZero() {
		return out
	}
	return append(out, printDecision(st.Decision, was)...)
}

// anew tells that a file is streamed, and what is written on it.
func anew(f *tenants.File) string {
	if f == nil || !f.Anew {
		return ""
	}
	return fmt.Sprintf(" streamed as %q", f.Name+f.Title+f.Artist)
}
