"""Writes docs/reference/registries.md from the shipped registries.

Usage: python tools/generate_registries_page.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ankunft_model.registries import (
    ActorKindWord,
    CategoryWord,
    ChannelWord,
    DocumentTypeWord,
    DomainWord,
    RegimeWord,
    StatusWord,
    StepKindWord,
    Word,
    pack_entries,
    packs,
    retrieval_rights,
    shipped_measures,
    vocabulary,
    vocabulary_names,
)

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "registries.md"
TABLES_OF_THEIR_OWN = {"regimes", "residence_statuses"}
INTRODUCTION = """\
# Registries that ship with the package

<!-- Written by tools/generate_registries_page.py; change that script or the data files, not this page. -->

Law, data items, documents, vocabularies, retrieval rights and measures are data files with sources, not code.
They lie in `src/ankunft_model/registries/data/`, as JSON.

**The texts of law were read as of {law_read_on}.**
Later changes are noted where they are known.
Check an entry before you rely on it as law in force; nothing here is legal advice.

## Use an entry

A file that uses the id of a shipped entry without defining it gets the entry: `legal_basis: azrg_18b` is enough.
The entry comes with everything it refers to, and is marked with its pack (`origin: {pack}`).
Writing the model leaves shipped entries out again.

In Python:

```python
from ankunft_model.registries import pack_entries, retrieval_rights_of, vocabulary

assert pack_entries("legal_bases")["azrg_18b"]["cite"] == "AZRG § 18b Abs. 1 Nr. 10"
assert vocabulary("actor_kinds")["immigration_office"].label("de") == "Ausländerbehörde"
assert [right.legal_basis for right in retrieval_rights_of("youth_office", "vaccination")] == ["azrg_18d"]
```

## Override an entry

Define the id in the file.
The model's own entry is then used as it stands, and the shipped one not at all.

## Extend

- *Data items, documents, legal bases*: define more in the file, under ids of your own.
- *Open vocabularies* (`actor_kinds`, `step_kinds`, `regimes`, `residence_statuses`, `covers`, `groups`): add words \
under `vocabularies: {{actor_kinds: {{my_kind: {{name: …}}}}}}`; a word that is nowhere defined is a hint.
- *Closed vocabularies*: a word that is not in the list is an error that names the nearest one.

Actors, systems, benefits, agreements and consents do not ship: who pays, who issues and who agreed is the model's.
Shipped legal bases therefore name *kinds* of actors as recipients, shipped documents have no issuer.

## Where a statement comes from

A citation is `TAG:passage`.
`fact` means that the cited source says so; `source_needed` that nobody has checked it yet.
Where only some fields are unchecked, the entry says which.
"""


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def code(words: Iterable[str]) -> str:
    return " ".join(f"`{word}`" for word in words)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table and an empty line."""
    yield f"| {' | '.join(header)} |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield f"| {' | '.join(cell(text) for text in row)} |"
    yield ""


def period(valid_from: date | str | None, valid_to: date | str | None) -> str:
    """Return `from … to …`, leaving out what is open."""
    parts = [f"from {valid_from}" if valid_from else "", f"to {valid_to}" if valid_to else ""]
    return " ".join(part for part in parts if part)


def particulars(word: Word) -> str:
    """Return what a word has besides its names, in one line."""
    match word:
        case DomainWord():
            return "core" if word.mark == "core" else "extension" + (f" of `{word.part_of}`" if word.part_of else "")
        case ChannelWord():
            return f"{word.medium}, {'structured' if word.structured else 'unstructured'}"
        case CategoryWord():
            return {"art9": "special category, Art. 9 GDPR", "art10": "Art. 10 GDPR", None: ""}[word.special]
        case ActorKindWord():
            public = {True: "public", False: "not public", None: ""}[word.is_public]
            return f"`{word.body_type}`" if word.body_type else public
        case StepKindWord():
            return f"FIM: {word.fim_rag}" if word.fim_rag else ""
        case DocumentTypeWord():
            return " ".join(part for part in (code(word.issuer_kinds), period(word.valid_from, word.valid_to)) if part)
        case _:
            return ""


def confidence(entry: dict[str, Any]) -> str:
    level = entry["confidence"]
    if isinstance(level, str):
        return level
    others = ", ".join(f"{field}: {value}" for field, value in level.items() if field != "default")
    return f"{level['default']} ({others})"


def listed(value: list[str] | str | None) -> str:
    return code(value) if isinstance(value, list) else value or ""


