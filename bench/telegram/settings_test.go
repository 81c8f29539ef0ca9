package telegram

import (
	"fmt"
	"strings"
	"testing"
)

func TestTextsByLanguage(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	for _, tt := range []struct{ method, arg, first string }{
		{"Name", "name", "Desk"}, {"Description", "description", ""}, {"ShortDescription", "short_description", ""},
	} {
		is := func(language, want string) {
			t.Helper()
			if got := s.ok("getMy"+tt.method, "language_code", language); got[tt.arg] != want {
				t.Errorf("%s in %q: %v, want %q", tt.arg, language, got, want)
			}
		}
		is("", tt.first)
		s.ok("setMy"+tt.method, tt.arg, "all")
		s.ok("setMy"+tt.method, tt.arg, "все", "language_code", "ru")
		is("ru", "все")
		is("de", "all")
		s.ok("setMy"+tt.method, tt.arg, "", "language_code", "ru")
		is("ru", "all")
	}
	if me := s.ok("getMe"); me["first_name"] != "all" {
		t.Errorf("getMe %v", me)
	}
}

func TestMenuButton(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	is := func(want string, pairs ...any) {
		t.Helper()
		if a := s.call("getChatMenuButton", pairs...); string(a.Result) != want {
			t.Errorf("%v: %s, want %s", pairs, a.Result, want)
		}
	}
	is(`{"type":"commands"}`)
	is(`{"type":"default"}`, "chat_id", s.cli)
	app := `{"type":"web_app","text":"x","web_app":{"url":"https://a.bc"}}`
	s.ok("setChatMenuButton", "chat_id", s.cli, "menu_button", app)
	is(app, "chat_id", s.cli)
	is(`{"type":"commands"}`)
	s.ok("setChatMenuButton")
	is(`{"type":"default"}`)
}

func TestDefaultRights(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	s.ok("setMyDefaultAdministratorRights", "rights", map[string]bool{"can_manage_topics": true, "can_post_messages": true})
	r := s.ok("getMyDefaultAdministratorRights")
	if r["can_manage_topics"] != true || r["can_manage_chat"] != true || r["can_post_messages"] != nil {
		t.Errorf("groups %v", r)
	}
	if r := s.ok("getMyDefaultAdministratorRights", "for_channels", true); r["can_post_messages"] != false {
		t.Errorf("channels %v", r)
	}
	if got := s.w.DefaultRights(s.bot, false); got != (Rights{ManageChat: true, ManageTopics: true}) {
		t.Errorf("suggested %+v", got)
	}
	s.ok("setMyDefaultAdministratorRights", "for_channels", true, "rights", map[string]bool{"can_post_messages": true})
	if got := s.w.DefaultRights(s.bot, true); got != (Rights{ManageChat: true, PostMessages: true}) {
		t.Errorf("suggested %+v", got)
	}
	s.ok("setMyDefaultAdministratorRights")
	if got := s.w.DefaultRights(s.bot, false); got != (Rights{}) {
		t.Errorf("suggested %+v", got)
	}
}

