package tenants_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/say"
)

func TestParamParse(t *testing.T) {
	tests := []struct{ name, value, want, fault string }{ // want "" = an error with fault in it
		{"WELCOME", `Hello *you*\!`, `Hello *you*\!`, ""},
		{"WELCOME", "Hello! (5*4 = 20)", `Hello\! \(5\*4 \= 20\)`, ""},
		{"WELCOME", "off", "NONE", ""},
		{"WELCOME", strings.Repeat("x", 3500), strings.Repeat("x", 3500), ""},
		{"WELCOME", strings.Repeat("x", 3501), "", "3501 characters"},
		{"WELCOME", strings.Repeat("😀", 1751), "", "3502 characters"},
		{"WELCOME", "**", "", "no words"},
		{"WELCOME", "a\xff", "", "UTF-8"},
		{"AUTOCLOSE", "1", "1", ""},
		{"AUTOCLOSE", " 048 ", "48", ""},
		{"AUTOCLOSE", "1000000", "1000000", ""},
		{"AUTOCLOSE", "OFF", "1000000", ""},
		{"AUTOCLOSE", "0", "", "from 1 to 1000000"},
		{"AUTOCLOSE", "1000001", "", "from 1 to 1000000"},
		{"AUTOCLOSE", "two", "", "AUTOCLOSE=48"},
		{"GROUP_ASK", "500", "500", ""},
		{"GROUP_ASK", "NONE", "0", ""},
		{"GROUP_ASK", "200001", "", "whole number of members from 0 to 200000"},
		{"GROUP_ASK", "-1", "", "GROUP_ASK=500"},
		{"AUTO_INFO", "true", "TRUE", ""},
		{"AUTO_INFO", "no", "FALSE", ""},
		{"AUTO_INFO", "maybe", "", "neither TRUE nor FALSE"},
		{"EXTENSIONS_ALLOWED", ".", ".", ""},
		{"EXTENSIONS_ALLOWED", "5,6 , 5,", "5, 6", ""},
		{"EXTENSIONS_ALLOWED", "-5", "", "can't be an id"},
		{"EXTENSIONS_ALLOWED", "@anna", "", "is a name"},
		{"TEAM", ".", "", "not an id"},
		{"IGNORE_CHATS", "-1001234567890,7", "-1001234567890, 7", ""},
		{"IGNORE_CHATS", "0", "", "can't be an id"},
		{"IGNORE_CHATS", "4503599627370496", "", "can't be an id"},
		{"IGNORE_CHATS", "-4503599627370496", "", "can't be an id"},
		{"WHITE_LIST", ",", "", "no id"},
		{"WHITE_LIST", ids(5000), strings.ReplaceAll(ids(5000), ",", ", "), ""},
		{"WHITE_LIST", ids(5001), "", "at most 5000"},
		{"HIDE_INFO", "link, NAME,name", "name, link", ""},
		{"HIDE_INFO", "phone", "", "not one of name, title, link, command"},
		{"HIDE_INFO", ",", "", "none of"},
		{"LEAVE_CLOSED", "channel,private", "private, channel", ""},
		{"HIDE_INFO", strings.Repeat("ы", 50), "", "\"" + strings.Repeat("ы", 40) + "…\""},
		{"ICON_COLOR", "Green", "green", ""},
		{"ICON_COLOR", "7322096", "blue", ""},
		{"ICON_COLOR", "pink", "", "blue, yellow, violet, green, rose, red"},
		{"AUTHOR", "Forward", "forward", ""},
		{"AUTHOR", "OFF", "header", ""},
		{"AUTHOR", "header, forward", "", "not one of header, forward"},
		{"RESTRICTED_KEYWORDS_BACKEND", `"a b","c", "a b"`, `"a b", "c"`, ""},
		{"RESTRICTED_KEYWORDS_BACKEND", `“card”, «iban», „konto“,`, `"card", "iban", "konto"`, ""},
		{"RESTRICTED_KEYWORDS_BACKEND", `"say \"hi\" \\"`, `"say \"hi\" \\"`, ""},
		{"RESTRICTED_KEYWORDS_BACKEND", `"OFF"`, `"OFF"`, ""},
		{"RESTRICTED_KEYWORDS_BACKEND", `card`, "", "double quotes"},
		{"RESTRICTED_KEYWORDS_BACKEND", `"card`, "", "closing quote"},
		{"RESTRICTED_KEYWORDS_BACKEND", `"a" "b"`, "", `At character 5: there is no comma after "a"`},
		{"RESTRICTED_KEYWORDS_BACKEND", `"a",,"b"`, "", "At character 5: words are written in double quotes. For example: RESTRICTED_KEYWORDS_BACKEND="},
		{"RESTRICTED_KEYWORDS_BACKEND", `" "`, "", "nothing between"},
		{"RESTRICTED_KEYWORDS_FRONTEND", `"` + strings.Repeat("ы", 257) + `"`, "", "257 characters"},
		{"PRIVATE_KEYWORDS", ` "a", ["b","~c"] `, `"a", ["b","~c"]`, ""},
		{"GROUPS_KEYWORDS", strings.Repeat("x", 128<<10+1), "", "bytes"},
		{"REMIND", "OFF", "0", ""},
		{"REMIND", "43201", "", "whole number of minutes from 0 to 43200"},
		{"OFFICE_HOURS", "пн-пт 9:00–18:00", "Mon-Fri 09:00-18:00", ""},
		{"OFFICE_HOURS", "9-18", "", "OFFICE_HOURS=Mon-Thu 09:00-18:00, Fri 09:00-16:00"},
		{"TIMEZONE", "europe/berlin", "Europe/Berlin", ""},
		{"TIMEZONE", "America/New York", "America/New_York", ""},
		{"TIMEZONE", "utc", "UTC", ""},
		{"TIMEZONE", "OFF", "UTC", ""},
		{"TIMEZONE", "Local", "", "named by continent and city"},
		{"TIMEZONE", "Europe/Berln", "", "Did you mean Europe/Berlin? For example"},
		{"TIMEZONE", "Berlin", "", "Did you mean Europe/Berlin?"},
		{"TIMEZONE", "Europe/Berlni", "", "Did you mean Europe/Berlin?"},
		{"TIMEZONE", "new york", "", "Did you mean America/New_York?"},
		{"TIMEZONE", "UTC+3", "", "TIMEZONE=Europe/Berlin"},
		{"TIMEZONE", "../../etc/passwd", "", "not a time zone"},
		{"RETENTION_DAYS", "OFF", "90", ""},
		{"RETENTION_DAYS", "0", "", "days from 1 to 3650"},
		{"RETENTION_DAYS", "3650", "3650", ""},
		{"CUSTOM_COMMANDS", "/Weather,/stats_today /weather", "/weather, /stats_today", ""},
		{"CUSTOM_COMMANDS", "/погода", "/погода", ""},
		{"CUSTOM_COMMANDS", "weather", "", "not a command: a slash"},
		{"CUSTOM_COMMANDS", "/2nd", "", "not a command"},
		{"CUSTOM_COMMANDS", "/" + strings.Repeat("x", 33), "", "not a command"},
		{"CUSTOM_COMMANDS", ",", "", "no command in it"},
		{"WEBHOOKS", "OFF", "NONE", ""},
		{"WEBHOOKS", `{"https://example.com": ["message_sent"]}`, "", "later version"},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%s=%.20s", test.name, test.value), func(t *testing.T) {
			got, err := param(t, test.name).Parse(test.value)
			if test.want == "" {
				var refused *tenants.ParamError
				if !errors.As(err, &refused) || !strings.Contains(err.Error(), test.fault) || refused.Example == "" {
					t.Fatalf("%q, %v; want an error with %q", got, err, test.fault)
				}
				return
			}
			if err != nil || got != test.want {
				t.Fatalf("%q, %v; want %q", got, err, test.want)
			}
			if again, err := param(t, test.name).Parse(got); err != nil || again != got {
				t.Errorf("stored form %q parses to %q, %v", got, again, err)
			}
		})
	}
}

