package main

import (
	"topicdesk/configs"
)

// checkCommand prints the settings in force. What they name is doctor's.
type checkCommand struct{}

// checked is the answer to check.
type checked struct {
	Settings []configs.Shown `json:"settings"`
}

// Answer is that of a command.
func (checkCommand) Answer() any { return checked{} }

// Run prints the settings. Those that can't be so are refused before.
func (checkCommand) Run(p *program) error {
	if _, err := knobs(p.cfg); err != nil {
		return err
	}
	var bad error
	err := p.answer(checked{p.cfg.Shown()}, func() { bad = p.cfg.Print(p.out) })
	if err != nil {
		return err
	}
	return bad
}
