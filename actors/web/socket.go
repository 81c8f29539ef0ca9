package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const (
	// SocketName is the socket's name in the data directory.
	SocketName = "admin.sock"
	// maxQuestion bounds one question, bytes: the longest keyword expression
	// and room around it.
	maxQuestion   = 1 << 20
	headerTimeout = 5 * time.Second
	// questionTimeout bounds how long a whole question may take to come, also one that
	// nobody reads to its end; what is done for it may take any time.
	questionTimeout = 20 * time.Second
	closeTimeout    = 2 * time.Second
)

// ErrNobody: no node listens in this data directory.
var ErrNobody = errors.New("no node runs on this data directory")

// Serve listens in a data directory that this process holds. close ends it.
func Serve(dir string, d *Desk, log *slog.Logger) (closing func(), err error) {
	path := filepath.Join(dir, SocketName)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("take away an old socket: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen for commands: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("listen for commands: %w", err), l.Close())
	}
	server := newServer(handler(d))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the door for commands has closed", "error", err)
		}
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
		defer cancel()
		if err := server.Shutdown(ctx); err != nil {
			server.Close()
		}
		<-ended
	}, nil
}

func newServer(answers http.Handler) *http.Server {
	return &http.Server{Handler: answers, ReadHeaderTimeout: headerTimeout, ReadTimeout: questionTimeout}
}

func handler(d *Desk) http.Handler {
	mux := http.NewServeMux()
	answer(mux, "list", func(ctx context.Context, _ struct{}) ([]Tenant, error) { return d.List(ctx) })
	answer(mux, "examine", d.Examine)
	answer(mux, "health", func(ctx context.Context, _ struct{}) ([]Finding, error) { return d.Health(ctx) })
	answer(mux, "key", func(ctx context.Context, _ struct{}) (Key, error) { return d.Key(ctx) })
	answer(mux, "lacks", func(ctx context.Context, _ struct{}) ([]string, error) { return d.Lacks(ctx) })
	answer(mux, "add", d.Add)
	answer(mux, "show", func(ctx context.Context, n Name) (View, error) { return d.Show(ctx, n.Tenant) })
	answer(mux, "set", d.Set)
	answer(mux, "renew", d.Renew)
	answer(mux, "backup", d.Backup)
	answer(mux, "backup-node", d.BackupNode)
	answer(mux, "recover", d.Recover)
	answer(mux, "add-helper", d.AddHelper)
	answer(mux, "remove-helper", d.RemoveHelper)
	answer(mux, "asides", func(ctx context.Context, n Name) ([]Aside, error) { return d.Asides(ctx, n.Tenant) })
	answer(mux, "acts", d.Acts)
	answer(mux, "retry", func(ctx context.Context, n Name) (int, error) { return d.Retry(ctx, n.Tenant) })
	answer(mux, "outbox", d.Outbox)
	answer(mux, "hasten", d.Hasten)
	answer(mux, "drop", d.DropJobs)
	answer(mux, "forget", d.Forget)
	answer(mux, "set-stopped", func(ctx context.Context, h halt) (Halted, error) { return d.SetStopped(ctx, h.Tenant, h.Stopped) })
	answer(mux, "remove", func(ctx context.Context, n Name) (Halted, error) { return d.Remove(ctx, n.Tenant) })
	answer(mux, "standing", d.Standing)
	stream(mux, "export", d.Export)
	return mux
}

// answered is the form of every answer.
type answered[Out any] struct {
	Result Out    `json:"result"`
	Error  string `json:"error,omitempty"`
	Sort   Sort   `json:"sort,omitempty"` // of Error
}

func answer[In, Out any](mux *http.ServeMux, question string, f func(context.Context, In) (Out, error)) {
	mux.HandleFunc("POST /"+question, func(w http.ResponseWriter, r *http.Request) {
		var in In
		var out answered[Out]
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxQuestion)).Decode(&in)
		if err == nil {
			out.Result, err = f(r.Context(), in)
		}
		if err != nil {
			out.Error, out.Sort = err.Error(), SortOf(err)
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(out); err != nil {
			panic(http.ErrAbortHandler) // the asker has gone
		}
	})
}

// stream answers a question with bytes as they come. What fails before the first of
// them is told like any error; what fails later cuts the answer.
func stream[In any](mux *http.ServeMux, question string, f func(context.Context, In, io.Writer) error) {
	mux.HandleFunc("POST /"+question, func(w http.ResponseWriter, r *http.Request) {
		var in In
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxQuestion)).Decode(&in)
		to := &begun{w: w}
		if err == nil {
			err = f(r.Context(), in, to)
		}
		switch {
		case err == nil:
		case to.yes:
			panic(http.ErrAbortHandler)
		default:
			w.WriteHeader(http.StatusUnprocessableEntity)
			if err := json.NewEncoder(w).Encode(answered[struct{}]{Error: err.Error(), Sort: SortOf(err)}); err != nil {
				panic(http.ErrAbortHandler)
			}
		}
	})
}