func ids(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint(i + 1)
	}
	return strings.Join(list, ",")
}

func TestWelcomeNotice(t *testing.T) {
	_, notice, err := param(t, "WELCOME").ParseNoting("Hello *friend*!")
	if err != nil || !strings.Contains(notice.Error(), `at character 15: write \! instead of !`) {
		t.Errorf("notice %q, error %v", notice, err)
	}
}

// TestRefusedInEveryLanguage: whoever types nonsense reads why, and a value that would be
// taken, in the language of the group.
func TestRefusedInEveryLanguage(t *testing.T) {
	for _, p := range tenants.Params() {
		for _, nonsense := range []string{"", `"`, "@nobody", "-1"} {
			_, err := p.Parse(nonsense)
			var refused *tenants.ParamError
			if p.Kind != tenants.ParamText && p.Kind != tenants.ParamExpression && nonsense == `"` && err == nil {
				t.Errorf("%s takes %q", p.Name, nonsense)
			}
			if err == nil {
				continue
			}
			if !errors.As(err, &refused) {
				t.Fatalf("%s: %v", p.Name, err)
			}
			said := map[string]bool{}
			for _, l := range say.Languages() {
				words := refused.In(l)
				if said[words] || !strings.HasPrefix(words, p.Name+": ") || !strings.HasSuffix(words, p.Name+"="+p.Example) || strings.Contains(words, "..") && !strings.Contains(p.Example, "..") {
					t.Errorf("%s in %s: %s", p.Name, l, words)
				}
				said[words] = true
			}
		}
	}
}

func FuzzParams(f *testing.F) {
	for i, p := range tenants.Params() {
		f.Add(i, p.Example)
		f.Add(i, p.Default)
	}
	f.Add(14, `«a», "b\"`)
	f.Fuzz(func(t *testing.T, row int, value string) {
		params := tenants.Params()
		p := params[uint(row)%uint(len(params))]
		stored, err := p.Parse(value)
		if err != nil {
			return
		}
		again, notice, err := p.ParseNoting(stored)
		if err != nil || again != stored || notice.Key != "" {
			t.Errorf("%s: %q is stored as %q, which parses to %q, notice %q, %v", p.Name, value, stored, again, notice, err)
		}
		tenants.Resolve([]tenants.Value{{Name: p.Name, Value: stored}}, 1, tenants.Private, 1, 1)
	})
}
