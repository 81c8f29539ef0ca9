package leaks

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"topicdesk/tenants"
)

// cast are those who may be in a chat: tiny names, namesakes, everyday words, other
// alphabets, signs inside.
var cast = [][3]string{
	{"Ivan", "Petrov", "ivan_p77"}, {"Will", "Smith", "wsmith_77"}, {"Анна", "Сёмина", "annasem"}, {"Żofia", "Łęcki", ""},
	{"Jean-Luc", "d'Arc", "jl_darc"}, {"José", "", "josecito"}, {"Ivan", "Kozlov", ""}, {"Ng", "Xu", ""}, {"Ab", "Ab Bo", ""},
	{"mia", "", "mia_writes"}, {"Olga", "O'Neil", "olga1990"}, {"Rose", "", ""}, {"Вера", "Ким", "verakim"}, {"Pe\u200bter", "Öz", ""},
	{"𝐁𝐨𝐛", "Marley", "bobm77"}, {"Max7", "Power", "max_power"}, {"Елена", "", "lenochka"}, {"Νίκος", "Παπάς", "nikosp"},
	{"", "Svensson", "svens_1"}, {"🌸 Sakura 🌸", "", "sakura_x"}, {"Anna Maria", "de Souza", "amsouza"}, {"IVAN", "PETROV", ""},
}

var titles = []string{"Acme Widgets", "Zürich Büro", "Рога Копыта", "Крипто Клуб", "ACME", "Petrov & Sons", "Bo-Bo 77"}

// hand writes what a client may write; all that it does follows from its random
// numbers.
type hand struct {
	*rand.Rand
	j    *judge
	here []tenants.Person // who may write, as they are called now
	// owned are numbers that the message under way tells to be of people of the chat.
	owned []string
}

func (h *hand) chance(one int) bool { return h.IntN(one) == 0 }

func pick[T any](h *hand, from []T) T { return from[h.IntN(len(from))] }

func (h *hand) person(id int) tenants.Person {
	who := pick(h, cast)
	return tenants.Person{ID: tenants.UserID(777000111 + id), First: who[0], Last: who[1], Username: who[2]}
}

// somebody is mostly known in the chat, under this name or an earlier one.
func (h *hand) somebody() tenants.Person {
	if len(h.j.people) == 0 || h.chance(4) {
		return pick(h, h.here)
	}
	return pick(h, h.j.people)
}

func tenantID(id tenants.UserID) string { return strconv.FormatInt(int64(id), 10) }

// fillers are words between, of which nothing is hidden.
var fillers = []string{
	"hello", "my name is", "I am", "will", "it's me:", "😀", "12345", "«", "a", "@", "/", ".", "https://example.com/?q=", "٣", "漢", "\u0301",
	"[hid", "[hidden]", "order 4711", "привет, я", "#", "$", "&amp;", "<b>", "\x00", "•", "— ", "file:", "\\", "'", "•\u2063",
}

// telling is one thing that the team must not see, as its owner may write it.
func (h *hand) telling() string {
	p := h.somebody()
	forms := []string{
		p.Name(), p.Name(), p.Last + " " + p.First, p.First, p.Last, strings.ToUpper(p.Name()), strings.ToLower(p.Name()),
		p.First + "\n" + p.Last, p.First + "..." + p.Last, p.First + "_" + p.Last, p.First + "\t" + p.Last, p.Last + ", " + p.First,
		"@" + p.Username, "https://t.me/" + p.Username, "t.me/" + p.Username, "telegram.me/" + p.Username, p.Username + ".t.me",
		"tg://user?id=" + tenantID(p.ID), "tg:resolve?domain=" + p.Username, "x." + p.First + "@mail.example", "T.ME/joinchat/AA",
		"tg://openmessage?user_id=" + tenantID(p.ID), tenantID(p.ID), p.Username, strings.ToUpper(p.Username), "t.me/+49151",
		"https://example.com/" + p.Name(), "https://example.com/" + quoted(p.Name()), "mailto:" + p.First + "@x.example",
	}
	if len(h.j.titles) > 0 {
		title := pick(h, h.j.titles)
		forms = append(forms, title, strings.ToLower(title), strings.ToUpper(title), strings.Fields(title)[0])
	}
	if len(h.j.phones) > 0 {
		phone := pick(h, h.j.phones)
		forms = append(forms, phone, phone[:4]+" "+phone[4:7]+"-"+phone[7:], "tel:"+phone)
	}
	return pick(h, forms)
}

