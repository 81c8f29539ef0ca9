package configs

import (
	"encoding/base64"
	"path/filepath"
)

// keySize is how long the node's key is, bytes.
const keySize = 32

// chooseKey leaves the later word of Key and KeyFile.
func (c *Config) chooseKey() error {
	file, text := c.Origin("key_file"), c.Origin("key")
	switch {
	case c.Key.Empty() && c.KeyFile == "":
		c.KeyFile = filepath.Join(c.DataDir, "node.key")
	case c.Key.Empty() || c.KeyFile == "":
	case text.Layer == file.Layer:
		return c.Fault("key_file", "is set together with key: choose one")
	case text.Layer > file.Layer:
		c.KeyFile = ""
	default:
		c.Key = Secret{}
	}
	return nil
}

// isKey tells whether a text is a key, as registry.ParseKey reads it.
func isKey(text string) bool {
	raw, err := base64.StdEncoding.DecodeString(text)
	return err == nil && len(raw) == keySize
}
