// Package scenarios holds the scenario files that come with the program. They
// are data: bench/README.md tells what may be in one, package bench/run reads
// them.
package scenarios

import "embed"

// Files are the scenarios: NAME.yaml.
//
//go:embed *.yaml
var Files embed.FS
