package privacy

import (
	"strings"

	"topicdesk/tenants"
)

// everyday are words that are also names, and words that the relay's own notes
// begin with: a name of this one word alone is not looked for in small letters,
// and no call is refused for it. English, Russian, Spanish, German, Italian.
var everyday = set(`
	admin angel april art august auto banks baker bill bishop black blue bob bond brown bush buck candy carol
	case chance chase chat chip chuck client closed contact cook dale day dean delivered dialog don doctor
	document drew edited faith fair fanny file fisher forwarded fox frank gene gift glen grace grant gray green
	group guest guy hall harmony hazel heather help hidden hill home hope hunter info iris ivy jack jay jean
	jewel john joker joy june king lake lane late lee lily long love manager major mark may mason max melody
	message messages miles mini miller nick new not note office olive one operator page paris park pat patience
	pearl penny photo pierce poll power price prince ray reed rich rob robin rock rod rose ruby sale sales sandy
	sent service shop sky smith sort star story stone sue summer sun sunny support taylor team test the top topic
	town user victor victory video violet virginia voice wade walker wall ward white will winter wood you young
	бог вера воля город дар день дом друг жизнь заря звезда клиент лев лето любовь майя мир надежда не ника новый
	один роза роман россия рада слава сергий солнце счастье тест чат я ты он она
	alba amparo angel blanca clara cruz dolores estrella flor gracia leon luna luz mar marina mercedes nieves
	paz perla pilar reyes rosa salvador santos sol soledad victoria vida
	ernst frank gross herr klein koch kaiser lang may roth schwarz sommer stark weiss wolf wunder
	aurora bella bianca bruno chiara dario felice fiore gioia grazia luce mare prima rosa serena stella vera viola
`)

// linking are the words between the others: no part of a title, and no part of
// a name in which they are small ("von", "der").
var linking = set(`
	the and for from with our your you all are not but who how what this that
	для или при под над без это как что кто все мы вы наш ваш
	del las los una uno con por para que
	der die das den dem des ein eine und von vom zum zur für mit auf
	della delle degli dei gli nel per con che van bin ibn
`)

func set(words string) map[string]bool {
	known := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		known[folded(tenants.Look(word))] = true
	}
	return known
}

func folded(glyphs []tenants.Glyph) string {
	runes := make([]rune, len(glyphs))
	for i, g := range glyphs {
		runes[i] = g.Fold
	}
	return string(runes)
}
