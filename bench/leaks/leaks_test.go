package leaks

import (
	"flag"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

var (
	cases   = flag.Uint64("cases", 1500, "how many cases TestNothingLeaks runs")
	first   = flag.Uint64("first", 1, "the number of its first case")
	perhaps = flag.Float64("held", 0.0005, "how many of the calls the audit of the connection may have to refuse")
)

// TestNothingLeaks: whatever a client writes, nothing hidden leaves for the group, no
// pseudonym reaches the client, and the audit of the connection has nothing to do.
func TestNothingLeaks(t *testing.T) {
	var next, calls, held, faults atomic.Uint64
	var mu sync.Mutex
	began := time.Now()
	next.Store(*first)
	var crew sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		crew.Go(func() {
			for n := next.Add(1) - 1; n < *first+*cases && faults.Load() < 5; n = next.Add(1) - 1 {
				s := play(n)
				calls.Add(uint64(s.calls))
				held.Add(uint64(s.held))
				mu.Lock()
				if s.fault != "" {
					faults.Add(1)
					t.Errorf("case %d, %+v, %+v: %s", n, s.j.hide, s.j.people, s.fault)
				} else if s.held > 0 && testing.Verbose() {
					t.Logf("case %d, %+v, %+v: held back: %s", n, s.j.hide, s.j.people, s.why)
				}
				mu.Unlock()
			}
		})
	}
	crew.Wait()
	t.Logf("%d cases, %d calls into the group, %d refused by the audit, %s", *cases, calls.Load(), held.Load(), time.Since(began).Round(time.Millisecond))
	if float64(held.Load()) > *perhaps*float64(calls.Load()) {
		t.Errorf("the audit has to refuse %d of %d calls: something is decided that can never be sent", held.Load(), calls.Load())
	}
}

// fields are all texts of a call.
func fields(c telegram.Call) (all []string) {
	walk(reflect.ValueOf(c), func(v any) {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case tenants.File, tenants.Entity:
		}
	})
	return all
}

// TestJudge: the judge sees what there is to be seen, in every disguise, and nothing else.
func TestJudge(t *testing.T) {
	j := &judge{
		hide:   tenants.Hide{Name: true, Title: true, Link: true},
		people: []tenants.Person{{ID: 777000111, First: "Will", Last: "Petrov", Username: "wpetrov"}},
		titles: []string{"Acme Widgets"}, phones: []string{"+79991234567"},
		labels: map[string]tenants.File{"f": {Name: "will_petrov.pdf"}},
	}
	text := func(words string) telegram.Call {
		return telegram.SendContent{Content: tenants.Content{Kind: tenants.KindText, Text: tenants.Plain(words)}}
	}
	for _, words := range []string{
		"Will Petrov", "PETROV", "petrov, will", "Pe\u200btrov", "Ре\u0301trov", "\u202evorteP", "acme widgets", "Acme!", "@anna1", "t.me/x", "tg://x",
		"a@b.example", "id 777000111", "wpetrov", "8 (999) 123 or +7 999 123-45-67", "Ｐｅｔｒｏｖ", "Will",
	} {
		if j.seen(text(words)) == "" {
			t.Errorf("not seen: %q", words)
		}
	}
	for _, words := range []string{"will", "petrov", "Petrova", "[hidden]", "1777000111", "an acme", "https://example.com/a", "Hello"} {
		if found := j.seen(text(words)); found != "" {
			t.Errorf("seen in %q: %q", words, found)
		}
	}
	file := telegram.SendContent{Content: tenants.Content{Kind: tenants.KindDocument, File: &tenants.File{ID: "f"}}}
	link := tenants.Text{Text: "here", Entities: []tenants.Entity{{Kind: "text_link", URL: "https://t.me/wpetrov", Length: 4}}}
	for _, c := range []telegram.Call{
		file, telegram.CopyMessage{}, telegram.RenameTopic{Title: "🟪 Petrov"}, telegram.AnswerPress{Text: "Petrov"},
		telegram.SendContent{To: telegram.To{Buttons: []telegram.Button{{Text: "Petrov"}}}},
		telegram.SendContent{To: telegram.To{Quote: &tenants.Quote{Text: tenants.Plain("Petrov")}}},
		telegram.SendAlbum{Contents: []tenants.Content{{Text: link}}},
		telegram.SendContent{Content: tenants.Content{Poll: &tenants.Poll{Options: []string{"Petrov"}}}},
	} {
		if j.seen(c) == "" {
			t.Errorf("not seen: %+v", c)
		}
	}
}
