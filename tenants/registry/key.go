package registry

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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

// LoadOrCreateKey reads the node's key from a file, or makes one there. The
// file must be for its owner alone (mode 0600): another mode is refused.
func LoadOrCreateKey(path string) (Key, error) {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return createKey(path)
	case err != nil:
		return Key{}, fmt.Errorf("node key: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return Key{}, fmt.Errorf("node key: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return Key{}, fmt.Errorf("node key %s may be read by others (mode %04o): chmod 600 it", path, mode)
	}
	return parseKey(path, string(text))
}

func parseKey(path, text string) (Key, error) {
	var key Key
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(raw) != len(key.bytes) {
		return Key{}, fmt.Errorf("node key %s: want %d bytes in base64", path, len(key.bytes))
	}
	copy(key.bytes[:], raw)
	return key, nil
}

// createKey writes a new key beside its place and moves it there, so that a
// crash leaves no half of one.
func createKey(path string) (Key, error) {
	var key Key
	rand.Read(key.bytes[:]) // never fails, see package crypto/rand
	if err := writeKey(path, base64.StdEncoding.EncodeToString(key.bytes[:])+"\n"); err != nil {
		return Key{}, fmt.Errorf("make node key: %w", err)
	}
	return key, nil
}

func writeKey(path, text string) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(file.Name())) }()
	_, err = file.WriteString(text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	// Link, not rename: a key that appeared meanwhile must not be replaced.
	if err := os.Link(file.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
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
