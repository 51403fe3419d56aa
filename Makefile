# Everything runs from here on a machine with Python 3.11 or newer, git and make.

PYTHON_BIN ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The explorer's tests wait half of their time: two workers more than there are cores.
WORKERS ?= $(shell $(PYTHON_BIN) -c 'import os; print((os.cpu_count() or 1) + 2)')
# For `make wheelhouse`: the machine that will install without a network.
PYTHON ?= 3.11
PLATFORM ?= manylinux_2_28_x86_64

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/.run: pyproject.toml
	@$(PYTHON_BIN) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Kashaf needs Python 3.11 or newer; set PYTHON_BIN=python3.12 or the like." >&2; exit 1; }
	@$(PYTHON_BIN) -m venv $(VENV) \
		|| { echo "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

.PHONY: setup
setup: $(VENV)/.dev ## Make .venv with everything that development needs

.PHONY: demo
demo: $(VENV)/.run ## Index the sample corpus into a scratch workspace and open the explorer
	$(BIN)/kashaf demo

.PHONY: test
test: $(VENV)/.dev ## Run all tests
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

.PHONY: check
check: $(VENV)/.dev ## Format, lint, types and import rules; runs nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: format
format: $(VENV)/.dev ## Format the code and mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: catalogues
catalogues: $(VENV)/.dev ## Gather the interface's texts into the Arabic catalogue, and compile it
	$(BIN)/python scripts/catalogues.py

.PHONY: snapshots
snapshots: $(VENV)/.dev ## Take the explorer's snapshots anew; look at them before you commit
	$(BIN)/python -m pytest -q tests/tui --snapshot-update

.PHONY: test-crash
test-crash: $(VENV)/.dev ## Kill the stores at every file-changing call, not at a sample of them
	KASHAF_CRASH=all $(BIN)/python -m pytest -q tests/crash

.PHONY: test-bidi
test-bidi: $(VENV)/.dev ## Every case of Unicode's own bidi tests
	KASHAF_BIDI=all $(BIN)/python -m pytest -q -n auto tests/unit/test_bidi_conformance.py

WHOOSHES ?= whoosh==2.7.4 whoosh-reloaded==2.7.5 whoosh3==3.54.0
WHOOSH_TESTS := tests/unit/test_whoosh_codec.py tests/property/test_whoosh_codec_oracle.py tests/property/test_engine_oracle.py \
	tests/property/test_search_spans.py tests/unit/test_query_search.py

.PHONY: test-whoosh
test-whoosh: $(VENV)/.dev ## The tests of the index with each of three Whooshes, put before the installed one
	@set -e; for whoosh in $(WHOOSHES); do \
		$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --upgrade --target build/whoosh/$$whoosh $$whoosh; \
		echo "$$whoosh"; \
		PYTHONPATH=$(CURDIR)/build/whoosh/$$whoosh $(BIN)/python -m pytest -q $(WHOOSH_TESTS); \
	done

FUZZ_SECONDS ?= 60

.PHONY: fuzz
fuzz: $(VENV)/.dev ## Fuzz every reader, FUZZ_SECONDS=60 each; with atheris where it has a wheel
	-$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: atheris
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS)

TERMINALS ?= xterm vte konsole kitty mlterm alacritty st qterminal \
	tmux-xterm tmux-vte tmux-kitty tmux-konsole tmux-mlterm \
	screen-xterm screen-vte screen-kitty screen-konsole screen-mlterm

.PHONY: test-terminals
test-terminals: $(VENV)/.dev ## Look at the explorer in real terminals: TERMINALS="xterm vte kitty"
	$(BIN)/python -m tests.terminals.install $(TERMINALS)
	KASHAF_TERMINALS="$(TERMINALS)" $(BIN)/python -m pytest -q tests/terminals

.PHONY: bench
bench: $(VENV)/.dev ## Speed and memory beside other engines: KASHAF_BENCH_SIZES="10000 100000" KASHAF_BENCH_CORPUS=FILE
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[quality]'
	$(BIN)/python -m tests.benchmarks

.PHONY: bench-quality
bench-quality: $(VENV)/.dev ## How well search ranks, beside other engines: KASHAF_IR_DATA=FOLDER KASHAF_LUCENE_JAR=FILE
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[quality]'
	$(BIN)/python -m tests.benchmarks.quality

.PHONY: bench-ner
bench-ner: $(VENV)/.dev ## How well entities, dates, figures and quotations are found: KASHAF_NER_DATA=FOLDER
	$(BIN)/python -m tests.benchmarks.ner

NER_DATA ?= data/ner

.PHONY: train-ner
train-ner: $(VENV)/.dev ## Train the tagger anew and write the files that ship: NER_DATA=FOLDER, see its MODEL_CARD.md
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m scripts.ner.train $(NER_DATA)

.PHONY: crossvalidate-ner
crossvalidate-ner: $(VENV)/.dev ## Judge tagger and pipeline by folds of NER_DATA; takes an hour, and keeps the models in build/ner
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m scripts.ner.crossvalidate $(NER_DATA) --folder build/ner

.PHONY: wheelhouse
wheelhouse: $(VENV)/.run ## Wheels for an install without a network: PYTHON=3.12 PLATFORM=macosx_11_0_arm64
	rm -rf wheelhouse && mkdir wheelhouse
	$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir wheelhouse .
	$(BIN)/pip download --quiet --disable-pip-version-check --only-binary :all: --dest wheelhouse \
		--python-version $(PYTHON) $(foreach platform,$(PLATFORM),--platform $(platform)) wheelhouse/kashaf-*.whl
	@echo "Carry wheelhouse/ over, then: pip install --no-index --find-links wheelhouse kashaf"

.PHONY: clean
clean: ## Remove what the other targets made
	rm -rf $(VENV) build dist wheelhouse .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
