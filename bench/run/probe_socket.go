package run

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// socket is one connection that is kept open for one request after another. It
// does no more than HTTP asks for: what it costs isn't the simulator's.
type socket struct {
	conn net.Conn
	in   *bufio.Reader
	out  []byte
	body []byte
}

// answerWithin bounds the wait for an answer, beyond the longest poll.
const answerWithin = 90 * time.Second

func dial(address string) (*socket, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("call the simulator: %w", err)
	}
	return &socket{conn: conn, in: bufio.NewReaderSize(conn, 1024)}, nil
}

func (l *socket) close() { l.conn.Close() }

// send writes a request with a JSON body.
func (l *socket) send(path string, body []byte) error {
	l.out = append(l.out[:0], "POST "...)
	l.out = append(l.out, path...)
	l.out = append(l.out, " HTTP/1.1\r\nHost: simulator\r\nContent-Type: application/json\r\nContent-Length: "...)
	l.out = strconv.AppendInt(l.out, int64(len(body)), 10)
	l.out = append(l.out, "\r\n\r\n"...)
	l.out = append(l.out, body...)
	if err := l.conn.SetDeadline(time.Now().Add(answerWithin)); err != nil {
		return err
	}
	_, err := l.conn.Write(l.out)
	return err
}

// receive reads an answer's body, which is valid until the next one.
func (l *socket) receive() ([]byte, error) {
	status, err := l.in.ReadSlice('\n')
	if err != nil {
		return nil, fmt.Errorf("read an answer: %w", err)
	}
	ok := bytes.HasPrefix(status, []byte("HTTP/1.1 200 "))
	length := -1
	for {
		header, err := l.in.ReadSlice('\n')
		if err != nil {
			return nil, fmt.Errorf("read an answer: %w", err)
		}
		if len(header) <= 2 {
			break
		}
		if name, value, _ := bytes.Cut(header, []byte(":")); bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return nil, fmt.Errorf("read an answer: %w", err)
			}
		}
	}
	if length < 0 {
		return nil, errors.New("read an answer: it has no length")
	}
	if cap(l.body) < length {
		l.body = make([]byte, length)
	}
	l.body = l.body[:length]
	if _, err := io.ReadFull(l.in, l.body); err != nil {
		return nil, fmt.Errorf("read an answer: %w", err)
	}
	if !ok {
		return nil, fmt.Errorf("refused: %s", l.body)
	}
	return l.body, nil
}

// call sends a request and reads its answer.
func (l *socket) call(path string, args any) ([]byte, error) {
	body, err := json.Marshal(args)
	if err != nil {
		return nil, err
	}
	if err := l.send(path, body); err != nil {
		return nil, err
	}
	return l.receive()
}
