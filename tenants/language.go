package tenants

// Language is a language's two letters, as people's language_code begins with
// (Bot API User): "en", "ru".
type Language string

// English is the language that every Words has.
const English Language = "en"

// Words are one text in several languages.
type Words map[Language]string

// In is the text in a language, or in English where it is not translated yet.
func (w Words) In(language Language) string {
	if text, ok := w[language]; ok {
		return text
	}
	return w[English]
}
