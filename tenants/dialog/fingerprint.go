package dialog

import (
	"encoding/json"
	"hash/fnv"

	"topicdesk/tenants"
)

// fingerprint stands for all of a message's content that people see, never 0:
// Telegram tells of edits also where nothing of it changed, because of reactions,
// votes and previews (TDLib source: every updateEditMessage is told). Files are
// known by their unique id, because the other one changes.
func fingerprint(c tenants.Content) int64 {
	for _, file := range []**tenants.File{&c.File, &c.Motion} {
		if *file != nil {
			*file = &tenants.File{UniqueID: (*file).UniqueID}
		}
	}
	if c.Poll != nil {
		poll := *c.Poll
		poll.Votes, poll.Voters = nil, 0
		c.Poll = &poll
	}
	text, err := json.Marshal(c)
	if err != nil {
		panic("dialog: content as JSON: " + err.Error())
	}
	sum := fnv.New64a()
	sum.Write(text)
	if n := int64(sum.Sum64()); n != 0 {
		return n
	}
	return 1
}

// unchanged tells that the new version of a message is the one that was decided
// last.
func (d *draft) unchanged(m *tenants.Message) bool { return d.f.Known == fingerprint(m.Content) }