// begun knows whether anything was written.
type begun struct {
	w   io.Writer
	yes bool
}

func (b *begun) Write(p []byte) (int, error) {
	b.yes = true
	return b.w.Write(p)
}

// Client is the Desk of the node that runs on a data directory.
type Client struct{ http *http.Client }

// Dial finds the node that runs on a data directory. Error: ErrNobody.
func Dial(ctx context.Context, dir string) (*Client, error) {
	path := filepath.Join(dir, SocketName)
	dial := func(ctx context.Context) (net.Conn, error) { return (&net.Dialer{}).DialContext(ctx, "unix", path) }
	conn, err := dial(ctx)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED):
		return nil, ErrNobody
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("the node in %s is another user's: give commands as that one, for example with sudo -u: %w", dir, err)
	case err != nil:
		return nil, fmt.Errorf("reach the running node: %w", err)
	}
	if err := conn.Close(); err != nil {
		return nil, fmt.Errorf("reach the running node: %w", err)
	}
	return &Client{&http.Client{Transport: &http.Transport{
		DialContext:       func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) },
		DisableKeepAlives: true,
	}}}, nil
}

// ask asks one question. The error is the answer's, in its words.
func ask[Out any](ctx context.Context, c *Client, question string, in any) (out Out, err error) {
	response, err := c.post(ctx, question, in)
	if err != nil {
		return out, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return out, fmt.Errorf("ask the running node: it answers %s; is it of another version?", response.Status)
	}
	return result[Out](response)
}

func (c *Client) post(ctx context.Context, question string, in any) (*http.Response, error) {
	body, err := json.Marshal(in)
	if err != nil {
		panic(err) // our own types
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://node/"+question, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask the running node: %w", err)
	}
	return response, nil
}

func result[Out any](response *http.Response) (out Out, err error) {
	var got answered[Out]
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil && !errors.Is(err, io.EOF) {
		return out, fmt.Errorf("ask the running node: %w", err)
	}
	if got.Error != "" {
		return out, Errorf(got.Sort, "%s", got.Error)
	}
	return got.Result, nil
}

// stream asks a question of which the answer comes in bytes.
func (c *Client) stream(ctx context.Context, question string, in any, to io.Writer) error {
	response, err := c.post(ctx, question, in)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
		if _, err := io.Copy(to, response.Body); err != nil {
			return fmt.Errorf("ask the running node: the answer ends too early: %w", err)
		}
		return nil
	case http.StatusUnprocessableEntity:
		_, err := result[struct{}](response)
		return err
	default:
		return fmt.Errorf("ask the running node: it answers %s; is it of another version?", response.Status)
	}
}

// List is Desk.List.
func (c *Client) List(ctx context.Context) ([]Tenant, error) {
	return ask[[]Tenant](ctx, c, "list", struct{}{})
}

// Lacks is Desk.Lacks.
func (c *Client) Lacks(ctx context.Context) ([]string, error) {
	return ask[[]string](ctx, c, "lacks", struct{}{})
}

// Add is Desk.Add.
func (c *Client) Add(ctx context.Context, n New) (View, error) { return ask[View](ctx, c, "add", n) }

// Show is Desk.Show.
func (c *Client) Show(ctx context.Context, name string) (View, error) {
	return ask[View](ctx, c, "show", Name{name})
}

// Set is Desk.Set.
func (c *Client) Set(ctx context.Context, s Setting) ([]string, error) {
	return ask[[]string](ctx, c, "set", s)
}

// AddHelper is Desk.AddHelper.
func (c *Client) AddHelper(ctx context.Context, n Help) (View, error) {
	return ask[View](ctx, c, "add-helper", n)
}

// RemoveHelper is Desk.RemoveHelper.
func (c *Client) RemoveHelper(ctx context.Context, n Unhelp) (View, error) {
	return ask[View](ctx, c, "remove-helper", n)
}

// Asides is Desk.Asides.
func (c *Client) Asides(ctx context.Context, name string) ([]Aside, error) {
	return ask[[]Aside](ctx, c, "asides", Name{name})
}

// Acts is Desk.Acts.
func (c *Client) Acts(ctx context.Context, of ActsOf) ([]Act, error) {
	return ask[[]Act](ctx, c, "acts", of)
}

// Retry is Desk.Retry.
func (c *Client) Retry(ctx context.Context, name string) (int, error) {
	return ask[int](ctx, c, "retry", Name{name})
}

// Outbox is Desk.Outbox.
func (c *Client) Outbox(ctx context.Context, of OutboxOf) (Outbox, error) {
	return ask[Outbox](ctx, c, "outbox", of)
}

// Hasten is Desk.Hasten.
func (c *Client) Hasten(ctx context.Context, j Jobs) (int, error) {
	return ask[int](ctx, c, "hasten", j)
}

// DropJobs is Desk.DropJobs.
func (c *Client) DropJobs(ctx context.Context, j Jobs) (int, error) {
	return ask[int](ctx, c, "drop", j)
}
