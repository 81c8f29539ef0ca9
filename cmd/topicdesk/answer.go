package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"topicdesk/actors/web"
)

// Exit codes.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitUnknown = 3
	exitRefused = 4
)

// exitHelp is what --help says of them.
const exitHelp = `
Exit codes: 0 done; 1 failed; 2 the command line, a value or a setting can't be
so; 3 there is no such tenant, client or connection; 4 not as things stand: a
name is taken, somebody is busy, something was not confirmed.`

// exitOf is the exit code of an error.
func exitOf(err error) int {
	switch sort := web.SortOf(err); sort {
	case "":
		return exitDone
	case web.Failed:
		return exitFailed
	case web.Wrong:
		return exitUsage
	case web.Unknown:
		return exitUnknown
	case web.Refused:
		return exitRefused
	default:
		panic("an error of sort " + string(sort))
	}
}

// failure is what --json says of an error, on the error output.
type failure struct {
	Error string `json:"error"`
}

// fail says why the program does not do what it was asked.
func fail(errs io.Writer, asJSON bool, err error, hint string) {
	if asJSON {
		line, bad := json.Marshal(failure{err.Error()})
		if bad != nil {
			panic(bad) // a string
		}
		fmt.Fprintf(errs, "%s\n", line)
		return
	}
	fmt.Fprintf(errs, "topicdesk: %v\n%s", err, hint)
}

// answering is what every command is: the answer that it gives has a type, of which
// --json prints a value. Its fields are said by --help; what they mean stands where
// the type is.
type answering interface{ Answer() any }

// line is what a command that runs until it is ended says, with --json: each an
// object of its own.
type line struct {
	Line string `json:"line"`
}

// answer gives what a command was asked for: v with --json, else what people prints.
// Error: not all of it could be written.
func (p *program) answer(v any, people func()) error {
	if !p.json {
		people()
		return p.said()
	}
	of := reflect.New(reflect.TypeOf(v)).Elem()
	of.Set(reflect.ValueOf(v))
	fillLists(of)
	text, err := json.Marshal(of.Interface())
	if err != nil {
		return err
	}
	p.print("%s\n", text)
	return p.said()
}

// said tells whether all that was printed arrived, which a full disk may have kept from
// it.
func (p *program) said() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.unsaid != nil {
		return fmt.Errorf("the answer could not be written: %w", p.unsaid)
	}
	return nil
}

// fillLists makes lists without anything in them empty ones, so that they are not
// null in JSON.
func fillLists(v reflect.Value) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fillLists(v.Field(i))
		}
	case v.Kind() == reflect.Slice && v.IsNil():
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			fillLists(v.Index(i))
		}
	}
}

// say prints one line for people; with --json an object that holds it.
func (p *program) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !p.json {
		p.print("%s\n", text)
		return
	}
	object, err := json.Marshal(line{text})
	if err != nil {
		panic(err) // a string
	}
	p.print("%s\n", object)
}

// print prints at once, so that lines are not mixed up.
func (p *program) print(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, err := fmt.Fprintf(p.out, format, args...); p.unsaid == nil {
		p.unsaid = err
	}
}

// tellAnswers writes into the help of every command what --json makes of it.
func tellAnswers(model *kong.Application) {
	for _, leaf := range model.Leaves(false) {
		of, ok := leaf.Target.Addr().Interface().(answering)
		if !ok {
			continue // a test finds it
		}
		text := "With --json: " + shape(reflect.TypeOf(of.Answer()))
		if _, lines := of.Answer().(line); lines {
			text += ", one a line, until it is ended"
		}
		leaf.Detail = strings.TrimSpace(leaf.Detail + "\n\n" + text + ".")
	}
}

// shape is a type as --json prints it: names, with what is inside of objects and
// lists.
func shape(t reflect.Type) string {
	switch {
	case t.Kind() == reflect.Pointer:
		return shape(t.Elem())
	case t == reflect.TypeFor[time.Time](), t.Kind() != reflect.Struct && t.Kind() != reflect.Slice:
		return ""
	case t.Kind() == reflect.Slice:
		return "[" + shape(t.Elem()) + "]"
	}
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "-" {
			continue
		}
		if inside := shape(f.Type); inside != "" {
			name += " " + inside
		}
		names = append(names, name)
	}
	return "{" + strings.Join(names, ", ") + "}"
}

// wantsJSON tells that somebody has asked for JSON, also where the command line can't
// be understood.
func wantsJSON(args []string) bool {
	for _, arg := range args {
		switch arg {
		case "--":
			return false
		case "--json", "--json=true":
			return true
		}
	}
	return false
}

// errSaid: what is wrong is in the answer.
var errSaid = errors.New("not everything is well")
