package privacy

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"

	"topicdesk/tenants"
)

// Known is what is known of a chat when something of it goes into the group.
type Known struct {
	Hide   tenants.Hide
	Key    []byte           // the tenant's key; needed when Name or Title is hidden
	People []tenants.Person // met in the chat, the client included
	Titles []string         // of the chat, the present one first; none in private chats
	ChatID tenants.ChatID
	// Born is the id that the chat had first, if it has another one now: its
	// pseudonym stays. 0 = it has always had this one.
	Born   tenants.ChatID
	Phones []string // of the people, however they are written
	// Later are those of the tenant of whose pseudonyms the first ones are others', and
	// how many. Shared: not to be changed.
	Later map[Tag]int
}

// Equal tells whether just the same is known.
func (k Known) Equal(o Known) bool {
	return k.Hide == o.Hide && k.ChatID == o.ChatID && k.Born == o.Born && bytes.Equal(k.Key, o.Key) &&
		slices.Equal(k.People, o.People) && slices.Equal(k.Titles, o.Titles) && slices.Equal(k.Phones, o.Phones) &&
		maps.Equal(k.Later, o.Later)
}

// chat is the chat as the owner of its titles.
func (k Known) chat() who {
	if k.Born != 0 {
		return who{OfChat, int64(k.Born)}
	}
	return who{OfChat, int64(k.ChatID)}
}

func person(id tenants.UserID) who { return who{OfPerson, int64(id)} }

// Redactor hides what is known of one chat. It never changes and may be shared.
// Making one costs some microseconds for each person: keep it as long as what
// is known stays the same.
type Redactor struct {
	known  Known
	hidden *finder
	shown  map[who]string  // pseudonyms of the chat
	taken  map[string]bool // the same
	back   *finder         // finds them
	real   map[who]string  // and turns them back
}

// New makes the redactor of a chat. It panics if a name or title is to be
// hidden and there is no key.
func New(k Known) *Redactor {
	r := &Redactor{known: k, hidden: newFinder(), shown: map[who]string{}, taken: map[string]bool{}, back: newFinder(), real: map[who]string{}}
	r.learn()
	r.baptize()
	return r
}

// learn fills in what is hidden: contacts, then whole names, then their parts.
func (r *Redactor) learn() {
	k := r.known
	if k.Hide.Link {
		r.hide(contacts(k)...)
	}
	if k.Hide.Name {
		for _, p := range k.People {
			for _, name := range orders(p) {
				r.hide(whole(name, person(p.ID))...)
			}
		}
	}
	if k.Hide.Title {
		for _, title := range k.Titles {
			r.hide(whole(title, k.chat())...)
		}
	}
	if k.Hide.Name {
		for _, p := range k.People {
			r.hide(parts(p.Name(), person(p.ID), false)...)
		}
	}
	if k.Hide.Title {
		for _, title := range k.Titles {
			r.hide(parts(title, k.chat(), true)...)
		}
	}
}

func (r *Redactor) hide(patterns ...pattern) {
	for _, p := range patterns {
		r.hidden.add(p)
	}
}

// baptize gives pseudonyms in the order of the ids: of two that would share
// one, the smaller id has it.
func (r *Redactor) baptize() {
	give := func(w who, real string) {
		if _, done := r.shown[w]; done {
			return
		}
		name := r.free(w)
		r.taken[name] = true
		r.shown[w], r.real[w] = name, real
		r.back.add(pattern{words: [][]tenants.Glyph{tenants.Look(name)}, glued: []bool{false}, reach: anywhere, of: w})
	}
	if r.known.Hide.Name {
		people := slices.SortedStableFunc(slices.Values(r.known.People), func(a, b tenants.Person) int { return cmp.Compare(a.ID, b.ID) })
		for _, p := range people {
			give(person(p.ID), cmp.Or(p.First, p.Last, p.Username))
		}
	}
	if r.known.Hide.Title && len(r.known.Titles) > 0 {
		give(r.known.chat(), r.known.Titles[0])
	}
}

// free is the first pseudonym of somebody's own that is neither taken in the chat nor a
// hidden name itself.
func (r *Redactor) free(w who) string {
	nth := 0
	if len(r.known.Later) > 0 {
		nth = r.known.Later[tagOf(r.known.Key, w)]
	}
	for ; ; nth++ {
		name := pseudonym(r.known.Key, w.kind, w.id, nth)
		if !r.taken[name] && len(r.hidden.find(tenants.Look(name))) == 0 {
			return name
		}
	}
}

// name is the pseudonym of anybody, met in the chat or not.
func (r *Redactor) name(w who) string {
	if name, known := r.shown[w]; known {
		return name
	}
	return r.free(w)
}

// ShownName is how the group may call somebody: the pseudonym, or the clean
// real name (see tenants.Clean) without anything else that is hidden. It is ""
// for a person without a visible name.
func (r *Redactor) ShownName(p tenants.Person) string {
	if r.known.Hide.Name {
		return r.name(person(p.ID))
	}
	return r.clean(p.Name())
}

