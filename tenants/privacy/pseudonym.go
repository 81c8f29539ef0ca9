package privacy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
)

// What a pseudonym stands for.
const (
	OfPerson byte = 'u' // a tenants.UserID
	OfChat   byte = 'c' // a tenants.ChatID: a title
)

const (
	shortName = 4 // syllables: 41 million names
	longName  = 6
)

var (
	onsets = [16]string{"b", "ch", "d", "h", "j", "k", "l", "m", "n", "r", "s", "sh", "t", "v", "y", "z"}
	vowels = [5]string{"a", "e", "i", "o", "u"}
	// ugly pieces of words are not given to anybody.
	ugly = []string{"bitch", "chudak", "homo", "kaka", "kike", "nazi", "shit", "siki", "titi"}
)

// Pseudonym is the name under which operators see somebody: like "Varukino",
// the same for the same key, kind and id for ever. Who has no key can neither
// make it nor turn it back: it is cut from HMAC-SHA256.
func Pseudonym(key []byte, kind byte, id int64) string {
	return pseudonym(key, kind, id, 0)
}

// PseudonymLong is Pseudonym with two syllables more, for somebody whose
// pseudonym is taken in the chat.
func PseudonymLong(key []byte, kind byte, id int64) string {
	return pseudonym(key, kind, id, 1)
}

// pseudonym is the nth name: 0 the short one, 1 its longer form, above that
// other long ones.
func pseudonym(key []byte, kind byte, id int64, nth int) string {
	if len(key) == 0 {
		panic("privacy: pseudonyms need the tenant's key")
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte{kind})
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(id)))
	if nth > 1 {
		mac.Write(binary.BigEndian.AppendUint64(nil, uint64(nth)))
	}
	sum := mac.Sum(nil)
	for from := 0; from+longName <= len(sum); from++ {
		name := spell(sum[from : from+longName])
		if !containsAny(name, ugly) {
			return cut(name, nth)
		}
	}
	return cut(spell(sum[:longName]), nth)
}

// Tag stands for somebody where nobody may read who it is: it leads to them only with
// the tenant's key.
type Tag = [16]byte

func tagOf(key []byte, w who) (t Tag) {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte{'t', w.kind})
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(w.id)))
	copy(t[:], mac.Sum(nil))
	return t
}

// Name is a pseudonym that somebody has in a chat.
type Name struct {
	Of   Tag
	Name string
	Nth  int // the nth in the row of those that were made for them, from 0
}

// Names are the pseudonyms of the people and of the title of the chat. In the tenant
// nobody else may have one of them: see Known.Later.
func (r *Redactor) Names() []Name {
	names := make([]Name, 0, len(r.shown))
	for w, name := range r.shown {
		nth := 0
		for pseudonym(r.known.Key, w.kind, w.id, nth) != name {
			nth++
		}
		names = append(names, Name{Of: tagOf(r.known.Key, w), Name: name, Nth: nth})
	}
	slices.SortFunc(names, func(a, b Name) int { return strings.Compare(a.Name, b.Name) })
	return names
}

// spell makes one syllable of each byte.
func spell(sum []byte) []string {
	syllables := make([]string, len(sum))
	for i, b := range sum {
		n := int(b) % (len(onsets) * len(vowels))
		syllables[i] = onsets[n/len(vowels)] + vowels[n%len(vowels)]
	}
	return syllables
}

func cut(syllables []string, nth int) string {
	if nth == 0 {
		syllables = syllables[:shortName]
	}
	name := strings.Join(syllables, "")
	return strings.ToUpper(name[:1]) + name[1:]
}

func containsAny(syllables, pieces []string) bool {
	name := strings.Join(syllables, "")
	for _, piece := range pieces {
		if strings.Contains(name, piece) {
			return true
		}
	}
	return false
}
