"""Writes docs/reference/json-formats.md: the shapes of the JSON results, each with what a command really answers.

Keys are compared with the schemas; a key that is not explained, or explained and not there, is an error.

Usage: python tools/generate_json_formats_page.py [--check]
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from ankunft_model.cli.main import main as ankunft
from ankunft_model.sources.schemas import schema

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "reference" / "json-formats.md"
EXAMPLE: Final = "examples/qualification/model.yaml"
REPLAYED: Final = "examples/dueren/as_is.yaml"
DOCUMENTED: Final = "examples/dueren/case.yaml"
RULE: Final = "avoidable-collection"

INTRODUCTION: Final = """\
# JSON formats

<!-- Written by tools/generate_json_formats_page.py; change that script or the code, not this page. -->

Results are printed to standard output as UTF-8, diagnostics to standard error.
`format` names the shape and its number.
New keys may be added; as long as the number stays, no key changes its meaning or goes away.
How to use them is told in [results for programs](../how-to/read-json-results.md).

| `format` | written by | schema |
|---|---|---|
| `ankunft-findings/1` | `ankunft check MODEL… --format json` | `ankunft schema ankunft-findings-1` |
| `ankunft-data/1` | `ankunft data MODEL --format json` | `ankunft schema ankunft-data-1` |
| `ankunft-soundness/1` | `ankunft soundness MODEL\\|FILE.bpmn --format json` | `ankunft schema ankunft-soundness-1` |
| `ankunft-time/1` | `ankunft time MODEL --format json` | `ankunft schema ankunft-time-1` |
| `ankunft-metrics/1` | `ankunft metrics MODEL --format json` | `ankunft schema ankunft-metrics-1` |
| `ankunft-suggest/1` | `ankunft suggest MODEL --format json` | `ankunft schema ankunft-suggest-1` |
| `ankunft-replay/1` | `ankunft replay MODEL CASE --format json` | `ankunft schema ankunft-replay-1` |
| `ankunft-rules/1` | `ankunft rules [RULE] --format json` | none |
| `ankunft-import/1` | `ankunft import FILE.bpmn -o MODEL.yaml --format json` | none |
| `ankunft-layout/1` | `ankunft layout FILE.bpmn -o FILE.bpmn --format json` | `ankunft schema ankunft-layout-1` |
| `ankunft-layout-check/1` | `ankunft layout FILE.bpmn --check --format json` | \
`ankunft schema ankunft-layout-check-1` |
| `ankunft-schemas/1` | `ankunft schema --format json` | none |

