package privacy

import (
	"slices"
	"strings"

	"topicdesk/tenants"
)

// entitySpans are the pieces of text that are to be replaced for what Telegram
// says they are, whatever their words.
func (r *Redactor) entitySpans(t tenants.Text) []span {
	var found []span
	for _, e := range t.Entities {
		instead := r.insteadOf(e)
		if instead == "" {
			continue
		}
		piece := t.Slice(e.Offset, e.Offset+e.Length).Text
		if piece == "" || piece == instead {
			continue
		}
		from := len(t.Slice(0, e.Offset).Text)
		found = append(found, span{from, from + len(piece), instead})
	}
	return found
}

// insteadOf is what an entity's words are replaced by; "" = they stay.
func (r *Redactor) insteadOf(e tenants.Entity) string {
	hide := r.known.Hide
	switch e.Kind {
	case "mention", "email", "phone_number":
		if hide.Link {
			return Removed
		}
	case "text_mention":
		switch {
		case hide.Link:
			return Removed
		case hide.Name:
			return r.name(person(e.User))
		}
	case "text_link":
		if hide.Link && r.leads(e.URL) {
			return Removed
		}
	}
	return ""
}

// entities are those that may stay: none that leads to somebody unseen. changed
// tells that some went or lost a hidden field.
func (r *Redactor) entities(t tenants.Text) (kept []tenants.Entity, changed bool) {
	kept = make([]tenants.Entity, 0, len(t.Entities))
	for _, e := range t.Entities {
		switch {
		case e.Kind == "text_mention" && (r.known.Hide.Name || r.known.Hide.Link):
			changed = true
			continue
		case e.URL != "" && r.leads(e.URL):
			changed = true
			continue
		case r.tells(e.Language) || r.tells(e.Format):
			changed = true
			e.Language, e.Format = "", ""
		}
		kept = append(kept, e)
	}
	if !changed {
		return t.Entities, false
	}
	return slices.Clip(kept), true
}

// leads tells whether the target of a link is hidden.
func (r *Redactor) leads(target string) bool {
	scheme, _, _ := strings.Cut(strings.ToLower(target), ":")
	if r.known.Hide.Link && (scheme == "mailto" || scheme == "tel" || scheme == "tg") {
		return true
	}
	return r.tells(target) || r.tells(unquote(target))
}
