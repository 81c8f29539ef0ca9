// Package calls makes a job into the call that is made at Telegram: of a try whose topic
// and twins have been looked up. It is pure, and knows nothing of the tenant whose job it
// is: what a call says was decided in package dialog, where it goes is in the try.
//
// Invariants: what was decided to be written is written from the job's own words, never
// copied from where they may have changed; a helper, which is not in the client's chat,
// copies nothing.
package calls

import (
	"fmt"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
	"topicdesk/tenants/store"
)

// Of makes the call of a try whose Why is Clear.
func Of(try *store.Try) telegram.Call {
	row := try.Row
	switch e := row.Job.Effect.(type) {
	case *dialog.Send:
		return sendCall(try, e)
	case *dialog.Open:
		return telegram.OpenTopic{Chat: row.Job.Chat, Title: try.Title, Color: e.Color}
	case *dialog.Rename:
		return telegram.RenameTopic{Chat: row.Job.Chat, Thread: try.Thread, Title: try.Title}
	case *dialog.SetOpen:
		return telegram.SetTopicOpen{Chat: row.Job.Chat, Thread: try.Thread, Open: e.Open}
	case *dialog.Edit:
		return telegram.EditContent{
			Message: tenants.MessageRef{Chat: row.Job.Chat, ID: try.TwinOf},
			Content: editedContent(try, e), Buttons: Buttons(e.New.Buttons),
		}
	case *dialog.React:
		return telegram.SetReaction{Message: e.Message, Emoji: e.Emoji, Custom: e.Custom}
	case *dialog.Delete:
		return deleteCall(row.Job.Chat, e)
	case *dialog.AnswerPress:
		return telegram.AnswerPress{Chat: row.Job.Chat, Query: e.Query, Text: e.Text}
	default:
		panic(fmt.Sprintf("calls: unknown effect %T", e))
	}
}

func sendCall(try *store.Try, e *dialog.Send) telegram.Call {
	to := telegram.To{
		Chat: try.Row.Job.Chat, Thread: try.Thread, ReplyTo: try.ReplyTo, Silent: e.Silent, Buttons: Buttons(e.Buttons),
		Reads: e.Reads != nil,
	}
	if try.Row.Job.Lane.Side == dialog.ToClient {
		to.Thread = e.Thread
	}
	if try.ReplyTo != 0 {
		to.Quote = try.Quote
	}
	if try.TwinOf != 0 { // of a poll it is told already how it stands
		return telegram.EditContent{
			Message: tenants.MessageRef{Chat: to.Chat, ID: try.TwinOf}, Content: e.Parts[0].Content, Buttons: to.Buttons,
		}
	}
	switch e.Way {
	case dialog.Copy:
		if try.Row.TriedBy != 0 {
			return writeCall(to, e) // a helper is not in the client's chat: it has nothing to copy
		}
		return copyCall(to, e)
	case dialog.Forward:
		return forwardCall(to, e)
	case dialog.Write:
		return writeCall(to, e)
	default:
		panic("calls: unknown way " + string(e.Way))
	}
}

func copyCall(to telegram.To, e *dialog.Send) telegram.Call {
	if len(e.Parts) == 1 {
		return telegram.CopyMessage{To: to, From: e.Parts[0].Origin()}
	}
	return telegram.CopyAlbum{To: to, From: sources(e)}
}

func forwardCall(to telegram.To, e *dialog.Send) telegram.Call {
	if len(e.Parts) == 1 {
		return telegram.ForwardMessage{To: to, From: e.Parts[0].Origin()}
	}
	return telegram.ForwardAlbum{To: to, From: sources(e)}
}

func writeCall(to telegram.To, e *dialog.Send) telegram.Call {
	if e.Joined {
		return telegram.SendContent{To: to, Content: dialog.JoinedOf(e).Content()}
	}
	if len(e.Parts) == 1 {
		return telegram.SendContent{To: to, Content: e.Parts[0].Content}
	}
	album := telegram.SendAlbum{To: to}
	for _, p := range e.Parts {
		album.Contents = append(album.Contents, p.Content)
	}
	return album
}

// editedContent is what an edited message shows: of a joined one its other parts too.
func editedContent(try *store.Try, e *dialog.Edit) tenants.Content {
	if try.Whole != nil {
		return *try.Whole
	}
	return e.New.Parts[0].Content
}

func deleteCall(chat tenants.ChatID, e *dialog.Delete) telegram.Call {
	if len(e.Of) > 0 {
		return telegram.DeleteMessages{Chat: chat, Messages: e.Twins}
	}
	return telegram.DeleteMessages{Chat: e.Message.Chat, Messages: append([]tenants.MessageID{e.Message.ID}, e.Beside...)}
}

func sources(e *dialog.Send) (refs []tenants.MessageRef) {
	for _, p := range e.Parts {
		refs = append(refs, p.Origin())
	}
	return refs
}

// Buttons are those under a message, as Telegram is given them.
func Buttons(in []dialog.Button) []telegram.Button {
	var out []telegram.Button
	for _, b := range in {
		out = append(out, telegram.Button{Text: b.Text, Data: b.Data, URL: b.URL})
	}
	return out
}
