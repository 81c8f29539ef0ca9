package botapi

import (
	"encoding/json"
	"slices"

	"github.com/mymmrac/telego"

	"topicdesk/tenants"
)

// rare is content of a kind, or a service message, of which only is told which
// it is. A part that nobody knows is tenants.KindOther: Telegram is younger than
// this program.
func rare(m *telego.Message, raw []byte, unread []string) tenants.Content {
	out := tenants.Content{
		Kind: tenants.KindOther, Text: text(m.Caption, m.CaptionEntities),
		CaptionAbove: m.ShowCaptionAboveMedia, Spoiler: m.HasMediaSpoiler,
	}
	var parts map[string]json.RawMessage
	if json.Unmarshal(raw, &parts) != nil {
		return out
	}
	keys := append(unread, sortedKeys(parts)...)
	for _, key := range keys {
		if slices.Contains(tenants.Kinds, tenants.Kind(key)) {
			out.Kind, out.Inside = tenants.Kind(key), shownWords(parts[key])
			return out
		}
	}
	for _, key := range keys {
		if slices.Contains(tenants.Services, tenants.Service(key)) {
			return tenants.Content{Kind: tenants.KindService, Service: tenants.Service(key)}
		}
	}
	for _, key := range keys {
		if !slices.Contains(metadata, key) {
			out.Name, out.Inside = key, shownWords(parts[key])
			return out
		}
	}
	return out
}

// wordy are the names under which objects of the Bot API hold what people read.
var wordy = []string{
	"title", "text", "description", "caption", "button_text", "data", "url", "prize_description", "additional_text", "first_name",
	"last_name", "username", "phone_number",
}

// shownWords are the words that people see in an object, in the order of their
// places.
func shownWords(raw json.RawMessage) []string {
	var in any
	if json.Unmarshal(raw, &in) != nil {
		return nil
	}
	return collect(nil, in)
}

func collect(words []string, in any) []string {
	switch in := in.(type) {
	case map[string]any:
		for _, key := range sortedKeys(in) {
			if !slices.Contains(wordy, key) {
				words = collect(words, in[key])
			} else if s := flat(in[key]); s != "" {
				words = append(words, s)
			}
		}
	case []any:
		for _, item := range in {
			words = collect(words, item)
		}
	}
	return words
}

// flat is a text without its formatting: a string, an object with one inside, or
// a row of both (Bot API RichText).
func flat(in any) (words string) {
	switch in := in.(type) {
	case string:
		return in
	case map[string]any:
		return flat(in["text"])
	case []any:
		for _, item := range in {
			words += flat(item)
		}
	}
	return words
}
