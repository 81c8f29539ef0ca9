//go:build mtproto

package mtproto

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"regexp"
	"strconv"
	"sync"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/session"
	"github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"

	port "topicdesk/actors/telegram"
	"topicdesk/tenants"
)

const (
	defaultPollTimeout = 25 * time.Second
	defaultCallTimeout = 30 * time.Second
)

// Options say which bot it is and how Telegram is reached. The first four are
// needed.
type Options struct {
	Token string // of the bot, as @BotFather gives it
	// AppID and AppHash are the program's own, as my.telegram.org gives them.
	AppID   int
	AppHash string
	Session SessionStore

	PollTimeout time.Duration // how long Receive waits; 0 = 25 s, negative = not at all
	CallTimeout time.Duration // of any request; 0 = 30 s
	// Centre takes the place of Telegram's data centres; nil = those.
	Centre *Centre
}

// SessionStore keeps the session: the key that is as good as the login. Who
// gives it seals what is stored and never logs it. Two gateways on one session
// end it (Telegram's AUTH_KEY_DUPLICATED).
type SessionStore interface {
	// Load is what was stored last, nil if nothing ever was.
	Load(ctx context.Context) ([]byte, error)
	Store(ctx context.Context, session []byte) error
}

// Centre is one data centre that is not Telegram's.
type Centre struct {
	ID   int
	IP   string
	Port int
	Key  *rsa.PublicKey
}

// Gateway is one bot. Make it with New, and Run it.
type Gateway struct {
	options Options
	id      int64 // of the bot, as its token says
	life    int64 // tells pushes of this Gateway from those of an earlier one

	ready chan struct{} // closed when it is known whether there is a login
	mu    sync.Mutex
	link  chan struct{}    // guarded by mu; closed and renewed with every connection
	api   *tg.Client       // guarded by mu
	over  *tenants.Outcome // guarded by mu; why there is no connection any more

	peers peers
	marks marks
	sent  sent
	last  issued // guarded by mu
}

var _ port.Gateway = (*Gateway)(nil)

// tokenForm is a bot's token: its user id and a secret.
var tokenForm = regexp.MustCompile(`^([1-9][0-9]{0,15}):[A-Za-z0-9_-]{20,64}$`)

// New makes the gateway of one bot. It asks nothing of Telegram; the error is
// about the options and holds no secret.
func New(o Options) (*Gateway, error) {
	form := tokenForm.FindStringSubmatch(o.Token)
	switch {
	case form == nil:
		return nil, errors.New("bot token: want the form 123456:AA…, as @BotFather gives it")
	case o.AppID == 0 || o.AppHash == "":
		return nil, errors.New("mtproto: the program's own app id and hash are needed (my.telegram.org)")
	case o.Session == nil:
		return nil, errors.New("mtproto: nowhere to keep the session")
	}
	if o.PollTimeout == 0 {
		o.PollTimeout = defaultPollTimeout
	}
	if o.CallTimeout == 0 {
		o.CallTimeout = defaultCallTimeout
	}
	id, err := strconv.ParseInt(form[1], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("bot token: its number: %w", err)
	}
	g := &Gateway{options: o, id: id, life: newLife(), ready: make(chan struct{}), link: make(chan struct{})}
	g.marks.wake = make(chan struct{})
	g.marks.boxes.all = true
	return g, nil
}

// Abilities are those of a bot over MTProto as far as they are used: repeats
// make nothing new, files of any size go anew. A bot gets no history, and what
// another session of it writes is not told from what this one wrote before a
// crash.
func (g *Gateway) Abilities() port.Abilities {
	return port.Abilities{Idempotent: true, StreamsFiles: true}
}

