// Package say holds what the relay says, in every language that it speaks: a Key
// names a text, the files in texts hold it, and whoever knows the reader asks for
// it In their language.
//
// Each subject has one file of keys (labels.go) and one file of texts a language
// (texts/labels.en.yaml). In a text {{.name}} stands for a value. What depends on a
// number has plural forms, after the rules of the language, chosen by the value n:
//
//	label-deleted:
//	  one: "The label is gone from {{.n}} topic."
//	  other: "The label is gone from {{.n}} topics."
//
// Texts are plain: who wants bold or a link composes it around them. What people
// and Telegram's apps call things (Manage Topics) is said as those do.
//
// The same thing has the same name everywhere; operators are spoken to as friends (ru
// вы, es tú, de du and ihr, it tu), clients as strangers (ru вы, es usted, de Sie, it Lei):
//
//	en           ru                  es                  de              it
//	topic        тема                tema                Thema           argomento
//	label        метка               etiqueta            Label           etichetta
//	quick reply  быстрый ответ       respuesta rápida    Schnellantwort  risposta rapida
//	operator     оператор            operador            Operator        operatore
//	manager      менеджер            gestor              Manager         responsabile
//	group        группа              grupo               Gruppe          gruppo
//	client       клиент              cliente             Kunde           cliente
//	to relay     передавать          transmitir          übertragen      trasmettere
//	to take back отозвать            retirar             zurücknehmen    ritirare
//	inside       внутри              dentro              intern          interno
//	card         карточка            ficha               Karte           scheda
//	waiting room комната ожидания    sala de espera      Wartezimmer     sala d'attesa
//	setup bot    бот настройки       bot de              Setup-Bot       bot di
//	                                 configuración                       configurazione
//	host         владелец сервера    anfitrión           Betreiber       gestore del servizio
//
// Rights and menus are named as in Telegram's apps: Manage Topics, «Управление темами»,
// «Gestionar temas», „Themen verwalten“, «Gestire gli argomenti»; Delete Messages,
// «Удаление сообщений», «Eliminar mensajes», „Nachrichten löschen“, «Eliminare messaggi».
//
// It never decides what is said, and knows nothing of a tenant: the package is
// values only, and imports none of ours. A test finds keys without a text in some
// language, texts without a key, values that languages name differently, and keys
// that nobody uses.
package say
