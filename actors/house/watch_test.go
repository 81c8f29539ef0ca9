package house

import (
	"net"
	"testing"
)

// TestLoopback: an address is known that only this machine reaches.
func TestLoopback(t *testing.T) {
	for address, is := range map[string]bool{"127.0.0.1:0": true, "0.0.0.0:0": false} {
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		if loopback(l.Addr()) != is {
			t.Errorf("%s is open to others: %v", address, is)
		}
		l.Close()
	}
}
