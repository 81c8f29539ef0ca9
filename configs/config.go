package configs

import (
	"log/slog"
	"time"
)

// Config is a node's settings, complete and checked. Load makes it; the zero
// value is of no use. What each means, with its default, is told to people in
// topicdesk.yaml.
type Config struct {
	// DataDir is the folder of the registry and the tenants' files.
	DataDir string `koanf:"data_dir"`
	// Key is the key that seals secrets, 32 bytes in base64; empty means that
	// KeyFile has it. Exactly one of the two is set.
	Key Secret `koanf:"key"`
	// KeyFile is the file of the key; Load fills in node.key in DataDir if neither
	// is set.
	KeyFile string `koanf:"key_file"`
	// BotToken is the token of the bot that a demo relays with; empty means
	// the simulated Telegram.
	BotToken Secret `koanf:"bot_token"`
	// BotTokenFile is the file that BotToken was or could have been read from;
	// may be empty.
	BotTokenFile string `koanf:"bot_token_file"`

	// Telegram is where the Bot API is and how long to wait for it.
	Telegram Telegram `koanf:"telegram"`
	// HTTP is the node's own door: the page and webhooks.
	HTTP HTTP `koanf:"http"`
	// Limits are the node's own bounds and its pace at Telegram.
	Limits Limits `koanf:"limits"`
	// Log is what is logged and how.
	Log Log `koanf:"log"`
	// Debug is the door for whoever looks into the running process.
	Debug Debug `koanf:"debug"`
	// Simulator is the simulated Telegram of demo and simulator.
	Simulator Simulator `koanf:"simulator"`

	origins map[string]Origin // by key; every key has one
}

// Telegram is where the Bot API is and how long to wait for it.
type Telegram struct {
	// APIRoot is the Bot API server's address, without a slash at the end.
	APIRoot string `koanf:"api_root"`
	// Local: the server was started with --local, so files have paths on this
	// machine and webhooks may be plain HTTP (Bot API docs, "Using a Local Bot
	// API Server").
	Local bool `koanf:"local"`
	// CallTimeout is how long one call other than getUpdates may take.
	CallTimeout time.Duration `koanf:"call_timeout"`
	// PollTimeout is how long getUpdates waits at the server for an update.
	PollTimeout time.Duration `koanf:"poll_timeout"`
}

// HTTP is the node's own door.
type HTTP struct {
	// Listen is the address of the page and of webhooks, host:port; port 0
	// takes a free one.
	Listen string `koanf:"listen"`
	// PublicURL is the address under which Telegram reaches Listen, without a
	// slash at the end; empty means long polling instead of webhooks.
	PublicURL string `koanf:"public_url"`
	// WebhookMaxConnections is how many updates of one bot Telegram may be
	// handing over at the same time (Bot API setWebhook, max_connections).
	WebhookMaxConnections int `koanf:"webhook_max_connections"`
}

// Limits are the node's own bounds and its pace at Telegram.
type Limits struct {
	// UncommittedUpdates is how many updates the node takes on that are not on
	// disk yet.
	UncommittedUpdates int `koanf:"uncommitted_updates"`
	// TenantUpdatesPerSecond is how many updates of one tenant the node takes on in a
	// second, over a while; 0 means no limit of ours.
	TenantUpdatesPerSecond int `koanf:"tenant_updates_per_second"`
	// TenantOutbox is how many jobs of one tenant may wait before it takes in nothing
	// new; 0 means no limit of ours.
	TenantOutbox int `koanf:"tenant_outbox"`
	// TenantFileMiB is how large one tenant's file may grow; 0 means no limit of ours.
	TenantFileMiB int `koanf:"tenant_file_mib"`
	// CommitsAtOnce is how many tenants' files commit at the same time.
	CommitsAtOnce int `koanf:"commits_at_once"`
	// OpenTenants is how many tenants' files may be open; 0 means as many as
	// RLIMIT_NOFILE allows.
	OpenTenants int `koanf:"open_tenants"`
	// GroupTokens is how many messages one login may send into one group
	// within GroupWindow; 0 means no limit of ours.
	GroupTokens int `koanf:"group_tokens"`
	// GroupWindow is how long after its call's answer a token returns.
	GroupWindow time.Duration `koanf:"group_window"`
	// PrivatePerSecond is how many messages a second go into one private chat; 0
	// means no limit of ours.
	PrivatePerSecond float64 `koanf:"private_per_second"`
	// LoginPerSecond is how many messages a second one login sends in all; 0
	// means no limit of ours.
	LoginPerSecond float64 `koanf:"login_per_second"`
	// IdleClose is how long a tenant has nothing to do before its file is closed.
	IdleClose time.Duration `koanf:"idle_close"`
}

// Log is what is logged and how.
type Log struct {
	// Level is the least level that is logged.
	Level slog.Level `koanf:"level"`
	// Format is FormatText or FormatJSON.
	Format string `koanf:"format"`
}

// The formats of log lines.
const (
	FormatText = "text"
	FormatJSON = "json"
)

// Debug is the door for whoever looks into the running process.
type Debug struct {
	// Listen is its address, host:port; empty means that there is none.
	Listen string `koanf:"listen"`
	// Pprof: Go's profiles are served there too.
	Pprof bool `koanf:"pprof"`
}

// Simulator is the simulated Telegram. It may also be started alone, so its
// limits are settings of its own and not those of Limits.
type Simulator struct {
	// Listen is the address of the simulated Bot API, host:port.
	Listen string `koanf:"listen"`
	// Profile names a set of Telegram's rules, documented and not. The
	// simulator knows the names; Config.Fault refuses one that it doesn't know.
	Profile string `koanf:"profile"`
	// GroupPerMinute is how many messages a minute a bot may send into a
	// group or channel; 0 means as many as Profile says.
	GroupPerMinute int `koanf:"group_per_minute"`
	// PrivatePerSecond is how many messages a second a bot may send into a
	// private chat; 0 means as many as Profile says.
	PrivatePerSecond int `koanf:"private_per_second"`
	// LoginPerSecond is how many messages a second a bot may send in all; 0
	// means as many as Profile says.
	LoginPerSecond int `koanf:"login_per_second"`
}
