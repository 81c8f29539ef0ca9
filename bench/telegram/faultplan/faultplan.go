// Package faultplan reads and writes plans of faults: what goes wrong in a
// simulated Telegram, how often and when.
//
// # What it owns
//
// The form of one fault in JSON and YAML, the same in a file and at /world/.
// What faults do is package telegram's.
//
//	lines, err := faultplan.Parse(source) // YAML or JSON
//	err = faultplan.Add(world, lines)
//
// # What it must never do
//
// It never guesses: unknown names, names given twice, values of another kind
// and faults that make no sense are refused with the number of their line.
package faultplan

import (
	"cmp"
	"fmt"
	"time"

	sim "topicdesk/bench/telegram"
)

// Line is one fault as it is written. All times named _s are seconds, parts
// of them allowed. What isn't given strikes everything, always.
type Line struct {
	Name   string        `json:"name,omitempty"`
	Do     sim.FaultKind `json:"do"`
	Method string        `json:"method,omitempty"` // or type of update; * as in file names
	Bot    int64         `json:"bot,omitempty"`
	Chat   int64         `json:"chat,omitempty"`
	Topic  int           `json:"topic,omitempty"`
	Chance float64       `json:"chance,omitempty"`
	Skip   int           `json:"skip,omitempty"`
	Nth    int           `json:"nth,omitempty"`
	Count  int           `json:"count,omitempty"`
	// From and Until are moments; After counts from when the line is read.
	From  *time.Time `json:"from,omitempty"`
	Until *time.Time `json:"until,omitempty"`
	After float64    `json:"after_s,omitempty"`
	// For is how long it lasts; with Every, how long each time.
	For   float64 `json:"for_s,omitempty"`
	Every float64 `json:"every_s,omitempty"`
	Delay float64 `json:"delay_s,omitempty"`
	Retry int     `json:"retry_s,omitempty"` // flood: 1 if not given
}

// Fault is the line as package telegram takes it, read at the moment now.
func (l Line) Fault(now time.Time) (sim.Fault, error) {
	f := sim.Fault{
		Name: l.Name, Do: l.Do, Method: l.Method, Bot: l.Bot, Chat: l.Chat, Topic: l.Topic,
		Chance: l.Chance, Skip: l.Skip, Nth: l.Nth, Count: l.Count, Delay: seconds(l.Delay), Retry: l.Retry,
	}
	if f.Do == sim.Flood {
		f.Retry = cmp.Or(f.Retry, 1)
	}
	if err := l.when(&f, now); err != nil {
		return sim.Fault{}, err
	}
	return f, f.Check()
}

// longest is the longest time of a line, seconds.
const longest = 100 * 365 * 24 * 60 * 60

// when reads the line's times.
func (l Line) when(f *sim.Fault, now time.Time) error {
	switch {
	case l.From != nil && l.After != 0:
		return errTwoStarts
	case l.Until != nil && l.For != 0 && l.Every == 0:
		return errTwoEnds
	case l.After < 0 || l.For < 0 || l.Every < 0:
		return errNegative
	case max(l.After, l.For, l.Every, l.Delay) > longest:
		return errTooLong
	case l.Every != 0 && l.For == 0:
		return errEveryWithoutFor
	case l.From != nil:
		f.From = *l.From
	case l.After > 0:
		f.From = now.Add(seconds(l.After))
	}
	begins := f.From
	if begins.IsZero() {
		begins = now
	}
	switch {
	case l.Every > 0:
		f.Every, f.Lasting = seconds(l.Every), seconds(l.For)
	case l.For > 0:
		f.Until = begins.Add(seconds(l.For))
	}
	if l.Until != nil {
		f.Until = *l.Until
	}
	return nil
}

// Add puts the faults into the World's plan, read at its present moment: all
// of them or, if one makes no sense, none.
func Add(w *sim.World, lines []Line) error {
	var faults []sim.Fault
	for i, l := range lines {
		f, err := l.Fault(w.Now())
		if err != nil && len(lines) > 1 {
			err = fmt.Errorf("fault %d: %w", i+1, err)
		}
		if err != nil {
			return err
		}
		faults = append(faults, f)
	}
	for _, f := range faults {
		w.AddFault(f)
	}
	return nil
}

// LineOf writes a fault down.
func LineOf(f sim.Fault) Line {
	l := Line{
		Name: f.Name, Do: f.Do, Method: f.Method, Bot: f.Bot, Chat: f.Chat, Topic: f.Topic,
		Chance: f.Chance, Skip: f.Skip, Nth: f.Nth, Count: f.Count, Delay: f.Delay.Seconds(), Retry: f.Retry,
		For: f.Lasting.Seconds(), Every: f.Every.Seconds(),
	}
	if !f.From.IsZero() {
		l.From = &f.From
	}
	if !f.Until.IsZero() {
		l.Until = &f.Until
	}
	return l
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