`ankunft check` also answers in forms of others: `--format sarif` (SARIF 2.1.0), `junit` (JUnit XML) and `github` \
(annotations of GitHub Actions).
The file of a model itself is described by `ankunft schema ankunft-1`, and a file that it includes by \
`ankunft schema ankunft-include-1`.
"""

FINDING_KEYS: Final[Mapping[str, str]] = {
    "id": "rule and elements; it stays when something is renamed or reordered",
    "rule": "id of the [rule](rules/index.md)",
    "model": "id of the model",
    "file": "the file as it was named, or null",
    "severity": "`info`, `hint`, `warning` or `error`",
    "certainty": "`definite`: on every run that executes the node; else `possible`",
    "depends_on": "unknown facts that, if known, could remove the finding: `path` in the model, `question` to ask",
    "exact": "false: the rule had to simplify, the finding may be too careful",
    "limits": "why it is not exact, each reason with a sentence in both languages; left out if it is",
    "elements": "what it is about, the main one first: `kind` and `id`",
    "data": "ids of the data items concerned",
    "message": "what was found, in `de` and `en`",
    "witness": "ids of nodes: what tells the run apart, in its order; with `--witness full` the whole run",
    "because": "what it rests on: `kind` (`legal_basis`, `agreement`, `consent`, `source`, …) and `id`",
    "recommendation": "what to do, in `de` and `en`",
    "measures": "ids of [measures](registries.md#measures) that resolve such findings",
}

DATA_KEYS: Final[Mapping[str, str]] = {
    "collections": "fewest and greatest number of times that it is asked in one run; `max` null: a loop sets no bound",
    "by_process": "the same for each process that begins by itself; `collections` is their sum",
    "collected_at": "ids of the nodes that ask for it",
    "gaps": "where it is needed and not there: `node`, `actor`, `certainty`, `witness`",
    "avoidable": "where it is asked although known: `node`, `certainty`, `known_to` (actors and systems), `witness`",
    "exact": "false: a limit was reached, the figures may be too careful",
    "limits": "why the figures are not exact, each reason with a sentence in both languages; empty if they are",
    "expected": "how often it is asked per case on average, from the shares of decisions: `min` and `max` are equal "
    "where all shares on the way are stated; `max` null: a loop whose share is open; null: it cannot be counted",
    "by_member": "the same about other members of the household; only where there are any",
}

SOUNDNESS_KEYS: Final[Mapping[str, str]] = {
    "sound": "true, false, or null: a limit was reached before the answer was known",
    "limits": "what was reached, each with a sentence in both languages: there may be more problems then",
    "problems": "what is wrong: `kind` (`deadlock`, `lack_of_synchronization`, `dead_node`, `improper_completion`), "
    "`nodes` (ids), `witness` (a shortest run that shows it, ids in order), `message` and `repair` in `de` and `en`",
}

PROCESS_TIME_KEYS: Final[Mapping[str, str]] = {
    "elapsed_seconds": "least and greatest time over all runs; `max` null: not bounded, or not stated",
    "depends_on": "times that nobody stated: `path` in the model, `question` to ask; they count as nothing in `min`",
    "endless": "ids of nodes that the model lets repeat without bound",
    "critical_path": "the longest way: `nodes`, `seconds`, `waiting_seconds`, `waiting_share`; what is unknown counts \
as nothing, endless loops are taken once",
    "nodes": "for each node its earliest and latest completion since the beginning, in seconds",
    "exact": "true: the bounds equal the enumeration of all runs; false: they hold, but may be too wide",
    "limits": "why they are not exact, each reason with a sentence in both languages; empty if they are",
}

TIME_KEYS: Final[Mapping[str, str]] = {
    "processes": "the times of each process that begins by itself, by its id",
    "coverage": "times without entitlement or payment: `timeline`, `need`, `ended` and `started` (`benefit`, `node`; \
null: never again), `gap_days`, `not_counted` (nodes without a stated time), `cases` (exact days), `witness`, `exact`, \
`limits` (as above)",
    "proof": "times without proof: `subject`, `document`, `began_at`, `issued_at`, `bridged_by`, `asked_by`, \
`asked_at`, and the same as in `coverage`",
    "deadlines": "each deadline: `path`, `since`, `until`, `within`, `days`, `strength`, `elapsed_seconds`, \
`usual_seconds`, `verdict` (`kept`, `tight`, `impossible`, `unknown`), `certainty`, `not_counted`, `cases`, `exact`, \
`limits`",
    "cases": "for each dated case what it was covered by: `timeline`, `kind`, `id`, `from`, `to` (null: not said)",
}

METRIC_KEYS: Final[Mapping[str, str]] = {
    "counts": "per case `contacts`, `visits`, `forms`, `questions`, `documents` (shown or carried by the person), \
`handovers`, `media_breaks`: each `min`, `max` (null: a loop sets no bound), `expected` (null: a share is not stated)",
    "bodies": "number of different actors besides the person",
    "sites": "number of different places to which the person goes; a visit whose place is open may be another one",
    "elapsed_seconds": "as in `ankunft-time/1`",
    "waiting_share": "part of the longest way in which nobody works on the case",
    "milestones": "earliest and latest completion of nodes with `milestone`, entitlement, payment or a proof, and the "
    "waiting on the slowest way to it",
    "shares": "parts of a whole, `min` if all that nobody stated is no, `max` if it is yes: `with_agreement`, \
`with_legal_basis`, `with_consent` (of transfers between bodies), `proactive` (of contacts), `needed` (of items \
asked), `validated` (of steps and handovers: somebody confirmed them), `unknown` (of the facts behind the figures)",
    "gap_costs": "what the person lacks in gaps of cover: the monthly amount of the benefit, by days, a month as 30: "
    "`min`, `max` (null: no bound), and for each dated case",
    "once_only": "`asked_items`, `asked_once`, `collection_factor` (1 is once only), `avoidable_places`, \
`avoidable_questions`, `gaps`, `covered_needs`",
    "burden": "minutes and euros by the parameters of the call; null without",
    "exact": "false: a limit was reached, the figures are not complete",
    "limits": "why they are not complete, each reason with a sentence in both languages; empty if they are",
}

SUGGEST_KEYS: Final = {
    "model": "id of the model",
    "exact": "whether no smaller set does the same with equally lawful ways; `false` beyond a limit",
    "size": "how many handovers, retrievals, rights to read, consents and agreements are added or extended in all",
    "suggestions": "see below",
    "unsolved": "findings that stay: `finding`, `reason` (`demanded_by_law`, `document`, `nobody_named`, "
    "`nobody_knows`, `not_on_every_run`, `no_way`, `opens_a_gap`, `only_carried`, `limit`), `node`, `data`, `text`",
    "resolves": "ids of all findings, of all rules, that the changed model does not have any more",
    "brings_up": "findings that only the changed model has, as in `ankunft-findings/1`",
}
SUGGESTION_KEYS: Final = {
    "id": "kind and place",
    "kind": "`own_file` (the body has it), `retrieval`, `extended_handover`, `handover`, `several_ways`",
    "lawfulness": "`same_body`, `legal_basis`, `to_be_examined`, `consent`, `unknown`: what it rests on",
    "size": "how much it adds or extends",
    "text": "what to do, in both languages",
    "law": "what it rests on, with the source, in both languages",
    "condition": "under which condition it works, or `null`",
    "because": "legal bases, agreements and consents: `kind`, `id`",
    "data": "data items that it is about",
    "cures": "ids of the findings that it removes",
    "changes": "what changes in the model: `kind`, `element`, `data`, `part`",
    "needs": "ids of suggestions that have to be followed first",
}
REPLAY_KEYS: Final[Mapping[str, str]] = {
    "process": "id of the process that fits best",
    "steps": "each documented step: `node` (null: not in the model), `name`, `date`, `fits`, `skipped` (steps of the \
model in between that the case does not mention)",
    "left_at": "position of the first step that no run of the model with the steps before has; null: all fit",
    "exact": "false: a run of the model may have been overlooked, so that `left_at` may come too early, \
or a way to an end be missed",
    "limits": "why it is not exact, each reason with a sentence in both languages; empty if it is",
    "missing_at_end": "steps that the model expects after the last one; null: no way leads to an end",
    "out_of_order": "nodes whose day lies before that of a step documented earlier",
    "choices": "decisions that the case took, by id of the gateway",
    "gaps": "days without `entitlement`, `payment`, `proof`: `days`, `first_day`, `last_day`",
    "deadlines": "deadlines that the case touches: `path`, `last_day`, `done_on`, `kept`",
    "findings": "what the rules find on the runs with these decisions, at steps of the case: `rule`, `severity`, \
`certainty`, `elements`",
}

RULE_KEYS: Final[Mapping[str, str]] = {
    "id": "stable name",
    "codes": "numbers in the catalogue of gaps and repetitions",
    "title": "name in `de` and `en`",
    "group": "chapter of the catalogue",
    "severity": "severity of its findings, unless the finding says another",
    "dimension": "`transparent`, `fitting` or `binding`",
    "finds": "what it finds, and what it does not report",
    "matters": "why that matters",
    "resolve": "what helps",
    "measures": "ids of the shipped measures that resolve it",
    "sources": "what it rests on",
}

IMPORT_KEYS: Final[Mapping[str, str]] = {
    "model": "id of the model",
    "understood": "how many elements of each kind were read",
    "carried": "what the file has and a model has no word for, kept in the model and written back: `kind` "
    "(`element` or `attribute`), `name`, `count`",
    "broken": "what leads nowhere or is there twice in the file, kept as it is: `kind` (`dangling-reference` or "
    "`duplicate-id`), `element`, `attribute`, `value`, `line`",
    "added": "how often what was put in because a model demands it: `start`, `end`, `answer`, `gateway`, `trigger`, "
    "`process`",
    "edits": "what was edited in the diagram since we wrote it, as `--into` answers it: `changes` (`path`, `before`, "
    "`after`), `moved`, `kept`, `unclear`; null for a file that nobody edited or that is not ours",
}

LAYOUT_KEYS: Final[Mapping[str, str]] = {
    "notes": "what the file says that cannot be drawn: `code` (see [drawings](layout.md)), `element`, `line`, "
    "`message`",
}

LAYOUT_CHECK_KEYS: Final[Mapping[str, str]] = {
    "clean": "true: nothing is missing and no diagram has a defect; the exit status is then 0, else 1",
    "diagrams": "each diagram: the `element` it shows, `defects` (`kind` and `elements`), and `figures`",
    "missing": "ids of elements that could be drawn and are in no diagram",
    "notes": "as above",
}


def answer(*arguments: str) -> dict[str, Any]:
    """Return what a command prints, as data; it runs in the root of the project."""
    printed = io.StringIO()
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        status = ankunft([*arguments, "--format", "json"])
    if status not in (0, 1):
        raise RuntimeError(f"ankunft {' '.join(arguments)} ends with {status}")
    found: dict[str, Any] = json.loads(printed.getvalue())
    return found


def findings_section() -> Iterator[str]:
    finding = schema("ankunft-findings-1")["properties"]["findings"]["items"]
    yield from headed("ankunft-findings/1", "`findings` lists them by rule, then in the order of the model.")
    yield from keys(FINDING_KEYS, finding["properties"])
    found = answer("check", EXAMPLE, "--select", RULE)
    yield from shown(f"ankunft check {EXAMPLE} --select {RULE} --format json", found, "findings", found["findings"][:1])


def data_section() -> Iterator[str]:
    item = schema("ankunft-data-1")["properties"]["items"]["additionalProperties"]
    yield from headed("ankunft-data/1", "`items` has every data item of the model by its id.")
    yield from keys(DATA_KEYS, item["properties"])
    found = answer("data", EXAMPLE)
    first = next(iter(found["items"]))
    yield from shown(f"ankunft data {EXAMPLE} --format json", found, "items", {first: found["items"][first]})


def soundness_section() -> Iterator[str]:
    verdict = schema("ankunft-soundness-1")["properties"]["processes"]["additionalProperties"]
    yield from headed(
        "ankunft-soundness/1",
        "`processes` has the verdict on each process by its id; of a BPMN file by the id that the process has there. "
        "`between_processes` lists, for a BPMN file whose processes are all sound, what blocks its pools on every run.",
    )
    yield from keys(SOUNDNESS_KEYS, verdict["properties"])
    found = answer("soundness", EXAMPLE)
    yield from shown(f"ankunft soundness {EXAMPLE} --format json", found, "processes", found["processes"])


def time_section() -> Iterator[str]:
    whole = schema("ankunft-time-1")["properties"]
    process = whole["processes"]["additionalProperties"]
    yield from headed("ankunft-time/1", "Times are seconds, gaps of coverage whole days.")
    yield from keys(TIME_KEYS, {key: value for key, value in whole.items() if key != "format"})
    yield from ("An entry of `processes`:", "")
    yield from keys(PROCESS_TIME_KEYS, process["properties"])
    found = answer("time", EXAMPLE)
    yield from ("```console", f"ankunft time {EXAMPLE} --format json", "```")
    yield from block(found)


def metrics_section() -> Iterator[str]:
    whole = schema("ankunft-metrics-1")["properties"]
    yield from headed("ankunft-metrics/1", "`processes` has the figures of each process that begins by itself.")
    yield from keys(METRIC_KEYS, whole["processes"]["additionalProperties"]["properties"])
    found = answer("metrics", EXAMPLE)
    yield from ("```console", f"ankunft metrics {EXAMPLE} --format json", "```")
    yield from block(found)


def suggest_section() -> Iterator[str]:
    whole = schema("ankunft-suggest-1")["properties"]
    yield from headed("ankunft-suggest/1", "What cures gaps and avoidable collections, the most lawful first.")
    yield from keys(SUGGEST_KEYS, {key: value for key, value in whole.items() if key != "format"})
    yield from ("An entry of `suggestions`:", "")
    yield from keys(SUGGESTION_KEYS, whole["suggestions"]["items"]["properties"])
    found = answer("suggest", EXAMPLE)
    yield from shown(f"ankunft suggest {EXAMPLE} --format json", found, "suggestions", found["suggestions"][:1])


def replay_section() -> Iterator[str]:
    whole = schema("ankunft-replay-1")["properties"]
    yield from headed("ankunft-replay/1", "A documented case beside the model; the id of the case is left out.")
    yield from keys(REPLAY_KEYS, {key: value for key, value in whole.items() if key != "format"})
    found = answer("replay", REPLAYED, DOCUMENTED)
    yield from shown(f"ankunft replay {REPLAYED} {DOCUMENTED} --format json", found, "findings", found["findings"][:1])


def rules_section() -> Iterator[str]:
    found = answer("rules", RULE)
    yield from headed("ankunft-rules/1", "`rules` lists all, or the one that was named.")
    yield from keys(RULE_KEYS, found["rules"][0])
    yield from shown(f"ankunft rules {RULE} --format json", found, "rules", found["rules"])


def import_section() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        bpmn = os.path.relpath(Path(folder) / "model.bpmn", ROOT)
        with contextlib.chdir(ROOT), contextlib.redirect_stderr(io.StringIO()):
            ankunft(["export", EXAMPLE, "-o", bpmn])
        found = answer("import", bpmn, "-o", os.path.relpath(Path(folder) / "model.yaml", ROOT))
    yield from headed("ankunft-import/1", "The model itself is in the file that `-o` names.")
    yield from keys(IMPORT_KEYS, {key: None for key in found if key != "format"})
    yield "```console"
    yield f"ankunft export {EXAMPLE} -o model.bpmn"
    yield "ankunft import model.bpmn -o model.yaml --format json"
    yield "```"
    yield from block(found)


def layout_section() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        model, drawn = (os.path.relpath(Path(folder) / name, ROOT) for name in ("model.bpmn", "drawn.bpmn"))
        with contextlib.chdir(ROOT), contextlib.redirect_stderr(io.StringIO()):
            ankunft(["export", EXAMPLE, "-o", model])
        found = answer("layout", model, "-o", drawn)
        checked = answer("layout", drawn, "--check")
    yield from headed("ankunft-layout/1", "The file itself is the one that `-o` names.")
    yield from keys(LAYOUT_KEYS, {key: None for key in found if key != "format"})
    yield from block(found)
    yield from headed("ankunft-layout-check/1", "Lengths are pixels.")
    yield from keys(LAYOUT_CHECK_KEYS, {key: None for key in checked if key != "format"})
    yield from block(checked)


def schemas_section() -> Iterator[str]:
    found = answer("schema")
    yield from headed("ankunft-schemas/1", "`schemas` lists the names that `ankunft schema NAME` knows.")
    yield from shown("ankunft schema --format json", found, "schemas", found["schemas"])


def headed(name: str, sentence: str) -> Iterator[str]:
    yield from ("", f"## {name}", "", sentence, "")


def keys(meaning_of: Mapping[str, str], present: Mapping[str, object]) -> Iterator[str]:
    """Yield the table of keys.

    Raises:
        ValueError: a key is not explained, or explained and not there.
    """
    if set(meaning_of) != set(present):
        raise ValueError(f"explained but not there, or the other way round: {set(meaning_of) ^ set(present)}")
    yield from ("| key | is |", "|---|---|")
    yield from (f"| `{key}` | {meaning} |" for key, meaning in meaning_of.items())
    yield ""


def shown(command: str, whole: Mapping[str, Any], key: str, part: Any) -> Iterator[str]:
    """Yield the command and its answer with `part` of what stands under `key`."""
    yield from ("```console", command, "```")
    more = len(whole[key]) - len(part)
    if more:
        yield from ("", f"The first of {more + 1}:")
    yield from block({**whole, key: part})


def block(data: object) -> Iterator[str]:
    yield from ("", "```json", *json.dumps(data, ensure_ascii=False, indent=2).splitlines(), "```")


def page() -> str:
    """Return the page."""
    sections = (
        findings_section,
        data_section,
        soundness_section,
        time_section,
        metrics_section,
        suggest_section,
        replay_section,
        rules_section,
        import_section,
        layout_section,
        schemas_section,
    )
    return "\n".join([*INTRODUCTION.splitlines(), *(line for section in sections for line in section())]) + "\n"


def main(arguments: Sequence[str]) -> int:
    if "--check" in arguments:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
            return 0
        print(f"{PAGE.name} is not up to date", file=sys.stderr)
        return 1
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
