package tenants_test

import (
	"testing"
	"time"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

// TestVoice: times, spans and numbers as people of each language read them.
func TestVoice(t *testing.T) {
	at := time.Date(2026, 3, 5, 22, 7, 0, 0, time.UTC)
	berlin := time.FixedZone("CET", 3600)
	text := func(l say.Language, z *time.Location, k say.Key, v say.Values) string {
		return tenants.Voice{Language: l, Zone: z}.Text(k, v).Text
	}
	for name, got := range map[string][2]string{
		"a day":          {text("", nil, say.HeldOne, say.Values{"first": at}), "1 message waited for a choice. It came on 5 March 22:07 UTC."},
		"in a zone":      {text(say.German, berlin, say.HeldOne, say.Values{"first": at}), "1 Nachricht hat auf eine Wahl gewartet. Sie kam am 5. März 23:07 CET."},
		"a clock":        {text(say.Spanish, nil, say.DroppedAlbum, say.Values{"at": tenants.Clock(at)}), "⚠️ Aquí falta un álbum del cliente (22:07 UTC): el anfitrión de este servicio lo sacó de la cola."},
		"a year":         {tenants.Voice{Language: say.Russian}.Moment(at).Text, "5 марта 2026 22:07 UTC"},
		"a span":         {tenants.Voice{Language: say.Russian}.Span(90 * time.Minute), "1 ч 30 мин"},
		"exactly":        {tenants.Voice{Language: say.Italian}.Exact(61 * time.Second), "1 min 1 s"},
		"about":          {tenants.Voice{Language: say.German}.About(5 * time.Second), "wenigen Sekunden"},
		"a number":       {tenants.Voice{Language: say.German}.Number(1234567), "1.234.567"},
		"a small number": {tenants.Voice{}.Number(999), "999"},
		"plural of 2":    {tenants.Voice{Language: say.Russian}.Say(say.MessagesWithheld, say.Values{"n": 2}), "Ваш фильтр задержал 2 сообщения."},
		"plural of 5":    {tenants.Voice{Language: say.Russian}.Say(say.MessagesWithheld, say.Values{"n": 5}), "Ваш фильтр задержал 5 сообщений."},
		"plural of 21":   {tenants.Voice{Language: say.Russian}.Say(say.MessagesWithheld, say.Values{"n": 21}), "Ваш фильтр задержал 21 сообщение."},
		"no placeholder": {tenants.Voice{}.Text(say.ClientReacted, say.Values{"emoji": "\uf8ffat\uf8ff"}).Text, "The client reacted with at"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %q, want %q", name, got[0], got[1])
		}
	}
}

// TestVoiceEntities: moments and texts keep their formatting, where they stand.
func TestVoiceEntities(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	text := tenants.Voice{}.Text(say.HeldMore, say.Values{"n": 2, "first": at, "last": tenants.Bold("🌊 now")})
	if len(text.Entities) != 2 {
		t.Fatalf("%+v", text)
	}
	moment, bold := text.Entities[0], text.Entities[1]
	if moment.Kind != "date_time" || moment.UnixTime != at.Unix() || text.Slice(moment.Offset, moment.Offset+moment.Length).Text != "14 November 22:13 UTC" {
		t.Errorf("%+v", moment)
	}
	if bold.Kind != "bold" || text.Slice(bold.Offset, bold.Offset+bold.Length).Text != "🌊 now" {
		t.Errorf("%+v", bold)
	}
}

// TestNear: a moment of today needs no day, in the zone of the voice.
func TestNear(t *testing.T) {
	v := tenants.Voice{Zone: time.FixedZone("", 3600)}
	noon := time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
	if _, clock := v.Near(noon, noon.Add(10*time.Hour)).(tenants.Clock); !clock {
		t.Error("the same day has its name")
	}
	if _, clock := v.Near(noon, noon.Add(11*time.Hour)).(tenants.Clock); clock {
		t.Error("another day has no name")
	}
}