// OwnTitle is the same for a title of the chat itself.
func (r *Redactor) OwnTitle(title string) string { return r.title(title, r.known.chat()) }

// ShownTitle is the same for the title of a chat, this or another one.
func (r *Redactor) ShownTitle(title string, id tenants.ChatID) string {
	if id == r.known.ChatID {
		return r.OwnTitle(title)
	}
	return r.title(title, who{OfChat, int64(id)})
}

func (r *Redactor) title(title string, of who) string {
	if r.known.Hide.Title {
		return r.name(of)
	}
	return r.clean(title)
}

func (r *Redactor) clean(name string) string {
	return r.plain(tenants.Clean(r.plain(name)))
}

func (r *Redactor) plain(s string) string { return r.Text(tenants.Plain(s)).Text }

// Out turns pseudonyms of this chat back, on the way to the client: a person's
// into the first name, the chat's into its present title.
func (r *Redactor) Out(t tenants.Text) tenants.Text {
	glyphs := tenants.Look(t.Text)
	var spans []span
	for _, h := range r.back.find(glyphs) {
		spans = append(spans, spanOf(t.Text, glyphs[h.from:h.to], r.real[h.pattern.of]))
	}
	return replace(t, merge(spans))
}

// rounds is how often a text is gone through. What was put in place may make a
// hidden name with its neighbours, each time a shorter chain of them.
const rounds = 16

// Text is the text with all that is hidden replaced. A text with nothing
// hidden in it comes back unchanged.
func (r *Redactor) Text(t tenants.Text) tenants.Text {
	if !r.known.Hide.Any() {
		return t
	}
	for range rounds {
		entities, changed := r.entities(t)
		spans := merge(r.spans(t))
		if len(spans) == 0 && !changed {
			return t
		}
		t = replace(tenants.Text{Text: t.Text, Entities: entities}, spans)
	}
	return tenants.Plain(Removed) // nobody writes so by chance
}

// spans finds what is to be replaced in a text.
func (r *Redactor) spans(t tenants.Text) []span {
	glyphs := tenants.Look(t.Text)
	found := r.entitySpans(t)
	maskRemoved(glyphs)
	if r.known.Hide.Link {
		for _, at := range bothWays(t.Text, glyphs) {
			found = append(found, spanOf(t.Text, glyphs[at[0]:at[1]], Removed))
		}
	} else {
		maskMentions(t.Text, glyphs)
	}
	for _, at := range findQuoted(t.Text, glyphs, r.tells) {
		found = append(found, spanOf(t.Text, glyphs[at[0]:at[1]], Removed))
	}
	for _, h := range hits(r.hidden, t.Text, glyphs) {
		instead := Removed
		if h.pattern.of != (who{}) {
			instead = r.shown[h.pattern.of]
		}
		found = append(found, spanOf(t.Text, glyphs[h.from:h.to], instead))
	}
	return found
}

// turned makes what follows on its line run from right to left, whatever it is.
const turned = '\u202e'

// backwards gives the pieces of a text that run from right to left, as they are read:
// the glyph behind each, and its glyphs from the end.
func backwards(s string, glyphs []tenants.Glyph, see func(end int, read []tenants.Glyph)) {
	for at := 0; ; {
		i := strings.IndexRune(s[at:], turned)
		if i < 0 {
			return
		}
		from, end := at+i, len(s)
		if line := strings.IndexByte(s[from:], '\n'); line >= 0 {
			end = from + line
		}
		first := sort.Search(len(glyphs), func(i int) bool { return glyphs[i].From >= from })
		last := sort.Search(len(glyphs), func(i int) bool { return glyphs[i].From >= end })
		read := slices.Clone(glyphs[first:last])
		slices.Reverse(read)
		see(last, read)
		at = end
	}
}

// bothWays finds links, where a text is turned also backwards.
func bothWays(s string, glyphs []tenants.Glyph) [][2]int {
	found := findLinks(glyphs)
	backwards(s, glyphs, func(end int, read []tenants.Glyph) {
		for _, at := range findLinks(read) {
			found = append(found, [2]int{end - at[1], end - at[0]})
		}
	})
	return found
}

// hits finds patterns, where a text is turned also backwards.
func hits(f *finder, s string, glyphs []tenants.Glyph) []hit {
	found := f.find(glyphs)
	backwards(s, glyphs, func(end int, read []tenants.Glyph) {
		for _, h := range f.find(read) {
			found = append(found, hit{end - h.to, end - h.from, h.pattern})
		}
	})
	return found
}

// tells tells whether a text holds anything hidden.
func (r *Redactor) tells(s string) bool {
	return r.known.Hide.Any() && len(r.spans(tenants.Plain(s))) > 0
}
