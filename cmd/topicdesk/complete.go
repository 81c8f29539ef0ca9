package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"topicdesk/actors/web"
	"topicdesk/configs"
	"topicdesk/tenants"
)

// completionCommand prints what teaches a shell to complete.
type completionCommand struct {
	Shell string `arg:"" help:"bash, zsh or fish." complete:"shell"`
}

// Help says what to do with it.
func (completionCommand) Help() string {
	return "For this shell: source <(topicdesk completion bash), in fish topicdesk completion fish | source. To keep it, write it to /etc/bash_completion.d/topicdesk, " +
		"into a file _topicdesk of a folder in zsh's fpath, or to ~/.config/fish/completions/topicdesk.fish."
}

// script is the answer to completion.
type script struct {
	Shell  string `json:"shell"`
	Script string `json:"script"`
}

// Answer is that of a command.
func (completionCommand) Answer() any { return script{} }

// scripts ask the program itself; what it does not know may be a file.
var scripts = map[string]string{
	"bash": `_topicdesk() {
	local IFS=$'\n'
	COMPREPLY=($("$1" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
	[[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _topicdesk topicdesk`,
	"zsh": `#compdef topicdesk
_topicdesk() {
	local -a found
	found=("${(@f)$("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
	if [[ -z $found[1] ]]; then
		_files
	elif [[ $#found == 1 && $found[1] == *= ]]; then
		compadd -S '' -- $found
	else
		compadd -- $found
	fi
}
if [[ $funcstack[1] == _topicdesk ]]; then _topicdesk "$@"; else compdef _topicdesk topicdesk; fi`,
	"fish": `function __topicdesk
	set -l words (commandline -opc)
	set -l found ($words[1] complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
	if set -q found[1]
		printf '%s\n' $found
	else
		__fish_complete_path (commandline -ct)
	end
end
complete -c topicdesk -f -a '(__topicdesk)'`,
}

// shells are those that are known, by name.
func shells() []string { return []string{"bash", "fish", "zsh"} }

// Run prints the script.
func (c completionCommand) Run(p *program) error {
	text, ok := scripts[c.Shell]
	if !ok {
		return web.Errorf(web.Wrong, "there is no completion for %q, only for %s", c.Shell, strings.Join(shells(), ", "))
	}
	return p.answer(script{c.Shell, text}, func() { p.say("%s", text) })
}

// completeCommand is what the scripts ask: what the last word may become.
type completeCommand struct {
	Words []string `arg:"" optional:"" help:"The command line so far, the word that is being typed last."`
}

// completed is the answer to complete.
type completed struct {
	Words []string `json:"words"`
}

// Answer is that of a command.
func (completeCommand) Answer() any { return completed{} }

// Run prints them, one a line.
func (c completeCommand) Run(_ context.Context, p *program) error {
	words := c.Words
	if len(words) == 0 {
		words = []string{""}
	}
	found := newCompleter(p, words).complete()
	return p.answer(completed{found}, func() {
		for _, word := range found {
			p.say("%s", word)
		}
	})
}

// completer reads a command line as far as it is typed.
type completer struct {
	*program
	node   *kong.Node
	values int               // arguments that are there already
	flag   *kong.Flag        // whose value the last word is; nil = of none
	word   string            // the last one, as far as it is typed
	before string            // what of it stands before a value, as in --side=
	given  map[string]string // settings in it, and --config
	config string
}

func newCompleter(p *program, words []string) *completer {
	var g grammar
	c := &completer{program: p, node: newParser(&g, nil, nil).Model.Node, given: map[string]string{}}
	words = joined(words)
	for _, word := range words[:len(words)-1] {
		c.read(word)
	}
	c.word = words[len(words)-1]
	if name, value, ok := strings.Cut(c.word, "="); ok && strings.HasPrefix(name, "--") {
		c.flag, c.before, c.word = c.flagNamed(name), name+"=", value
	}
	return c
}

// joined puts together what bash takes apart at "=". At one it replaces only what
// stands behind it, so the flag before the last one stays a word of its own.
func joined(words []string) []string {
	var all []string
	for i := 0; i < len(words); i++ {
		if words[i] != "=" || len(all) == 0 {
			all = append(all, words[i])
			continue
		}
		switch rest := words[i+1:]; {
		case len(rest) == 0:
			all = append(all, "")
		case len(rest) > 1:
			all[len(all)-1] += "=" + rest[0]
			i++
		}
	}
	return all
}

// read takes a word that is complete.
func (c *completer) read(word string) {
	switch {
	case c.flag != nil:
		c.set(c.flag, word)
		c.flag = nil
	case strings.HasPrefix(word, "-"):
		name, value, has := strings.Cut(word, "=")
		f := c.flagNamed(name)
		switch {
		case f == nil:
		case has:
			c.set(f, value)
		case !f.IsBool():
			c.flag = f
		}
	default:
		for _, child := range c.node.Children {
			if child.Name == word {
				c.node = child
				return
			}
		}
		c.values++
	}
}

// set notes the settings in a command line.
func (c *completer) set(f *kong.Flag, value string) {
	switch f.Name {
	case "config":
		c.config = value
	case "set":
		key, value, _ := strings.Cut(value, "=")
		c.given[key] = value
	}
}

func (c *completer) flagNamed(name string) *kong.Flag {
	for _, f := range c.flags() {
		if name == "--"+f.Name || f.Short != 0 && name == "-"+string(f.Short) {
			return f
		}
	}
	return nil
}

func (c *completer) flags() []*kong.Flag { return slices.Concat(c.node.AllFlags(true)...) }

// complete is what the word may become, none = nobody knows.
func (c *completer) complete() []string {
	var all []string
	switch {
	case c.flag != nil:
		all = c.of(c.flag.Value)
	case strings.HasPrefix(c.word, "-"):
		for _, f := range c.flags() {
			all = append(all, "--"+f.Name)
		}
	case len(c.node.Children) > 0:
		for _, child := range c.node.Children {
			if !child.Hidden {
				all = append(all, child.Name)
			}
		}
	case len(c.node.Positional) > 0:
		at := min(c.values, len(c.node.Positional)-1)
		if last := c.node.Positional[at]; at == c.values || last.IsCumulative() {
			all = c.of(last)
		}
	}
	var found []string
	for _, one := range all {
		if strings.HasPrefix(one, c.word) {
			found = append(found, c.before+one)
		}
	}
	return found
}

// of are the values of a flag or an argument.
func (c *completer) of(v *kong.Value) (all []string) {
	switch v.Tag.Get("complete") {
	case "tenant":
		return c.tenants()
	case "param":
		for _, param := range tenants.Params() {
			all = append(all, param.Name)
		}
	case "side":
		for _, side := range web.Sides {
			all = append(all, string(side))
		}
	case "setting":
		for _, s := range c.cfg.Shown() {
			all = append(all, s.Key+"=")
		}
	case "shell":
		all = shells()
	}
	return all
}

// tenants are the names of the tenants' files: to look there disturbs nobody, whether a
// node runs or not.
func (c *completer) tenants() (all []string) {
	cfg, err := configs.Load(configs.Sources{File: c.config, Environ: c.environ, Flags: c.given})
	if err != nil {
		return nil
	}
	found, err := os.ReadDir(filepath.Join(cfg.DataDir, "tenants"))
	if err != nil {
		return nil
	}
	for _, entry := range found {
		if name, is := strings.CutSuffix(entry.Name(), ".db"); is {
			all = append(all, name)
		}
	}
	return all
}
