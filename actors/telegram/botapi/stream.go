package botapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/mymmrac/telego"
	"github.com/mymmrac/telego/telegoapi"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
)

// streamTimeout bounds a call that carries files: they come and go at the pace
// of the slower side.
const streamTimeout = 5 * time.Minute

// Downloader is a Caller that also gets files: the body behind an address, and
// the HTTP status. A Caller without it streams nothing.
type Downloader interface {
	Download(ctx context.Context, address string) (body io.ReadCloser, status int, err error)
}

// anew are the files that a call sends as new ones, each once.
func anew(call telegram.Call) (files []*tenants.File) {
	add := func(c tenants.Content) {
		known := func(f *tenants.File) bool { return field(f) == field(c.File) }
		if c.File != nil && c.File.Anew && !slices.ContainsFunc(files, known) {
			files = append(files, c.File)
		}
	}
	switch c := call.(type) {
	case telegram.SendContent:
		add(c.Content)
	case telegram.SendAlbum:
		for _, content := range c.Contents {
			add(content)
		}
	case telegram.EditContent:
		add(c.Content)
	case telegram.CopyMessage, telegram.CopyAlbum, telegram.ForwardMessage, telegram.ForwardAlbum,
		telegram.Probe, telegram.DeleteMessages, telegram.SetReaction, telegram.OpenTopic, telegram.RenameTopic,
		telegram.SetTopicOpen, telegram.AnswerPress:
	default:
		panic(fmt.Sprintf("botapi: unknown call %T", call))
	}
	return files
}

// field is the name of a file's part in the body.
func field(f *tenants.File) string { return "file_" + f.UniqueID }

// stream does a call whose files come from Telegram and go there as new ones.
// None is ever whole in memory: what is read is written on at once. Until the
// end of the body has left, nothing has been done.
func (g *Gateway) stream(ctx context.Context, chat tenants.ChatID, r request, files []*tenants.File) (json.RawMessage, *tenants.Outcome) {
	get, able := g.caller.(Downloader)
	if !able {
		return nil, asNote("files can't be got here")
	}
	ctx, cancel := context.WithTimeout(ctx, streamTimeout)
	defer cancel()
	u, contentType, err := newUpload(r.params, files)
	if err != nil {
		return nil, &tenants.Outcome{Kind: tenants.NotSent, Why: "encode parameters: " + err.Error()}
	}
	for i, f := range files {
		address, out := g.locate(ctx, chat, f)
		if out != nil {
			return nil, out
		}
		u.sources[i] = func() (io.ReadCloser, error) { return download(ctx, get, address) }
	}
	answer, err := g.caller.Call(ctx, g.base+r.method, &telegoapi.RequestData{ContentType: contentType, BodyStream: u})
	result, err := read(answer, err)
	var api *telegoapi.Error
	switch {
	case err == nil:
		return result, nil
	case errors.As(err, &api), u.whole.Load():
		out := g.verdict(r.method, chat, err)
		return nil, &out
	case u.refused.Load():
		return nil, asNote("the file can't be got")
	default:
		return nil, &tenants.Outcome{Kind: tenants.NotSent, Why: g.hide(r.method + ": " + tidy(err.Error()))}
	}
}

func asNote(why string) *tenants.Outcome {
	return &tenants.Outcome{Kind: tenants.Refused, As: tenants.AsNote, Why: why}
}

// locate asks where a file is. Asking does nothing, so an answer that is lost
// is no doubt.
func (g *Gateway) locate(ctx context.Context, chat tenants.ChatID, f *tenants.File) (address string, out *tenants.Outcome) {
	const method = "getFile"
	result, err := g.invoke(ctx, g.callTimeout, method, telego.GetFileParams{FileID: f.ID})
	if err != nil {
		verdict := g.verdict(method, chat, err)
		if verdict.Kind == tenants.Unsure {
			verdict.Kind = tenants.NotSent
		}
		return "", &verdict
	}
	var at struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}
	switch err := json.Unmarshal(result, &at); {
	case err != nil, at.Path == "":
		return "", asNote("getFile names no place")
	case at.Size > tenants.MaxDownload:
		return "", asNote("the file is too big")
	}
	root, bot, _ := strings.Cut(g.base, "/bot"+g.token)
	return root + "/file/bot" + g.token + bot + at.Path, nil
}

