"""From a plain model, which may come from anywhere, to a checked one; everything that is wrong is found in one go."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final, Protocol

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.consistency import REGISTRIES, find_inconsistencies
from ankunft_model.model.identifiers import nearest
from ankunft_model.model.plain import is_mapping, is_sequence
from ankunft_model.model.references import Path
from ankunft_model.sources.packs import complete_with_packs, nearest_in_packs
from ankunft_model.sources.problem_wordings import empty_value, problem_of, unknown_key
from ankunft_model.sources.pruning import Pruning, child, empty_places, existing, ids_inside, places_of_key
from ankunft_model.sources.shape import NODE_TYPES, below, narrowed, options_at, required_keys
from ankunft_model.sources.structural_errors import StructuralError, structural_errors
from ankunft_model.wording import Wording

MAX_PROBLEMS: Final = 1000
"""So many problems of one input are collected; errors show the first of them and count the others."""

FORMAT: Final = "ankunft/1"
"""The version of the file form that this version of the library reads and writes."""


class Locate(Protocol):
    """Says where in the input a path leads."""

    def __call__(self, path: Path, *, of_key: bool = False) -> Location:
        """Return the place of the value at `path`, or of its key; of what is around it if it is not there."""
        ...


_MAX_ROUNDS: Final = 12
_PLACEHOLDER: Final = "?"
_PLACEHOLDER_ID: Final = "model"
_KEY_BY_CODE: Final = {
    "missing-next": ("next",),
    "missing-category": ("category", "contains"),
    "missing-trigger": ("trigger",),
    "missing-host": ("attached_to",),
    "missing-condition": ("when", "default"),
}
"""Consistency errors that follow from a key that was taken out as faulty."""


_FOLLOW_UPS: Final = frozenset({"wrong_form", "too_short", "string_type", "dict_type", "model_type", "tuple_type"})
"""Errors of a value of which only a rest is left; what was taken out of it is already reported."""


def validated(data: dict[str, Any], locate: Locate, *, known_problems: Sequence[Problem] = ()) -> ArrivalModel:
    """Return the model that `data` states, completed with the entries of shipped packs that it uses.

    Args:
        data: Dictionaries, lists and values in the shape of the file, without `include`.
        locate: Where to look for what is wrong.
        known_problems: What is already known to be wrong with the input.

    Raises:
        SourceError: all problems, ordered by line and column where there are any.
    """
    return _Validation(data, locate, known_problems).model()


class _Validation:
    """The state of one call: what was found, what was taken out so that the rest can be checked."""

    def __init__(self, data: dict[str, Any], locate: Locate, known_problems: Sequence[Problem]) -> None:
        self.data = data
        self.locate = locate
        self.problems: list[Problem] = list(known_problems)
        self.pruning = Pruning(data)
        self.lost_ids: set[str] = set()
        self.lost_kinds: set[str] = set()

    def model(self) -> ArrivalModel:
        if "format" not in self.data:
            self.take_out_incomplete(("format",))
        self.take_out_empty_values()
        self.take_out_origins()
        self.take_out_listed_registries()
        model = self.well_formed()
        if model is not None:
            model = complete_with_packs(model)
            self.find_inconsistencies(model)
        if self.problems or model is None:
            raise SourceError(in_order_of_file(self.problems, first=self.locate(()).file))
        return model

    def well_formed(self) -> ArrivalModel | None:
        """Return the model of what is left after faulty pieces were taken out, or None if too little is left."""
        for _ in range(_MAX_ROUNDS):
            left = self.pruning.result()
            try:
                return ArrivalModel.model_validate(left, context={"references": "unchecked"})
            except ValidationError as error:
                self.take_out(structural_errors(error, left, MAX_PROBLEMS))
            if len(self.problems) >= MAX_PROBLEMS:
                break
        return None

    # --- before pydantic: what it would accept ---------------------------------------------------------------------

    def take_out_empty_values(self) -> None:
        for path in islice(empty_places(self.data), MAX_PROBLEMS):
            key = path[-1] if path else ""
            if isinstance(key, int):
                wording = Wording("Hier steht ein leerer Eintrag der Liste", "an entry of the list is empty here")
                self.report("empty-value", wording, path)
            else:
                options = narrowed(options_at(path[:-1], self.data), self.value_at(path[:-1]))
                if options.parts and key not in options.allowed_keys():
                    continue  # an unknown key, reported as such
                self.report("empty-value", empty_value(key), path, of_key=True)
            self.remove(path)

    def take_out_origins(self) -> None:
        for path in islice(places_of_key(self.data, "origin"), MAX_PROBLEMS):
            options = narrowed(options_at(path[:-1], self.data), self.value_at(path[:-1]))
            if options.parts and path not in self.pruning.removed:
                self.report("unknown-key", unknown_key("origin", options, lacks_value=False), path, of_key=True)
                self.remove(path)

    def take_out_listed_registries(self) -> None:
        for name in (*REGISTRIES, "processes"):
            entries = self.data.get(name)
            if is_sequence(entries) and len(entries):
                wording = Wording(
                    de=f"„{name}“ ist eine Zuordnung von IDs zu Einträgen (id: {{…}}), gefunden wurde eine Liste",
                    en=f"'{name}' maps ids to entries (id: {{…}}), found a list",
                )
                self.report("wrong-type", wording, (name,))
                self.remove((name,))

    # --- what pydantic says ----------------------------------------------------------------------------------------

    def take_out(self, errors: Sequence[StructuralError]) -> None:
        located = [(self.pruning.original(error.path), error) for error in errors]
        wrong_types = {path[:-1] for path, error in located if self.is_node_type(path, error)}
        for path, error in located:
            if any(path[:length] in wrong_types for length in range(len(path))):
                if self.is_node_type(path, error):
                    self.take_out_node_type(path)
            elif error.type == "missing":
                self.take_out_incomplete(path)
            elif error.type == "extra_forbidden":
                self.take_out_unknown_key(path)
            else:
                self.take_out_wrong(path, error)

    def is_node_type(self, path: Path, error: StructuralError) -> bool:
        is_node = len(path) > 2 and path[-1] == "type" and path[-3] == "nodes"
        return is_node and error.type in ("literal_error", "string_type")

    def take_out_node_type(self, path: Path) -> None:
        value = self.value_at(path)
        error = StructuralError("literal_error", path)
        self.report(*problem_of(error, value if isinstance(value, str) else str(value)[:1], NODE_TYPES), path)
        near = nearest(value, NODE_TYPES) if isinstance(value, str) else None
        if near is None:
            self.remove(path[:-1])
        else:
            self.pruning.fill(path, near)

    def take_out_incomplete(self, path: Path) -> None:
        """Report that the key at the end of `path` is missing, and go on with a placeholder or without its part."""
        key = str(path[-1])
        if path not in self.pruning.removed:
            if path == ("format",):
                self.report("missing-key", _FORMAT_MISSING, path)
            else:
                self.report("missing-key", Wording(f"„{key}“ fehlt", f"'{key}' is missing"), path)
        options = narrowed(options_at(path[:-1], self.data), self.value_at(path[:-1]))
        expected = below(options, key)
        if expected.is_text:
            self.pruning.fill(path, _PLACEHOLDER)
        elif expected.words:
            self.pruning.fill(path, expected.words[0])
        elif path == ("id",):
            self.pruning.fill(path, _PLACEHOLDER_ID)
        elif path == ("processes",):
            self.pruning.fill(path, {_PLACEHOLDER_ID: {"name": _PLACEHOLDER, "nodes": {}}})
            self.lost_kinds.update(("nodes", "handovers", "processes"))
        else:
            self.remove(path[:-1])

    def take_out_unknown_key(self, path: Path) -> None:
        key = str(path[-1])
        inside = self.value_at(path[:-1])
        options = narrowed(options_at(path[:-1], self.data), inside)
        lacks_value = self.value_at(path) is None and self.is_inside_braces(path)
        more_keys = ("include",) if len(path) == 1 else ()
        wording = unknown_key(key, options, lacks_value=lacks_value, more_keys=more_keys)
        self.report("unknown-key", wording, path, of_key=True)
        self.remove(path)

    def is_inside_braces(self, path: Path) -> bool:
        """Return whether another key of the same mapping stands on the same line, as inside `{…}`."""
        inside = self.value_at(path[:-1])
        line = self.locate(path, of_key=True).line
        if line is None or not is_mapping(inside):
            return False
        return any(
            self.locate((*path[:-1], other), of_key=True).line == line
            for other in islice(inside, 100)
            if other != path[-1]
        )

    def take_out_wrong(self, path: Path, error: StructuralError) -> None:
        value = self.value_at(path)
        if path == ("format",):
            self.report(*_wrong_format(value), path)
            self.pruning.fill(path, FORMAT)
            return
        if error.type == "malformed-id" and path[-1:] == ("id",) and " ≠ " in str(error.context.get("value")):
            key = str(path[-2])
            wording = Wording(
                de=f"Die id widerspricht dem Schlüssel „{key}“; sie muss hier nicht stehen",
                en=f"the id contradicts the key '{key}'; it need not stand here",
            )
            self.report("id-mismatch", wording, path)
            self.remove(path)
            return
        if error.type in _FOLLOW_UPS and self.pruning.is_touched(path):
            self.remove(path)
            return
        words = options_at(path, self.data).words if error.type == "literal_error" else ()
        told = path[-1] if error.is_about_key and path else value
        code, wording = problem_of(error, told, words)
        self.report(code, wording, path, of_key=error.is_about_key)
        required = self.required_words(path)
        if required:
            self.pruning.fill(path, required[0])
        else:
            self.remove(path)

    def required_words(self, path: Path) -> tuple[str, ...]:
        """Return the words of a closed vocabulary that must be given at `path`."""
        options = narrowed(options_at(path[:-1], self.data), self.value_at(path[:-1]))
        is_required = any(path[-1] in required_keys(part) for part in options.parts)
        return below(options, path[-1]).words if path and is_required else ()

    # --- what does not fit together --------------------------------------------------------------------------------

    def find_inconsistencies(self, model: ArrivalModel) -> None:
        left = self.pruning.result()
        room = max(MAX_PROBLEMS - len(self.problems), 0)
        for details in islice(find_inconsistencies(model), room):
            error = details["type"]
            if not isinstance(error, PydanticCustomError):
                continue
            path = self.pruning.original(existing(tuple(details.get("loc", ())), left))
            if not self.follows_from_taken_out(error, path, details):
                self.report(error.type, self.wording(error), path)

    def wording(self, error: PydanticCustomError) -> Wording:
        context = error.context or {}
        kinds, value = str(context.get("kinds", "")), str(context.get("value", ""))
        near = nearest_in_packs(kinds.split(), value) if kinds and not context.get("nearest") else None
        german, english = str(context.get("message_de", error.message())), error.message()
        if near is None:
            return Wording(german, english)
        return Wording(f"{german}; gemeint ist wohl „{near}“", f"{english}; did you mean '{near}'?")

    def follows_from_taken_out(self, error: PydanticCustomError, path: Path, details: InitErrorDetails) -> bool:
        context = error.context or {}
        value = str(context.get("value", ""))
        if error.type == "unknown-reference":
            kinds = set(str(context.get("kinds", "")).split())
            lost = not self.lost_kinds.isdisjoint(kinds) or ("anything" in kinds and bool(self.lost_kinds))
            return lost or value.rpartition(":")[2].strip() in self.lost_ids
        if error.type in _KEY_BY_CODE:
            full_path = tuple(details.get("loc", ()))
            flow_path = self.pruning.original(full_path)
            return any(
                self.pruning.is_touched((*place, key))
                for place in (path, flow_path)
                for key in _KEY_BY_CODE[error.type]
            )
        if error.type in ("wrong-shares", "two-defaults"):
            return self.pruning.is_touched(path)
        if error.type == "wrong-choice":
            return bool(self.pruning.removed)
        if error.type == "not-storable":
            return self.pruning.is_touched(("systems",)) or self.pruning.is_touched(("data",))
        return False

    # --- the common end --------------------------------------------------------------------------------------------

    def value_at(self, path: Path) -> object:
        value: object = self.data
        for key in path:
            value = child(value, key)
        return value

    def remove(self, path: Path) -> None:
        """Take out what stands at `path`, and remember which ids were there."""
        self.pruning.remove(path)
        if not path:
            return
        self.lost_ids.update(ids_inside(self.value_at(path)))
        if isinstance(path[-1], str):
            self.lost_ids.add(path[-1])
        value = self.value_at(path)
        if not is_mapping(value) and path[-1] in (*REGISTRIES, "processes", "nodes", "handovers", "members"):
            is_registry = len(path) == 1 or path[-1] not in REGISTRIES
            if is_registry:
                self.lost_kinds.add(str(path[-1]))
                if path[-1] == "processes":
                    self.lost_kinds.update(("nodes", "handovers"))

    def report(self, code: str, wording: Wording, path: Path, *, of_key: bool = False) -> None:
        self.problems.append(Problem(code, wording, self.locate(path, of_key=of_key), self.element_at(path)))

    def element_at(self, path: Path) -> str | None:
        """Return the id of the innermost element around `path`."""
        found: str | None = None
        if len(path) > 1 and path[0] in (*REGISTRIES, "processes"):
            found = str(path[1])
        for index in range(2, len(path) - 1):
            inner = path[index + 1]
            if path[index] in ("nodes", "members") and isinstance(inner, str):
                found = inner
            elif path[index] == "handovers" and isinstance(inner, int):
                handover = self.value_at(path[: index + 2])
                id_ = handover.get("id") if is_mapping(handover) else None
                found = id_ if isinstance(id_, str) else found
        return found


def in_order_of_file(problems: Sequence[Problem], *, first: str | None) -> tuple[Problem, ...]:
    """Return each problem once, ordered by file (`first` first), line and column; those without a place come last."""
    names = dict.fromkeys((first, *(problem.location.file for problem in problems)))
    files = {file: index for index, file in enumerate(names)}
    unique = dict.fromkeys(problems)
    far = 10**9
    return tuple(
        sorted(
            unique,
            key=lambda problem: (
                files[problem.location.file],
                problem.location.line or far,
                problem.location.column or far,
            ),
        )
    )


_FORMAT_MISSING: Final = Wording(
    de=f"„format“ fehlt; die Datei beginnt mit: format: {FORMAT}",
    en=f"'format' is missing; the file begins with: format: {FORMAT}",
)


def _wrong_format(value: object) -> tuple[str, Wording]:
    version = str(value).removeprefix("ankunft/") if isinstance(value, str) else ""
    if version.isdigit() and len(version) < 5 and int(version) > 1:
        return "newer-format", Wording(
            de=f"Die Datei hat das Format ankunft/{version}; diese Version von ankunft-model liest nur {FORMAT}. "
            "Bitte ankunft-model aktualisieren.",
            en=f"the file has format ankunft/{version}; this version of ankunft-model reads {FORMAT} only. "
            "Please update ankunft-model.",
        )
    return "unknown-format", Wording(
        de=f"Das ist kein bekanntes Format; erwartet ist format: {FORMAT}",
        en=f"this is no known format; expected is format: {FORMAT}",
    )
