package privacy

import (
	"strings"

	"topicdesk/tenants"
)

// everyday are words that are also names: a name of this one word alone is not
// looked for in small letters. English, Russian, Spanish, German, Italian.
var everyday = set(`
	angel april art august auto banks baker bill bishop black blue bond brown bush candy case chance chase chat
	chip cook dale day dean don doctor drew fair faith file fisher forest fox gene gift glen grace grant gray
	green guest guy hall happy harmony hazel hill home hope hunter iris ivy jay jewel joker joy june king lake
	lane late lily long love lucky mark mason max may melody miles miller mini nick office olive one page paris
	park pat patience pearl penny pierce power price prince ray red reed rich river rob robin rock rod rose ruby
	sale sales sandy shop sky smith sort star stone story sue summer sun sunny taylor test the top victory video
	violet walker wall ward white will winter wood you young
	бог вера воля город дар день дом друг жизнь заря звезда клиент лето любовь мир надежда не ника новый один
	роза роман россия рада слава солнце счастье тест чат я ты он она
	alba amparo cruz dolores estrella flor gracia leon luna luz mar mercedes nieves paz perla pilar reyes rosa
	santos sol soledad vida
	gross herr klein koch kaiser lang roth schwarz sommer stark weiss wolf wunder
	bella fiore gioia grazia luce mare prima serena stella viola
`)

// ours are words that the relay's own notes are made of: no call is refused for
// one of them, and as a name of one word it is as an everyday one.
var ours = set(`
	admin album animation answer audio bot chat client close closed command contact delivered dialog document edited
	error file forwarded game general gift group hidden hold info internal joined left link late location manager
	message messages minutes missing new not note operator photo pinned poll queue sale sent service sticker story
	support team telegram the title topic user venue video voice wait welcome will
	админ альбом аудиофайл бот видео голосовое группа группе группы диалог документ имя клиент клиента клиенту
	клиентов команда комната контакт кнопки менеджер ожидания опрос ответ ответа очередь очереди переслано
	поддержка подарок причина скрыто служба сообщение сообщения сообщений ссылка стикер тема темы теме темам
	тему файл фото фотография чат чата чате чату язык
	alias archivo archivos botones canal chat cliente clientes comando contacto cola diálogo diálogos documento
	editado encuesta enlace enviado equipo equipos espera foto grupo grupos idioma mensaje mensajes nota notas
	oculto operador regalo respuesta respuestas reenviado responsable responsables servicio soporte tema temas
	album antwort antworten bearbeitet befehl begrüßung benutzername betreiber bild datei dialog dialoge foto
	geschenk gruppe gruppen kanal kontakt kunde kunden link manager nachricht nachrichten notiz sprache standort
	team thema themen umfrage verborgen verbindung video warteschlange wartezimmer weitergeleitet zugestellt
	allegato argomenti argomento attesa canale chat cliente clienti coda comando contatto gruppi gruppo
	immagine inoltrato inviato lingua messaggi messaggio modificato nascosto nota operatore posizione pulsanti
	regalo responsabile responsabili risposta risposte sala servizio sondaggio supporto
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
