#!/bin/sh
# mypy and pyright, both strict. pyright is a program for Node.js: the one of the system is used; where there is none,
# pyright's Python package fetches one into .venv, and where that fails too, it is said and mypy alone decides.

set -eu
cd "$(dirname "$0")/.."

PYRIGHT_PYTHON_CACHE_DIR=$PWD/.venv/cache
PYRIGHT_PYTHON_ENV_DIR=$PWD/.venv/cache/nodeenv
PYRIGHT_PYTHON_IGNORE_WARNINGS=1
export PYRIGHT_PYTHON_CACHE_DIR PYRIGHT_PYTHON_ENV_DIR PYRIGHT_PYTHON_IGNORE_WARNINGS

.venv/bin/mypy

if ! .venv/bin/pyright --version >/dev/null 2>&1; then
    echo "pyright cannot run: there is no Node.js and none could be fetched; types were checked by mypy only" >&2
    echo "install it, for example with: sudo apt-get install nodejs" >&2
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
.venv/bin/pyright
