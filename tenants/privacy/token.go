package privacy

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// tokens is set in every token.
const tokens = 1 << 62

// Token stands for somebody's id where apps read it but people don't, as in the data of
// a button: always the same number, larger than any id (52 bits: Bot API docs, User.id),
// of which only who has the tenant's key finds the id.
func Token(key []byte, id int64) int64 {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte{'t'})
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(id)))
	return int64(binary.BigEndian.Uint64(mac.Sum(nil))>>2) | tokens
}

// IsToken tells tokens from ids.
func IsToken(n int64) bool { return n >= tokens }
