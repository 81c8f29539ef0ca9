package main

import (
	"context"

	"topicdesk/actors/house"
	"topicdesk/actors/web"
)

// healthCommand asks the node that runs; it is what watches a container.
type healthCommand struct{}

// Help says how it differs from the others.
func (healthCommand) Help() string {
	return "Asks the running node through the data directory, as /readyz of debug.listen does. The exit code is 0 if it can do its work; what keeps it from that is printed else. `topicdesk doctor` looks for causes."
}

// health is what it answers.
type health struct {
	Ready bool     `json:"ready"`
	Lacks []string `json:"lacks"`
}

// Answer is that of a command.
func (healthCommand) Answer() any { return health{} }

// Run asks.
func (healthCommand) Run(ctx context.Context, p *program) error {
	ctx, cancel := context.WithTimeout(ctx, 2*house.AnswerWithin)
	defer cancel()
	node, err := web.Dial(ctx, p.cfg.DataDir)
	if err != nil {
		return err
	}
	lacks, err := node.Lacks(ctx)
	if err != nil {
		return err
	}
	err = p.answer(health{Ready: len(lacks) == 0, Lacks: lacks}, func() {
		if len(lacks) == 0 {
			p.say("ok")
		}
		for _, lack := range lacks {
			p.say("%s", lack)
		}
	})
	if err == nil && len(lacks) > 0 {
		return errSaid
	}
	return err
}
