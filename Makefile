# One word for each thing one does here. `make` alone lists them.
# PYTHON names the interpreter the environment is made with; any CPython from 3.11 on.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test check bench format pictures lock clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: $(READY) ## the playground: a local Slack in the browser
	@$(BIN)/alibaba-bot playground $(if $(PORT),--port $(PORT),) $(if $(NO_OPEN),--no-open,)

test: $(READY) ## all tests, three at a time: they wait more than they work
	@$(BIN)/python -m pytest -q -n 3

check: $(READY) ## style, types and directions
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(READY) ## the benchmarks; results are kept in tests/bench/README.md
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/bench/requirements.txt
	@$(BIN)/python -m tests.bench $(ARGS)

format: $(READY) ## put the code in order
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

pictures: $(READY) ## take the pictures of the README again
	@$(BIN)/python -m tests.browser.pictures

COMPILE := $(BIN)/pip-compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links \
	--no-emit-options --no-header --strip-extras pyproject.toml

lock: ## write the requirements files anew from pyproject.toml
	@test -x $(BIN)/pip-compile || { echo "make test first: it brings pip-compile"; exit 1; }
	@$(COMPILE) --extra dev --extra postgres -o requirements.txt
	@$(COMPILE) --extra bench -c requirements.txt -o tests/bench/requirements.txt

clean: ## remove the environment
	rm -rf $(VENV)

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; say which with: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is incomplete here; on Debian: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up (once) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
