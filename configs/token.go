package configs

import (
	"fmt"
	"os"
	"strings"
)

// readToken fills BotToken from BotTokenFile if that is the later word.
func (c *Config) readToken() error {
	file, text := c.Origin("bot_token_file"), c.Origin("bot_token")
	switch {
	case c.BotTokenFile == "":
		return nil
	case !c.BotToken.Empty() && text.Layer == file.Layer:
		return c.Fault("bot_token_file", "is set together with bot_token: choose one")
	case !c.BotToken.Empty() && text.Layer > file.Layer:
		return nil
	}
	data, err := os.ReadFile(c.BotTokenFile)
	if err != nil {
		return fmt.Errorf("%w: %w", c.Fault("bot_token_file", "can't be read"), err)
	}
	token := strings.TrimSpace(string(data))
	if token == "" {
		return c.Fault("bot_token_file", "names an empty file")
	}
	c.BotToken = NewSecret(token)
	c.origins["bot_token"] = file
	return nil
}
