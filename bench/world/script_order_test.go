package world

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"time"

	"topicdesk/actors"
	"topicdesk/actors/tenant"
	sim "topicdesk/bench/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// orders are the lines that are nobody's deed.
var orders = map[string]func(s *scene, rest string){
	"stage":      func(*scene, string) {},
	"show":       func(*scene, string) {},
	"wait":       func(s *scene, rest string) { s.stage.RunFor(duration(rest)) },
	"step":       func(s *scene, rest string) { s.step = duration(rest) },
	"param":      (*scene).param,
	"fault":      (*scene).fault,
	"heal":       func(s *scene, _ string) { s.stage.Door.With(func(w *sim.World) { w.ClearFaults() }) },
	"kill":       func(s *scene, _ string) { must(s.stage.Kill()) },
	"away":       (*scene).away,
	"off":        (*scene).off,
	"rest":       func(s *scene, rest string) { must(s.stage.Rest(duration(rest))) },
	"state":      (*scene).state,
	"crash":      (*scene).crash,
	"crowd":      (*scene).crowd,
	"guests":     (*scene).guests,
	"host":       (*scene).host,
	"metrics":    (*scene).metrics,
	"traces":     (*scene).traces,
	"betray":     (*scene).betray,
	"poison":     (*scene).poison,
	"helper":     (*scene).helper,
	"dismiss":    (*scene).dismiss,
	"doubles":    func(s *scene, _ string) { s.say("possible doubles: %d", s.stage.Doubles) },
	"unsure":     (*scene).unsure,
	"robot":      (*scene).robot,
	"outbox":     (*scene).outbox,
	"ages":       (*scene).ages,
	"group":      func(s *scene, rest string) { s.newGroup(rest, (*sim.World).NewGroup) },
	"supergroup": func(s *scene, rest string) { s.newGroup(rest, (*sim.World).NewSupergroup) },
	"channel":    (*scene).newChannel,
	"links":      (*scene).link,
	"the":        (*scene).trouble,
	"there":      (*scene).trouble,
	"forum":      func(s *scene, rest string) { s.newGroup(rest, (*sim.World).NewForum) },
}

// instant are orders after which no time passes.
var instant = map[string]bool{
	"stage": true, "show": true, "wait": true, "step": true, "param": true, "fault": true, "heal": true,
	"doubles": true, "outbox": true, "unsure": true, "metrics": true, "state": true, "the": true, "there": true,
	"betray": true, "poison": true,
}

func duration(s string) time.Duration {
	d, err := time.ParseDuration(s)
	must(err)
	return d
}

// param sets NAME VALUE, or kind.NAME VALUE, NAME@2 of the second bot; a bad value is
// told. {shop} or
// {olga} in it is the id of that group or person.
func (s *scene) param(rest string) {
	name, value, _ := strings.Cut(rest, " ")
	for chat, id := range s.chats {
		value = strings.ReplaceAll(value, "{"+chat+"}", fmt.Sprint(id))
	}
	for person, id := range s.people {
		value = strings.ReplaceAll(value, "{"+person+"}", fmt.Sprint(id))
	}
	name, bot, _ := strings.Cut(name, "@")
	p, kind, err := tenants.ParseTarget(name)
	if err != nil {
		s.say("refused: %s", err)
		return
	}
	v := tenants.Value{Level: tenants.Level{Kind: kind}, Name: p, Value: value}
	if bot != "" {
		v.Level.Connection = tenants.ConnectionID(number(bot))
	}
	var told error
	answer := tenant.Ask(s.stage.wake(), func(r actors.Reply[error]) tenant.Message {
		return tenant.Set{Value: v, Reply: r}
	})
	s.stage.RunFor(time.Second)
	if told = <-answer; told != nil {
		s.say("refused: %s", told)
	}
}

// off sets a parameter as param does, while nothing runs for five minutes.
func (s *scene) off(rest string) {
	name, value, _ := strings.Cut(rest, " ")
	p, kind, err := tenants.ParseTarget(name)
	must(err)
	v := tenants.Value{Level: tenants.Level{Kind: kind}, Name: p, Value: value}
	must(s.stage.Off(5*time.Minute, v))
}

// crash makes the tenant panic.
func (s *scene) crash(string) {
	s.stage.wake().Tell(tenant.Look{See: func(tenant.Seen) { panic("a crash was drawn") }})
}

// crowd CHAT WHO N: so many messages at once; CHAT may be a bot.
func (s *scene) crowd(rest string) {
	words := strings.Fields(rest)
	chat, private := s.people[words[0]]
	if !private {
		chat = s.chatOf(words[0])
	}
	s.stage.Door.With(func(w *sim.World) {
		for i := range number(words[2]) {
			_, err := w.Say(s.person(words[1]), chat, 0, fmt.Sprintf("and %d", i+1))
			must(err)
		}
	})
}

