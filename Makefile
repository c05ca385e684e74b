# Two commands: `make run` fills outputs/, `make test` proves the project. Both set up all they need.
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/sh

.PHONY: run test lint bench clean constraints

run: .venv/.run
	$(BIN)/veille run corpus/ --out outputs/

test: .venv/.test lint
	$(BIN)/pytest -n auto --dist loadfile

lint: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: .venv/.test ## speed and memory against what a user would run instead
	$(BIN)/python -m benchmarks.speed.run

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'veille needs Python 3.11 or later'; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo 'Python lacks venv: trying Debian'"'"'s python3-venv'; \
		{ apt-get update && apt-get install -y python3-venv; } || { echo 'please install it: apt-get install python3-venv'; exit 1; }; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/.run: .venv/.python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

.venv/.test: .venv/.python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@ .venv/.run

constraints: ## renew the pinned versions from a fresh environment
	rm -rf .venv/fresh && $(PYTHON) -m venv .venv/fresh
	.venv/fresh/bin/pip install --quiet '.[dev]'
	{ head -1 constraints.txt; .venv/fresh/bin/pip freeze --exclude veille; } > constraints.new && mv constraints.new constraints.txt
	rm -rf .venv/fresh
