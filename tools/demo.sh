#!/bin/sh
# What `make demo` shows: the Düren example as it is and as it could be, checked, drawn and reported.

set -eu
cd "$(dirname "$0")/.."

ankunft=.venv/bin/ankunft
out=demo
examples=examples/dueren

say() { printf '\n==> %s\n' "$*"; }

# Status 1 with findings printed is a result here, not a failure; without any it is one.
check() {
    printf '    ankunft check %s\n\n' "$1"
    status=0
    findings=$("$ankunft" check "$1") || status=$?
    printf '%s\n' "$findings"
    if [ "$status" -gt 1 ] || { [ "$status" = 1 ] && [ -z "$findings" ]; }; then
        exit "$status"
    fi
}

# Shows a command and runs it.
run() {
    printf '    ankunft %s\n' "$*"
    "$ankunft" "$@"
}

mkdir -p "$out"

say "Checking the arrival process of the example as it is today"
check "$examples/as_is.yaml"

say "Checking the process as it is planned"
check "$examples/to_be.yaml"

say "Writing BPMN diagrams and their pictures"
for state in as_is to_be; do
    run export "$examples/$state.yaml" -o "$out/dueren_$state.bpmn"
    run export "$examples/$state.yaml" -o "$out/dueren_$state.svg"
done

say "Writing the page for the steering group: today and planned, side by side"
run report "$examples/as_is.yaml" "$examples/to_be.yaml" -o "$out/dueren.html"

say "Done. The results:"
cat <<END
    $PWD/$out/dueren.html          open this page in a browser
    $PWD/$out/dueren_as_is.bpmn    open in Camunda Modeler or on https://demo.bpmn.io
    $PWD/$out/dueren_to_be.bpmn
    $PWD/$out/dueren_as_is.svg     the pictures of the diagrams
    $PWD/$out/dueren_to_be.svg

    Your own file: .venv/bin/ankunft init -o my_process.yaml, then .venv/bin/ankunft check my_process.yaml
END
