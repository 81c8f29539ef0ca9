package dialog

import "topicdesk/tenants"

// follows tells a further part of an album of which the first one goes, or has
// gone: what an album is, its first part decides. Only a slash and a forbidden
// word count wherever they are.
func follows(m *tenants.Message, f Facts) bool {
	return m.Album != "" && (f.AlbumFate == FateWaiting || f.AlbumFate == FateSent)
}

func (d *draft) follows(m *tenants.Message) bool { return follows(m, d.f) }

// joins tells a further part of an album that still waits: it takes the album's
// place, behind the author line that is there already.
func (d *draft) joins(m *tenants.Message) bool {
	return m.Album != "" && d.f.AlbumFate == FateWaiting
}
