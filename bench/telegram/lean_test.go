package telegram

import (
	"reflect"
	"testing"
	"unsafe"
)

// checkShared fails if somebody wrote to what all plain messages, or all
// private chats, share: own gives the part to write to.
func checkShared(t *testing.T) {
	if !reflect.DeepEqual(nothingRare, rare{}) {
		t.Errorf("a message wrote to the part that it shares with all others: %+v", nothingRare)
	}
	if !reflect.DeepEqual(noGroup, group{}) {
		t.Errorf("a private chat wrote to the part that it shares with all others: %+v", noGroup)
	}
}

// TestLean: a world holds millions of these. What few of them have belongs
// into a part of its own: rare, group, or for accounts a pointer.
func TestLean(t *testing.T) {
	for name, size := range map[string]struct{ is, most uintptr }{
		"message": {unsafe.Sizeof(message{}), 96},
		"chat":    {unsafe.Sizeof(chat{}), 96},
		"account": {unsafe.Sizeof(account{}), 128},
	} {
		if size.is > size.most {
			t.Errorf("a %s takes %d bytes, %d at most", name, size.is, size.most)
		}
	}
}

// TestContentIsKept: whatever a text message has beside its text comes back,
// though plain texts are stored in fewer words.
func TestContentIsKept(t *testing.T) {
	fields := reflect.TypeFor[Content]()
	for i := range fields.NumField() {
		c := TextOf("hello")
		field := reflect.ValueOf(&c).Elem().Field(i)
		field = reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem()
		switch field.Kind() {
		case reflect.Bool:
			field.SetBool(true)
		case reflect.Int:
			field.SetInt(7)
		case reflect.String:
			field.SetString("other")
		case reflect.Slice:
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
		case reflect.Pointer:
			field.Set(reflect.New(field.Type().Elem()))
		default:
			t.Fatalf("Content.%s is of a kind that this test doesn't know", fields.Field(i).Name)
		}
		var m message
		m.setContent(c)
		if !reflect.DeepEqual(m.content(), c) {
			t.Errorf("Content.%s is lost: %+v", fields.Field(i).Name, m.content())
		}
	}
}

// TestPrivateNumbers: private messages use up the person's numbers, which
// basic groups go on with.
func TestPrivateNumbers(t *testing.T) {
	s := newScene(t, Options{Knobs: unlimitedKnobs()})
	before := s.w.person(s.cli).box.last()
	for range 3 {
		if _, err := s.w.Say(s.cli, s.bot, 0, "hello"); err != nil {
			t.Fatal(err)
		}
	}
	group := s.w.NewGroup(s.cli, "Group", s.bot)
	first, err := s.w.Say(s.cli, group, 0, "in the group")
	if err != nil || first <= before+3 {
		t.Fatalf("number %d after %d and three more: %v", first, before, err)
	}
	if _, err := s.w.Say(s.cli, s.bot, 0, "in private"); err != nil {
		t.Fatal(err)
	}
	next, err := s.w.Say(s.cli, group, 0, "in the group again")
	if err != nil || next != first+2 {
		t.Errorf("number %d after %d and a private one: %v", next, first, err)
	}
	if m := s.w.person(s.cli).box.get(first); m == nil || m.text != "in the group" {
		t.Errorf("number %d is %+v", first, m)
	}
}
