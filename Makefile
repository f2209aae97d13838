# The targets that people use:
#   make run     build, make the starter workspace, run the nightly job on it, say where the report is
#   make test    every test (needs a C++ compiler; under 5 minutes)
#   make check   test with the race detector, lint, short fuzzing, licences of what is
#                built in, known vulnerabilities, two builds compared
#   make soak    kills 200 runs over the starter and 500 postings, fills disks (an hour or two)
#   make bench   benchmarks of the stages
#   make evaluation   measures the linker on annotated data and rewrites the README's table
#   make golden  rewrite golden files and pages of reference after a change made on purpose

GO        ?= go
BIN       := bin/skillsgap
WORKSPACE ?= build/starter
VERSION   ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# The version is stamped here and not by the go command, so that the same source
# gives the same bytes in any folder.
BUILD     := -trimpath -buildvcs=false -ldflags '-X main.version=$(VERSION)'
TOOL      := $(GO) tool -modfile=.ci/tools/go.mod

.PHONY: run build test check lint supply fuzz soak bench evaluation golden

build:
	$(GO) build $(BUILD) -o $(BIN) ./cmd/skillsgap

run: build
	@test -f $(WORKSPACE)/skillsgap.yaml || $(BIN) init $(WORKSPACE)
	$(BIN) run --workspace $(WORKSPACE)

test:
	$(GO) vet ./...
	$(GO) test -timeout 15m ./...

check: lint supply
	$(GO) test -race -timeout 30m ./...
	$(MAKE) fuzz FUZZTIME=30s

lint:
	$(TOOL) golangci-lint run ./...
	$(GO) mod tidy -diff

supply: build
	.ci/licences
	.ci/vulnerabilities
	.ci/reproducible $(BIN) $(BUILD)

# go test -fuzz takes one target of one package at a time.
FUZZTIME ?= 10s
fuzz:
	@set -e; for dir in $$($(GO) list -f '{{.Dir}}' ./...); do \
	  for target in $$(grep -hos '^func Fuzz[A-Za-z0-9_]*' $$dir/*_test.go | sed 's/^func //'); do \
	    echo "fuzz $$target in $$dir"; \
	    $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$dir; \
	  done; done

SOAK ?= 200
soak:
	SKILLSGAP_SOAK=$(SOAK) $(GO) test -count=1 -timeout 6h -v -run 'TestSoak|TestFullDisk|TestKilled' ./cmd/skillsgap

bench:
	@mkdir -p build
	$(GO) test -run '^$$' -bench . -benchmem -count 6 ./... | tee build/bench.txt

# Needs the annotated data, in SKILLSGAP_TESTDATA. `.ci/evaluation --check` only compares.
evaluation: build
	.ci/evaluation

golden:
	$(GO) test ./reports/... ./cmd/... -update
