package dialog

import (
	"topicdesk/tenants"
	"topicdesk/tenants/say"
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
func FullNote(step int, bot string, further bool, v tenants.Voice) tenants.Text {
	words := v.Say(say.Full, say.Values{"percent": step, "capacity": v.Number(int(tenants.GroupCapacity))})
	if further {
		return tenants.Plain(words + " " + v.Say(say.FullFurther))
	}
	return tenants.Plain(words + " " + v.Say(say.FullSecond, say.Values{"bot": bot}))
}
