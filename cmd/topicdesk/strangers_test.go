package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"topicdesk/actors/house"
	"topicdesk/actors/telegram/botapi"
	"topicdesk/tenants/registry"
)

// doorScene is a tenant that is bound and gets webhooks.
type doorScene struct {
	*scene
	address      string // of the door
	path, secret string // of the tenant's bot
	printed      *output
}

func newDoorScene(t *testing.T) *doorScene {
	t.Helper()
	d := &doorScene{address: freeAddress(t)}
	d.scene = newScene(t, "http.listen="+d.address, "http.public_url=http://"+d.address)
	r := start(t, d.settings, "serve")
	d.bind(r.output)
	d.printed = r.output
	key, err := registry.LoadKey(filepath.Join(strings.TrimPrefix(d.settings[0], "data_dir="), "node.key"))
	if err != nil {
		t.Fatal(err)
	}
	d.path = botapi.WebhookPath + hex.EncodeToString(key.Derive("webhook path/default/1"))
	d.secret = hex.EncodeToString(key.Derive("webhook secret/default/1"))
	return d
}

// forged is an update that says what no client has said.
func (d *doorScene) forged(ann int64) string {
	return fmt.Sprintf(`{"update_id":990001,"message":{"message_id":77,"date":%d,"text":"forged","from":{"id":%d,"is_bot":false,"first_name":"Ann"},"chat":{"id":%d,"type":"private","first_name":"Ann"}}}`,
		time.Now().Unix(), ann, ann)
}

// send sends a request as it is and gives the whole answer until the connection is
// closed, without the date.
func (d *doorScene) send(head string, body io.Reader) string {
	d.t.Helper()
	c, err := net.Dial("tcp", d.address)
	if err != nil {
		d.t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		d.t.Fatal(err)
	}
	go func() {
		_, _ = io.WriteString(c, head) // it may be cut off
		_, _ = io.Copy(c, body)
	}()
	answer, _ := io.ReadAll(bufio.NewReader(c)) // a reset is an end too
	lines := strings.Split(string(answer), "\r\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "Date: ") {
			lines[i] = "Date"
		}
	}
	return strings.Join(lines, "\n")
}

func head(method, path, secret string, length int) string {
	text := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: desk.example\r\nContent-Type: application/json\r\nContent-Length: %d\r\n", method, path, length)
	if secret != "" {
		text += "X-Telegram-Bot-Api-Secret-Token: " + secret + "\r\n"
	}
	return text + "\r\n"
}

// endless is a body of so many bytes, of which it counts those that are taken.
type endless struct{ left, taken int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left)
	for i := range p[:n] {
		p[i] = '['
	}
	e.left -= n
	e.taken += n
	return n, nil
}

// TestStrangersAtTheWebhooks: whoever has no secret gets one and the same answer,
// whatever is asked, and nothing of it reaches anybody; Telegram is heard all the
// time.
func TestStrangersAtTheWebhooks(t *testing.T) {
	d := newDoorScene(t)
	_, token := d.world.bot("other_bot")
	d.expect(exitDone, token, strings.Fields("tenant add bravo --token-file -"))
	key, err := registry.LoadKey(filepath.Join(strings.TrimPrefix(d.settings[0], "data_dir="), "node.key"))
	if err != nil {
		t.Fatal(err)
	}
	others := hex.EncodeToString(key.Derive("webhook secret/bravo/1"))
	ann := d.person("Ann")
	body := d.forged(ann)
	nowhere := d.send(head("POST", botapi.WebhookPath+strings.Repeat("0", 64), "", len(body)), strings.NewReader(body))
	if !strings.HasPrefix(nowhere, "HTTP/1.1 404 Not Found\n") {
		t.Fatal(nowhere)
	}
	for name, request := range map[string]string{
		"no secret":               head("POST", d.path, "", len(body)),
		"a wrong secret":          head("POST", d.path, strings.Repeat("0", 64), len(body)),
		"a part of the secret":    head("POST", d.path, d.secret[:63], len(body)),
		"another bot's secret":    head("POST", d.path, others, len(body)),
		"the secret in the path":  head("POST", d.path+"?secret_token="+d.secret, "", len(body)),
		"another path's secret":   head("POST", botapi.WebhookPath+strings.Repeat("0", 64), d.secret, len(body)),
		"a get":                   head("GET", d.path, "", len(body)),
		"the root":                head("POST", "/", d.secret, len(body)),
		"what programs look for":  head("GET", "/.env", "", len(body)),
		"up and away":             head("POST", botapi.WebhookPath+"../../etc/passwd", d.secret, len(body)),
		"words of SQL":            head("POST", botapi.WebhookPath+"'%20OR%201=1--", d.secret, len(body)),
		"a body without an end":   head("POST", d.path, "", 1<<40),
		"a body that never comes": head("POST", d.path, "", 1<<20) + "{",
		"the metrics":             head("GET", "/metrics", "", len(body)),
		"a profile":               head("GET", "/debug/pprof/heap", "", len(body)),
	} {
		if got := d.send(request, strings.NewReader(body)); got != nowhere {
			t.Errorf("%s:\n got %s\nwant %s", name, got, nowhere)
		}
	}
	last := strings.Replace(head("POST", d.path, d.secret, 5), "Host", "Connection: close\r\nHost", 1)
	if got := d.send(last, strings.NewReader("hello")); !strings.HasPrefix(got, "HTTP/1.1 400 ") {
		t.Errorf("no update, with the secret:\n%s", got)
	}
	d.say(ann, d.bot, 0, "message 1")
	d.until("the client is relayed", func() bool { return len(d.relayed(ann)) == 1 })
	for _, text := range d.texts(d.alma, d.forum, -1) {
		if strings.Contains(text, "forged") {
			t.Error("a forged message was relayed")
		}
	}
}