// quoted is a text as an address carries it.
func quoted(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%%%02X", s[i])
	}
	return b.String()
}

// veils leave nothing on the screen.
var veils = []string{
	"\u200b", "\u200c", "\u200d", "\u00ad", "\u2060", "\ufe0f", "\u200f", "\u200e", "\U000E0041", "\u034f", "\u2063", "\u2066", "\u2069", "\u180e", "\ufeff", "\u061c",
}

// disguise writes the same words so that they look (almost) the same.
func (h *hand) disguise(s string) string {
	runes := []rune(s)
	switch h.IntN(12) {
	case 0:
		return norm.NFD.String(s)
	case 1, 2:
		at := h.IntN(len(runes) + 1)
		return string(runes[:at]) + pick(h, veils) + string(runes[at:])
	case 3:
		return strings.Join(strings.Split(s, ""), pick(h, veils))
	case 4:
		return lookalikes.Replace(s)
	case 5:
		return accented(s)
	case 6:
		return wide(s)
	case 7: // written from its end, shown from its begin
		back := make([]rune, len(runes))
		for i, r := range runes {
			back[len(runes)-1-i] = r
		}
		return "\u202e" + string(back) + "\u202c"
	default:
		return s
	}
}

var lookalikes = strings.NewReplacer(
	"A", "А", "B", "Β", "E", "Ε", "K", "К", "M", "М", "H", "Н", "O", "О", "P", "Р", "C", "С", "T", "Τ", "X", "Х", "I", "І",
	"a", "а", "e", "е", "o", "о", "p", "р", "c", "с", "x", "х", "y", "у", "i", "і",
)

func accented(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
		if r < 0x80 && ('a' <= r && r <= 'z') {
			b.WriteRune('\u0301')
		}
	}
	return b.String()
}

func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r - '!' + '！'
		}
		return r
	}, s)
}

// words is a text that tries to bring names and links through.
func (h *hand) words(pieces int) string {
	var b strings.Builder
	for range 1 + h.IntN(pieces) {
		if h.chance(3) {
			b.WriteString(pick(h, fillers))
		} else {
			b.WriteString(h.disguise(h.telling()))
		}
		b.WriteString(pick(h, []string{" ", " ", " ", "", ", ", "\n", "-", "\u00a0", "\u2003", " \u202e", "/", "|", "'s "}))
	}
	return b.String()
}

// text adds entities, across all borders.
func (h *hand) text(pieces int) tenants.Text {
	t := tenants.Plain(h.words(pieces))
	if h.chance(6) { // a number that Telegram marks
		from := tenants.Len(t.Text)
		phone := fmt.Sprintf("+4915%08d", h.IntN(100000000))
		t.Text += phone + " "
		t.Entities = append(t.Entities, tenants.Entity{Kind: "phone_number", Offset: from, Length: tenants.Len(phone)})
		h.j.marked = append(h.j.marked, phone)
	}
	size := t.Len()
	for range h.IntN(4) {
		e := tenants.Entity{
			Kind: pick(h, []string{
				"bold", "italic", "spoiler", "code", "pre", "hashtag", "text_mention", "text_link", "text_link", "custom_emoji", "blockquote", "date_time", "cashtag",
			}),
			Offset: h.IntN(size + 1), Length: 1 + h.IntN(12),
		}
		switch e.Kind {
		case "text_mention":
			e.User = h.somebody().ID
		case "text_link":
			e.URL = pick(h, []string{"https://example.com/", "http://x.example/?who=", "tg://user?id=", "https://t.me/", "mailto:"}) + h.disguise(h.telling())
		case "pre":
			e.Language = h.telling()
		case "date_time":
			e.UnixTime, e.Format = 1, h.telling()
		case "custom_emoji":
			e.EmojiID = "5"
		}
		t.Entities = append(t.Entities, e)
	}
	t.Entities = t.Slice(0, size).Entities // what is inside, as Telegram would have it
	return t
}

