package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Request says what is wrong with the arguments of one call; nil = nothing.
// Values of forms are strings, those of JSON bodies what encoding/json makes
// of them, texts of JSON for objects included, as the server takes them.
// files are the names of the uploaded parts.
func (a *API) Request(method string, values map[string]any, files []string) []string {
	m, ok := a.Method(method)
	if !ok {
		return []string{"there is no method " + method}
	}
	r := request{api: a, method: m.Name, files: files}
	known := map[string]bool{}
	for _, f := range m.Fields {
		known[f.Name] = true
		r.argument(f, values)
	}
	for name := range values {
		if !known[name] {
			r.fault("has no argument %s", name)
		}
	}
	for _, name := range files {
		if !known[name] && !slices.Contains(r.attached, name) {
			r.fault("uploads %s, which nothing names", name)
		}
	}
	slices.Sort(r.faults)
	return r.faults
}

// request is one call being checked.
type request struct {
	api      *API
	method   string
	files    []string
	attached []string // names after attach://
	faults   []string
}

func (r *request) fault(format string, args ...any) {
	r.faults = append(r.faults, r.method+" "+fmt.Sprintf(format, args...))
}

func (r *request) argument(f Field, values map[string]any) {
	v, given := values[f.Name]
	switch uploaded := slices.Contains(r.files, f.Name); {
	case uploaded && !slices.Contains(f.Types, "InputFile"):
		r.fault("uploads %s, which is no file", f.Name)
		return
	case uploaded:
		return
	case !given && f.Required:
		r.fault("lacks %s", f.Name)
		return
	case !given:
		return
	}
	if text, ok := v.(string); ok {
		v = meant(f.Types, text)
	}
	r.attachments(v)
	types := slices.DeleteFunc(slices.Clone(f.Types), func(t string) bool { return t == "InputFile" })
	if len(types) == 0 {
		types = []string{"String"} // attach:// and the name of a part
	}
	r.faults = append(r.faults, r.api.Value(r.method+" "+f.Name, types, v)...)
}

// meant reads a text as what the argument is, if it is one of the types that
// aren't texts.
func meant(types []string, text string) any {
	if slices.Equal(types, []string{"Boolean"}) {
		switch strings.ToLower(text) {
		case "true", "1", "yes":
			return true
		case "false", "0", "no":
			return false
		}
	}
	if slices.Equal(types, []string{"String"}) {
		return text
	}
	v, err := decode([]byte(text))
	if _, isText := v.(string); err != nil || isText {
		return text
	}
	return v
}

// attachments checks that every attach:// within v names an uploaded part.
func (r *request) attachments(v any) {
	switch v := v.(type) {
	case string:
		name, ok := strings.CutPrefix(v, "attach://")
		if !ok {
			return
		}
		r.attached = append(r.attached, name)
		if !slices.Contains(r.files, name) {
			r.fault("attaches %s, which isn't uploaded", name)
		}
	case []any:
		for _, x := range v {
			r.attachments(x)
		}
	case map[string]any:
		for _, x := range v {
			r.attachments(x)
		}
	}
}

// Answer says what is wrong with an answer of a method, given with its HTTP
// status and its whole body; nil = nothing.
func (a *API) Answer(method string, status int, body []byte) []string {
	m, ok := a.Method(method)
	v, err := decode(body)
	o, isObject := v.(map[string]any)
	if err != nil || !isObject {
		return []string{method + ": the answer is no JSON object"}
	}
	if o["ok"] == true {
		out := fault(status == http.StatusOK, fmt.Sprintf("%s: ok with status %d", method, status))
		if !ok {
			return append(out, method+": there is no such method, but it was done")
		}
		return append(out, a.Value(m.Name, m.Returns, o["result"])...)
	}
	return a.refusal(method, status, o)
}

// refusal checks an answer that isn't ok.
func (a *API) refusal(method string, status int, o map[string]any) []string {
	var out []string
	if o["ok"] != false {
		out = append(out, method+": ok is neither true nor false")
	}
	code, _ := o["error_code"].(json.Number)
	if code.String() != fmt.Sprint(status) {
		out = append(out, fmt.Sprintf("%s: error_code %s with status %d", method, code, status))
	}
	if text, _ := o["description"].(string); text == "" {
		out = append(out, method+": refused without a description")
	}
	p, given := o["parameters"]
	if given {
		out = append(out, a.Value(method+" parameters", []string{"ResponseParameters"}, p)...)
	}
	if wait, _ := p.(map[string]any); status == http.StatusTooManyRequests && wait["retry_after"] == nil {
		out = append(out, method+": 429 without retry_after")
	}
	return out
}

// Update says what is wrong with the body of a webhook's request.
func (a *API) Update(body []byte) []string {
	v, err := decode(body)
	if err != nil {
		return []string{"the update is no JSON"}
	}
	return a.Value("update", []string{"Update"}, v)
}

func decode(b []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, fmt.Errorf("more than one JSON value")
	}
	return v, nil
}
