package configs

import "fmt"

// Layer is one of the places that values come from; a later one wins.
type Layer int

// The layers in their order.
const (
	LayerDefault  Layer = iota // the file in the program
	LayerFile                  // the node's own file
	LayerVariable              // TOPICDESK_...
	LayerFlag                  // the command line
)

// Origin is where a value was said.
type Origin struct {
	Layer Layer
	Name  string // the file's path, the variable or the flag's key; empty for a default
	Line  int    // in the file, counted from 1; else 0
}

// String names the origin as a person looks for it: "default", "desk.yaml:12",
// "variable TOPICDESK_DATA_DIR", "flag data_dir".
func (o Origin) String() string {
	switch o.Layer {
	case LayerDefault:
		return "default"
	case LayerFile:
		return fmt.Sprintf("%s:%d", o.Name, o.Line)
	case LayerVariable:
		return "variable " + o.Name
	case LayerFlag:
		return "flag " + o.Name
	default:
		panic(fmt.Sprintf("layer %d", int(o.Layer)))
	}
}

// Fault is a setting that is refused: where it was said, and why.
type Fault struct {
	Origin Origin
	Key    string // may be empty: the file as a whole
	Reason string // never contains a secret
}

// Error is one line: origin, key, reason.
func (f *Fault) Error() string {
	if f.Key == "" {
		return fmt.Sprintf("%s: %s", f.Origin, f.Reason)
	}
	return fmt.Sprintf("%s: %s %s", f.Origin, f.Key, f.Reason)
}

// Origin tells where the value of a key comes from. It panics for a key that
// doesn't exist.
func (c Config) Origin(key string) Origin {
	origin, ok := c.origins[key]
	if !ok {
		panic("no setting " + key)
	}
	return origin
}

// Fault refuses the value of a key for a reason that only its user can know,
// such as a folder that can't be written; it is a *Fault. The reason reads on
// from the key ("is not a folder") and must not contain a secret.
func (c Config) Fault(key, reason string) error {
	return &Fault{Origin: c.Origin(key), Key: key, Reason: reason}
}
