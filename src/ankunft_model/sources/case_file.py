"""From a YAML or JSON file to a documented case; all that is wrong with it is named at once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.file_formats import is_xml
from ankunft_model.model import nearest
from ankunft_model.model.documented_case import CASE_FORMAT, DocumentedCase, DocumentedStep
from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.sources.file_bytes import FilePath, decode, read_bytes, shown_name
from ankunft_model.sources.json_text import parse_json
from ankunft_model.sources.text_tree import Node, key_mark_at, mark_at, path_text, to_plain
from ankunft_model.sources.yaml_text import parse_yaml
from ankunft_model.wording import Wording

MAX_STEPS: Final = 10_000
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KEYS: Final = ("format", "id", "model", "cohort", "steps")
_STEP_KEYS: Final = ("node", "date", "paid", "name")


def read_case(path: FilePath) -> DocumentedCase:
    """Return the case that a YAML or JSON file documents.

    Raises:
        SourceError: everything that is wrong with the file.
    """
    name = shown_name(path)
    text = decode(read_bytes(path), file=name)
    is_json = Path(os.fspath(path)).suffix.lower() == ".json"
    return read_case_text(text, file=name, is_json=is_json)


def read_case_text(text: str, *, file: str | None = None, is_json: bool = False) -> DocumentedCase:
    r"""Return the case that a text documents.

    Raises:
        SourceError: everything that is wrong with the text.

    Example:
        >>> case = read_case_text("format: ankunft-case/1\nid: fall_7\nsteps: [{node: apply, date: 2025-05-07}]\n")
        >>> case.steps[0].on.isoformat()
        '2025-05-07'
    """
    if is_xml(text):
        raise _no_case(Wording("XML, etwa eine BPMN-Datei,", "XML, such as a BPMN file,"), file)
    tree = parse_json(text, file=file) if is_json else parse_yaml(text, file=file)
    plain: object = to_plain(tree)
    if is_mapping(plain) and str(plain.get("format")).startswith("ankunft/"):
        raise _no_case(Wording("ein Modell", "a model"), file)
    return _Reading(tree).case()


def _no_case(what: Wording, file: str | None) -> SourceError:
    """Return what to say of a file that is something else, whatever else may be wrong with it."""
    wording = Wording(
        de=f"Die Datei ist {what.de} und kein dokumentierter Fall. Erwartet wird YAML oder JSON mit "
        f"„format: {CASE_FORMAT}“ und den Schritten des Falls (steps).",
        en=f"the file is {what.en} and no documented case. Expected is YAML or JSON with 'format: {CASE_FORMAT}' and "
        "the steps of the case.",
    )
    return SourceError([Problem("unknown-format", wording, Location(file))])


class _Reading:
    """Reads one tree and collects what is wrong with it; used once."""

    def __init__(self, tree: Node) -> None:
        self.tree = tree
        self.problems: list[Problem] = []

    def case(self) -> DocumentedCase:
        plain: object = to_plain(self.tree)
        data: Mapping[str, Any] = plain if is_mapping(plain) else {}
        if not is_mapping(plain):
            self._report(
                "wrong-type",
                Wording("Hier werden Schlüssel und Werte erwartet", "keys and values are expected here"),
                (),
            )
        self._check_keys(data, (), _KEYS, ("format", "id", "steps"))
        if "format" in data and data["format"] != CASE_FORMAT:
            wording = Wording(f"Erwartet ist „format: {CASE_FORMAT}“", f"expected 'format: {CASE_FORMAT}'")
            self._report("unknown-format", wording, ("format",))
        steps = data.get("steps", [])
        if not is_sequence(steps):
            self._report("wrong-type", Wording("Hier wird eine Liste erwartet", "a list is expected here"), ("steps",))
            steps = []
        if len(steps) > MAX_STEPS:
            wording = Wording(f"Es sind mehr als {MAX_STEPS} Schritte", f"there are more than {MAX_STEPS} steps")
            self._report("wrong-type", wording, ("steps",))
            steps = []
        read = [self._step(step, index) for index, step in enumerate(steps)]
        case = DocumentedCase(
            id=self._id(data, "id", ()) or "case",
            steps=tuple(step for step in read if step is not None),
            model=self._id(data, "model", ()),
            cohort=self._id(data, "cohort", ()),
        )
        if self.problems:
            places = {id(p): (p.location.line or 0, p.location.column or 0) for p in self.problems}
            raise SourceError(sorted(self.problems, key=lambda problem: places[id(problem)]))
        return case

    def _step(self, step: object, index: int) -> DocumentedStep | None:
        path = ("steps", index)
        if not is_mapping(step):
            wording = Wording("Ein Schritt ist {node: …, date: JJJJ-MM-TT}", "a step is {node: …, date: YYYY-MM-DD}")
            self._report("wrong-type", wording, path)
            return None
        self._check_keys(step, path, _STEP_KEYS, ())
        if "node" not in step and "name" not in step:
            wording = Wording(
                "Ein Schritt braucht „node“ (im Modell) oder „name“ (nicht im Modell)",
                "a step needs 'node' (of the model) or 'name' (not in the model)",
            )
            self._report("missing-key", wording, path)
        name = step.get("name")
        return DocumentedStep(
            node=self._id(step, "node", path),
            on=self._day(step, "date", path),
            paid=self._day(step, "paid", path),
            name=None if name is None else str(name),
        )

    def _check_keys(
        self, data: Mapping[str, Any], path: tuple[str | int, ...], known: tuple[str, ...], needed: tuple[str, ...]
    ) -> None:
        for key in data:
            if key not in known:
                near = nearest(str(key), known)
                wording = Wording(
                    f"„{key}“ ist hier kein Schlüssel" + (f"; gemeint „{near}“?" if near else ""),
                    f"'{key}' is no key here" + (f"; did you mean '{near}'?" if near else ""),
                )
                self._report("unknown-key", wording, (*path, key), of_key=True)
        for key in needed:
            if key not in data:
                self._report("missing-key", Wording(f"Hier fehlt „{key}“", f"'{key}' is missing here"), path)

    def _id(self, data: Mapping[str, Any], key: str, path: tuple[str | int, ...]) -> str | None:
        value = data.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not _ID.fullmatch(value):
            wording = Wording(
                "Eine Kennung beginnt mit einem Kleinbuchstaben; dann Buchstaben, Ziffern, _ (höchstens 64 Zeichen)",
                "an id begins with a small letter; then letters, digits, _ (at most 64 characters)",
            )
            self._report("malformed-id", wording, (*path, key))
            return None
        return value

    def _day(self, data: Mapping[str, Any], key: str, path: tuple[str | int, ...]) -> date | None:
        value = data.get(key)
        if value is None:
            return None
        try:
            if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        wording = Wording("Ein Tag steht als JJJJ-MM-TT", "a day is written YYYY-MM-DD")
        self._report("malformed-date", wording, (*path, key))
        return None

    def _report(self, code: str, wording: Wording, path: tuple[str | int, ...], *, of_key: bool = False) -> None:
        mark = key_mark_at(self.tree, path) if of_key else mark_at(self.tree, path)
        self.problems.append(Problem(code, wording, mark.location(path_text(path))))
