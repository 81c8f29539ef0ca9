package configs

import (
	"slices"
	"strings"
)

// suggest returns those of the keys that somebody may have meant: the same but
// for case, else the same name in another section, else the nearest spelling;
// none if nothing is near.
func suggest(given string, keys []string) []string {
	for _, key := range keys {
		if strings.EqualFold(key, given) {
			return []string{key}
		}
	}
	var found []string
	for _, key := range keys {
		if last(key) == last(given) {
			found = append(found, key)
		}
	}
	if len(found) > 0 {
		return found
	}
	best := 1 + len(given)/5 // more letters, more room for slips
	for _, key := range keys {
		switch d := distance(key, given); {
		case d < best:
			best, found = d, []string{key}
		case d == best:
			found = append(found, key)
		}
	}
	return found
}

// keys are those of all settings.
func keys() []string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.key
	}
	return all
}

// keysAndSections are all names that a settings file may say.
func keysAndSections() []string {
	all := keys()
	for _, key := range keys() {
		section, _, inside := strings.Cut(key, ".")
		if inside && !slices.Contains(all, section) {
			all = append(all, section)
		}
	}
	return all
}

func last(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }

// distance is Levenshtein's: how many letters to put in, take out or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
