package telegram

import (
	"strings"
	"testing"
)

// TestFound: what the server marks in plain texts by itself.
func TestFound(t *testing.T) {
	long := strings.Repeat("x", 300)
	tests := []struct{ rule, text, want string }{
		{"a mention has 4 to 32 letters", "@abc @abcd @" + long[:32] + " @" + long[:33], "mention 5 5; mention 11 33"},
		{"a few short names count", "@gif @PIC @nft @vid @ufc @cat", "mention 0 4; mention 5 4; mention 10 4; mention 15 4; mention 20 4"},
		{"a mention stands alone", "no@mention да@mention _@mention @mentionд (@mention)", "mention 43 8"},
		{"offsets count UTF-16 units", "😀 @mention", "mention 3 8"},

		{"a command has 1 to 64 letters", "/a /" + long[:64] + " /" + long[:65], "bot_command 0 2; bot_command 3 65"},
		{"a command may name a bot", "/a@bot /a@bo /a@" + long[:33] + " /a@desk_bot.", "bot_command 0 6; bot_command 50 11"},
		{"a command stands alone", "a/b //b </b /b> /b/ я/b /bя (/b) ,/b,", "bot_command 29 2; bot_command 34 2"},

		{"a hashtag has a letter", "#1 #1a #Я #_ #ශ්\u200dරී", "hashtag 3 3; hashtag 7 2; hashtag 13 3"},
		{"a hashtag stands alone", "a#b ##b #b# #b#c (#b)", "hashtag 5 2; hashtag 18 2"},
		{"a hashtag may name a chat", "#a@chat #a@ch #a@" + long[:40], "hashtag 0 7; hashtag 8 2; hashtag 14 35"},
		{"a hashtag has 256 letters at most", "#" + long, "hashtag 0 257"},

		{"a cashtag has 1 to 8 capitals", "$A $ABCDEFGH $ABCDEFGHI $a $1INCH", "cashtag 0 2; cashtag 3 9; cashtag 27 6"},
		{"a cashtag stands alone", "a$AB $$AB $ABc $AB$ $AB1 $AB. $AB@chat $AB@c", "cashtag 25 3; cashtag 30 8; cashtag 39 3"},

		{"a card's last digit is right", "4111111111111111 4111111111111112", "bank_card_number 0 16"},
		{"a card has spaces and hyphens", "4916-3385-0608-2832; 5280 9342 8317 1080", "bank_card_number 0 19; bank_card_number 21 19"},
		{"a card's length is its issuer's", "411111111111116", ""},
		{"a card stands alone", "a4111111111111111 +4111111111111111 4111111111111111_ №4111111111111111", "bank_card_number 55 16"},

		{"a link has a known ending", "example.org example.orgg a.b Иван.рф", "url 0 11; url 29 7"},
		{"with a scheme any ending will do", "http://example.orgg https://A.BC ftp://a.bc sftp://a.bc", "url 0 19; url 20 12; url 33 10"},
		{"a sentence's first word is no ending", "done.In time, done.in time, done.IN", "url 14 7; url 28 7"},
		{"a link ends before punctuation", "(see https://a.bc/d). a.com, a.com! a.com...", "url 5 14; url 22 5; url 29 5; url 36 5"},
		{"a link keeps pairs of brackets", "https://a.bc/(d) (https://a.bc/d)", "url 0 16; url 18 14"},
		{"a link has a port and a query", "a.com:80/b?c=d#e a.com:99999 a.com? a.com#", "url 0 16; url 17 5; url 29 5; url 36 5"},
		{"a link may be an address", "127.0.0.1 127.0.0.256 1.2.3 http://1.2.3", "url 0 9"},
		{"a link may name a user", "http://me:pw@a.com me:pw@a.com @a.com", "url 0 18; url 19 11"},
		{"hosts have no bad hyphens", "a-.com a_.com http://a_b.c.com xn--a.xn--p1ai", "url 14 16; url 31 14"},
		{"apps have links", "tg://resolve?domain=a ton://x. stg://a tg:x", "url 0 21; url 22 7; url 32 6"},
		{"an e-mail is no link", "me_you@mail.example.org mailto:me@a.com", "email 0 23; email 31 8"},
		{"an e-mail's ending has letters", "a@b.c1 a@b a@b.co", "email 11 6"},
		{"a phone number begins with +", "+1 (212) 555-0123, 212 555 0123 x+12125550123 +4111111111111111 +123", "phone_number 0 17"},

		{"the first of two that meet counts", "a.com/@mention #tag@chat.com example.com/cmd", "url 0 14; hashtag 15 9; url 29 15"},
		{"then the longer", "@mention.com /a@b_c.com", "mention 0 8; bot_command 13 6"},
		{"nothing in a plain text", "a: b, c/ # $ @ . 12:30 1.5", ""},
	}
	for _, tt := range tests {
		if got := marked("", found(tt.text)); got != strings.TrimRight(" | "+tt.want, " ") {
			t.Errorf("%s: %q\n got %s\nwant  | %s", tt.rule, tt.text, got, tt.want)
		}
	}
}
