"""Writes docs/reference/error-codes.md from the code: every exception, and every problem that a reader can report.

What a code means stands here; which codes there are is read from the source. A code without a meaning, or a meaning
without a code, is an error.

Usage: python tools/generate_error_codes_page.py [--check]
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from ankunft_model import errors

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "src" / "ankunft_model"
PAGE: Final = ROOT / "docs" / "reference" / "error-codes.md"

ROOMS: Final = (
    "errors.py",
    "model",
    "bpmn_xml",
    "sources",
    "testing",
    "doors.py",
    "cli",
    "analysis/settings.py",
    "analysis/accepted.py",
    "exports/svg/scenes_of_xml.py",
)
"""Where codes of problems and errors are given; ids of rules are listed on the pages of the rules."""
KEBAB_CASE: Final = re.compile(r"[a-z]+(-[a-z0-9]+)+")
ONE_WORD: Final = re.compile(r"[a-z]+")
GIVERS: Final = frozenset({"Problem", "PydanticCustomError", "inconsistency", "problem", "report", "end"})
"""Calls of these give a code; a code of one word cannot be told from other texts without that."""

NO_CODES: Final = {
    "message-shown": "a trait of what is drawn",
    "ankunft-1": "the name of a schema",
    "ankunft-data-1": "the name of a schema",
    "ankunft-soundness-1": "the name of a schema",
    "ankunft-layout-1": "the name of a schema",
    "ankunft-layout-check-1": "the name of a schema",
    "per-process": "a value of an option",
    "layout-check": "a part of the name of a schema",
    "ankunft-findings-1": "the name of a schema",
    "ankunft-include-1": "the name of a schema",
    "ankunft-time-1": "the name of a schema",
    "ankunft-metrics-1": "the name of a schema",
    "ankunft-suggest-1": "the name of a schema",
    "ankunft-case-1": "the name of a schema",
    "ankunft-replay-1": "the name of a schema",
    "ankunft-model": "the name of the package",
    "background-color": "an attribute of BPMN in Color",
    "border-color": "an attribute of BPMN in Color",
    "fail-on": "a setting",
    "non-serializable-default": "a kind of warning of pydantic",
    "utf-16": "an encoding",
    "utf-16-le": "an encoding",
    "utf-8": "an encoding",
    "skipped-choice": "a kind of warning of pydantic",
}
"""Texts in these rooms that look like codes, and what they are."""

EXCEPTIONS: Final[Mapping[str, str]] = {
    "ankunft-error": "The base of all exceptions of the library; never raised itself.",
    "unusable-source": "A file or a builder's input cannot be used. `problems` lists everything that is wrong with it.",
    "unknown-element": "A name was given that there is not: an actor of `--only`, a process, a rule, a schema.",
    "export-refused": "The output cannot be made from this model or with these options; nothing was written.",
    "missing-program": "A program outside the library, such as `dot`, is needed and was not found.",
    "unusable-plugin": "An installed package adds rules that cannot be used; the message names package and cause.",
    "output-not-written": "The result could not be written; a file that stood there before is untouched.",
}

PROBLEMS: Final[Mapping[str, Mapping[str, str]]] = {
    "The file itself": {
        "file-not-found": "There is no such file.",
        "not-a-file": "It is a folder, a device or a pipe.",
        "not-readable": "The system does not let it be read.",
        "unknown-suffix": "The name does not end in .yaml, .yml or .json, or in .bpmn for a whole model.",
        "not-a-text-file": "It is a picture, an archive or a document of an office program.",
        "unknown-encoding": "It is neither UTF-8 nor UTF-16 with its mark at the beginning.",
        "not-utf-8": "It is not saved as UTF-8; the message names the first place.",
        "not-utf-16": "It begins like UTF-16 but is not.",
        "empty-file": "There is nothing in it.",
        "file-too-large": "It is larger than is read (10 MB of text, also of all included files together).",
        "too-many-values": "It has more keys and values than are read.",
        "nested-too-deep": "Mappings, lists or XML elements lie deeper in each other than is read.",
        "too-many-problems": "A thousand problems were found; what comes after was not read.",
        "control-character": "A text has an invisible control character.",
        "bidirectional-control": "A text has an invisible character that turns the direction of writing.",
        "lone-surrogate": "A text has half a character, which no program can show.",
    },
    "YAML and JSON": {
        "yaml-syntax": "The file is no valid YAML here; the message says what is probably meant.",
        "yaml-tab": "A tab is used for indentation.",
        "yaml-anchor": "`&name`: anchors are not read; `include` shares entries.",
        "yaml-alias": "`*name`: aliases are not read.",
        "yaml-merge-key": "`<<`: merging is not read.",
        "yaml-tag": "`!tag`: tags are not read.",
        "several-documents": "More than one document (`---`) in a file.",
        "key-not-text": "A key is a list or a mapping.",
        "empty-key": "A key is empty.",
        "duplicate-key": "A key stands twice in the same mapping.",
        "json-syntax": "The file is no valid JSON here.",
        "not-a-finite-number": "A number is infinite, too large, or no number (NaN).",
        "number-too-long": "A number has too many digits.",
    },
    "Included files": {
        "include-not-found": "There is no such file.",
        "include-outside": "The file does not lie beside or below the first one, or is named with a whole path.",
        "model-outside": "A file with expectations names a model that does not lie beside or below it.",
        "include-cycle": "Files include each other in a circle.",
        "include-without-file": "A text that is no file cannot include others.",
        "too-many-files": "A model consists of more files than are read.",
        "not-in-included-file": "An included file holds registries only; this belongs into the first file.",
        "none-conflict": "A registry is `none` in one place and has entries in another.",
    },
    "Keys and values": {
        "unknown-format": "`format` does not say `ankunft/1`.",
        "newer-format": "The file was written for a newer version of the library.",
        "missing-key": "A key that must be there is missing.",
        "unknown-key": "There is no such key here.",
        "empty-value": "Nothing stands after the key; unknown is `unknown` or a missing key, absent is `none`.",
        "wrong-type": "A text, a list or a mapping stands where something else is expected.",
        "wrong-value": "The value does not fit here; in BPMN files: the standard does not allow it.",
        "unknown-word": "The word is not one of the fixed words for this key.",
        "malformed-id": "Ids are a–z, then a–z, 0–9 and _, at most 64 characters.",
        "reserved-id": "The word has a meaning of its own (`none`, `unknown`, …) and cannot be an id.",
        "id-mismatch": "The `id` inside an entry is not the key of the entry.",
        "malformed-date": "A date is not of the form 2025-06-01.",
        "malformed-duration": "A duration is not ISO 8601, such as P14D or PT30M.",
        "malformed-number": "It is no number, or no whole one.",
        "malformed-flag": "It is neither `true` nor `false`.",
        "malformed-text": "The text does not have the form that is needed, such as two letters for a Land.",
        "empty-text": "The text is empty.",
        "out-of-range": "The number is too small or too large.",
        "duration-order": "min ≤ likely ≤ max does not hold.",
        "days-only": "`werktage` and `working` count only durations in days.",
        "two-anchors": "A deadline counts from `after` or from `before`, not from both.",
        "too-few-entries": "The list needs more entries.",
        "duplicate-entry": "Something stands twice in a list.",
        "entry-without-id": "An entry of a list has no `id`.",
    },
    "Ids and references": {
        "duplicate-id": "The id is given twice; ids of nodes and handovers are unique in the whole model.",
        "unknown-reference": "There is nothing with this id; the message names the nearest one.",
        "cycle": "An actor is part of itself, or a group of data contains itself.",
        "canonical-chain": "`canonical` names an item that is itself another name for something.",
        "missing-category": "A data item that is no group has no `category`.",
        "second-person": "There are two actors of kind `person`; members of a household belong to a cohort.",
        "agreement-conflict": "An agreement covers a handover that names another agreement.",
        "not-storable": "A step records data in a system whose `stores` does not have them.",
        "wrong-choice": "A case chooses a way that the process does not have.",
    },
    "Nodes, flows and handovers": {
        "missing-next": "A node that is no end has no `next`.",
        "end-with-next": "An end event has a `next`.",
        "flow-into-start": "A flow leads to a start or a boundary event.",
        "flow-leaves-scope": "A flow leads into or out of a sub-process or another process.",
        "missing-condition": "A way out of a decision has no `when`.",
        "two-defaults": "Two ways out of a decision are marked as default.",
        "wrong-shares": "The shares of a decision do not add up to 1.",
        "event-expected": "After an event-based gateway stands something else than a catch event or a receive task.",
        "missing-trigger": "An event that needs a `trigger` has none.",
        "missing-host": "A boundary event has no `attached_to`.",
        "wrong-host": "`attached_to` names something that an event cannot sit on.",
        "self-handover": "A node hands over to itself.",
        "wrong-trigger": "A handover with `triggers: true` does not lead to a start event of another process.",
    },
    "BPMN files": {
        "not-a-bpmn-file": "The file is no BPMN 2.0.",
        "not-well-formed": "The file is no well-formed XML.",
        "document-type-declaration": "The file has a DOCTYPE that declares something, or uses entities of "
        "one; BPMN needs none, and they could pull in other files.",
        "too-many-elements": "The file has more XML elements than are read.",
        "too-many-attributes": "An element has more attributes than are read.",
        "missing-attribute": "An attribute that the standard demands is missing or unreadable.",
        "missing-element": "An element that the standard demands is missing.",
        "no-diagram": "The file has nothing that could be drawn; it can be laid out first.",
        "too-many-waypoints": "A line has more points than are drawn.",
        "conflicting-properties": "Two drawings of one element state different new values for the same property.",
        "several-models": "The file carries several models.",
        "broken-model-in-bpmn": "The model that a file of ours carries is damaged; the problems after it say how.",
        "other-model": "The file was not written from this model, and the model was not read from it.",
        "no-bpmn-inside": "The archive holds no BPMN file.",
        "several-bpmn-inside": "The archive holds several BPMN files; exactly one is read.",
        "too-many-entries": "The archive has more entries than are read.",
        "path-in-archive": "An entry of the archive has a name that leads out of its folder.",
        "encrypted-archive": "The archive is encrypted.",
        "broken-archive": "The archive is damaged, or packed in a way that is not read.",
    },
    "Settings of a check": {
        "settings-syntax": "`ankunft.toml` or `pyproject.toml` is no valid TOML.",
        "unknown-setting": "There is no such setting; the message names the nearest.",
        "malformed-setting": "The value of a setting is not of the kind that is expected.",
        "unknown-rule": "A setting names a rule or group that there is not.",
        "missing-reason": "An exception does not say why it is one.",
        "malformed-baseline": "The file is no list of accepted findings.",
        "malformed-date": "An option of the command line expects a day.",
    },
    "The builder in Python": {
        "ambiguous-name": "Several elements have the name; the id says which is meant.",
        "misplaced-call": "The call does not belong here, such as a step outside of a process.",
    },
}

INTRODUCTION: Final = """\
# Error codes

