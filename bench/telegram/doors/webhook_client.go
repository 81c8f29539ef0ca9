package doors

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"time"

	sim "topicdesk/bench/telegram"
)

// Connections to webhooks (Bot API server source): answers within 60 s, here
// of the World's time; idle connections are closed after 60 s.
const (
	answerTimeout = 60 * time.Second
	idleTimeout   = 60 * time.Second
)

// client carries the requests to one webhook. Each webhook has connections of
// its own, so that setting it anew also connects anew. carrier nil = net/http's
// own way.
func client(target sim.Webhook, carrier http.RoundTripper) *http.Client {
	if carrier == nil {
		carrier = transport(target)
	}
	return &http.Client{Transport: carrier, CheckRedirect: noRedirect}
}

// noRedirect: anything but 2xx is a failure.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// transport connects to the address that the bot named, if it did, and trusts
// its certificate alone, if it gave one.
func transport(target sim.Webhook) *http.Transport {
	t := &http.Transport{
		MaxIdleConnsPerHost: target.MaxConnections, IdleConnTimeout: idleTimeout, DisableCompression: true,
	}
	if target.FixedIP {
		t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			_, port, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			return new(net.Dialer).DialContext(ctx, network, net.JoinHostPort(target.IP, port))
		}
	}
	if target.Certificate != "" {
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM([]byte(target.Certificate))
		t.TLSClientConfig = &tls.Config{
			InsecureSkipVerify: true, // by net/http, which doesn't look at common names
			VerifyConnection:   func(s tls.ConnectionState) error { return verify(s, roots) },
		}
	}
	return t
}

// verify checks a chain against roots. As in OpenSSL, the host may also be
// named by the certificate's common name alone.
func verify(s tls.ConnectionState, roots *x509.CertPool) error {
	if len(s.PeerCertificates) == 0 {
		return errors.New("doors: no certificate")
	}
	leaf, between := s.PeerCertificates[0], x509.NewCertPool()
	for _, c := range s.PeerCertificates[1:] {
		between.AddCert(c)
	}
	if _, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between}); err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: s.PeerCertificates, Err: err}
	}
	if leaf.Subject.CommonName == s.ServerName && len(leaf.DNSNames) == 0 && len(leaf.IPAddresses) == 0 {
		return nil
	}
	if err := leaf.VerifyHostname(s.ServerName); err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: s.PeerCertificates, Err: err}
	}
	return nil
}
