package telegram

import (
	"slices"
	"strings"
)

// anywhere stands for the chats to which an inline result may go: a keyboard
// can't hold what only private chats take.
var anywhere = &chat{kind: supergroup}

// checkResult is what TDLib says about one result.
func (c *call) checkResult(r *inlineResult) *problem {
	if bad := r.unallowed(); bad != nil {
		return bad
	}
	if bad := r.keys.suits(anywhere, true); bad != nil {
		return bad
	}
	if r.content != nil {
		if bad := r.content.inlineFault(); bad != nil {
			return bad
		}
	}
	if r.media == "" || r.remote() {
		return nil
	}
	var bad *problem
	r.stored, bad = c.resolve(fileSource{kind: r.media, ref: r.ref})
	return bad
}

// remote says whether the result's file is named by a URL.
func (r *inlineResult) remote() bool { return strings.Contains(r.ref, ".") }

// unallowed is what TDLib refuses about the result's own kind.
func (r *inlineResult) unallowed() *problem {
	of := func(types ...string) bool {
		return slices.ContainsFunc(types, func(t string) bool { return strings.HasPrefix(r.mime, t) })
	}
	switch {
	case r.kind == "contact" && r.description == "":
		return fail(resultPhone)
	case r.kind == "contact" && r.given.Title == "":
		return fail(resultFirstName)
	case r.kind == "document" && r.remote() && !of("application/pdf", "application/zip"):
		return fail(resultDocument)
	case r.kind == "video" && r.remote() && !of("video/mp4", "text/html"):
		return fail(resultVideo)
	case r.kind == "sticker" && r.remote():
		return fail(resultSticker)
	default:
		return nil
	}
}

// inlineFault is what TDLib says about content that stands in a result; a
// text's length it leaves to Telegram's servers.
func (c *Content) inlineFault() *problem {
	switch {
	case c.Kind != KindText, c.late != nil:
		return c.fault(anywhere)
	case blank(c.Text):
		return fail(textBlank)
	default:
		return nil
	}
}

// refused is what Telegram's servers say about an answer.
func (a *inlineAnswer) refused() *problem {
	switch {
	case len(a.nextOffset) > maxNextOffset:
		return fail(nextOffsetLong)
	case a.button != nil && a.button.Text == "":
		return fail(switchTextEmpty)
	}
	ids := map[string]bool{}
	for i := range a.results {
		r := &a.results[i]
		if ids[r.id] {
			return fail(resultIDTwice)
		}
		ids[r.id] = true
		if bad := r.refused(); bad != nil {
			return bad
		}
	}
	return nil
}

// refused is what Telegram's servers say about one result.
func (r *inlineResult) refused() *problem {
	switch {
	case r.id == "":
		return fail(resultIDEmpty)
	case len(r.id) > maxResultID:
		return fail(resultIDLong)
	case r.kind == "photo" && r.remote() && r.thumb == "":
		return fail(photoThumb)
	}
	titles := map[string]Situation{"article": articleTitle, "video": videoTitle, "document": documentTitle, "audio": audioTitle}
	if s := titles[r.kind]; s != "" && r.title == "" && r.stored == nil {
		return fail(s)
	}
	if bad := r.keys.pressable(anywhere); bad != nil {
		return bad
	}
	if r.content != nil {
		return checkEditLength(*r.content)
	}
	if characters(r.caption.Text) > maxCaption {
		return fail(editCaptionLong)
	}
	return nil
}

// chosenContent is what a chosen result sends. What is named by a URL is
// fetched only now.
func (w *World) chosenContent(r *inlineResult) (Content, *problem) {
	if r.content != nil {
		return *r.content, nil
	}
	f := r.stored
	if f == nil {
		var bad *problem
		if f, bad = w.fetch(r.media, r.ref); bad != nil {
			return Content{}, bad
		}
		f = w.described(f, r.given)
	}
	out := r.caption
	out.Kind, out.File = f.Kind, f
	return out.fit(), nil
}

// described is a fetched file with what the bot said about it.
func (w *World) described(f *File, said File) *File {
	next := *f
	next.Title, next.Performer = said.Title, said.Performer
	for _, n := range []struct{ to, from *int }{
		{&next.Width, &said.Width}, {&next.Height, &said.Height}, {&next.Duration, &said.Duration},
	} {
		if *n.from > 0 {
			*n.to = *n.from
		}
	}
	return w.NewFile(next)
}

// shown is the result as people see it in the list.
func (r *inlineResult) shown() InlineResult {
	out := InlineResult{
		ID: r.id, Type: r.kind, Title: r.title, Description: r.description, URL: r.url, Thumbnail: r.thumb,
		Kind: r.media, Text: r.caption.Text,
	}
	if r.stored != nil {
		out.FileID, out.Kind = fileRef{file: r.stored}.uniqueID(), r.stored.Kind
	}
	if r.content != nil {
		out.Kind, out.Text = r.content.Kind, r.content.Text
	}
	return out
}
