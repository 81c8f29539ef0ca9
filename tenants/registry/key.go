package registry

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"topicdesk/tenants"
)

// Key is the node's key. It prints as a placeholder.
type Key struct {
	bytes [chacha20poly1305.KeySize]byte
}

// String hides the key from logs.
func (Key) String() string { return "[node key]" }

// GoString hides the key from logs.
func (Key) GoString() string { return "[node key]" }

// ErrSealed: sealed with another key or for something else, or damaged.
var ErrSealed = errors.New("can't be unsealed with this node's key")

// Derive makes a key of 32 bytes for one purpose: the same at every call, and
// telling nothing of the node's key or of the keys for other purposes.
func (k Key) Derive(purpose string) []byte {
	mac := hmac.New(sha256.New, k.bytes[:])
	mac.Write([]byte("topicdesk derive\x00" + purpose))
	return mac.Sum(nil)
}

// ParseKey reads a key as its file holds it: its bytes in base64. The error quotes
// nothing of it.
func ParseKey(text string) (Key, error) {
	var key Key
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(raw) != len(key.bytes) {
		return Key{}, fmt.Errorf("a key is %d bytes in base64, this is none", len(key.bytes))
	}
	copy(key.bytes[:], raw)
	return key, nil
}

func newKey() (key Key) {
	rand.Read(key.bytes[:]) // never fails, see package crypto/rand
	return key
}

// text is the way back from ParseKey.
func (k Key) text() string { return base64.StdEncoding.EncodeToString(k.bytes[:]) }

// Fingerprint tells keys apart and tells nothing of them.
func (k Key) Fingerprint() string {
	sum := hex.EncodeToString(k.Derive("fingerprint")[:8])
	return sum[:4] + "-" + sum[4:8] + "-" + sum[8:12] + "-" + sum[12:]
}

// Seal encrypts a value so that only this node opens it, and only as this name
// of this tenant.
func (k Key) Seal(tenant tenants.TenantID, name string, value []byte) []byte {
	aead, err := chacha20poly1305.NewX(k.bytes[:])
	if err != nil {
		panic(err) // the size is right
	}
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(value)+aead.Overhead())
	rand.Read(nonce) // never fails
	return aead.Seal(nonce, nonce, value, boundTo(tenant, name))
}

// Reveal is the way back. Error: ErrSealed.
func (k Key) Reveal(tenant tenants.TenantID, name string, sealed []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(k.bytes[:])
	if err != nil {
		panic(err) // the size is right
	}
	if len(sealed) < aead.NonceSize() {
		return nil, ErrSealed
	}
	nonce, text := sealed[:aead.NonceSize()], sealed[aead.NonceSize():]
	value, err := aead.Open(nil, nonce, text, boundTo(tenant, name))
	if err != nil {
		return nil, ErrSealed
	}
	return value, nil
}

// boundTo is the additional data. A tenant's name holds no slash, so no two
// pairs look alike.
func boundTo(tenant tenants.TenantID, name string) []byte {
	return []byte(string(tenant) + "/" + name)
}
