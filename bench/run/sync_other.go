//go:build !linux

package run

import "os"

func fdatasync(f *os.File) error { return f.Sync() }
