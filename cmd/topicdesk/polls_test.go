package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"
	"time"

	"topicdesk/actors/house"
	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// office is one tenant of many: a bot in a forum with one client.
type office struct {
	tenant             tenants.TenantID
	forum, bot, client int64
	token              string
	said               []string
}

// offices makes many tenants in a data directory.
func offices(t *testing.T, w world, settings []string, alma int64, count int) (all []*office) {
	t.Helper()
	h, err := house.Open(mustConfig(t, settings...), slog.New(slog.DiscardHandler), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range count {
		o := &office{tenant: tenants.TenantID(fmt.Sprintf("office-%03d", i))}
		o.forum = w.make("/world/chats", dict{"kind": "forum", "owner": alma, "title": "Desk"})
		name := fmt.Sprintf("office_%03d_bot", i)
		o.bot, o.token = w.bot(name)
		w.addAdmin(alma, o.forum, o.bot)
		o.client = w.person("Ann")
		self := telegram.Self{Person: tenants.Person{ID: tenants.UserID(o.bot), Username: name}}
		err := h.Enlist(o.tenant, o.token, self, func(c *store.Connection) []tenants.Value {
			c.Group = tenants.Chat{ID: tenants.ChatID(o.forum), Kind: tenants.Group, Forum: true}
			c.Administrator = tenants.UserID(alma)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, o)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	return all
}

// goroutines counts those that are in a function.
func goroutines(t *testing.T, function string) int {
	t.Helper()
	var all bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&all, 2); err != nil {
		t.Fatal(err)
	}
	count := 0
	for one := range strings.SplitSeq(all.String(), "\n\n") {
		if strings.Contains(one, function) {
			count++
		}
	}
	return count
}

// TestManyPolls: tenants by long polling fall asleep and are woken all the time, by
// what people write at any moment; nothing is lost or twice or in another order, no
// poll of ours is told as another program's, all sleep in the end with one goroutine
// of ours each, and the stop leaves none.
func TestManyPolls(t *testing.T) {
	const bots, messages = 20, 60
	const listening = "actors/node.(*ear).ask"
	w := startWorld(t)
	alma := w.person("Alma")
	settings := []string{
		"data_dir=" + t.TempDir(), "telegram.api_root=" + w.root, "telegram.poll_timeout=1s", "limits.idle_close=1s",
		"limits.group_tokens=0", "limits.private_per_second=0", "limits.login_per_second=0",
	}
	all := offices(t, w, settings, alma, bots)
	r := start(t, settings, "serve")
	random := rand.New(rand.NewPCG(1, 1))
	most := 0
	for n := range messages {
		o := all[random.IntN(bots)]
		text := fmt.Sprintf("message %03d", n)
		w.say(o.client, o.bot, 0, text)
		o.said = append(o.said, text)
		if n%5 == 0 {
			most = max(most, goroutines(t, listening))
		}
		time.Sleep(time.Duration(random.IntN(100)) * time.Millisecond)
	}
	for _, o := range all {
		w.until(fmt.Sprint("all is relayed for ", o.tenant), func() bool { return slices.Equal(o.relayed(w, alma), o.said) })
	}
	w.until("all sleep", func() bool { return goroutines(t, listening) == bots })
	if most == 0 {
		t.Error("nobody slept while people wrote: nothing was tested")
	}
	begin := time.Now()
	if code := r.stop(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("the stop took %s", took)
	}
	w.until("no goroutine is left", func() bool { return goroutines(t, "topicdesk/actors/") == 0 })
	if strings.Contains(r.String(), "somebody else receives") {
		t.Error("a poll of ours was told as another program's")
	}
}

// relayed is what came into the client's topic.
func (o *office) relayed(w world, alma int64) (texts []string) {
	if len(w.topics(alma, o.forum)) < 2 {
		return nil
	}
	for _, text := range w.texts(alma, o.forum, -1) {
		if strings.HasPrefix(text, "message ") {
			texts = append(texts, text)
		}
	}
	return texts
}
