package spec_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"topicdesk/bench/spec"
)

// small is a specification of one method and what it needs.
const small = `{"version":"x","methods":{
"sendThing":{"name":"sendThing","returns":["Thing","True"],"fields":[
 {"name":"chat_id","types":["Integer","String"],"required":true},
 {"name":"thing","types":["InputFile","String"],"required":false},
 {"name":"quiet","types":["Boolean"],"required":false},
 {"name":"list","types":["Array of Photo","Array of Video"],"required":false}]}},
"types":{
"InputFile":{"name":"InputFile"},
"Thing":{"name":"Thing","fields":[{"name":"id","types":["Integer"],"required":true},
 {"name":"at","types":["Float"],"required":false},{"name":"on","types":["True"],"required":false}]},
"Media":{"name":"Media","subtypes":["Photo","Video"]},
"Photo":{"name":"Photo","fields":[{"name":"type","types":["String"],"required":true,"description":"Type, must be photo"},
 {"name":"media","types":["String"],"required":true}]},
"Video":{"name":"Video","fields":[{"name":"type","types":["String"],"required":true,"description":"Type, always \"video\""},
 {"name":"media","types":["String"],"required":true},{"name":"width","types":["Integer"],"required":false}]},
"ResponseParameters":{"name":"ResponseParameters","fields":[{"name":"retry_after","types":["Integer"],"required":false}]},
"Update":{"name":"Update","fields":[{"name":"update_id","types":["Integer"],"required":true}]}}}`

func api(t *testing.T) *spec.API {
	t.Helper()
	file := filepath.Join(t.TempDir(), "api.json")
	if err := os.WriteFile(file, []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := spec.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestAnswer(t *testing.T) {
	a := api(t)
	for _, tc := range []struct {
		status int
		body   string
		want   []string
	}{
		{200, `{"ok":true,"result":{"id":1,"at":1.5,"on":true,"thumb":0}}`, nil},
		{200, `{"ok":true,"result":true}`, nil},
		{400, `{"ok":true,"result":true}`, []string{"sendThing: ok with status 400"}},
		{200, `{"ok":true,"result":{"id":1.5}}`, []string{"sendThing.id is no whole number"}},
		{200, `{"ok":true,"result":{"at":"1","on":false,"more":1}}`, []string{"sendThing is not true"}},
		{200, `{"ok":true,"result":{"id":1,"more":1}}`, []string{"sendThing has the unknown field more"}},
		{200, `{"ok":true,"result":{"id":1,"on":false}}`, []string{"sendThing.on is not true"}},
		{200, `{"ok":true,"result":{"at":1}}`, []string{"sendThing lacks id"}},
		{502, `<html>`, []string{"sendThing: the answer is no JSON object"}},
		{400, `{"ok":false,"error_code":400,"description":"x"}`, nil},
		{400, `{"ok":false,"error_code":403}`, []string{"sendThing: error_code 403 with status 400", "sendThing: refused without a description"}},
		{429, `{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":1}}`, nil},
		{429, `{"ok":false,"error_code":429,"description":"x"}`, []string{"sendThing: 429 without retry_after"}},
		{429, `{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":"1"}}`, []string{"sendThing parameters.retry_after is no whole number"}},
		{200, `{}`, []string{"sendThing: ok is neither true nor false", "sendThing: error_code  with status 200", "sendThing: refused without a description"}},
	} {
		same(t, tc.body, a.Answer("sendThing", tc.status, []byte(tc.body)), tc.want)
	}
}

func TestRequest(t *testing.T) {
	a := api(t)
	type args = map[string]any
	for name, tc := range map[string]struct {
		args  args
		files []string
		want  []string
	}{
		"form":              {args{"chat_id": "-5", "quiet": "true"}, nil, nil},
		"name of a chat":    {args{"chat_id": "@name", "quiet": false}, nil, nil},
		"nothing":           {args{}, nil, []string{"sendThing lacks chat_id"}},
		"no boolean":        {args{"chat_id": 1.0, "quiet": "maybe"}, nil, []string{"sendThing quiet is no boolean"}},
		"too much":          {args{"chat_id": 1.0, "colour": "red"}, nil, []string{"sendThing has no argument colour"}},
		"upload":            {args{"chat_id": "1"}, []string{"thing"}, nil},
		"upload of no file": {args{"chat_id": "1"}, []string{"quiet"}, []string{"sendThing uploads quiet, which is no file"}},
		"upload for nobody": {args{"chat_id": "1"}, []string{"x"}, []string{"sendThing uploads x, which nothing names"}},
		"album": {args{"chat_id": "1", "list": `[{"type":"photo","media":"attach://a"},{"type":"video","media":"attach://b","width":1}]`},
			[]string{"a", "b"}, nil},
		"attached, not uploaded": {args{"chat_id": "1", "thing": "attach://a"}, nil,
			[]string{"sendThing attaches a, which isn't uploaded"}},
		"of no such type": {args{"chat_id": "1", "list": []any{args{"type": "dance", "media": "x"}}}, nil,
			[]string{`sendThing list[0].type is not "photo"`}},
	} {
		same(t, name, a.Request("SENDTHING", tc.args, tc.files), tc.want)
	}
	same(t, "no method", a.Request("dance", nil, nil), []string{"there is no method dance"})
}

func TestUpdate(t *testing.T) {
	a := api(t)
	same(t, "update", a.Update([]byte(`{"update_id":1}`)), nil)
	same(t, "two", a.Update([]byte(`{"update_id":1}{}`)), []string{"the update is no JSON"})
	same(t, "other", a.Update([]byte(`{"id":1}`)), []string{"update has the unknown field id", "update lacks update_id"})
}

func TestReadRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "api.json")
	for _, text := range []string{"", "{}", `{"methods":{"a":{}}}`} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := spec.Read(file); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	if _, err := spec.Read(file + "x"); err == nil {
		t.Error("no file was read")
	}
}
