package configs

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"text/tabwriter"
)

// Print writes all settings, one a line: key, value, and where it comes from.
// Secrets are hidden.
func (c Config) Print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, f := range fields {
		fmt.Fprintf(table, "%s\t%s\t%s\n", f.key, show(f.value(c)), c.Origin(f.key))
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