def vocabulary_lines() -> Iterator[str]:
    for name in vocabulary_names():
        found = vocabulary(name)
        yield f"### `{name}`: {found.name.en} ({'open' if found.is_open else 'closed'})"
        yield ""
        if name not in TABLES_OF_THEIR_OWN:
            rows = [(f"`{word.id}`", word.name.de, word.name.en, particulars(word)) for word in found.values()]
            header = ("id", "German", "English", "particulars")
            if not any(row[3] for row in rows):
                yield from table(header[:3], [row[:3] for row in rows])
            else:
                yield from table(header, rows)
        elif name == "regimes":
            yield from table(
                ("id", "German", "English", "note"), (regime_row(word) for word in vocabulary("regimes").values())
            )
        else:
            yield from table(
                ("id", "German", "norm", "regime of benefits"),
                (status_row(word) for word in vocabulary("residence_statuses").values()),
            )


def regime_row(word: RegimeWord) -> tuple[str, str, str, str]:
    notes = [word.description.en] if word.description else []
    for name in word.benefit_names:
        said = ", ".join([name.confidence, *(["draft"] if name.stage == "draft" else [])])
        notes.append(f"{name.name.de} {period(name.valid_from, name.valid_to)} ({said})")
    return f"`{word.id}`", word.name.de, word.name.en, "; ".join(notes)


def status_row(word: StatusWord) -> tuple[str, str, str, str]:
    regimes: list[str] = []
    for regime in word.regimes:
        limits = [period(regime.valid_from, regime.valid_to), regime.condition.en if regime.condition else ""]
        limits += ["draft" * (regime.stage == "draft"), regime.confidence * (regime.confidence != "fact")]
        said = ", ".join(limit for limit in limits if limit)
        regimes.append(f"`{regime.regime}`" + (f" ({said})" if said else ""))
    return f"`{word.id}`", word.name.de, word.cite, "; ".join(regimes)


def pack_lines() -> Iterator[str]:
    yield "## Legal bases"
    yield ""
    yield from table(
        ("id", "citation", "content", "recipients", "data", "valid", "confidence"),
        (
            (
                f"`{id_}`",
                entry["cite"] + (" (draft)" if entry.get("stage") == "draft" else ""),
                entry["description"]["en"],
                listed(entry.get("allows", {}).get("recipients")),
                listed(entry.get("allows", {}).get("data")),
                period(entry.get("valid_from"), entry.get("valid_to")),
                confidence(entry),
            )
            for id_, entry in pack_entries("legal_bases").items()
        ),
    )
    yield "## Data items"
    yield ""
    yield from table(
        ("id", "German", "English", "category", "FIM", "confidence"),
        (
            (
                f"`{id_}`",
                entry["name"]["de"],
                entry["name"]["en"],
                entry.get("category", "group"),
                entry.get("fim_id", ""),
                confidence(entry),
            )
            for id_, entry in pack_entries("data").items()
        ),
    )
    yield "## Documents"
    yield ""
    yield from table(
        ("id", "German", "English", "prints", "legal basis", "confidence"),
        (
            (
                f"`{id_}`",
                entry["name"]["de"],
                entry["name"]["en"],
                listed(entry.get("prints", "unknown")),
                entry.get("legal_basis", ""),
                confidence(entry),
            )
            for id_, entry in pack_entries("documents").items()
        ),
    )


def right_and_measure_lines() -> Iterator[str]:
    yield "## Retrieval rights"
    yield ""
    yield "Which kind of body may get which data from which register; `push`: the register sends by itself."
    yield ""
    yield from table(
        ("register", "recipients", "mode", "basis", "data", "confidence"),
        (
            (
                right.register_name.en,
                code(right.recipients),
                right.mode,
                right.legal_basis,
                "any" if right.data is None else code(right.data),
                right.confidence,
            )
            for right in retrieval_rights()
        ),
    )
    yield "## Measures"
    yield ""
    yield from table(
        ("id", "German", "English", "resolves"),
        (
            (f"`{measure.id}`", measure.name.de, measure.name.en, code(measure.resolves))
            for measure in shipped_measures().values()
        ),
    )


def source_lines() -> Iterator[str]:
    yield "## Tags of sources"
    yield ""
    yield from table(
        ("tag", "German", "English", "note"),
        (
            (f"`{id_.upper()}`", entry["name"]["de"], entry["name"]["en"], entry.get("description", {}).get("en", ""))
            for id_, entry in pack_entries("sources").items()
        ),
    )


def page() -> str:
    """Return the reference page of the shipped registries."""
    pack = packs()[0]
    lines = [
        *INTRODUCTION.format(law_read_on=pack.law_read_on.isoformat(), pack=pack.id).splitlines(),
        "",
        *source_lines(),
        "## Vocabularies",
        "",
        *vocabulary_lines(),
        *pack_lines(),
        *right_and_measure_lines(),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def main(arguments: Sequence[str]) -> int:
    if "--check" in arguments:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
            return 0
        print(f"{PAGE.name} is not up to date", file=sys.stderr)
        return 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
