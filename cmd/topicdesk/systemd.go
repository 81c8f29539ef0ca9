package main

import (
	"fmt"
	"net"
	"strings"
)

// States of a service, as systemd is told them (sd_notify).
const (
	serviceReady    = "READY=1"
	serviceStopping = "STOPPING=1"
)

// notify tells systemd how the service stands; without systemd it does nothing.
func notify(environ []string, state string) error {
	path := ""
	for _, one := range environ {
		if value, ok := strings.CutPrefix(one, "NOTIFY_SOCKET="); ok {
			path = value
		}
	}
	if path == "" {
		return nil
	}
	conn, err := net.Dial("unixgram", path) // "@" is an abstract one, to Go too
	if err != nil {
		return fmt.Errorf("tell systemd: %w", err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(state)); err != nil {
		return fmt.Errorf("tell systemd: %w", err)
	}
	return nil
}

// stands tells systemd, which can do nothing about it if that fails.
func (p *program) stands(state string) {
	if err := notify(p.environ, state); err != nil {
		p.log.Warn("systemd is not told how the service stands", "state", state, "error", err)
	}
}
