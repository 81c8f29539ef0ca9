package reckon_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/reckon"
)

var cut = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

const (
	chat  = tenants.ChatID(-1000000000005)
	login = tenants.ConnectionID(1)
)

// world is a chat's messages, as the login that asks gets to know them: own is
// one of ours with the buttons that are looked for.
type world map[tenants.MessageID]tenants.Probe

func (w world) is(id tenants.MessageID) tenants.Probe {
	if p, there := w[id]; there {
		return p
	}
	return tenants.Missing
}

func facts() reckon.Facts {
	return reckon.Facts{Now: cut.Add(reckon.Linger), Chat: chat, Login: login, Sees: true, Parts: 1, High: 100}
}

func search() tenants.Search {
	return tenants.Search{Login: login, Chat: chat, Floor: 100, Ended: cut}
}

// run asks until something else is to be done, and tells what it asked.
func run(s *tenants.Search, f reckon.Facts, w world) (asked []string, last reckon.Step) {
	for range 100 {
		step := reckon.Decide(s, f)
		if show, is := step.(reckon.Show); is {
			asked = append(asked, fmt.Sprint(show.ID, "!"))
			for i := range s.Asked {
				if s.Asked[i].ID == show.ID {
					s.Asked[i].Is = cmp.Or(w[-show.ID], tenants.Untold)
				}
			}
			continue
		}
		ask, is := step.(reckon.Ask)
		if !is {
			return asked, step
		}
		asked = append(asked, fmt.Sprint(ask.ID))
		s.Asked = append(s.Asked, tenants.Probed{ID: ask.ID, Is: w.is(ask.ID)})
	}
	panic("it asks for ever")
}