// Run keeps the login's connection until ctx ends; the other methods need it,
// and wait for it as long as their own context and timeout allow. It is called
// once. The error is nil after the end of ctx, else a *telegram.ReceiveError:
// of a login that Telegram has ended (Gone), or of a connection that can't be
// had. It reconnects by itself.
func (g *Gateway) Run(ctx context.Context) error {
	client := telegram.NewClient(g.options.AppID, g.options.AppHash, g.clientOptions())
	err := client.Run(ctx, func(ctx context.Context) error {
		if err := g.logIn(ctx, client); err != nil {
			return err
		}
		<-ctx.Done()
		return nil
	})
	if ctx.Err() != nil {
		g.settle(nil, &tenants.Outcome{Kind: tenants.NotSent, Why: "the gateway was stopped"})
		return nil
	}
	if err == nil {
		err = errors.New("the connection ended")
	}
	out := verdict("login", 0, err)
	g.settle(nil, &out)
	return &port.ReceiveError{Outcome: out}
}

func (g *Gateway) clientOptions() telegram.Options {
	options := telegram.Options{
		SessionStorage: keeper{g.options.Session},
		UpdateHandler:  telegram.UpdateHandlerFunc(g.pushed),
		Middlewares:    []telegram.Middleware{telegram.MiddlewareFunc(g.again)},
		OnConnectionState: func(state telegram.ConnectionState) {
			if state == telegram.ConnectionStateReady {
				g.linked()
			}
		},
	}
	if c := g.options.Centre; c != nil {
		options.DC = c.ID
		options.DCList = dcs.List{Options: []tg.DCOption{{Static: true, ID: c.ID, IPAddress: c.IP, Port: c.Port}}}
		options.PublicKeys = []telegram.PublicKey{{RSA: c.Key}}
	}
	return options
}

// linked notes a new connection: what was pushed before it may be missing.
func (g *Gateway) linked() {
	g.marks.put(asked{all: true})
	g.mu.Lock()
	defer g.mu.Unlock()
	close(g.link)
	g.link = make(chan struct{})
}

// next is closed when there is another connection than now.
func (g *Gateway) next() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.link
}

// again repeats a request that could not be written because the connection was
// just ending: gotd waits for the next one only if it knows of the end.
func (g *Gateway) again(invoker tg.Invoker) telegram.InvokeFunc {
	return func(ctx context.Context, input bin.Encoder, output bin.Decoder) error {
		next := g.next()
		err := invoker.Invoke(ctx, input, output)
		if !unwritten(err) {
			return err
		}
		select {
		case <-next:
			return invoker.Invoke(ctx, input, output)
		case <-ctx.Done():
			return err
		}
	}
}

// unwritten tells that a request did not leave as a whole, so that nobody can
// have read it.
func unwritten(err error) bool {
	var network *net.OpError
	return errors.As(err, &network) && network.Op == "write"
}

// logIn uses the stored session, or makes one with the token.
func (g *Gateway) logIn(ctx context.Context, client *telegram.Client) error {
	status, err := client.Auth().Status(ctx)
	if err != nil {
		return fmt.Errorf("ask for the login: %w", err)
	}
	if !status.Authorized {
		if _, err := client.Auth().Bot(ctx, g.options.Token); err != nil {
			return fmt.Errorf("log in: %w", err)
		}
	}
	g.settle(client.API(), nil)
	return nil
}

// settle opens the gate for callers, or tells them why it is shut.
func (g *Gateway) settle(api *tg.Client, over *tenants.Outcome) {
	g.mu.Lock()
	defer g.mu.Unlock()
	first := g.api == nil && g.over == nil
	g.api, g.over = api, over
	if first {
		close(g.ready)
	}
}

// connected waits for the login. The outcome is nil if there is one.
func (g *Gateway) connected(ctx context.Context) (*tg.Client, *tenants.Outcome) {
	select {
	case <-g.ready:
		g.mu.Lock()
		defer g.mu.Unlock()
		return g.api, g.over
	case <-ctx.Done():
		return nil, &tenants.Outcome{Kind: tenants.NotSent, Why: "no connection: " + ctx.Err().Error()}
	}
}

// keeper is a SessionStore as gotd wants it.
type keeper struct{ store SessionStore }

func (k keeper) LoadSession(ctx context.Context) ([]byte, error) {
	data, err := k.store.Load(ctx)
	if err == nil && data == nil {
		return nil, session.ErrNotFound
	}
	return data, err
}

func (k keeper) StoreSession(ctx context.Context, data []byte) error {
	return k.store.Store(ctx, data)
}
