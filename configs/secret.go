package configs

import (
	"fmt"
	"io"
	"log/slog"
)

// hidden stands for a secret wherever one is printed.
const hidden = "(hidden)"

// Secret is text that must not be seen: fmt with any verb, slog, JSON and YAML
// write "(hidden)", or nothing if it is empty. The zero value is empty. A
// pointer holds the text, so that printing a struct with an unexported Secret,
// for which fmt can't call Format, shows an address at most.
type Secret struct {
	text *string // may be nil: empty
}

// NewSecret hides a text.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal returns the text itself.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Empty tells whether there is nothing to hide.
func (s Secret) Empty() bool { return s.text == nil }

// String is "(hidden)", or empty for an empty secret.
func (s Secret) String() string {
	if s.Empty() {
		return ""
	}
	return hidden
}

// Format implements fmt.Formatter: every verb and flag writes String.
func (s Secret) Format(w fmt.State, _ rune) { io.WriteString(w, s.String()) }

// MarshalText implements encoding.TextMarshaler, which JSON and YAML use.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
