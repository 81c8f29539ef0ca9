package dialog

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"topicdesk/tenants"
)

var joinKinds = []string{"bold", "italic", "code", "hashtag", "mention", "underline"}

// someText draws words of one and of two units, with entities that lie somewhere in them.
func someText(t *rapid.T, longest int) tenants.Text {
	runes := rapid.SliceOfN(rapid.SampledFrom([]rune("ab ö😀👍\n•")), 1, longest).Draw(t, "words")
	text := tenants.Plain(string(runes))
	for range rapid.IntRange(0, 4).Draw(t, "entities") {
		at := rapid.IntRange(0, text.Len()-1).Draw(t, "at")
		length := rapid.IntRange(1, text.Len()-at).Draw(t, "length")
		text.Entities = append(text.Entities, tenants.Entity{Kind: rapid.SampledFrom(joinKinds).Draw(t, "kind"), Offset: at, Length: length})
	}
	return text
}

func textJob(id int, text tenants.Text, merge Merge) *Job {
	return &Job{
		Lane: Lane{Dialog: 1, Side: ToTopic}, Origin: OfClient, Source: tenants.MessageRef{Chat: 5, ID: tenants.MessageID(id)},
		Effect: &Send{Way: Copy, Merge: merge, Parts: []Part{{
			Source:  tenants.MessageRef{Chat: 5, ID: tenants.MessageID(id)},
			Content: tenants.Content{Kind: tenants.KindText, Text: text},
		}}},
	}
}

// joinAll joins as many as fit, as the store does.
func joinAll(jobs []*Job) (head *Job, joined int) {
	head = jobs[0]
	for i, j := range jobs[1:] {
		if !Joins(head, j) {
			return head, i + 1
		}
		Join(head, j)
	}
	return head, len(jobs)
}

// TestJoinThenSplit: what is joined is within Telegram's limits, every part stands
// where its span says, with its entities, and apart they are what they were.
func TestJoinThenSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		author := tenants.Text{}
		if rapid.Bool().Draw(t, "author") {
			author = tenants.Bold("Ann 😀").Append(tenants.Plain("\n"))
		}
		longest := rapid.SampledFrom([]int{20, 700}).Draw(t, "longest")
		var texts []tenants.Text
		var jobs []*Job
		for i := range rapid.IntRange(2, 14).Draw(t, "jobs") {
			text := someText(t, longest)
			texts = append(texts, text)
			j := textJob(i+1, text, MergeNext)
			if i == 0 {
				j.Effect.(*Send).Parts[0].Content.Text = author.Append(text)
				j.Effect.(*Send).Parts[0].Head = author.Len()
			}
			jobs = append(jobs, j)
		}
		head, n := joinAll(jobs)
		send := head.Effect.(*Send)
		if n == 1 {
			return
		}
		joined := JoinedOf(send)
		whole := joined.Content().Text
		if n > tenants.MaxJoined || whole.Len() > tenants.MaxText || len(whole.Entities) > tenants.MaxEntities || head.Weight() != 1 {
			t.Fatalf("%d parts, %d units, %d entities, weight %d", n, whole.Len(), len(whole.Entities), head.Weight())
		}
		if !strings.HasPrefix(whole.Text, author.Text) {
			t.Fatalf("%q does not begin with its author", whole.Text)
		}
		for i, part := range joined.Parts {
			from, to := joined.Span(i)
			if got := whole.Slice(from, to); !sameText(got, texts[i]) {
				t.Fatalf("part %d is %+v, was %+v", i, got, texts[i])
			}
			if at, q := joined.Answered(&tenants.Quote{Text: whole.Slice(from, to), Position: from}); at != i ||
				strings.TrimSpace(part.Text.Text) != "" && (q == nil || q.Position != 0 || q.Text.Text != part.Text.Text) {
				t.Fatalf("a quote of part %d means %d, %+v", i, at, q)
			}
		}
		if at, _ := joined.Answered(nil); at != n-1 {
			t.Fatalf("a reply without a quote means part %d of %d", at, n)
		}
		if f := joined.Forgotten(); f.Known() {
			t.Fatal("what is forgotten is known")
		} else if from, to := f.Span(n - 1); whole.Slice(from, to).Text != texts[n-1].Text {
			t.Fatal("what is forgotten does not stand where it did")
		}
		st := apart(head, send, "")
		all := append(slices.Clone(st.Before), withEffect(head, st.Effect))
		for i, j := range all {
			one := j.Effect.(*Send)
			if len(one.Parts) != 1 || one.Joined || !reflect.DeepEqual(one.Parts[0], send.Parts[i]) || Joins(&all[0], &j) {
				t.Fatalf("part %d goes alone as %+v", i, one)
			}
		}
	})
}

