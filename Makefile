# What is needed: Go (the version in go.mod) and make. With a C compiler the
# tests run under the race detector, which needs one.
# `make help` lists the targets.

# Pinned here and not in go.mod: a tool's own requirements would join ours.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
SUMTYPE     := github.com/alecthomas/go-check-sumtype/cmd/go-check-sumtype@v0.3.1

# Go code lives in these folders and nowhere else.
FOLDERS := $(wildcard actors bench cmd configs schema tenants)
# The build tags that hide tests from a plain `go test`.
TAGS := foreign,mutants

# One thread has nothing to race with, and costs twenty times as much there.
ONE_THREAD := ./bench/world
MANY = $(filter-out $(ONE_THREAD:./%=topicdesk/%),$(shell go list ./...))
RACE := $(if $(shell command -v cc gcc clang 2>/dev/null),-race)
# SQLite, which is C put into Go, is not what is looked at for races; the library
# over it is.
LESS_RACE := $(if $(RACE),$(foreach library,sqlite/lib libc memory,-gcflags='modernc.org/$(library)=-race=false -d=checkptr=0'))
# A program under the race detector waits a second at its end, for races of others.
export GORACE := atexit_sleep_ms=100

# TESTFLAGS is for the caller: make test TESTFLAGS=-v
TESTFLAGS ?=
# How long `make world` plays, or how many seeds, and from which on.
TOPICDESK_WORLD_FOR ?= 10m
TOPICDESK_WORLD_SEEDS ?=
FIRST ?= 1
# How long `make fuzz` stays with each fuzz test.
FUZZTIME ?= 60s
# What `make bench` runs, and where its figures and its page go. All of them take
# an hour and a half.
SCENARIOS ?= steady load fleet-webhook fleet-polling churn noisy chats growth backlog faults crash simulator
BENCH     ?= .out/bench

.DEFAULT_GOAL := help
.PHONY: help run test race world leaks mutants mtproto fuzz test-foreign bench check format vet staticcheck sumtype imports

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## the relay with a Telegram of its own; with TOPICDESK_BOT_TOKEN set, on the real one
	go run ./cmd/topicdesk demo

test: ## every test that needs nothing but Go
	go test $(RACE) $(LESS_RACE) -shuffle=on -timeout 15m $(TESTFLAGS) $(MANY)
	go test -shuffle=on -timeout 15m $(TESTFLAGS) $(ONE_THREAD)

race: ## every test five times over, each time in another order
	go test -race $(LESS_RACE) -shuffle=on -timeout 60m -count=5 $(TESTFLAGS) $(MANY)

world: export TOPICDESK_WORLD_SEEDS := $(TOPICDESK_WORLD_SEEDS)
world: export TOPICDESK_WORLD_FOR := $(if $(TOPICDESK_WORLD_SEEDS),,$(TOPICDESK_WORLD_FOR))
world: ## the whole relay under a seeded scheduler, for TOPICDESK_WORLD_FOR=10m or TOPICDESK_WORLD_SEEDS, from seed FIRST=1 on
	go test -run '^TestWorld$$' -count=1 -timeout 24h -v $(TESTFLAGS) ./bench/world -first $(FIRST)

# How many chats `make leaks` makes up.
CASES ?= 1000000
leaks: ## a hostile client against HIDE_INFO: CASES=1000000 made-up chats (8 minutes on 2 cores), from case FIRST=1 on
	go test -run '^TestNothingLeaks$$' -count=1 -timeout 24h -v $(TESTFLAGS) ./bench/leaks -cases $(CASES) -first $(FIRST)

mutants: ## one-line sabotages, each of which a named test must catch
	go test -tags mutants -count=1 -timeout 30m $(TESTFLAGS) ./bench/mutants

# The library for MTProto takes minutes and 5 GB of memory to compile, so the tag
# mtproto keeps its only importer out of everything else. One compilation, as the
# race detector wants it, serves all three.
MTPROTO := -tags mtproto ./actors/telegram/mtproto
mtproto: ## the gateway over MTProto: vet, staticcheck, tests; compiling gotd takes minutes and 5 GB
	go vet -p 1 $(RACE) $(MTPROTO)
	go run -exec 'env GOFLAGS=$(RACE)' $(STATICCHECK) $(MTPROTO)
	go test -p 1 $(RACE) -shuffle=on -timeout 15m $(TESTFLAGS) $(MTPROTO)

fuzz: ## every fuzz test for FUZZTIME=60s
	@set -e; for package in $$(go list ./...); do \
		for name in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "go test -run '^$$' -fuzz '^$$name$$' -fuzztime $(FUZZTIME) $$package"; \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) $$package; \
		done; \
	done

test-foreign: ## judged by others' work: needs chromium, node with npm, zsh, fish, and TOPICDESK_SHARED_DATA (captured updates, the API's specification)
	@packages=$$(grep -rlE --include='*_test.go' '^//go:build.*\bforeign\b' $(FOLDERS) | \
		xargs -rn1 dirname | sort -u | sed 's,^,./,'); \
	if [ -z "$$packages" ]; then echo "no test has the tag foreign"; exit 0; fi; set -x; \
	go test -tags foreign -shuffle=on -count=1 -timeout 15m $(TESTFLAGS) $$packages

bench: ## every scenario (90 minutes), or SCENARIOS="steady noisy", and one page of figures and charts: BENCH=.out/bench
	@mkdir -p $(BENCH)
	@missed=; for scenario in $(SCENARIOS); do \
		rm -f $(BENCH)/$$scenario.json; \
		echo "go run ./cmd/bench run $$scenario --json $(BENCH)/$$scenario.json"; \
		go run ./cmd/bench run $$scenario --json $(BENCH)/$$scenario.json || missed=1; \
	done; \
	go run ./cmd/bench report $(BENCH) && test -z "$$missed"

check: format vet staticcheck sumtype imports ## what a reviewer should not have to look for

format: ## gofmt has nothing to say
	@bad=$$(gofmt -l $(FOLDERS)); if [ -n "$$bad" ]; then echo "not gofmt-ed:" >&2; echo "$$bad" >&2; exit 1; fi

vet: ## go vet
	go vet -tags $(TAGS) ./...

staticcheck: ## staticcheck, pinned
	go run $(STATICCHECK) -tags $(TAGS) ./...

sumtype: ## every switch over a sealed interface names all its members, pinned
	go run $(SUMTYPE) -default-signifies-exhaustive=false ./...

imports: ## which package may import which (tenants/imports_test.go)
	go test -run '^TestImports' $(TESTFLAGS) ./tenants
