package dialog

import (
	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// voice is how the relay speaks in the group.
func (d *draft) voice() tenants.Voice { return d.f.Settings.Voice() }

// words are a text in the group's language.
func (f Facts) words(k say.Key, values ...say.Values) string {
	return f.Settings.Voice().Say(k, values...)
}

func (d *draft) words(k say.Key, values ...say.Values) string { return d.f.words(k, values...) }

func (p *post) words(k say.Key, values ...say.Values) string { return p.f.words(k, values...) }

// why is a text with a reason in it.
func (d *draft) why(k say.Key, reason string) string { return d.words(k, say.Values{"why": reason}) }

// clientVoice is how the client is spoken to: in private in their own language, if
// the relay speaks it.
func (d *draft) clientVoice() tenants.Voice {
	if d.s.Chat.Kind == tenants.Private {
		return d.f.Settings.VoiceFor(d.s.Client)
	}
	return d.voice()
}
