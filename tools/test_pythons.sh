#!/bin/sh
# Runs the fast tests with every Python from 3.11 on that is found; $1 is pytest's expression of what is fast.
# Each version has an environment of its own in .venv/pythons.

set -eu
cd "$(dirname "$0")/.."

fast=$1
tested=
failed=
absent=

# Prints an interpreter of version 3.$1 that really starts; version managers leave names on the PATH that do not.
find_version() {
    for candidate in "python3.$1" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3."$1".*/bin/python3."$1"; do
        if "$candidate" -c "import sys; sys.exit(sys.version_info[:2] != (3, $1))" >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

for minor in 11 12 13 14 15; do
    python=$(find_version "$minor")
    if [ -z "$python" ]; then
        absent="$absent 3.$minor"
        continue
    fi
    printf '==> Python 3.%s\n' "$minor"
    mkdir -p .venv/pythons
    folder=.venv/pythons/3.$minor
    if VENV=$folder PYTHON=$python sh tools/setup.sh dev && "$folder/bin/python" -m pytest -n "${WORKERS:-2}" -m "$fast"; then
        tested="$tested 3.$minor"
    else
        failed="$failed 3.$minor"
    fi
done

printf '==> passed:%s  failed:%s  no interpreter found:%s\n' "${tested:- none}" "${failed:- none}" "${absent:- none}"
[ -z "$failed" ] && [ -n "$tested" ]
