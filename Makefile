# What people run: `make demo` and `make test` do all set-up themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Pins every package to the versions that the project is tested with.
CONSTRAINTS := constraints.txt
# Worker processes of the test run.
WORKERS ?= auto
# What to compare, such as ARGS="--service s3 --operation PutObject --seed 7".
ARGS ?=

.PHONY: demo test catalogue examples patterns lint format types check generate specs ingest-accuracy bench scale mutants clean help

help:
	@echo "make demo      generate clients, serve the specs, call them"
	@echo "make test      all tests"
	@echo "make catalogue every operation of botocore, compared with it (minutes)"
	@echo "make examples  published example requests, put to strict clients"
	@echo "make patterns  every pattern of botocore's models, beside Node's RegExp"
	@echo "make lint      ruff and black, without changing anything"
	@echo "make format    black and ruff's fixes"
	@echo "make types     mypy and pyright, both strict"
	@echo "make generate  write generated/ from specs/"
	@echo "make specs PAGES=DIR"
	@echo "               write specs/ from the saved pages in DIR and botocore's model"
	@echo "make ingest-accuracy"
	@echo "               read thousands of pages and count what was right"
	@echo "make check     is generated/ up to date?"
	@echo "make bench     ratios beside boto3"
	@echo "make scale     import, generate and load the whole catalogue; seconds and memory"
	@echo "make mutants   what generated tests notice of altered clients"

$(READY): pyproject.toml $(CONSTRAINTS)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c $(CONSTRAINTS) -e '.[dev]'
	touch $@

demo: $(READY)
	$(BIN)/python tests/demo/run.py

test: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

catalogue: $(READY)
	$(BIN)/python -m tests.catalogue $(ARGS)

examples: $(READY)
	$(BIN)/python -m tests.examples $(ARGS)

patterns: $(READY)
	$(BIN)/python -m tests.patterns

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/black --check --quiet --diff .

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/black --quiet .

types: $(READY)
	$(BIN)/mypy
	$(BIN)/pyright --project pyproject.toml

generate: $(READY)
	$(BIN)/specwright generate specs --out generated

specs: $(READY)
	@test -n "$(PAGES)" || { echo "name the folder of pages: make specs PAGES=DIR"; exit 2; }
	$(BIN)/specwright ingest "$(PAGES)" --into specs --complete-from botocore

ingest-accuracy: $(READY)
	$(BIN)/python -m tests.accuracy $(ARGS)

check: $(READY)
	$(BIN)/specwright lint specs
	$(BIN)/specwright check specs --out generated

mutants: $(READY)
	$(BIN)/python -m tests.mutants $(ARGS)

bench: $(READY)
	$(BIN)/python -m tests.benchmarks

scale: $(READY)
	$(BIN)/python -m tests.scale

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