func (h *hand) short() string { return h.words(2) }

func (h *hand) many(n int) (all []string) {
	for range h.IntN(n + 1) {
		all = append(all, h.short())
	}
	return all
}

// kinds are drawn more often the more can be written in them.
var kinds = []tenants.Kind{
	tenants.KindText, tenants.KindText, tenants.KindText, tenants.KindText, tenants.KindText, tenants.KindPhoto, tenants.KindVideo, tenants.KindAudio,
	tenants.KindAudio, tenants.KindDocument, tenants.KindDocument, tenants.KindAnimation, tenants.KindVoice, tenants.KindVideoNote, tenants.KindSticker,
	tenants.KindContact, tenants.KindContact, tenants.KindVenue, tenants.KindLocation, tenants.KindPoll, tenants.KindPoll, tenants.KindDice,
	tenants.KindChecklist, tenants.KindGame, tenants.KindRich, tenants.KindStory, tenants.KindInvoice, tenants.KindOther, tenants.KindLivePhoto,
}

// content is what a message carries.
func (h *hand) content() tenants.Content {
	c := tenants.Content{Kind: pick(h, kinds), CaptionAbove: h.chance(2)}
	if c.Kind == tenants.KindText || !h.chance(3) {
		c.Text = h.text(6)
	}
	if h.chance(5) {
		c.Buttons = h.many(3)
	}
	switch c.Kind {
	case tenants.KindPhoto, tenants.KindVideo, tenants.KindAudio, tenants.KindDocument, tenants.KindAnimation, tenants.KindVoice,
		tenants.KindVideoNote, tenants.KindSticker, tenants.KindLivePhoto:
		c.File = h.file(c.Kind)
	case tenants.KindContact:
		p := h.somebody()
		phone := fmt.Sprintf("+7999%07d", h.IntN(10000000))
		c.Contact = &tenants.Contact{Phone: phone, First: p.First, Last: p.Last, VCard: "BEGIN:VCARD\nFN:" + p.Name() + "\nTEL:" + phone}
		if h.chance(2) && h.j.knows(p.ID) {
			c.Contact.User = p.ID
			h.owned = append(h.owned, phone)
		}
	case tenants.KindLocation, tenants.KindVenue:
		c.Place = &tenants.Place{Latitude: 1, Title: h.short(), Address: h.short(), Live: h.chance(4)}
	case tenants.KindPoll:
		c.Poll = &tenants.Poll{Question: h.short(), Options: append(h.many(4), h.short()), Description: h.text(2), Explanation: h.text(2)}
	case tenants.KindDice:
		c.Dice = &tenants.Dice{Emoji: "🎲", Value: 3}
	case tenants.KindChecklist:
		c.List = &tenants.List{Title: h.short(), Tasks: []tenants.Task{{Text: h.short()}, {Text: h.short(), Done: true}}}
	case tenants.KindGame, tenants.KindRich, tenants.KindStory, tenants.KindInvoice, tenants.KindOther:
		c.Inside, c.Name = h.many(3), "giveaway"
	}
	return c
}

func (h *hand) file(kind tenants.Kind) *tenants.File {
	f := &tenants.File{ID: fmt.Sprintf("f%d", len(h.j.labels)), UniqueID: "u", Size: int64(h.IntN(3)) * tenants.MaxDownload * 2 / 3}
	switch kind {
	case tenants.KindAudio:
		f.Title, f.Artist = h.short(), h.short()
		fallthrough
	case tenants.KindDocument, tenants.KindVideo, tenants.KindAnimation:
		f.Name = h.short() + pick(h, []string{".pdf", ".mp3", ".Ivan", "", ".tar.gz"})
		f.MIME = pick(h, []string{"", "application/pdf", "audio/mpeg"})
	}
	h.j.labels[f.ID] = *f
	return f
}