<!-- Written by tools/generate_error_codes_page.py; change that script or the code, not this page. -->

Every exception and every problem has a code that stays the same, whatever language the message is in.
People read messages; programs compare codes.

```python
import ankunft_model

try:
    ankunft_model.read("absent.yaml")
except ankunft_model.SourceError as error:
    assert error.code == "unusable-source"
    assert [problem.code for problem in error.problems] == ["file-not-found"]
    assert error.problems[0].location.file == "absent.yaml"
```

On the command line all of them end in status 2, with the message on standard error.
Weaknesses of a process are no errors: they are findings, and their ids are those of the [rules](rules/index.md).
"""


def codes_in_source() -> set[str]:
    """Return every code that the source gives to a problem or an exception."""
    found: set[str] = set()
    for room in ROOMS:
        files = sorted((SOURCE / room).rglob("*.py")) if (SOURCE / room).is_dir() else [SOURCE / room]
        for file in files:
            found.update(_codes(ast.parse(file.read_text(encoding="utf-8"))))
    return found - set(NO_CODES)


def _codes(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEBAB_CASE.fullmatch(node.value):
            yield node.value
        elif isinstance(node, ast.Call) and _name(node.func) in GIVERS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and ONE_WORD.fullmatch(first.value):
                yield first.value


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def codes_explained() -> set[str]:
    """Return every code that has a meaning on the page."""
    return set(EXCEPTIONS).union(*PROBLEMS.values())


def _class_of_code() -> dict[str, str]:
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    return {found.code: found.__name__ for found in classes if issubclass(found, errors.AnkunftError)}


def page() -> str:
    """Return the page.

    Raises:
        ValueError: a code is not explained, or an explanation has no code.
    """
    different = codes_in_source() ^ codes_explained()
    if different:
        raise ValueError(f"explained but not in the source, or the other way round: {sorted(different)}")
    class_of_code = _class_of_code()
    lines = [*INTRODUCTION.splitlines(), "", "## Exceptions", "", "| code | class | means |", "|---|---|---|"]
    lines += [f"| `{code}` | `{class_of_code[code]}` | {meaning} |" for code, meaning in EXCEPTIONS.items()]
    lines += ["", "## Problems of an input", "", "A `SourceError` lists problems: code, place, message."]
    for title, meanings in PROBLEMS.items():
        lines += ["", f"### {title}", "", "| code | means |", "|---|---|"]
        lines += [f"| `{code}` | {meaning} |" for code, meaning in meanings.items()]
    return "\n".join(lines) + "\n"


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
