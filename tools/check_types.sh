#!/bin/sh
# mypy and pyright, both strict. pyright is a program for Node.js (tools/setup.sh node); where there is none and none
# can be fetched, that is said and mypy alone decides, under CI=true it is a failure.

set -eu
cd "$(dirname "$0")/.."

PATH=$PWD/.venv/bin:$PATH
PYRIGHT_PYTHON_CACHE_DIR=$PWD/.venv/cache
PYRIGHT_PYTHON_ENV_DIR=$PWD/.venv/cache/nodeenv
PYRIGHT_PYTHON_IGNORE_WARNINGS=1
export PATH PYRIGHT_PYTHON_CACHE_DIR PYRIGHT_PYTHON_ENV_DIR PYRIGHT_PYTHON_IGNORE_WARNINGS

.venv/bin/mypy

if ! .venv/bin/pyright --version >/dev/null 2>&1; then
    echo "pyright cannot run: there is no Node.js and none could be fetched; types were checked by mypy only" >&2
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
.venv/bin/pyright