// sameText compares texts without regard to the order of their entities.
func sameText(a, b tenants.Text) bool {
	if a.Text != b.Text || len(a.Entities) != len(b.Entities) {
		return false
	}
	for _, e := range a.Entities {
		if !slices.Contains(b.Entities, e) {
			return false
		}
	}
	return true
}

// TestEditChangesItsPart: another text of one part leaves all others as they were,
// and one that is taken out leaves the author's line.
func TestEditChangesItsPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var jobs []*Job
		for i := range rapid.IntRange(2, 10).Draw(t, "jobs") {
			jobs = append(jobs, textJob(i+1, someText(t, 30), MergeNext))
		}
		line := tenants.Bold("Ann").Append(tenants.Plain("\n"))
		first := &jobs[0].Effect.(*Send).Parts[0]
		first.Head, first.Content.Text = line.Len(), line.Append(first.Content.Text)
		head, _ := joinAll(jobs)
		was := JoinedOf(head.Effect.(*Send))
		at := rapid.IntRange(0, len(was.Parts)-1).Draw(t, "part")
		text := someText(t, 5000)
		is, ok := was.With(was.Parts[at].Of, Part{Content: tenants.Content{Kind: tenants.KindText, Text: line.Append(text)}, Head: line.Len()})
		if ok != is.Fits() {
			t.Fatalf("it fits: %v, told: %v", is.Fits(), ok)
		}
		for i := range is.Parts {
			want := was.Parts[i]
			if i == at {
				want.Text, want.Length = text, text.Len()
			}
			if !sameText(is.Parts[i].Text, want.Text) || is.Parts[i].Length != want.Length || is.Parts[i].Of != want.Of {
				t.Fatalf("part %d of an edit of %d is %+v, not %+v", i, at, is.Parts[i], want)
			}
		}
		less := was.Without(was.Parts[at].Of)
		if len(less.Parts) != len(was.Parts)-1 || less.Index(was.Parts[at].Of) >= 0 || !strings.HasPrefix(less.Content().Text.Text, "Ann\n") {
			t.Fatalf("without part %d it is %+v", at, less)
		}
	})
}

