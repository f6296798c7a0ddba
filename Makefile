# Every task of the house. `make` alone builds the program and sets every master of source/ into build/.

CARGO  ?= cargo
TARGET := $(or $(CARGO_TARGET_DIR),target)
DIGLOT := $(TARGET)/release/diglot

.PHONY: build help test quick check bless bench matrix corpus ace compare docs licences deny

build: ## the program, and every master of source/ as PDF and EPUB in build/
	$(CARGO) build --release --locked
	$(DIGLOT) build source --out-dir build

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# One profile for program and tests, so that the engine is compiled once.
test: ## all tests; the outside judges are installed first, where that may be
	tests/judges/install.sh
	$(CARGO) test --release --locked --workspace

quick: ## the tests that do not link the engine
	$(CARGO) test --locked -p article -p typeset -p epub -p press -p web

check: ## the form of the code, and what clippy says of it
	$(CARGO) fmt --all -- --check
	$(CARGO) clippy --release --locked --workspace --all-targets -- -D warnings

bless: ## write the expected files of the tests anew; then read the diff
	@if [ -n "$$CI" ]; then echo "make bless: not in CI, where nobody reads the diff" >&2; exit 1; fi
	BLESS=1 $(CARGO) test --release --locked --workspace
	git diff --stat

# Real articles, where there are any. BLESS=1 writes the table of figures anew.
CORPUS ?= ../shared/corpus

corpus: ## every real article: words, errors, judges, CPU and memory, against the table of figures; the printed pages of forty
	$(CARGO) build --release --locked
	tests/judges/install.sh
	DIGLOT_PAGES=all $(CARGO) test --release --locked --test tests -- pages/
	python3 tests/corpus/corpus.py --judge $(DIGLOT) $(CORPUS)

# How many real articles Ace looks at besides the masters, where there are any.
ACE ?= 40

ace: build ## accessibility of the e-books of all masters and of real articles, by Ace
	tests/judges/install.sh ace
	tests/judges/ace $(DIGLOT) $(ACE) $(CORPUS)

# The pandoc to compare with; without one, that which pip brings.
PANDOC ?=

compare: build ## the e-books beside those of pandoc, point by point: docs/COMPARE.md; and what EPUBCheck says of epub-builder
	tests/judges/install.sh
	tests/compare/epub-builder/run
	@pandoc="$(PANDOC)"; pandoc=$${pandoc:-$$(tests/compare/pandoc)}; \
	if [ -n "$$pandoc" ]; then \
	  { sed '/^Made by/,$$d' docs/COMPARE.md; python3 tests/compare/compare.py $(DIGLOT) "$$pandoc" source/*/article.xml tests/cases/layout/classic/kitchen-sink.xml; } > docs/COMPARE.new && mv docs/COMPARE.new docs/COMPARE.md; \
	else echo "make compare: skipped, there is no pandoc"; fi

bench: ## speed and size against other programs, as ratios; e-books: docs/EBOOK.md; many articles and long ones: docs/SCALE.md
	bash -o pipefail -c 'CORPUS=$(wildcard $(CORPUS)) tests/bench/run | python3 tests/bench/table.py docs/SCALE.md'
	python3 tests/bench/book.py $(DIGLOT) . $(CORPUS) --write docs/EBOOK.md
	python3 tests/bench/batch.py $(DIGLOT) . --write docs/SCALE.md

matrix: ## every master by every press profile, before qpdf, poppler, Ghostscript, proof-pdf and the preflight
	tests/judges/install.sh proof
	DIGLOT_PRESS_MATRIX=1 $(CARGO) test --release --locked --test tests -- press-matrix

docs: ## write the documents anew that are made from the code
	BLESS=1 $(CARGO) test --release --locked --test tests -- generated
	git diff --stat

licences: ## the list of crates and their licences anew, after a change of Cargo.lock
	CARGO=$(CARGO) python3 licences/crates.py

deny: ## licences and bans of all crates, where cargo-deny is installed
	@if $(CARGO) deny --version >/dev/null 2>&1; then $(CARGO) deny --locked check licenses bans sources && \
	  if [ -d "$${CARGO_HOME:-$$HOME/.cargo}/advisory-dbs" ]; then $(CARGO) deny --locked check --disable-fetch advisories; \
	  else echo "make deny: advisories skipped, there is no copy of their database (cargo deny fetch)"; fi; \
	else echo "make deny: skipped, there is no cargo-deny"; fi
