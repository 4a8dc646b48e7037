# Every command of this project. `make` alone lists them.
#
# Everything is installed beside this file, in .venv and node_modules. Programs of the system (chromium, graphviz)
# are installed only as root with apt-get, announced first, and not at all with NO_SYSTEM_PACKAGES=1.
#
#   PYTHON=python3.12   the interpreter to use; otherwise one from 3.11 on is searched
#   WORKERS=2           how many tests run at the same time
#   CI=true             what cannot be installed or run is a failure instead of a skipped test

SHELL := /bin/sh
.DEFAULT_GOAL := help

WORKERS ?= 2
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -n $(WORKERS)
FAST := not slow and not browser and not node

# Settings of the caller that would send an installation elsewhere or mix in foreign packages.
unexport PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT VIRTUAL_ENV

.PHONY: help demo test check format format-check lint types contracts test-fast docs generate generated snapshots \
	slow bench-layout contact-sheet mutation test-pythons setup hooks clean

help: ## list the commands
	@awk -F ':[^#]*## ' '/^[a-z-]+:[^#]*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: ## check the Düren example and write its BPMN, picture and page into demo/
	@sh tools/setup.sh runtime
	@sh tools/demo.sh

test: ## set everything up and run all tests except the slow ones
	@sh tools/setup.sh dev node programs npm
	@echo "==> Running all tests except the slow ones, $(WORKERS) at a time"
	@$(PYTEST) -m "not slow" -ra

check: ## all that must be clean before a change is handed over: format, lint, types, contracts, fast tests, docs
	@sh tools/setup.sh dev
	@$(MAKE) --no-print-directory format-check lint types generated docs test-fast
	@echo "==> All checks are clean"

format: ## rewrite the Python files in the project's format and sort their imports
	@sh tools/setup.sh dev
	@$(BIN)/ruff check --select I --fix --quiet .
	@$(BIN)/ruff format .

format-check: # say which files are not in the project's format
	@echo "==> Format"
	@sh tools/setup.sh dev
	@$(BIN)/ruff format --check --quiet .

lint: contracts ## look for mistakes with ruff, and for imports against the floor plan
	@echo "==> Lint"
	@$(BIN)/ruff check .

contracts: # check the directions of imports
	@echo "==> Import contracts"
	@sh tools/setup.sh dev
	@$(BIN)/lint-imports --no-logo

types: ## check the types with mypy (strict) and pyright (strict)
	@echo "==> Types"
	@sh tools/setup.sh dev node
	@sh tools/check_types.sh

test-fast: ## run the fast tests only (no browser, no Node.js)
	@echo "==> Fast tests, $(WORKERS) at a time"
	@sh tools/setup.sh dev
	@$(PYTEST) -m "$(FAST)"

docs: ## check the links of the documents and run their examples
	@echo "==> Documents"
	@sh tools/setup.sh dev
	@$(BIN)/python tools/check_docs.py

generate: ## write the generated files (schemas, reference pages) anew
	@sh tools/setup.sh dev
	@$(BIN)/python tools/generate.py

generated: # say which generated files are not up to date
	@echo "==> Generated files"
	@sh tools/setup.sh dev
	@if [ -f tools/generate.py ]; then $(BIN)/python tools/generate.py --check; else echo "nothing is generated yet"; fi

snapshots: ## write the expected outputs of the tests anew; look at the difference before keeping it
	@sh tools/setup.sh dev
	@UPDATE_SNAPSHOTS=1 $(PYTEST) -m "not slow and not browser and not node" -k snapshot
	@echo "==> Now look at the difference, for example with: git diff tests/snapshots examples"

bench-layout: ## measure the layout on BPMN files by others (CORPUS=folder) and on generated procedures
	@sh tools/setup.sh dev
	@$(BIN)/python benchmarks/layout.py $(if $(CORPUS),--corpus "$(CORPUS)") $(if $(RIVAL),--rival "$(RIVAL)")

contact-sheet: ## show drawings of many kinds on one page, rendered by bpmn-js in chromium (CORPUS=folder)
	@sh tools/setup.sh dev node programs npm
	@$(BIN)/python tools/contact_sheet.py $(if $(CORPUS),--corpus "$(CORPUS)")

slow: ## run the slow tests (big models, long random searches)
	@sh tools/setup.sh dev node programs npm
	@$(PYTEST) -m slow --timeout 1800 -ra

mutation: ## change the analyses in small ways and say which changes no test notices (PART=name, see tools/mutation.toml)
	@sh tools/setup.sh dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group mutation
	@$(BIN)/python tools/mutation.py $(PART)

test-pythons: ## run the fast tests with every Python from 3.11 on that is found
	@WORKERS="$(WORKERS)" sh tools/test_pythons.sh "$(FAST)"

setup: ## set everything up without running anything
	@sh tools/setup.sh dev node programs npm

hooks: ## run the quick checks before every commit from now on
	@sh tools/setup.sh dev
	@$(BIN)/pre-commit install

clean: ## remove everything that these commands made, also .venv and node_modules
	rm -rf .venv node_modules demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools examples -name __pycache__ -type d -prune -exec rm -rf {} +
