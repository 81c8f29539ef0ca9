//go:build mtproto

package mtproto_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
	"github.com/gotd/td/tgtest"
	"github.com/gotd/td/transport"

	"topicdesk/actors/telegram/conformance"
	"topicdesk/actors/telegram/mtproto"
)

// dc is the centre's number.
const dc = 2

// front is the only server of the tests: connections and keys are gotd's. One
// for all, since to make a key with it takes half a second; so tests take turns.
type front struct {
	server *tgtest.Server
	key    *rsa.PrivateKey
	port   int
	made   *vault // a session in which a key was made
	mu     sync.Mutex
	centre *centre // what answers
}

var theFront = sync.OnceValue(func() *front {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	f := &front{key: key, port: listener.Addr().(*net.TCPAddr).Port, made: new(vault)}
	f.server = tgtest.NewServer(tgtest.NewPrivateKey(key), tgtest.UnpackInvoke(tgtest.HandlerFunc(f.answer)), tgtest.ServerOptions{DC: dc})
	go func() { _ = f.server.Serve(context.Background(), transport.ListenCodec(nil, heard{listener})) }()
	return f
})

// heard hands on the connections only that have said something: at one that is cut before,
// as it happens to a gateway that is stopped at once, gotd's server ends for all.
type heard struct{ net.Listener }

func (h heard) Accept() (net.Conn, error) {
	for {
		conn, err := h.Listener.Accept()
		if err != nil {
			return nil, err
		}
		said := bufio.NewReader(conn)
		if _, err := said.Peek(4); err == nil { // as much as tells the codec
			return listened{conn, said}, nil
		}
		_ = conn.Close()
	}
}

// listened is a connection of which some has been read.
type listened struct {
	net.Conn
	said *bufio.Reader
}

func (l listened) Read(b []byte) (int, error) { return l.said.Read(b) }

func (f *front) answer(server *tgtest.Server, req *tgtest.Request) error {
	f.mu.Lock()
	c := f.centre
	f.mu.Unlock()
	return c.methods.OnMessage(server, req)
}

// centre is a data centre with the methods that a bot needs (rpc_test.go), on a
// Telegram in memory. It counts updates in boxes as Telegram does (box_test.go),
// and is strict where it can be: a random_id goes once, access hashes must be
// right or, for a bot, 0.
type centre struct {
	*subject
	server  *tgtest.Server
	methods *tgtest.Dispatcher

	mu       sync.Mutex
	entered  map[[8]byte]bool // keys that are logged in
	sessions map[int64]tgtest.Session
	token    string
	boxes
	files    map[int64]stored
	parts    map[int64][]byte // of new files
	used     map[int64]bool   // random ids
	queries  map[int64]bool   // presses that were told
	spoiled  []spoilt
	knobs    knobs
	imported int // how often the token was used
}

// knobs are what is not known of Telegram, or has to be seen in a test.
type knobs struct {
	slice       int  // how many updates one answer holds; 0 = all
	deaf        bool // nothing is pushed
	boxed       bool // presses and votes come in differences, not by push
	wholePolls  bool // a vote comes with the poll, not only with its numbers
	forgetKeys  bool // updateMessageID is not in differences
	repeatAgain bool // a used random_id is answered as the first time was
	forbidden   bool // a channel that the bot is out of is shown as forbidden, not refused
	mute        bool // who asks for a channel is told nothing
}

type spoilt struct {
	how   conformance.Spoiling
	after time.Duration
}

// newCentre makes a centre, which answers from now on.
func newCentre() *centre {
	f := theFront()
	c := &centre{
		subject: newSubject(), server: f.server, entered: map[[8]byte]bool{}, sessions: map[int64]tgtest.Session{},
		files: map[int64]stored{}, parts: map[int64][]byte{}, used: map[int64]bool{}, queries: map[int64]bool{}, boxes: newBoxes(),
	}
	c.token = tokenOf(c.login)
	c.methods = c.dispatcher()
	c.pump(nil) // what was before anybody listened
	f.mu.Lock()
	defer f.mu.Unlock()
	f.centre = c
	return c
}

