# `make run` and `make test` are all a newcomer needs; each does its own set-up.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help run test check format setup lock messages bench

CATALOGUE := sspf/locale/en_GB/LC_MESSAGES/sspf.po

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: $(READY) ## serve the demo municipality on http://127.0.0.1:8000
	@$(BIN)/sspf demo

test: $(READY) ## run all tests, also in a real browser
	@$(BIN)/python tests/browser/find_chromium.py
	@$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: $(READY) ## format, lint, types, contracts, templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet

format: $(READY) ## put the code in its form
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

setup: $(READY) ## prepare .venv, start nothing

lock: $(READY) ## renew requirements.lock from pyproject.toml
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --extra dev pyproject.toml -o requirements.lock

messages: $(READY) ## bring the English catalogue up to date with what is marked in the code
	$(BIN)/pybabel --quiet extract -F pyproject.toml -k _ -k either:1,2 --no-location --omit-header --no-wrap -o $(CATALOGUE)t .
	$(BIN)/pybabel --quiet update -i $(CATALOGUE)t -o $(CATALOGUE) -l en_GB --no-fuzzy-matching --ignore-obsolete --omit-header --no-wrap
	@rm $(CATALOGUE)t

bench: $(READY) ## measure, as ratios within one run
	@$(BIN)/sspf bench

# uv is taken from the lock with its hash, then installs the rest of it
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "SSPF needs Python 3.11 or later: make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/^    # via/p' requirements.lock | $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r /dev/stdin
	@$(BIN)/uv pip sync --quiet --require-hashes requirements.lock --python $(BIN)/python
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable . --python $(BIN)/python
	@touch $@