// The nearest list wins, in the order of the documentation; each step takes
// the nearest one away.
func TestCommandsByScope(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	rus := s.w.NewUser(Person{FirstName: "R", Language: "ru-RU"})
	s.check(s.w.AddMember(s.ann, s.forum, rus))
	s.check(s.w.Promote(s.ann, s.forum, rus, Rights{PinMessages: true}, ""))
	_, err := s.w.Start(rus, s.bot, "")
	s.check(err)
	s.member()
	private := []string{fmt.Sprintf(`{"type":"chat","chat_id":%d}`, rus), `{"type":"all_private_chats"}`, `{"type":"default"}`}
	group := []string{
		fmt.Sprintf(`{"type":"chat_member","chat_id":"%d","user_id":%d}`, s.forum, rus),
		fmt.Sprintf(`{"type":"chat_administrators","chat_id":%d}`, s.forum),
		fmt.Sprintf(`{"type":"chat","chat_id":%d}`, s.forum),
		`{"type":"all_chat_administrators"}`, `{"type":"all_group_chats"}`, `{"type":"default"}`,
	}
	for _, scopes := range [][]string{private, group} {
		chat := s.forum
		if len(scopes) == len(private) {
			chat = s.bot
		}
		for i, scope := range scopes {
			for _, language := range []string{"", "ru"} {
				s.ok("setMyCommands", "commands", fmt.Sprintf(`[{"command":"/c%d%s","description":"d"}]`, i, language), "scope", scope, "language_code", language)
			}
		}
		for i, scope := range scopes {
			for _, language := range []string{"ru", ""} {
				want := fmt.Sprintf("c%d%s", i, language)
				if got := s.w.Commands(rus, chat); len(got) != 1 || got[0].Command != want || got[0].Bot != s.bot || got[0].BotName != "desk_bot" {
					t.Errorf("sees %v, want %s", got, want)
				}
				if a := s.call("getMyCommands", "scope", scope, "language_code", language); !strings.Contains(string(a.Result), want) {
					t.Errorf("%s: %s", scope, a.Result)
				}
				s.ok("deleteMyCommands", "scope", scope, "language_code", language)
			}
		}
		if got := s.w.Commands(rus, chat); len(got) != 0 {
			t.Errorf("sees %v", got)
		}
	}
	// Who is no administrator doesn't see theirs; who isn't here sees nothing.
	s.ok("setMyCommands", "commands", `[{"command":"a","description":"d"}]`, "scope", `{"type":"all_chat_administrators"}`)
	s.ok("setMyCommands", "commands", `[{"command":"d","description":"d"}]`)
	if got := s.w.Commands(s.cli, s.forum); len(got) != 1 || got[0].Command != "d" {
		t.Errorf("a member sees %v", got)
	}
	if got := s.w.Commands(s.w.NewUser(Person{FirstName: "X"}), s.forum); len(got) != 0 {
		t.Errorf("an outsider sees %v", got)
	}
	s.ok("setMyCommands", "commands", "[]")
	if got := s.w.Commands(s.cli, s.forum); len(got) != 0 {
		t.Errorf("emptied, and a member sees %v", got)
	}
}

func TestProfilePhotos(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	for range 3 {
		s.w.AddProfilePhoto(s.cli, File{})
	}
	all := s.ok("getUserProfilePhotos", "user_id", s.cli)
	part := s.ok("getUserProfilePhotos", "user_id", s.cli, "offset", 1, "limit", 1)
	if number(all["total_count"]) != 3 || len(all["photos"].([]any)) != 3 || number(part["total_count"]) != 3 ||
		fmt.Sprint(part["photos"]) != fmt.Sprint(all["photos"].([]any)[1:2]) {
		t.Errorf("all %v\npart %v", all, part)
	}
	size := all["photos"].([]any)[0].([]any)[2].(map[string]any)
	if number(size["width"]) != 640 {
		t.Errorf("largest %v", size)
	}
	s.ok("getFile", "file_id", size["file_id"])
}

func TestStickerSets(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	s.w.NewFile(File{Kind: KindSticker, SetName: "Cats", Emoji: "🐈"})
	s.w.NewFile(File{Kind: KindSticker, SetName: "Cats", Emoji: "🐱"})
	set := s.ok("getStickerSet", "name", "cats")
	if set["name"] != "Cats" || set["sticker_type"] != "regular" || len(set["stickers"].([]any)) != 2 {
		t.Errorf("set %v", set)
	}
	if set := s.ok("getStickerSet", "name", "topics"); len(set["stickers"].([]any)) != len(topicIcons) {
		t.Errorf("topics' set has %d stickers", len(set["stickers"].([]any)))
	}
	a := s.call("getCustomEmojiStickers", "custom_emoji_ids", []string{topicIcons[1].id, "5"})
	if !strings.Contains(string(a.Result), topicIcons[1].id) || strings.Count(string(a.Result), "set_name") != 1 {
		t.Errorf("emoji %s", a.Result)
	}
}

// A bot reaches other bots and itself, but can't write to them.
func TestBotsAsTargets(t *testing.T) {
	s := newScene(t, Options{Seed: 1})
	other, _ := s.w.NewBot(Robot{Name: "Other", Username: "other_bot"})
	s.check(s.w.AddMember(s.ann, s.forum, other))
	for _, to := range []any{other, "@other_bot", s.bot, "@desk_bot"} {
		s.refused(toBot, "sendMessage", "chat_id", to, "text", "x")
		if c := s.ok("getChat", "chat_id", to); c["type"] != "private" {
			t.Errorf("%v: %v", to, c)
		}
	}
	if a := s.call("getChatMemberCount", "chat_id", s.bot); string(a.Result) != "1" {
		t.Errorf("a bot with itself are %s", a.Result)
	}
	s.w.DeleteAccount(s.cli)
	s.refused(userDeactivated, "sendMessage", "chat_id", s.cli, "text", "x")
	if c := s.ok("getChat", "chat_id", s.cli); c["first_name"] != "" {
		t.Errorf("deleted account %v", c)
	}
}
