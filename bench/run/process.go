package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a child that is measured.
type process struct {
	cmd   *exec.Cmd
	ended chan error
	log   string // file of its output
}

// start starts a child; its output goes to a file of that name in dir, but for
// that which the caller has already given another way.
func start(dir, name string, cmd *exec.Cmd) (*process, error) {
	p := &process{cmd: cmd, ended: make(chan error, 1), log: filepath.Join(dir, name+".log")}
	out, err := os.Create(p.log)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	if cmd.Stderr = out; cmd.Stdout == nil {
		cmd.Stdout = out
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the %s: %w", name, err)
	}
	go func() { p.ended <- cmd.Wait() }()
	return p, nil
}

// stopWithin is how long a child may take to end by itself.
const stopWithin = 45 * time.Second

// stop asks the child to end, and kills it if it does not.
func (p *process) stop() error {
	err := p.cmd.Process.Signal(syscall.SIGTERM)
	if errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("it ended by itself: %w", errors.Join(<-p.ended, p.lastWords()))
	}
	select {
	case err := <-p.ended:
		if err != nil {
			return errors.Join(err, p.lastWords())
		}
		return nil
	case <-time.After(stopWithin):
		p.cmd.Process.Kill()
		return errors.Join(fmt.Errorf("it did not end within %s", stopWithin), <-p.ended)
	}
}

// kill ends the child at once.
func (p *process) kill() {
	p.cmd.Process.Kill()
	<-p.ended
}

// lastWords is the end of the child's output.
func (p *process) lastWords() error {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err
	}
	return fmt.Errorf("its last words: %s", text[max(0, len(text)-2000):])
}

// ticksPerSecond is in what /proc counts processor time (proc(5): USER_HZ,
// 100 on every architecture that Go knows).
const ticksPerSecond = 100

// cpu is the processor time that the child has used, in user and system mode.
func (p *process) cpu() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("read the processor time: %w", err)
	}
	return cpuIn(string(text))
}

// cpuIn reads the line of /proc/PID/stat: the name in parentheses may contain
// anything, utime and stime are the 12th and 13th field after it (proc(5)).
func cpuIn(stat string) (time.Duration, error) {
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return 0, errors.New("read the processor time: too few fields")
	}
	ticks := int64(0)
	for _, field := range fields[11:13] {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("read the processor time: %w", err)
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond, nil
}

// rss is the child's VmRSS in MiB.
func (p *process) rss() (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("read the memory: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
			return kib / 1024, err
		}
	}
	return 0, errors.New("read the memory: no VmRSS")
}

// until repeats a look until it is content.
func until(ctx context.Context, within time.Duration, what string, look func() (bool, error)) error {
	for end := time.Now().Add(within); ; {
		ok, err := look()
		if ok {
			return nil
		}
		if time.Now().After(end) {
			return errors.Join(fmt.Errorf("%s: not within %s", what, within), err)
		}
		if err := sleep(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
}

// openFiles is how many descriptors the child has open, and how many of them are
// databases of tenants in data.
func (p *process) openFiles(data string) (all, databases int, err error) {
	descriptors, tenants := fmt.Sprintf("/proc/%d/fd", p.cmd.Process.Pid), filepath.Join(data, "tenants")+"/"
	entries, err := os.ReadDir(descriptors)
	if err != nil {
		return 0, 0, fmt.Errorf("list the open files: %w", err)
	}
	for _, e := range entries {
		// One that is closed meanwhile is none.
		to, err := os.Readlink(filepath.Join(descriptors, e.Name()))
		if err == nil && strings.HasPrefix(to, tenants) && strings.HasSuffix(to, ".db") {
			databases++
		}
	}
	return len(entries), databases, nil
}
