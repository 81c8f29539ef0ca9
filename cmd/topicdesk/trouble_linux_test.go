package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// asProgram in the environment makes the test binary the program itself.
const asProgram = "TOPICDESK_TEST_IS_THE_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Unsetenv(asProgram)
		main()
	}
	os.Exit(m.Run())
}

// process is the program in a process of its own.
type process struct {
	*output
	cmd *exec.Cmd
}

// launch starts `serve` with a scene's settings.
func (s *scene) launch() *process {
	s.t.Helper()
	args := []string{"serve"}
	for _, setting := range s.settings {
		args = append(args, "--set", setting)
	}
	p := &process{newOutput(), exec.Command(os.Args[0], args...)}
	p.cmd.Env = append(os.Environ(), asProgram+"=1")
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	if err := p.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			p.kill()
		}
		if s.t.Failed() {
			s.t.Logf("a process printed:\n%s", p)
		}
	})
	return p
}

// kill ends the process as kill -9 does.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended
	_ = p.cmd.Wait()         // it was killed
}

// limit bounds the files that the process may write, bytes: beyond, the kernel
// refuses as a full disk does.
func (p *process) limit(t *testing.T, bytes uint64) {
	limits := syscall.Rlimit{Cur: bytes, Max: ^uint64(0)}
	_, _, err := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(p.cmd.Process.Pid), syscall.RLIMIT_FSIZE,
		uintptr(unsafe.Pointer(&limits)), 0, 0, 0)
	if err != 0 {
		t.Fatal(err)
	}
}

// TestSecondProcess: of two processes on one data directory the second ends at once
// and names the first; commands reach the first; and when that is killed, nothing
// of it is in the way.
func TestSecondProcess(t *testing.T) {
	s := newScene(t)
	first := s.launch()
	s.bind(first.output)
	second := s.launch()
	second.find(t, `is held by process `+strconv.Itoa(first.cmd.Process.Pid)+`;`)
	if err := second.cmd.Wait(); err == nil || second.cmd.ProcessState.ExitCode() != exitRefused {
		t.Errorf("the second ends with %v", err)
	}
	s.expect(exitDone, "", strings.Fields("tenant set default AUTOCLOSE 12"), "AUTOCLOSE 12")
	first.kill()
	s.expect(exitDone, "", strings.Fields("tenant show default"), "AUTOCLOSE 12")
	s.launch().find(t, `(node started)`)
	s.greeted()
}

// TestDiskIsFull: a process whose files can't be written acknowledges and sends
// nothing, says so, and goes on by itself when they can.
func TestDiskIsFull(t *testing.T) {
	s := newScene(t)
	p := s.launch()
	s.bind(p.output)
	ann := s.greeted()
	p.limit(t, 0)
	s.say(ann, s.bot, 0, "while it is full")
	p.find(t, `default: (waits: the disk is full)`)
	p.find(t, `level=(ERROR) msg="the disk takes nothing`)
	s.expect(exitDone, "", strings.Fields("tenant list"), "waits: the disk is full")
	folder := filepath.Join(t.TempDir(), "copy")
	s.expect(exitFailed, "", []string{"backup", folder}, "back up the registry: ", "the same command goes on with it")
	for _, text := range s.texts(s.alma, s.forum, -1) {
		if strings.Contains(text, "while it is full") {
			t.Error("it was sent before it was on disk")
		}
	}
	p.limit(t, ^uint64(0))
	s.said(s.alma, s.forum, -1, "while it is full")
	s.expect(exitDone, "", []string{"backup", folder}, "1 tenants are backed up")
	if strings.Contains(p.String(), "goroutine ") {
		t.Error("it crashed")
	}
}

// TestTokenRevoked: the host sees that a token is refused, gives the new one of the
// same bot while the node runs, and what waited arrives.
func TestTokenRevoked(t *testing.T) {
	s := newScene(t)
	p := s.launch()
	s.bind(p.output)
	ann := s.greeted()
	var made struct{ Token string }
	s.do("/world/bots/revoke", dict{"bot": s.bot}, &made)
	p.find(t, `(Telegram refuses the token)`)
	s.say(ann, s.bot, 0, "to nobody")
	s.expect(exitDone, "", strings.Fields("tenant show default"), "Telegram refuses the token", "since")
	_, other := s.world.bot("other_bot")
	s.expect(exitRefused, other, strings.Fields("tenant token default --token-file -"), "the token is of @other_bot, another bot: the tenant has @desk_bot")
	s.expect(exitFailed, s.token, strings.Fields("tenant token default --token-file -"), "does not know this token")
	s.expect(exitDone, made.Token, strings.Fields("tenant token default --token-file -"), "@desk_bot works in the group")
	s.said(s.alma, s.forum, -1, "to nobody")
}

// TestDamagedFile: a tenant whose file is damaged stops and says what to do; the node
// and the others go on; from a backup it goes on while the node runs, and says in
// General what it does not know.
func TestDamagedFile(t *testing.T) {
	s := newScene(t)
	p := s.launch()
	s.bind(p.output)
	ann := s.greeted()
	dir, _ := strings.CutPrefix(s.settings[0], "data_dir=")
	backup, file := filepath.Join(t.TempDir(), "it's a copy.db"), filepath.Join(dir, "tenants", "default.db")
	s.expect(exitDone, "", []string{"tenant", "backup", "default", backup}, "is backed up to")
	s.expect(exitRefused, "", []string{"tenant", "backup", "default", backup}, "already exists")
	_, other := s.world.bot("other_bot")
	s.expect(exitDone, other, strings.Fields("tenant add bravo --token-file -"), "@other_bot has no group yet")
	p.kill()
	damaged := os.WriteFile(file, bytes.Repeat([]byte("no database "), 1000), 0o600)
	if err := errors.Join(damaged, os.RemoveAll(file+"-wal")); err != nil {
		t.Fatal(err)
	}
	p = s.launch()
	p.find(t, `default: (stopped: its file is damaged)`)
	p.find(t, `bravo, connection 1 (\S+) has no group yet`)
	s.expect(exitDone, "", strings.Fields("tenant list"), "stopped: its file is damaged", "tenant restore", "bravo")
	s.say(ann, s.bot, 0, "while it is damaged")
	s.expect(exitUsage, "", []string{"tenant", "restore", "default", file}, "can't be used")
	s.expect(exitDone, "", []string{"tenant", "restore", "default", backup}, "goes on from the backup", "may come twice")
	s.said(s.alma, s.forum, -1, "while it is damaged")
	s.said(s.alma, s.forum, 0, "The relay goes on from a backup")
	s.expect(exitDone, "", strings.Fields("tenant show default"), "works in the group")
	p.kill()
	s.expect(exitDone, "", []string{"tenant", "restore", "default", backup}, "goes on from the backup")
}