func TestDecide(t *testing.T) {
	const ours, theirs, changed = tenants.Ours, tenants.Theirs, tenants.Changed
	alike := reckon.Peer{Ended: cut, Alike: true, Parts: 1}
	tests := []struct {
		name  string
		set   func(*tenants.Search, *reckon.Facts)
		world world
		asked string
		want  string
	}{
		{"it is the next one", nil, world{101: ours}, "101", "link [101]"},
		{"nothing came", nil, nil, "101 102", "repeat absent []"},
		{"too early", func(_ *tenants.Search, f *reckon.Facts) { f.Now = cut.Add(reckon.Linger - 1) }, world{101: ours}, "", "wait"},
		{"another send is under way", func(_ *tenants.Search, f *reckon.Facts) { f.Busy = true }, world{101: ours}, "", "wait"},
		{"known ones are not asked", func(_ *tenants.Search, f *reckon.Facts) { f.Known, f.High = ids(101, 102), 102 }, world{101: ours, 102: ours, 103: ours}, "103", "link [103]"},
		{"between people's messages", func(_ *tenants.Search, f *reckon.Facts) { f.Known, f.High = ids(101, 103), 103 }, world{102: ours}, "102", "link [102]"},
		{"another bot wrote before it", nil, world{101: theirs, 102: theirs, 103: ours}, "101 102 103", "link [103]"},
		{"only another bot wrote", nil, world{101: theirs}, "101 102 103", "repeat absent []"},
		{"a number is skipped", nil, world{102: ours}, "101 102", "link [102]"},
		{"two of ours for one send", func(_ *tenants.Search, f *reckon.Facts) { f.High = 102 }, world{101: ours, 102: ours}, "101 102", "came [101 102] false"},
		{"an album", func(_ *tenants.Search, f *reckon.Facts) { f.Parts = 3 }, world{101: ours, 102: ours, 103: ours}, "101 102 103", "link [101 102 103]"},
		{"a part of an album", func(_ *tenants.Search, f *reckon.Facts) { f.Parts = 3 }, world{101: ours, 102: ours}, "101 102 103 104", "part [101 102]"},
		{"somebody deleted it", func(_ *tenants.Search, f *reckon.Facts) { f.Known, f.High = ids(102), 102 }, nil, "101 103 104", "repeat deleted []"},
		{"not all are seen, it is found", func(_ *tenants.Search, f *reckon.Facts) { f.Sees = false }, world{101: theirs, 102: ours}, "101 102", "link [102]"},
		{"not all are seen, it is not found", func(_ *tenants.Search, f *reckon.Facts) { f.Sees = false }, nil, "101 102", "repeat rights []"},
		{"too many, and it is near", func(_ *tenants.Search, f *reckon.Facts) { f.Known, f.High = ids(102), 122 }, world{103: ours}, "101 103", "link [103]"},
		{"too many, and it is not near", func(_ *tenants.Search, f *reckon.Facts) { f.High = 121 }, world{106: ours}, "101 102 103 104 105", "repeat many []"},
		{"too many, and another one may be there", func(_ *tenants.Search, f *reckon.Facts) { f.High, f.Blurs = 121, []reckon.Range{{90, 101}} }, world{101: ours}, "", "repeat many []"},
		{"just not too many", func(_ *tenants.Search, f *reckon.Facts) { f.High = 120 }, world{101: ours}, "101 102 103 104 105 106 107 108 109 110 111 112 113 114 115 116 117 118 119 120", "link [101]"},
		{"nothing is known", func(s *tenants.Search, _ *reckon.Facts) { s.Floor = 0 }, world{1: ours}, "", "repeat unknown []"},
		{"the chat is another one", func(_ *tenants.Search, f *reckon.Facts) { f.Chat-- }, world{101: ours}, "", "repeat moved []"},
		{"the login is gone", func(_ *tenants.Search, f *reckon.Facts) { f.Login = 0 }, world{101: ours}, "", "repeat moved []"},
		{"another one may be there", func(_ *tenants.Search, f *reckon.Facts) { f.Blurs = []reckon.Range{{90, 101}} }, world{101: ours, -101: tenants.Mine}, "101 102 103 101!", "link [101]"},
		{"another one is there, and not this", func(_ *tenants.Search, f *reckon.Facts) { f.Blurs = []reckon.Range{{90, 101}} }, world{101: ours, -101: tenants.Another}, "101 102 103 101!", "repeat absent []"},
		{"another one may be there, and nobody shows", func(_ *tenants.Search, f *reckon.Facts) { f.Blurs = []reckon.Range{{90, 101}} }, world{101: ours}, "101 102 103 101!", "repeat blurred []"},
		{"nothing is there of another one", func(_ *tenants.Search, f *reckon.Facts) { f.Blurs = []reckon.Range{{90, 101}} }, nil, "101 102", "repeat absent []"},
		{"another one was there before", func(_ *tenants.Search, f *reckon.Facts) { f.Blurs = []reckon.Range{{90, 100}} }, world{101: ours}, "101", "link [101]"},
		{"another one leads", func(_ *tenants.Search, f *reckon.Facts) {
			f.Peers = []reckon.Peer{{Ended: cut, Leads: true, Parts: 1}}
		}, world{101: ours}, "", "wait"},
		{"another one may still go on", func(_ *tenants.Search, f *reckon.Facts) { f.Peers = []reckon.Peer{{Ended: cut.Add(1), Parts: 1}} }, world{101: ours}, "", "wait"},
		{"two, both came", func(_ *tenants.Search, f *reckon.Facts) { f.Peers = []reckon.Peer{alike} }, world{101: ours, 102: ours}, "101 102 101! 102!", "came [101 102] true"},
		{"two, one came", func(_ *tenants.Search, f *reckon.Facts) { f.Peers = []reckon.Peer{alike} }, world{102: ours}, "101 102 103 104 102!", "repeat several [102] true"},
		{"two, both came and are told apart", func(_ *tenants.Search, f *reckon.Facts) { f.Peers = []reckon.Peer{alike} }, world{101: ours, 102: ours, -101: tenants.Another, -102: tenants.Mine}, "101 102 101! 102!", "link [102]"},
		{"two, the other one came", func(_ *tenants.Search, f *reckon.Facts) { f.Peers = []reckon.Peer{alike} }, world{101: ours, -101: tenants.Another}, "101 102 103 101!", "repeat absent []"},
		{"two, both have what the first one has", func(_ *tenants.Search, f *reckon.Facts) { f.Peers = []reckon.Peer{alike} }, world{101: ours, 102: ours, -101: tenants.Mine, -102: tenants.Mine}, "101 102 101! 102!", "came [101 102] false"},
		{"two, none came", func(_ *tenants.Search, f *reckon.Facts) { f.Peers = []reckon.Peer{alike} }, nil, "101 102", "repeat absent []"},
		{"two with other buttons", func(_ *tenants.Search, f *reckon.Facts) { f.Peers = []reckon.Peer{{Ended: cut, Parts: 1}} }, world{101: changed, 102: ours}, "101 102", "link [102]"},
		{"found out with another one", func(s *tenants.Search, _ *reckon.Facts) { s.Verdict = tenants.Delivered }, nil, "", "came [] false"},
		{"to be sent again with another one", func(s *tenants.Search, _ *reckon.Facts) { s.Verdict, s.Reason = tenants.Resend, tenants.SomeCame }, nil, "", "repeat several []"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, f := search(), facts()
			if test.set != nil {
				test.set(&s, &f)
			}
			asked, last := run(&s, f, test.world)
			if got := strings.Join(asked, " "); got != test.asked {
				t.Errorf("asked %s, want %s", got, test.asked)
			}
			if got := words(last); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func ids(list ...tenants.MessageID) []tenants.MessageID { return list }

func words(step reckon.Step) string {
	switch s := step.(type) {
	case reckon.Wait:
		return "wait"
	case reckon.Link:
		return fmt.Sprint("link ", s.Made)
	case reckon.Part:
		return fmt.Sprint("part ", s.Made)
	case reckon.Came:
		return fmt.Sprintf("came %v %v", s.Made, s.Together)
	case reckon.Repeat:
		out := fmt.Sprintf("repeat %s %v", s.Reason, s.Found)
		if s.Together {
			out += " true"
		}
		return out
	default:
		return fmt.Sprintf("%T", step)
	}
}

// TestElsewhere: in a private chat a number that is missing may be another chat's.
func TestElsewhere(t *testing.T) {
	s, f := search(), facts()
	s.Chat, f.Chat = 5, 5
	if asked, last := run(&s, f, world{108: tenants.Ours}); words(last) != "link [108]" {
		t.Errorf("%s after %v, although it is the eighth", words(last), asked)
	}
}

// TestLate: while others are waited for, strangers write on; what was made by then
// is looked for, and no more.
func TestLate(t *testing.T) {
	s, f := search(), facts()
	f.Peers, f.High = []reckon.Peer{{Ended: cut.Add(time.Minute), Parts: 1}}, 110
	if _, waits := reckon.Decide(&s, f).(reckon.Wait); !waits {
		t.Fatal("the other one is not waited for")
	}
	f.Now, f.High = f.Now.Add(time.Minute), 150
	if _, last := run(&s, f, world{108: tenants.Ours}); words(last) != "link [108]" {
		t.Errorf("%s, although it is there", words(last))
	}
}
