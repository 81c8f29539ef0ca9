package dialog

import (
	"fmt"

	"topicdesk/tenants"
)

// fullSteps are the hundredths of a group's capacity at which it is told.
var fullSteps = []int{95, 90, 80}

// Fullness is the step that a group has reached whose highest message has this
// id; 0 = none.
func Fullness(highest tenants.MessageID) int {
	for _, step := range fullSteps {
		if highest >= tenants.GroupCapacity/100*tenants.MessageID(step) {
			return step
		}
	}
	return 0
}

// FullNote tells that a group fills up. further: new topics are made in another
// group already.
func FullNote(step int, bot string, further bool) tenants.Text {
	words := fmt.Sprintf("⚠️ This group has used up %d%% of its %s messages. ", step, thousands(int(tenants.GroupCapacity))) +
		"Beyond that Telegram hides old topics from bots, though you still see them. "
	if further {
		words += "New clients have their topics in another group already, and a dialog whose topic is lost here gets a new one there."
	} else {
		words += "Make a second group in time: switch on its topics, add @" + bot + " as administrator with Manage Topics and Delete Messages, " +
			"and send /bind with the code there. From then on new clients get their topics there; dialogs that have one here keep it."
	}
	return tenants.Plain(words)
}

// thousands writes a number as people read it.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