// TestJoins: what speaks against going in one message.
func TestJoins(t *testing.T) {
	entity := func(kind string) tenants.Text {
		return tenants.Text{Text: "words", Entities: []tenants.Entity{{Kind: kind, Length: 5}}}
	}
	tests := map[string]struct {
		change func(a, b *Job, first, second *Send)
		want   bool
	}{
		"texts":               {func(a, b *Job, first, second *Send) {}, true},
		"the first is joined": {func(a, b *Job, first, second *Send) { first.Joined, first.Way = true, Write }, true},
		"bold":                {func(a, b *Job, first, second *Send) { second.Parts[0].Content.Text = entity("bold") }, true},
		"a link without a preview": {func(a, b *Job, first, second *Send) {
			second.Parts[0].Content.Text = entity("url")
			second.Parts[0].Content.NoPreview = true
		}, true},
		"somebody spoke between":  {func(a, b *Job, first, second *Send) { second.Merge = MergeFirst }, false},
		"the first stays alone":   {func(a, b *Job, first, second *Send) { first.Merge = MergeNot }, false},
		"a link with its preview": {func(a, b *Job, first, second *Send) { first.Parts[0].Content.Text = entity("text_link") }, false},
		"a block of code":         {func(a, b *Job, first, second *Send) { second.Parts[0].Content.Text = entity("pre") }, false},
		"a quote":                 {func(a, b *Job, first, second *Send) { second.Parts[0].Content.Text = entity("blockquote") }, false},
		"a custom emoji":          {func(a, b *Job, first, second *Send) { first.Parts[0].Content.Text = entity("custom_emoji") }, false},
		"a mention of a person":   {func(a, b *Job, first, second *Send) { first.Parts[0].Content.Text = entity("text_mention") }, false},
		"a long one": {func(a, b *Job, first, second *Send) {
			first.Parts[0].Content.Text = tenants.Plain(strings.Repeat("x", 1001))
		}, false},
		"a reply":             {func(a, b *Job, first, second *Send) { first.Reply.Of = a.Source }, false},
		"another kind":        {func(a, b *Job, first, second *Send) { second.Parts[0].Content.Kind = tenants.KindPhoto }, false},
		"a forward":           {func(a, b *Job, first, second *Send) { second.Way = Forward }, false},
		"it may have arrived": {func(a, b *Job, first, second *Send) { first.Doubt = true }, false},
		"a line in its place": {func(a, b *Job, first, second *Send) { first.Note = true }, false},
		"it was in the room":  {func(a, b *Job, first, second *Send) { first.Room = 7 }, false},
		"half of the budget":  {func(a, b *Job, first, second *Send) { second.Half = true }, false},
		"another login":       {func(a, b *Job, first, second *Send) { b.Connection = 2 }, false},
		"another group":       {func(a, b *Job, first, second *Send) { b.Chat = 2 }, false},
		"ours":                {func(a, b *Job, first, second *Send) { b.Origin = OfRelay }, false},
		"no send":             {func(a, b *Job, first, second *Send) { b.Effect = &Edit{} }, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, b := textJob(1, tenants.Plain("one"), MergeFirst), textJob(2, tenants.Plain("two"), MergeNext)
			test.change(a, b, a.Effect.(*Send), b.Effect.(*Send))
			if got := Joins(a, b); got != test.want {
				t.Errorf("joins: %v", got)
			}
		})
	}
}

// TestAnswered: which part a quote means, and what is quoted at the client.
func TestAnswered(t *testing.T) {
	head, _ := joinAll([]*Job{
		textJob(1, tenants.Plain("one 😀"), MergeFirst), textJob(2, tenants.Plain("two"), MergeNext), textJob(3, tenants.Plain("three"), MergeNext),
	})
	j := JoinedOf(head.Effect.(*Send)) // • one 😀⏎• two⏎• three
	tests := map[string]struct {
		words string
		at    int
		part  int
		want  string // "" = nothing is quoted
		to    int
	}{
		"inside":                  {"wo", 12, 1, "wo", 1},
		"behind a pair":           {"😀", 6, 0, "😀", 4},
		"over an end":             {"wo\n• thr", 12, 1, "wo", 1},
		"from the bullet on":      {"• two", 9, 1, "two", 0},
		"only a bullet":           {"•", 9, 1, "", 0},
		"from the line's end":     {"\n• two", 8, 0, "", 0},
		"the position is not so":  {"three", 3, 2, "three", 0},
		"words that are not here": {"four", 17, 2, "four", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			part, cut := j.Answered(&tenants.Quote{Text: tenants.Plain(test.words), Position: test.at})
			got := ""
			if cut != nil {
				got = cut.Text.Text
			}
			if part != test.part || got != test.want || cut != nil && cut.Position != test.to {
				t.Errorf("part %d, quote %+v", part, cut)
			}
		})
	}
}

// TestJoinedOfUnknownNumber: a joined message that arrived, nobody knows as which, is
// there with all of its parts.
func TestJoinedOfUnknownNumber(t *testing.T) {
	head, _ := joinAll([]*Job{textJob(1, tenants.Plain("one"), MergeFirst), textJob(2, tenants.Plain("two"), MergeNext)})
	st := SettleTopic(Topic{Dialog: 1, Thread: 5}, *head, 1, tenants.Outcome{Kind: tenants.Done, Made: []tenants.MessageID{0}}, Facts{})
	if st.Verdict != Retire || len(st.Decision.Jobs) != 0 {
		t.Errorf("%+v", st)
	}
}
