package tenants_test

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"topicdesk/tenants"
)

func folded(s string) string {
	var runes []rune
	for _, g := range tenants.Look(s) {
		runes = append(runes, g.Fold)
	}
	return string(runes)
}

func TestLookAlikes(t *testing.T) {
	tests := map[string][]string{
		"case and accents":  {"José", "JOSE", "jose\u0301", "JosÉ"},
		"composition":       {"Андрей", "Андреи\u0306", "АНДРЕЙ"},
		"yo":                {"Алёна", "Алена", "АЛЕ\u0308НА"},
		"invisible":         {"Ivan", "I\u200bv\u00ada\u2060n\ufe0f", "\u202aIvan\u202c", "I\U000E0061van"},
		"look-alikes":       {"Capo", "Саро", "САРО"},
		"compatibility":     {"Ivan", "Ｉｖａｎ", "𝐈𝐯𝐚𝐧", "Ⓘⓥⓐⓝ"},
		"overlay":           {"Ivan", "I\u0336v\u0336a\u0336n\u0336"},
		"sharp s":           {"Weiß", "WEISS", "weiss"},
		"Turkish i":         {"İpek", "ipek", "ıpek"},
		"digits":            {"123", "١٢٣", "１２３", "𝟏𝟐𝟑"},
		"Hangul":            {"김민준", "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u116e\u11ab"},
		"points of Hebrew":  {"שלום", "שָׁלוֹם"},
		"points of Arabic":  {"محمد", "مُحَمَّد"},
		"spaces":            {"a b", "a\u00a0b", "a\u2003b"},
		"not what is other": {"かき"},
	}
	for name, same := range tests {
		t.Run(name, func(t *testing.T) {
			for _, s := range same[1:] {
				if folded(s) != folded(same[0]) {
					t.Errorf("%q looks like %q, %q like %q", s, folded(s), same[0], folded(same[0]))
				}
			}
		})
	}
	for _, pair := range [][2]string{{"かき", "かぎ"}, {"राम", "रमा"}, {"Ivan", "Ivana"}, {"a b", "ab"}} {
		if folded(pair[0]) == folded(pair[1]) {
			t.Errorf("%q and %q look alike", pair[0], pair[1])
		}
	}
}

func FuzzLook(f *testing.F) {
	f.Add("I\u200bva\u0301n \xff😀 한")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, g := range tenants.Look(s) {
			if g.From < 0 || g.From >= g.To || g.To > len(s) || g.From < end && g.To != end {
				t.Fatalf("glyph %+v of %q after %d", g, s, end)
			}
			end = g.To
		}
		if again := folded(folded(s)); again != folded(s) {
			t.Fatalf("folded twice: %+q, then %+q", folded(s), again)
		}
		if composed := norm.NFC.String(s); folded(norm.NFD.String(s)) != folded(composed) {
			t.Fatalf("composed and decomposed %+q differ", s)
		}
	})
}
