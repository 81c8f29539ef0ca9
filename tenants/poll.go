package tenants

import "time"

// Poll is a question with its options, as an update shows it. Whether voters may
// add options, whether these are shuffled and the results hidden, is told to
// nobody (Bot API Poll).
type Poll struct {
	ID          string   `json:"id,omitempty"`
	Question    string   `json:"question"`
	Description Text     `json:"description,omitzero"`
	Options     []string `json:"options"`

	Public     bool `json:"public,omitempty"` // votes are not anonymous
	Multiple   bool `json:"multiple,omitempty"`
	NoRevoting bool `json:"no_revoting,omitempty"`
	Closed     bool `json:"closed,omitempty"`

	Quiz bool `json:"quiz,omitempty"`
	// Correct are the right options of a quiz, counted from 0. A bot is told only
	// those of its own quizzes and of closed ones (Bot API Poll).
	Correct     []int `json:"correct,omitempty"`
	Explanation Text  `json:"explanation,omitzero"`

	Period   int       `json:"period,omitempty"` // seconds that it is open; 0 = not told
	Closes   time.Time `json:"closes,omitzero"`  // when it closes by itself
	Pictures bool      `json:"pictures,omitempty"`

	Votes  []int `json:"votes,omitempty"` // of each option
	Voters int   `json:"voters,omitempty"`
}
