# drafter: every target works on a fresh clone with python 3.11 or later, make and git.
#   make draft    the Word draft of the sample plan, from nothing
#   make test     the tests
# `make help` lists the rest. Another Python: make PYTHON=python3.12 draft

# The first Python of at least 3.11 on this machine.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CATALOGUES := $(wildcard drafter/locale/*/LC_MESSAGES/drafter.po)
PLAN ?=
PYTEST_OPTIONS ?= -n auto

.DEFAULT_GOAL := help
.PHONY: help draft test check bench golden canary catalogues environment clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

draft: $(STAMP)  ## build the Word draft of the plans in this workspace
	@$(BIN)/python -m drafter build $(PLAN)

test: $(STAMP)  ## run the tests
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

check: $(STAMP)  ## ruff, mypy, import-linter, catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/house

bench: $(STAMP)  ## measure the promised figures against their peers
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[bench]'
	$(BIN)/python -m tests.bench

golden: $(STAMP)  ## rewrite the golden Word files of the tests
	$(BIN)/python -m pytest $(PYTEST_OPTIONS) --golden

canary: $(STAMP)  ## a small Word file with every feature, to be tried in Word and WPS
	$(BIN)/python -m drafter.word.canary build/canary.docx

catalogues: $(CATALOGUES:.po=.mo)  ## compile the message catalogues

%.mo: %.po | $(STAMP)
	$(BIN)/pybabel -q compile -i $< -o $@

environment: $(STAMP)  ## only the Python environment

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "drafter needs Python 3.11 or later / 需要 Python 3.11 以上版本" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt setuptools
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[dev]'
	@# as pip does for what it copies: where Python may not write bytecode, a build would compile all of drafter anew
	$(BIN)/python -m compileall -q drafter
	@touch $@

clean:  ## remove what can be made again (not the environment)
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find drafter tests -name __pycache__ -type d -prune -exec rm -rf {} +
