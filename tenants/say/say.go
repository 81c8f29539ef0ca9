package say

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// Language is a language's two letters, as people's language_code begins with
// (Bot API User): "en", "ru".
type Language string

// The languages that the relay speaks.
const (
	English Language = "en"
	Russian Language = "ru"
	Spanish Language = "es"
	German  Language = "de"
	Italian Language = "it"
)

// Languages are those that the relay speaks, English first.
func Languages() []Language { return []Language{English, Russian, Spanish, German, Italian} }

// Closest is the language that somebody reads with a language_code like "de" or
// "pt-br", or other if the relay does not speak it or there is none.
func Closest(code string, other Language) Language {
	base, _, _ := strings.Cut(strings.ToLower(code), "-")
	if spoken := Language(base); slices.Contains(Languages(), spoken) {
		return spoken
	}
	return other
}

// Key names a text of the catalogue.
type Key string

// Values are what a text's {{.name}} stand for. n is a whole number, and chooses
// the plural form.
type Values map[string]any

// In is the text in a language, or in English if the relay does not speak it. It
// panics if the catalogue has no such text or it asks for a value that is not
// given: a programmer's error.
func (k Key) In(l Language, values ...Values) string {
	given := Values{}
	if len(values) > 0 {
		given = values[0]
	}
	text, err := words()[Closest(string(l), English)].Localize(&i18n.LocalizeConfig{
		MessageID: string(k), TemplateData: map[string]any(given), PluralCount: given["n"],
	})
	if err != nil && given["n"] != nil { // a language's form for millions, or none at all
		text, err = words()[Closest(string(l), English)].Localize(&i18n.LocalizeConfig{
			MessageID: string(k), TemplateData: map[string]any(given),
		})
	}
	if err != nil {
		panic(fmt.Sprintf("say: %s: %v", k, err))
	}
	return text
}

// With is the text with its values, in no language yet.
func (k Key) With(values Values) Line { return Line{Key: k, Values: values} }

// Line is what is to be said, before it is known who reads it. The zero Line says
// nothing.
type Line struct {
	Key    Key
	Values Values
}

// In is the line in a language, lines and keys among its values too; "" of the zero
// Line.
func (l Line) In(language Language) string {
	if l.Key == "" {
		return ""
	}
	values := Values{}
	for name, value := range l.Values {
		switch said := value.(type) {
		case told:
			value = said.In(language)
		case Key:
			value = said.In(language)
		}
		values[name] = value
	}
	return l.Key.In(language, values)
}

// Error is the line in English: a Line may be the reason why something is refused.
func (l Line) Error() string { return l.In(English) }

// told is what can be said in each language.
type told interface{ In(Language) string }

// Reason is an error in a language, if it can be said in it, else as it is.
func Reason(err error, l Language) string {
	var said told
	if errors.As(err, &said) {
		return said.In(l)
	}
	return err.Error()
}

// Ended is a reason as the end of a sentence.
func Ended(words string) string {
	if strings.HasSuffix(words, ".") || strings.HasSuffix(words, "?") {
		return words
	}
	return words + "."
}

//go:embed texts
var texts embed.FS

// words are the texts by language, read at the first use.
var words = sync.OnceValue(func() map[Language]*i18n.Localizer {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	files, err := texts.ReadDir("texts")
	if err != nil {
		panic("say: " + err.Error())
	}
	for _, f := range files {
		if _, err := bundle.LoadMessageFileFS(texts, "texts/"+f.Name()); err != nil {
			panic("say: " + err.Error())
		}
	}
	spoken := map[Language]*i18n.Localizer{}
	for _, l := range Languages() {
		spoken[l] = i18n.NewLocalizer(bundle, string(l))
	}
	return spoken
})
