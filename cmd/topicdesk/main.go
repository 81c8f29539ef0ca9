package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"sync"
	"syscall"
	_ "time/tzdata" // TIMEZONE, on machines without a database of time zones

	"github.com/alecthomas/kong"

	"topicdesk/configs"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	signal.Ignore(syscall.SIGXFSZ) // a limit on file sizes is a full disk, and no reason to die
	context.AfterFunc(ctx, stop)   // a second signal ends the process at once
	m := Main{
		Args: os.Args[1:], Environ: os.Environ(), In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Terminal: isTerminal(os.Stdin) && isTerminal(os.Stderr),
	}
	os.Exit(m.Run(ctx))
}

// Main is one run of the program.
type Main struct {
	Args    []string  // without the program's name
	Environ []string  // as os.Environ gives it
	In      io.Reader // where `--token-file -` reads from
	Out     io.Writer // what people read
	Err     io.Writer // errors and the log
	// Terminal tells that somebody sits at In and Err, who can be asked and told how
	// far something is.
	Terminal bool
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// grammar is the command line.
type grammar struct {
	Config string            `help:"Settings file; see configs/topicdesk.yaml for what it may say." placeholder:"FILE"`
	Set    map[string]string `help:"One setting, before all files and variables: --set http.listen=127.0.0.1:9000. May be repeated." placeholder:"KEY=VALUE" mapsep:"none" complete:"setting"`
	JSON   bool              `name:"json" help:"Answer in JSON: one object, or {\"error\": …} on the error output. Each command's --help has its fields."`

	Demo      demoCommand      `cmd:"" help:"Try it: the relay with a simulated Telegram and a page to play client and operator; with bot_token set, the real Telegram."`
	Serve     serveCommand     `cmd:"" help:"Relay for all tenants of data_dir."`
	Simulator simulatorCommand `cmd:"" help:"Start the simulated Telegram alone."`
	Health    healthCommand    `cmd:"" help:"Ask the running node whether it can do its work."`
	Check     checkCommand     `cmd:"" help:"Print the settings in force, and where each comes from."`
	Doctor    doctorCommand    `cmd:"" help:"Look for what is wrong, and say what to do; also while the node runs."`
	Tenant    tenantCommands   `cmd:"" help:"Add, list, set, stop, export and remove tenants; also while the node runs."`
	Key       keyCommands      `cmd:"" help:"Show and renew the key that seals tokens and other secrets; only a stopped node's can be renewed."`
	Backup    backupCommand    `cmd:"" help:"Copy the node's file and all tenants' into a folder; also while the node runs."`
	Restore   restoreCommand   `cmd:"" help:"Put a backup back: all of it while the node is stopped, or one tenant."`
	Outbox    outboxCommands   `cmd:"" help:"List, hasten and drop what waits for Telegram; also while the node runs."`

	Completion completionCommand `cmd:"" help:"Print a script that completes commands, flags and names in bash, zsh or fish."`
	Complete   completeCommand   `cmd:"" hidden:"" help:"What the scripts of completion ask."`
}

// program is what every command gets.
type program struct {
	cfg     configs.Config
	environ []string
	json    bool // answers are for programs
	in      io.Reader
	log     *slog.Logger

	mu       *sync.Mutex // one line at a time
	out      io.Writer
	unsaid   error // the first failure of out
	errs     io.Writer
	terminal bool // somebody sits at in and errs
}

// asked is the exit that the parser wants, for example after --help.
type asked int

// Run runs the command until it is done or ctx ends, and gives the exit code.
// Nothing that looks like a bot's token leaves it.
func (m Main) Run(ctx context.Context) (code int) {
	out, errs := redacted{m.Out}, redacted{m.Err}
	defer func() {
		if r := recover(); r != nil {
			exit, ok := r.(asked)
			if !ok {
				panic(r)
			}
			code = int(exit)
		}
	}()
	var g grammar
	parser := newParser(&g, out, errs)
	parsed, err := parser.Parse(withIDs(m.Args))
	if err != nil {
		fail(errs, wantsJSON(m.Args), err, "Try topicdesk --help.\n")
		return exitUsage
	}
	cfg, err := configs.Load(configs.Sources{File: g.Config, Environ: m.Environ, Flags: g.Set})
	if err != nil {
		fail(errs, g.JSON, err, "")
		return exitUsage
	}
	p := &program{cfg: cfg, environ: m.Environ, json: g.JSON, in: m.In, mu: &sync.Mutex{}, out: out, errs: errs, terminal: m.Terminal, log: newLog(cfg.Log, errs)}
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(p)
	if err != nil {
		fail(errs, g.JSON, err, "")
	}
	return exitOf(err)
}

// newParser reads command lines into g.
func newParser(g *grammar, out, errs io.Writer) *kong.Kong {
	parser, err := kong.New(g, kong.Name("topicdesk"), kong.Writers(out, errs),
		kong.Description("Client chats of a Telegram bot as topics of a forum group, and back."),
		kong.Exit(func(code int) { panic(asked(code)) }), kong.Help(help), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		panic(err) // the grammar itself is wrong
	}
	tellAnswers(parser.Model)
	return parser
}

// help prints what --help asks for.
func help(options kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, ctx); err != nil || ctx.Selected() != nil {
		return err
	}
	_, err := fmt.Fprintln(ctx.Stdout, exitHelp)
	return err
}

// idLike is an argument that begins like a flag and is the id of a group.
var idLike = regexp.MustCompile(`^-[0-9]`)

// withIDs ends the flags before the first id of a group, so that it is taken
// for a value.
func withIDs(args []string) []string {
	i := slices.IndexFunc(args, idLike.MatchString)
	if i < 0 || slices.Contains(args[:i], "--") {
		return args
	}
	return slices.Insert(slices.Clone(args), i, "--")
}