// open starts a gateway, which the test's end stops.
func (c *centre) open(t *testing.T, poll time.Duration, session mtproto.SessionStore) *mtproto.Gateway {
	t.Helper()
	gateway, err := mtproto.New(mtproto.Options{
		Token: c.token, AppID: 1, AppHash: "hash", Session: session, PollTimeout: poll, CallTimeout: time.Minute,
		Centre: &mtproto.Centre{ID: dc, IP: "127.0.0.1", Port: theFront().port, Key: &theFront().key.PublicKey},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ran := make(chan error, 1)
	go func() { ran <- gateway.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ran; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	return gateway
}

// vault is a SessionStore.
type vault struct {
	mu   sync.Mutex
	data []byte
}

func (v *vault) Load(context.Context) ([]byte, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.data, nil
}

func (v *vault) Store(_ context.Context, data []byte) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.data = data
	return nil
}

// decoder is a request.
type decoder[R any] interface {
	*R
	Decode(*bin.Buffer) error
}

// on answers a method; only a login is answered, but to ask for it.
func on[R any, P decoder[R]](c *centre, d *tgtest.Dispatcher, id uint32, spoilable bool, do func(*R) (bin.Encoder, error)) {
	d.HandleFunc(id, func(server *tgtest.Server, req *tgtest.Request) error {
		var in R
		if err := P(&in).Decode(req.Buf); err != nil {
			return err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		if !c.entered[req.Session.AuthKey.ID] {
			return tgerr.New(401, "AUTH_KEY_UNREGISTERED")
		}
		if _, err := c.bot.Self(req.RequestCtx); err != nil {
			return tgerr.New(401, "SESSION_REVOKED")
		}
		c.sessions[req.Session.ID] = req.Session
		how, after, spoils := c.nextSpoil(spoilable)
		switch {
		case spoils && how == conformance.Flooded:
			return floodWait(after)
		case spoils && how == conformance.RequestLost:
			return c.cut(req)
		}
		out, err := do(&in)
		if spoils {
			return c.cut(req)
		}
		if err != nil {
			return err
		}
		return server.SendResult(req, out)
	})
}

// ackRead is more than gotd needs to read that a request was confirmed. It sends again,
// and rightly so, what was not confirmed when the line is cut: then there is no doubt.
const ackRead = 100 * time.Millisecond

// cut ends a connection after the request was confirmed, so that nobody knows
// what came of it.
func (c *centre) cut(req *tgtest.Request) error {
	if err := c.server.SendAck(req.RequestCtx, req.Session, req.MsgID); err != nil {
		return err
	}
	delete(c.sessions, req.Session.ID)
	time.AfterFunc(ackRead, func() { c.server.ForceDisconnect(req.Session) })
	return nil
}

func (c *centre) nextSpoil(spoilable bool) (conformance.Spoiling, time.Duration, bool) {
	if !spoilable || len(c.spoiled) == 0 {
		return 0, 0, false
	}
	next := c.spoiled[0]
	c.spoiled = c.spoiled[1:]
	return next.how, next.after, true
}

// push sends to all sessions of the bot.
func (c *centre) push(updates tg.UpdatesClass) {
	if c.knobs.deaf {
		return
	}
	for id, session := range c.sessions {
		if err := c.server.Send(context.Background(), session, proto.MessageFromServer, updates); err != nil {
			delete(c.sessions, id)
		}
	}
}

// enter logs a key in.
func (c *centre) enter(_ *tgtest.Server, req *tgtest.Request) error {
	var in tg.AuthImportBotAuthorizationRequest
	if err := in.Decode(req.Buf); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if in.BotAuthToken != c.token {
		return tgerr.New(400, "ACCESS_TOKEN_INVALID")
	}
	c.imported++
	c.entered[req.Session.AuthKey.ID] = true
	return c.server.SendResult(req, &tg.AuthAuthorization{User: c.userObject(c.login)})
}

// config is what a client is told of the data centres.
func config() *tg.Config {
	return &tg.Config{ThisDC: dc, DCOptions: []tg.DCOption{{Static: true, ID: dc, IPAddress: "127.0.0.1", Port: theFront().port}}}
}
