package say_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"topicdesk/tenants/say"
)

// root is the module's.
const root = "../.."

// catalogue is what the files of a language hold: forms of a text by key.
func catalogue(t *testing.T, l say.Language) map[say.Key]map[string]string {
	t.Helper()
	files, err := filepath.Glob("texts/*." + string(l) + ".yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts in %s: %v", l, err)
	}
	all := map[say.Key]map[string]string{}
	for _, name := range files {
		read, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]any
		if err := yaml.Unmarshal(read, &texts); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, text := range texts {
			if all[say.Key(key)] != nil {
				t.Errorf("%s: %s is in two files", name, key)
			}
			all[say.Key(key)] = forms(t, key, text)
		}
	}
	return all
}

// forms are those of one text: "other" alone, or one for each plural form.
func forms(t *testing.T, key string, text any) map[string]string {
	t.Helper()
	switch text := text.(type) {
	case string:
		return map[string]string{"other": text}
	case map[string]any:
		out := map[string]string{}
		for form, words := range text {
			out[form] = words.(string)
		}
		return out
	default:
		t.Fatalf("%s: a %T", key, text)
		return nil
	}
}

// keys are the constants of type Key of the package: their values by their names.
func keys(t *testing.T) map[string]say.Key {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]say.Key{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if kind, typed := ofKey(spec, ok); !typed || kind != "Key" {
				return true
			}
			for i, name := range spec.Names {
				value, err := strconv.Unquote(spec.Values[i].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				found[name.Name] = say.Key(value)
			}
			return true
		})
	}
	return found
}

func ofKey(spec *ast.ValueSpec, ok bool) (kind string, typed bool) {
	if !ok {
		return "", false
	}
	id, typed := spec.Type.(*ast.Ident)
	if !typed {
		return "", false
	}
	return id.Name, true
}

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

// places are the values for which a text asks.
func places(text string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// plurals are the forms that a text with a number needs.
var plurals = map[say.Language][]string{
	say.English: {"one", "other"}, say.Russian: {"few", "many", "one", "other"},
	say.Spanish: {"one", "other"}, say.German: {"one", "other"}, say.Italian: {"one", "other"},
}

func TestCatalogue(t *testing.T) {
	named := map[say.Key]bool{}
	for name, key := range keys(t) {
		if named[key] {
			t.Errorf("two keys are %q, one of them %s", key, name)
		}
		named[key] = true
	}
	english := catalogue(t, say.English)
	for _, l := range say.Languages() {
		all := catalogue(t, l)
		for key := range named {
			if all[key] == nil {
				t.Errorf("%s is missing in %s", key, l)
			}
		}
		for key, text := range all {
			if !named[key] {
				t.Errorf("%s: %s has no key in the package", l, key)
				continue
			}
			checkText(t, l, key, text, english[key])
		}
	}
}

// checkText checks the forms of a text against those in English.
func checkText(t *testing.T, l say.Language, key say.Key, text, english map[string]string) {
	t.Helper()
	values := places(english["other"])
	got := slices.Sorted(maps.Keys(text))
	if want := plurals[l]; slices.Contains(values, "n") && !slices.Equal(got, want) {
		t.Errorf("%s: %s has forms %v, want %v", l, key, got, want)
	} else if !slices.Contains(values, "n") && !slices.Equal(got, []string{"other"}) {
		t.Errorf("%s: %s has forms %v, and no number n", l, key, got)
	}
	for form, words := range text {
		if strings.TrimSpace(words) == "" {
			t.Errorf("%s: %s says nothing", l, key)
		}
		asks := places(words)
		if form == "one" { // "one topic" needs no number
			asks = slices.DeleteFunc(asks, func(v string) bool { return v == "n" })
		}
		want := values
		if form == "one" {
			want = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "n" })
		}
		if !slices.Equal(asks, want) {
			t.Errorf("%s: %s (%s) asks for %v, English for %v", l, key, form, asks, want)
		}
		if strings.Contains(placeholder.ReplaceAllString(words, ""), "{{") {
			t.Errorf("%s: %s has braces that are no {{.name}}", l, key)
		}
	}
}

