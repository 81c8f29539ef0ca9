package store

import (
	"encoding/json"
	"fmt"

	"topicdesk/tenants"
	"topicdesk/tenants/dialog"
)

// Names of effects on disk; the schema's CHECK lists the same.
const (
	effectSend        = "send"
	effectOpen        = "open"
	effectRename      = "rename"
	effectSetOpen     = "set_open"
	effectEdit        = "edit"
	effectReact       = "react"
	effectDelete      = "delete"
	effectAnswerPress = "answer_press"
)

// effectName is an effect's name on disk.
func effectName(effect dialog.Effect) string {
	switch effect.(type) {
	case *dialog.Send:
		return effectSend
	case *dialog.Open:
		return effectOpen
	case *dialog.Rename:
		return effectRename
	case *dialog.SetOpen:
		return effectSetOpen
	case *dialog.Edit:
		return effectEdit
	case *dialog.React:
		return effectReact
	case *dialog.Delete:
		return effectDelete
	case *dialog.AnswerPress:
		return effectAnswerPress
	default:
		panic(fmt.Sprintf("store: unknown effect %T", effect))
	}
}

// decodeEffect is the way back. A name that this program does not know can
// only come from a newer schema, which is refused at opening.
func decodeEffect(name, body string) (dialog.Effect, error) {
	effect := emptyEffect(name)
	if err := json.Unmarshal([]byte(body), effect); err != nil {
		return nil, fmt.Errorf("effect %s: %w", name, err)
	}
	return effect, nil
}

func emptyEffect(name string) dialog.Effect {
	switch name {
	case effectSend:
		return &dialog.Send{}
	case effectOpen:
		return &dialog.Open{}
	case effectRename:
		return &dialog.Rename{}
	case effectSetOpen:
		return &dialog.SetOpen{}
	case effectEdit:
		return &dialog.Edit{}
	case effectReact:
		return &dialog.React{}
	case effectDelete:
		return &dialog.Delete{}
	case effectAnswerPress:
		return &dialog.AnswerPress{}
	default:
		panic("store: unknown effect " + name)
	}
}

// album is the album that an effect belongs to, "" = none.
func album(effect dialog.Effect) string {
	if send, ok := effect.(*dialog.Send); ok {
		return send.Album
	}
	return ""
}

// touched lists the messages by which a job with this effect is found: those
// that it carries, edits or reacts to.
func touched(effect dialog.Effect) []tenants.MessageRef {
	switch e := effect.(type) {
	case *dialog.Send:
		var refs []tenants.MessageRef
		for _, part := range e.Parts {
			if !part.Source.IsZero() {
				refs = append(refs, part.Source)
			}
		}
		return refs
	case *dialog.Edit:
		return []tenants.MessageRef{e.Of}
	case *dialog.React:
		return []tenants.MessageRef{e.Message}
	case *dialog.Delete:
		return e.Of
	case *dialog.Open, *dialog.Rename, *dialog.SetOpen, *dialog.AnswerPress:
		return nil
	default:
		panic(fmt.Sprintf("store: unknown effect %T", effect))
	}
}

// toJSON encodes a value of package dialog or tenants; they hold nothing that
// JSON refuses.
func toJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("store: %T as JSON: %v", v, err))
	}
	return string(text)
}

// list is toJSON for a list, where nil means empty.
func list[T any](items []T) string {
	if len(items) == 0 {
		return "[]"
	}
	return toJSON(items)
}
