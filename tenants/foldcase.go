package tenants

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FoldCase is a text in one Unicode form and in one case: names and keywords begin their
// comparing with it.
func FoldCase(s string) string {
	small := strings.ToLower(norm.NFKC.String(s)) // Fold alone takes some letters, of Cherokee, to their other case
	return norm.NFKC.String(cases.Fold().String(small))
}