// TestUsed finds keys that nothing outside the package says.
func TestUsed(t *testing.T) {
	used := map[string]bool{}
	named := regexp.MustCompile(`\bsay\.(\w+)`)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, m := range named.FindAllSubmatch(source, -1) {
			used[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range keys(t) {
		if !used[name] {
			t.Errorf("nobody says %s", name)
		}
	}
}

// TestEveryText says each text, those with a number in every plural form.
func TestEveryText(t *testing.T) {
	for _, l := range say.Languages() {
		for key, forms := range catalogue(t, l) {
			values := say.Values{}
			for _, name := range places(forms["other"]) {
				values[name] = "value"
			}
			counts := []int{1}
			if values["n"] != nil {
				counts = []int{0, 1, 2, 5, 21, 22, 1_000_000}
			}
			for _, n := range counts {
				if values["n"] != nil {
					values["n"] = n
				}
				if said := key.In(l, values); strings.Contains(said, "<no value>") {
					t.Errorf("%s: %s: %s", l, key, said)
				}
			}
		}
	}
}

func TestClosest(t *testing.T) {
	for code, want := range map[string]say.Language{
		"": say.German, "en": say.English, "EN-us": say.English, "ru": say.Russian, "pt-br": say.German, "italian": say.German,
	} {
		if got := say.Closest(code, say.German); got != want {
			t.Errorf("Closest(%q) = %s, want %s", code, got, want)
		}
	}
}

// strange are other names of what the glossary (doc.go) names.
var strange = map[say.Language]*regexp.Regexp{
	say.English: regexp.MustCompile(`(?i)\b(canned|tags?|saved replies|configuration bot)\b`),
	say.Russian: regexp.MustCompile(`(?i)(топик|тэг|тег\b|руководител|ярлык|установочн|узле\b|шаблонн[а-я]+ ответ)`),
	say.Spanish: regexp.MustCompile(`(?i)\b(hilos?|responsables?|nodos?|retransmit\w*|vosotros|desactive|elimine|responda)\b`),
	say.German:  regexp.MustCompile(`(?i)(\betiketten?\b|einrichtungsbot|\bknoten\b|leiter\b|textbaustein|\bthread)`),
	say.Italian: regexp.MustCompile(`(?i)\b(tag|manager|nodo|squadra|gestori|thread|topic|eliminare i messaggi)\b`),
}

// TestGlossary finds things that a text calls otherwise than the others do.
func TestGlossary(t *testing.T) {
	for l, names := range strange {
		for key, forms := range catalogue(t, l) {
			for _, text := range forms {
				if name := names.FindString(text); name != "" {
					t.Errorf("%s: %s says %q, which has another name: see doc.go", l, key, name)
				}
			}
		}
	}
}

// friendly are words for friends, in what clients read.
var friendly = map[say.Language]*regexp.Regexp{
	say.Russian: regexp.MustCompile(`(?i)(^|\P{L})(ты|твой|твоё|напиши|отправь)(\P{L}|$)`),
	say.Spanish: regexp.MustCompile(`(?i)(^|\P{L})(tú|tu|tus|envíalo|escribe)(\P{L}|$)`),
	say.German:  regexp.MustCompile(`(^|\P{L})([dD]u|[dD]ein\pL*|[dD]ir|[sS]chreib|[sS]ende)(\P{L}|$)`),
	say.Italian: regexp.MustCompile(`(?i)(^|\P{L})(tu|tuo|tua|invialo|scrivi)(\P{L}|$)`),
}

// TestStrangers finds texts that speak to clients as to friends.
func TestStrangers(t *testing.T) {
	for l, words := range friendly {
		for _, key := range []say.Key{say.DefaultWelcome, say.ClientUndelivered, say.ClientRefused} {
			if word := words.FindString(key.In(l)); word != "" {
				t.Errorf("%s: %s says %q to a stranger", l, key, word)
			}
		}
	}
}
