package onboard

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"unicode"

	"topicdesk/tenants"
)

// codeSigns are what codes are made of: capitals and digits without those that
// look like others (0 O, 1 I L, 2 Z, 5 S, 8 B, U).
const codeSigns = "34679ACDEFGHJKMNPQRTVWXY"

// codeLength makes 45 bits: too many to be guessed at the pace of a chat.
const codeLength = 10

// Code is the code that binds a connection: the same for the same node, tenant
// and connection, and not to be found without the node's key.
func Code(nodeKey []byte, tenant tenants.TenantID, connection tenants.ConnectionID) string {
	mac := hmac.New(sha256.New, nodeKey)
	mac.Write([]byte("topicdesk bind\x00" + string(tenant) + "\x00"))
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(connection)))
	number := binary.BigEndian.Uint64(mac.Sum(nil))
	code := make([]byte, codeLength)
	for i := range code {
		code[i] = codeSigns[number%uint64(len(codeSigns))]
		number /= uint64(len(codeSigns))
	}
	return string(code)
}

// matches compares what was typed after /bind; case, spaces and hyphens don't
// count. No code matches nothing.
func matches(code, typed string) bool {
	typed = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, typed)
	return code != "" && hmac.Equal([]byte(code), []byte(typed))
}

// typed is what follows the command in a text that begins with one.
func typed(text string) string {
	text = strings.TrimSpace(text)
	end := strings.IndexFunc(text, unicode.IsSpace)
	if end < 0 {
		return ""
	}
	return text[end:]
}
