package web

import (
	"errors"
	"fmt"

	"topicdesk/tenants"
	"topicdesk/tenants/registry"
	"topicdesk/tenants/store"
)

// Sort is what sort of refusal an error is: what a script may decide by. It
// travels over the socket, so that an error is the same beside a node and without.
type Sort string

const (
	// Failed is all that is none of the others.
	Failed Sort = "failed"
	// Wrong: what was asked can never be, for example a value that is none.
	Wrong Sort = "wrong"
	// Unknown: what it is about is not there, for example a tenant of that name.
	Unknown Sort = "unknown"
	// Refused: not as things stand: a name is taken, somebody is busy.
	Refused Sort = "refused"
)

// sorted is an error of which the sort is known.
type sorted struct {
	error
	sort Sort
}

func (s *sorted) Unwrap() error { return s.error }

// Errorf is fmt.Errorf for an error of a sort.
func Errorf(sort Sort, format string, args ...any) error {
	return &sorted{fmt.Errorf(format, args...), sort}
}

// SortOf tells what sort an error is; "" for nil.
func SortOf(err error) Sort {
	var known *sorted
	var value *tenants.ParamError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &known):
		return known.sort
	case errors.As(err, &value):
		return Wrong
	case errors.Is(err, registry.ErrUnknown):
		return Unknown
	case errors.Is(err, registry.ErrTaken), errors.Is(err, registry.ErrLocked), errors.Is(err, store.ErrBroken):
		return Refused
	default:
		return Failed
	}
}
