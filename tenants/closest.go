package tenants

import "strings"

// Closest is the candidate that somebody probably meant: the one with the
// fewest slips of the finger (at most one in three letters, never more than
// two), else the only one that begins like the word. "" if nothing is near.
// Case does not count.
func Closest(word string, candidates []string) string {
	word = strings.ToLower(word)
	limit := min(2, (len([]rune(word))+1)/3)
	best, least := "", limit+1
	for _, candidate := range candidates {
		if d := slips([]rune(word), []rune(strings.ToLower(candidate)), limit); d < least {
			best, least = candidate, d
		}
	}
	if best != "" {
		return best
	}
	return onlyBeginning(word, candidates)
}

// shortestBeginning is how many letters a beginning needs to be told as a hint.
const shortestBeginning = 3

func onlyBeginning(word string, candidates []string) string {
	if len([]rune(word)) < shortestBeginning {
		return ""
	}
	found := ""
	for _, candidate := range candidates {
		if !strings.HasPrefix(strings.ToLower(candidate), word) {
			continue
		}
		if found != "" {
			return ""
		}
		found = candidate
	}
	return found
}

// slips counts letters added, left out, mistaken, or swapped with their
// neighbour (optimal string alignment). Words whose lengths alone differ by
// more than limit are not compared.
func slips(a, b []rune, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			mistaken := last[j-1]
			if a[i-1] != b[j-1] {
				mistaken++
			}
			row[j] = min(mistaken, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
