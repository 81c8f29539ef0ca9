package door

import (
	"container/list"
	"net"
	"net/http"
	"sync"
)

// crowd is who stands at a door.
type crowd struct {
	mu     sync.Mutex
	places int
	taken  int
	// strangers have shown no secret, those who came first in front; idle have shown
	// one and ask for nothing now, the longest idle in front.
	strangers, idle list.List
}

func newCrowd(places int) *crowd { return &crowd{places: max(1, places)} }

// guest is one connection.
type guest struct {
	net.Conn
	of *crowd

	// Of the crowd:
	row   *list.List // in which it stands; nil = in none
	at    *list.Element
	shown bool // a secret
	gone  bool
}

// enter gives a connection a place, somebody else's if need be; nil = there is none.
func (c *crowd) enter(conn net.Conn) *guest {
	c.mu.Lock()
	var out *guest
	if c.taken == c.places {
		if out = c.first(); out == nil {
			c.mu.Unlock()
			return nil
		}
		c.left(out)
	}
	g := &guest{Conn: conn, of: c}
	c.taken++
	c.stand(g, &c.strangers)
	c.mu.Unlock()
	if out != nil {
		out.Conn.Close() // its server sees the end of it
	}
	return g
}

// first is who goes when there is no place.
func (c *crowd) first() *guest {
	for _, row := range []*list.List{&c.strangers, &c.idle} {
		if e := row.Front(); e != nil {
			return e.Value.(*guest)
		}
	}
	return nil
}

// stand puts a guest at the end of a row, or in none.
func (c *crowd) stand(g *guest, row *list.List) {
	if g.row != nil {
		g.row.Remove(g.at)
	}
	g.row, g.at = row, nil
	if row != nil {
		g.at = row.PushBack(g)
	}
}

func (c *crowd) left(g *guest) {
	if g.gone {
		return
	}
	g.gone = true
	c.taken--
	c.stand(g, nil)
}

// known is told that a guest has shown a secret; a request is under way.
func (c *crowd) known(g *guest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !g.gone {
		g.shown = true
		c.stand(g, nil)
	}
}

// moved is told what a guest's connection does.
func (c *crowd) moved(g *guest, to http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case g.gone || !g.shown:
	case to == http.StateIdle:
		c.stand(g, &c.idle)
	case to == http.StateActive:
		c.stand(g, nil)
	}
}

// Close gives the place free.
func (g *guest) Close() error {
	g.of.mu.Lock()
	g.of.left(g)
	g.of.mu.Unlock()
	return g.Conn.Close()
}