// guests are so many clients more, guest1 and so on, who say hello; or somebody of the
// team says something in the topic of each. Nothing of it is shown.
func (s *scene) guests(rest string) {
	who, words, all := strings.Cut(rest, ": ")
	n := len(s.people)
	if !all {
		n = number(rest)
	}
	for i := 1; i <= n; i++ {
		name := fmt.Sprintf("guest%d", i)
		switch {
		case !all:
			s.people[name] = s.stage.World.NewUser(sim.Person{FirstName: fmt.Sprintf("Guest %d", i)})
			s.act(name + ": hello")
		case s.people[name] != 0:
			s.act(who + " in " + name + ": " + words)
		}
		s.stage.RunFor(10 * time.Second)
	}
	s.stage.RunFor(2 * time.Minute)
	s.topics = s.threads()
	s.show()
	s.out = nil
}

// outbox says how much waits.
func (s *scene) outbox(string) {
	s.stage.look(func(f store.Reads) {
		backlog, err := f.Outbox()
		must(err)
		jobs := 0
		for _, b := range backlog {
			jobs += b.Jobs
		}
		s.say("jobs waiting: %d", jobs)
	})
}

// ages uses up N message numbers of the forum, or of another group.
func (s *scene) ages(rest string) {
	name, n, found := strings.Cut(rest, " ")
	if !found {
		name, n = "desk", rest
	}
	s.stage.Door.With(func(w *sim.World) { w.Age(s.chatOf(name), number(n)) })
}

// threads are the topics of dialogs by the names of people (with @N of another
// bot) and of client groups.
func (s *scene) threads() map[string]int {
	out, homes := map[string]int{}, map[string]int64{}
	read := false
	s.stage.look(func(f store.Reads) {
		read = true
		for i := range s.stage.Bots {
			for name, id := range s.people {
				suffix := ""
				if i > 0 {
					suffix = fmt.Sprintf("@%d", i+1)
				}
				out[name+suffix] = threadOf(f, tenants.ConnectionID(i+1), tenants.Chat{ID: tenants.ChatID(id), Kind: tenants.Private}, name+suffix, homes)
			}
		}
		for name, id := range s.chats {
			out[name] = threadOf(f, 1, tenants.Chat{ID: tenants.ChatID(id), Kind: tenants.Group}, name, homes)
		}
	})
	if !read {
		return s.topics // between two openings
	}
	s.homes = homes
	return out
}

// threadOf is a dialog's thread; homes gets the group in which it is.
func threadOf(f store.Reads, c tenants.ConnectionID, chat tenants.Chat, name string, homes map[string]int64) int {
	id, err := f.DialogOf(c, chat)
	must(err)
	if id == 0 {
		return 0
	}
	topic, err := f.Topic(id)
	must(err)
	if topic == nil {
		return 0
	}
	homes[name] = int64(topic.Group)
	return int(topic.Thread)
}

// newGroup makes NAME "Title" OWNER MEMBERS….
func (s *scene) newGroup(rest string, build func(*sim.World, int64, string, ...int64) int64) {
	words, _, _ := tokens(rest)
	var members []int64
	for _, w := range words[3:] {
		members = append(members, s.person(w))
	}
	owner := s.person(words[2])
	s.stage.Door.With(func(w *sim.World) { s.chats[words[0]] = build(w, owner, unquoted(words[1]), members...) })
	s.addView(words[0], owner, s.chats[words[0]])
}

// newChannel makes NAME "Title" OWNER; bots join when they are promoted there.
func (s *scene) newChannel(rest string) {
	s.newGroup(rest, func(w *sim.World, owner int64, title string, _ ...int64) int64 { return w.NewChannel(owner, title) })
}

// link makes a group the discussion group of a channel: CHANNEL GROUP.
func (s *scene) link(rest string) {
	channel, group, _ := strings.Cut(rest, " ")
	s.stage.Door.With(func(w *sim.World) { w.Link(s.chatOf(channel), s.chatOf(group)) })
}

// retarget follows a group that became a supergroup.
func (s *scene) retarget(name string, chat int64) {
	for _, v := range s.views {
		if v.name == name {
			v.chat, v.seen = chat, map[int]string{}
		}
	}
}

// fault METHOD KIND [SECONDS] [xCOUNT] [skip N] [to WHOM].
func (s *scene) fault(rest string) {
	words := strings.Fields(rest)
	f := sim.Fault{Method: words[0], Do: sim.FaultKind(words[1]), Count: 1}
	for i := 2; i < len(words); i++ {
		switch w := words[i]; {
		case w == "to" && s.people[words[i+1]] != 0:
			i, f.Chat = i+1, s.people[words[i+1]]
		case w == "to":
			i, f.Chat = i+1, s.chatOf(words[i+1])
		case w == "skip":
			i, f.Skip = i+1, number(words[i+1])
		case w[0] == 'x':
			f.Count = number(w[1:])
		default:
			if f.Delay = time.Duration(number(w)) * time.Second; f.Do == sim.Flood {
				f.Retry, f.Delay = number(w), 0
			}
		}
	}
	must(f.Check())
	s.stage.Door.With(func(w *sim.World) { w.AddFault(f) })
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	must(err)
	return n
}