// TestHugeBodies: of a hundred megabytes next to nothing is read, and a head has its
// limit too.
func TestHugeBodies(t *testing.T) {
	d := newDoorScene(t)
	const huge = 100 << 20
	for name, c := range map[string]struct {
		secret, want string
		most         int
	}{
		// What is on the way in the kernel's buffers counts as taken.
		"a stranger's": {"", "HTTP/1.1 404 ", 16 << 20},
		"Telegram's":   {d.secret, "HTTP/1.1 413 ", 16 << 20},
	} {
		body := &endless{left: huge}
		if got := d.send(head("POST", d.path, c.secret, huge), body); !strings.HasPrefix(got, c.want) && got != "" {
			t.Errorf("%s: got %s", name, got)
		}
		if body.taken > c.most {
			t.Errorf("%s: %d bytes were taken", name, body.taken)
		}
	}
	long := "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + strings.Repeat("x", 1<<20) + "\r\n\r\n"
	if got := d.send(long, strings.NewReader("")); !strings.HasPrefix(got, "HTTP/1.1 431 ") && got != "" {
		t.Errorf("a head of a megabyte got %s", got)
	}
	if got := d.send("GET /"+strings.Repeat("x", 1<<20)+" HTTP/1.1\r\nHost: x\r\n\r\n", strings.NewReader("")); !strings.HasPrefix(got, "HTTP/1.1 431 ") && got != "" {
		t.Errorf("a query of a megabyte got %s", got)
	}
}

// TestCrowdOfStrangers: ten thousand connections, or as many as this process may
// have, and Telegram gets through.
func TestCrowdOfStrangers(t *testing.T) {
	d := newDoorScene(t)
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		t.Fatal(err)
	}
	ann := d.person("Ann")
	var all []net.Conn
	defer func() {
		for _, c := range all {
			c.Close()
		}
	}()
	for n := range min(10_000, int(files.Cur/2)) {
		c, err := net.Dial("tcp", d.address)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
		if n%3 == 0 { // some begin to speak
			if _, err := io.WriteString(c, "POST /tg/ HTTP/1.1\r\nHost:"); err != nil {
				t.Fatal(err)
			}
		}
		if n%2000 == 1999 {
			text := fmt.Sprint("message ", n)
			d.say(ann, d.bot, 0, text)
			d.said(d.alma, d.forum, -1, text)
		}
	}
	if err := all[0].SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if files.Cur >= 4*10_000 || len(all) <= house.DoorPlaces(int(files.Cur)) {
		return // all of them have a place
	}
	if _, err := all[0].Read(make([]byte, 1)); err == nil {
		t.Error("a stranger was answered who had asked nothing")
	} else if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
		t.Error("the first stranger still has its place")
	}
	d.say(ann, d.bot, 0, "message last")
	d.said(d.alma, d.forum, -1, "message last")
}

// TestDebugDoorIsShut: nothing listens where nobody has asked for it, and pprof is
// not on the webhooks' door.
func TestDebugDoorIsShut(t *testing.T) {
	d := newDoorScene(t)
	if strings.Contains(d.printed.String(), "/metrics") {
		t.Error("metrics are served without being asked for")
	}
	s := newScene(t, "debug.listen=0.0.0.0:0")
	r := start(t, s.settings, "serve")
	r.find(t, `(debug.listen is open to other machines)`)
	if response, err := http.Get("http://" + d.address + "/debug/pprof/"); err != nil || response.StatusCode != http.StatusNotFound {
		t.Error("profiles at the door for webhooks", err)
	}
}
