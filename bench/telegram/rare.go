package telegram

import "encoding/json"

// rareKinds are contents that people's apps and other bots send, and that are
// only carried here: nobody watches a story, plays a game or wins anything. word
// is TDLib's in "not enough rights to send … to the chat"; a bot copies only
// those of which the Bot API docs don't say otherwise (copyMessage).
var rareKinds = map[Kind]struct {
	word   string
	copied bool
}{
	KindStory:    {"stories", true},
	KindGame:     {"games", true},
	KindGiveaway: {"giveaways", false},
	KindWinners:  {"giveaway winners", false},
	KindInvoice:  {"invoice messages", false},
}

// rareObjects are the fields of Message that show them.
type rareObjects struct {
	Game     json.RawMessage `json:"game,omitempty"`
	Giveaway json.RawMessage `json:"giveaway,omitempty"`
	Winners  json.RawMessage `json:"giveaway_winners,omitempty"`
	Invoice  json.RawMessage `json:"invoice,omitempty"`
	Story    json.RawMessage `json:"story,omitempty"`
}

// rare shows content in the field of its kind.
func (c Content) rare() (o rareObjects) {
	switch c.Kind {
	case KindGame:
		o.Game = c.Rare
	case KindGiveaway:
		o.Giveaway = c.Rare
	case KindWinners:
		o.Winners = c.Rare
	case KindInvoice:
		o.Invoice = c.Rare
	case KindStory:
		o.Story = c.Rare
	}
	return o
}