// away ends the process and starts another one after a span.
func (s *scene) away(span string) {
	d, err := time.ParseDuration(span)
	must(err)
	must(s.stage.Away(d))
}

// host drops|retries SIDE: what waits there; host stops|starts: the tenant. What is
// refused is said.
func (s *scene) host(rest string) {
	do, side, _ := strings.Cut(rest, " ")
	switch do {
	case "stops":
		must(s.stage.groups.SetStopped(s.stage.Tenant, true))
		s.stage.Node.Stop(s.stage.Tenant)
		return
	case "starts":
		must(s.stage.groups.SetStopped(s.stage.Tenant, false))
		must(s.stage.Node.Start(s.stage.Tenant))
		return
	}
	ref := s.stage.wake()
	if do == "forgets" {
		s.forget(ref, side)
		return
	}
	var jobs []tenants.JobID
	ref.Tell(tenant.Look{See: func(f tenant.Seen) {
		list, err := f.List(store.Which{Side: dialog.Side(side)}, 1000)
		must(err)
		for _, j := range list {
			jobs = append(jobs, j.ID)
		}
	}})
	s.stage.RunFor(0)
	reply, answer := actors.NewReply[error]()
	switch do {
	case "drops":
		ref.Tell(tenant.Drop{Jobs: jobs, Reply: reply})
	case "retries":
		ref.Tell(tenant.Hasten{Jobs: jobs, Reply: reply})
	default:
		panic("a host does not " + do)
	}
	s.stage.RunFor(0)
	if err := <-answer; err != nil {
		s.say("refused: %v", err)
	}
}

// forget has somebody erased, and says how many rows went.
func (s *scene) forget(ref actors.Ref[tenant.Message], name string) {
	var found []store.Who
	number := strconv.FormatInt(s.person(name), 10)
	ref.Tell(tenant.Look{See: func(f tenant.Seen) {
		var err error
		found, err = f.Whom(number)
		must(err)
	}})
	s.stage.RunFor(0)
	if len(found) != 1 {
		s.say("refused: %d are known so", len(found))
		return
	}
	ref.Tell(tenant.Look{See: func(f tenant.Seen) {
		must(f.AsideOf(&found[0], func(sealed []byte) ([]byte, error) { return sealed, nil })) // sealed as process.go does
	}})
	s.stage.RunFor(0)
	reply, answer := actors.NewReply[tenant.Forgotten]()
	ref.Tell(tenant.Forget{Who: found[0], Reply: reply})
	s.stage.RunFor(0)
	f := <-answer
	if f.Err != nil {
		s.say("refused: %v", f.Err)
		return
	}
	var words []string
	for _, e := range f.Erased {
		words = append(words, fmt.Sprintf("%s %d", e.Table, e.Rows))
	}
	s.say("erased: %s", strings.Join(words, ", "))
}

// traces says which words, or numbers of people, stand anywhere in the bytes of the
// tenant's file and its log.
func (s *scene) traces(rest string) {
	var file []byte
	for _, name := range []string{"", "-wal"} {
		text, err := os.ReadFile(s.stage.File() + name)
		if !errors.Is(err, fs.ErrNotExist) {
			must(err)
		}
		file = append(file, text...)
	}
	for word := range strings.SplitSeq(rest, ", ") {
		found := bytes.Count(file, []byte(word))
		if id, is := s.people[word]; is {
			binary := binary.BigEndian.AppendUint64(nil, uint64(id)) // SQLite writes no more bytes than it takes
			found = bytes.Count(file, []byte(strconv.FormatInt(id, 10))) + bytes.Count(file, bytes.TrimLeft(binary, "\x00"))
		}
		s.say("%s: %v", word, map[bool]string{true: "in the file", false: "no trace"}[found > 0])
	}
}

// metrics says what has been counted by a label, without how long it took and without
// what has never happened.
func (s *scene) metrics(string) {
	answer := httptest.NewRecorder()
	s.stage.Meter.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for line := range strings.Lines(answer.Body.String()) {
		line = strings.TrimSpace(line)
		if strings.Contains(line, "{") && !strings.HasSuffix(line, " 0") && !strings.Contains(line, "_bucket{") && !strings.Contains(line, "_sum{") {
			s.say("%s", strings.TrimPrefix(line, "topicdesk_"))
		}
	}
}