// errNoFile is a file that will not come, however often it is asked for.
var errNoFile = errors.New("the file can't be got")

func download(ctx context.Context, get Downloader, address string) (io.ReadCloser, error) {
	body, status, err := get.Download(ctx, address)
	switch {
	case err != nil:
		return nil, err
	case status == http.StatusOK:
		return body, nil
	}
	body.Close()
	if status >= 400 && status < 500 && status != http.StatusTooManyRequests {
		return nil, errNoFile
	}
	return nil, fmt.Errorf("download: HTTP %d", status)
}

// upload is a multipart body, made while it is read: the words before each
// file, the file, the words after the last. A file is opened when its turn
// comes.
type upload struct {
	words   [][]byte // one more than sources
	sources []func() (io.ReadCloser, error)

	at   int // of words; the source of the same number comes after them
	file io.ReadCloser
	size int64 // read of file

	whole   atomic.Bool // the end has begun to leave: Telegram may have all
	refused atomic.Bool // a file will not come
}

// newUpload lays out the body. Arguments that are strings go bare, others as
// JSON (Bot API docs, "Making requests").
func newUpload(params any, files []*tenants.File) (*upload, string, error) {
	raw, err := json.Marshal(params)
	if err != nil {
		return nil, "", err
	}
	var arguments map[string]json.RawMessage
	if err := json.Unmarshal(raw, &arguments); err != nil {
		return nil, "", err
	}
	var frame bytes.Buffer // never fails
	w := multipart.NewWriter(&frame)
	for _, name := range sortedKeys(arguments) {
		value := string(arguments[name])
		if bare := ""; json.Unmarshal(arguments[name], &bare) == nil {
			value = bare
		}
		if err := w.WriteField(name, value); err != nil {
			return nil, "", err
		}
	}
	u := &upload{sources: make([]func() (io.ReadCloser, error), len(files))}
	for _, f := range files {
		if _, err := w.CreateFormFile(field(f), f.Name); err != nil {
			return nil, "", err
		}
		u.words = append(u.words, bytes.Clone(frame.Bytes()))
		frame.Reset()
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	u.words = append(u.words, bytes.Clone(frame.Bytes()))
	return u, w.FormDataContentType(), nil
}

// Read gives the next of the body. One caller at a time.
func (u *upload) Read(p []byte) (int, error) {
	for {
		switch {
		case u.file != nil:
			n, err := u.readFile(p)
			if n > 0 || err != nil {
				return n, err
			}
		case u.at == len(u.words):
			return 0, io.EOF
		case len(u.words[u.at]) > 0:
			u.whole.Store(u.at == len(u.sources))
			n := copy(p, u.words[u.at])
			u.words[u.at] = u.words[u.at][n:]
			return n, nil
		default:
			if err := u.next(); err != nil {
				return 0, err
			}
		}
	}
}

// next goes on to the file after the words, or to the end.
func (u *upload) next() error {
	if u.at < len(u.sources) {
		file, err := u.sources[u.at]()
		if err != nil {
			u.refused.Store(errors.Is(err, errNoFile))
			return err
		}
		u.file, u.size = file, 0
	}
	u.at++
	return nil
}

// readFile reads of the open file, and closes it at its end.
func (u *upload) readFile(p []byte) (int, error) {
	n, err := u.file.Read(p)
	u.size += int64(n)
	switch {
	case u.size > tenants.MaxDownload:
		u.refused.Store(true)
		err = errNoFile
	case err == nil:
		return n, nil
	}
	u.file.Close()
	u.file = nil
	if err == io.EOF {
		err = nil
	}
	return n, err
}
