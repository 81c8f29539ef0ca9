package configs

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"text/tabwriter"
)

// Shown is a setting for who reads it.
type Shown struct {
	Key    string `json:"key"`
	Value  string `json:"value"` // secrets are hidden
	Origin string `json:"origin"`
}

// Shown are all settings, in the order of the default file.
func (c Config) Shown() []Shown {
	all := make([]Shown, len(fields))
	for i, f := range fields {
		all[i] = Shown{Key: f.key, Value: show(f.value(c)), Origin: c.Origin(f.key).String()}
	}
	return all
}

// Print writes all settings, one a line: key, value, and where it comes from.
// Secrets are hidden.
func (c Config) Print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range c.Shown() {
		fmt.Fprintf(table, "%s\t%s\t%s\n", s.Key, s.Value, s.Origin)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the settings: %w", err)
	}
	return nil
}

// show writes a value as a settings file would.
func show(value any) string {
	switch value := value.(type) {
	case slog.Level:
		return strings.ToLower(value.String())
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	default:
		if text := fmt.Sprint(value); text != "" {
			return text
		}
		return `""`
	}
}
