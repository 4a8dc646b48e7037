"""Files with expectations: which model, and what must hold of it, one expectation an entry.

A file `NAME.ankunft.yaml` names its model, or is one:

    model: as_is.yaml
    expect:
      - {sound: true}
      - {no: [payment-gap, benefit-gap]}
      - {rule: duplicate-collection, at_most: 24}
      - {step: send_file, always_after: consent_asked}
      - {step: apply, at_most: 1}
      - {data: bank_account, asked: {at_most: 1}}
      - {data: status, there_at: apply}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.model import ArrivalModel, nearest
from ankunft_model.sources.file_bytes import decode, read_bytes, shown_name
from ankunft_model.sources.file_reader import read
from ankunft_model.sources.text_reader import read_tree_as_model
from ankunft_model.sources.text_tree import (
    Entry,
    MappingNode,
    Mark,
    Node,
    ScalarNode,
    SequenceNode,
    path_text,
)
from ankunft_model.sources.yaml_text import parse_yaml
from ankunft_model.testing.assertions import ModelAssertions, assert_that
from ankunft_model.wording import Language, Wording

SUFFIX: Final = ".ankunft.yaml"
"""How the names of these files end."""

_SUBJECTS: Final[Mapping[str, frozenset[str]]] = {
    "sound": frozenset(),
    "no": frozenset(),
    "rule": frozenset({"at_least", "at_most"}),
    "step": frozenset({"always_before", "always_after", "never_without", "at_least", "at_most", "always", "sometimes"}),
    "data": frozenset({"asked", "there_at"}),
}
"""What an expectation can be about, and the words that may stand beside it."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation: what stands in the file, where, and how it is asserted.

    Attributes:
        text: The expectation on one line, as in the file.
        location: Where it stands.
        verify: Asserts it about a model.
    """

    text: str
    location: Location
    verify: Callable[[ModelAssertions], None]


@dataclass(frozen=True, slots=True)
class ModelTest:
    """A model and what is expected of it, in the order of the file."""

    model: ArrivalModel
    expectations: tuple[Expectation, ...]

    def assertions(self, language: Language = "en") -> ModelAssertions:
        """Return the words about the model; shared, so that everything is computed once."""
        return assert_that(self.model, language=language)


def read_model_test(path: str | Path) -> ModelTest:
    """Return the model and the expectations that a file states.

    Raises:
        SourceError: everything that is wrong with the file; with the model, if that can be found but not be used.
    """
    name = shown_name(path)
    tree = parse_yaml(decode(read_bytes(path), file=name), file=name)
    reader = _Reader()
    if not isinstance(tree, MappingNode) or "expect" not in tree.entries:
        reader.note(tree, (), _NO_EXPECTATIONS, code="missing-key")
        raise SourceError(reader.problems)
    expectations = tuple(reader.expectations(tree.entries["expect"].value))
    rest = MappingNode({key: entry for key, entry in tree.entries.items() if key != "expect"}, tree.place)
    other = reader.model_file(rest, Path(path)) if "model" in rest.entries else None
    if reader.problems:
        raise SourceError(reader.problems)
    model = read(other) if other is not None else read_tree_as_model(rest, Path(path))
    return ModelTest(model, expectations)


class _Reader:
    """Reads expectations and notes everything that is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def note(self, at: Node | Entry, path: tuple[str | int, ...], wording: Wording, *, code: str) -> None:
        """Note a problem of a value, or of a key."""
        place = at.key_place if isinstance(at, Entry) else at.place
        self.problems.append(Problem(code, wording, Mark(*place).location(path_text(path))))

    def model_file(self, tree: MappingNode, path: Path) -> Path | None:
        """Return the model's file, which lies beside this file or below its folder."""
        for key, entry in tree.entries.items():
            if key != "model":
                self.note(entry, (key,), _unknown_key(key, ("model", "expect")), code="unknown-key")
        node = tree.entries["model"].value
        name = node.value if isinstance(node, ScalarNode) else None
        folder = path.resolve().parent
        if not isinstance(name, str) or not (folder / name).resolve().is_relative_to(folder):
            self.note(node, ("model",), _NO_MODEL_FILE, code="model-outside")
            return None
        return path.parent / name

    def expectations(self, node: Node) -> Iterator[Expectation]:
        """Yield the expectations of a list, in its order."""
        if not isinstance(node, SequenceNode):
            self.note(node, ("expect",), _NO_LIST, code="wrong-type")
            return
        for number, item in enumerate(node.items):
            path = ("expect", number)
            if not isinstance(item, MappingNode):
                self.note(item, path, _NO_LIST, code="wrong-type")
                continue
            before = len(self.problems)
            verify = self._verify(item, path)
            if verify is not None and len(self.problems) == before:
                location = Mark(*item.place).location(path_text(path))
                yield Expectation(_on_one_line(item), location, verify)

    def _verify(self, item: MappingNode, path: tuple[str | int, ...]) -> Callable[[ModelAssertions], None] | None:
        subjects = [key for key in item.entries if key in _SUBJECTS]
        if len(subjects) != 1:
            self.note(item, path, _ONE_SUBJECT, code="missing-key")
            return None
        subject = subjects[0]
        words = _SUBJECTS[subject]
        for key, entry in item.entries.items():
            if key != subject and key not in words:
                self.note(entry, (*path, key), _unknown_key(key, (subject, *sorted(words))), code="unknown-key")
        about = item.entries[subject].value
        said = {key: entry for key, entry in item.entries.items() if key != subject}
        if subject == "sound":
            self._true(about, (*path, subject))
            return ModelAssertions.is_sound
        if subject == "no":
            rules = self._names(about, (*path, subject))
            return lambda that: that.has_no(*rules)
        if subject == "rule":
            rule = self._name(about, (*path, subject))
            least, most = self._bounds(item, path)
            return lambda that: that.has(rule, at_least=least, at_most=most)
        if not said:
            self.note(item, path, _nothing_said(subject, words), code="missing-key")
            return None
        name = self._name(about, (*path, subject))
        return self._about_step(name, item, path) if subject == "step" else self._about_data(name, item, path)

    def _about_step(
        self, step: str, item: MappingNode, path: tuple[str | int, ...]
    ) -> Callable[[ModelAssertions], None]:
        said = item.entries
        named = {
            key: self._names(said[key].value, (*path, key))
            for key in ("always_before", "always_after", "never_without")
            if key in said
        }
        for key in ("always", "sometimes"):
            if key in said:
                self._true(said[key].value, (*path, key))
        least, most = self._bounds(item, path)
        least = max(least, int("always" in said))

        def verify(that: ModelAssertions) -> None:
            about = that.step(step)
            for later in named.get("always_before", ()):
                about.is_always_before(later)
            for earlier in named.get("always_after", ()):
                about.is_always_after(earlier)
            for other in named.get("never_without", ()):
                about.is_never_without(other)
            if "sometimes" in said:
                about.happens_sometimes()
            about.happens(at_least=least, at_most=most)

        return verify

    def _about_data(
        self, data: str, item: MappingNode, path: tuple[str | int, ...]
    ) -> Callable[[ModelAssertions], None]:
        asked = item.entries.get("asked")
        least, most = 0, None
        if asked is not None:
            if isinstance(asked.value, MappingNode):
                for key, entry in asked.value.entries.items():
                    if key not in ("at_least", "at_most"):
                        wording = _unknown_key(key, ("at_least", "at_most"))
                        self.note(entry, (*path, "asked", key), wording, code="unknown-key")
                least, most = self._bounds(asked.value, (*path, "asked"))
            else:
                least = most = self._number(asked.value, (*path, "asked"))
        at = item.entries.get("there_at")
        nodes = self._names(at.value, (*path, "there_at")) if at is not None else ()

        def verify(that: ModelAssertions) -> None:
            about = that.data(data)
            if asked is not None:
                about.is_asked(at_least=least, at_most=most)
            for node in nodes:
                about.is_there_at(node)

        return verify

    def _bounds(self, item: MappingNode, path: tuple[str | int, ...]) -> tuple[int, int | None]:
        least, most = item.entries.get("at_least"), item.entries.get("at_most")
        return (
            0 if least is None else self._number(least.value, (*path, "at_least")),
            None if most is None else self._number(most.value, (*path, "at_most")),
        )

    def _number(self, node: Node, path: tuple[str | int, ...]) -> int:
        text = node.text if isinstance(node, ScalarNode) else ""
        if not (text.isascii() and text.isdigit() and len(text) <= 6):
            self.note(node, path, _NO_NUMBER, code="wrong-type")
            return 0
        return int(text)

    def _true(self, node: Node, path: tuple[str | int, ...]) -> None:
        if not (isinstance(node, ScalarNode) and node.text == "true"):
            self.note(node, path, _NOT_TRUE, code="wrong-type")

    def _names(self, node: Node, path: tuple[str | int, ...]) -> tuple[str, ...]:
        if isinstance(node, SequenceNode):
            return tuple(self._name(item, (*path, number)) for number, item in enumerate(node.items))
        return (self._name(node, path),)

    def _name(self, node: Node, path: tuple[str | int, ...]) -> str:
        if isinstance(node, ScalarNode) and isinstance(node.value, str):
            return node.value
        self.note(node, path, _NO_NAME, code="wrong-type")
        return ""


def _on_one_line(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return f"[{', '.join(_on_one_line(item) for item in node.items)}]"
    return ", ".join(f"{key}: {_inside(entry)}" for key, entry in node.entries.items())


def _inside(entry: Entry) -> str:
    text = _on_one_line(entry.value)
    return f"{{{text}}}" if isinstance(entry.value, MappingNode) else text


def _unknown_key(key: str, known: tuple[str, ...]) -> Wording:
    near = nearest(key, known)
    names = ", ".join(known)
    return Wording(
        f"„{key}“ ist hier kein Schlüssel; "
        + (f"gemeint ist wohl „{near}“" if near else f"möglich sind hier: {names}"),
        f"'{key}' is no key here; " + (f"did you mean '{near}'?" if near else f"possible are: {names}"),
    )


def _nothing_said(subject: str, words: frozenset[str]) -> Wording:
    names = ", ".join(sorted(words))
    return Wording(
        f"Neben „{subject}“ fehlt, was erwartet wird: {names}",
        f"beside '{subject}' it is not said what is expected: {names}",
    )


_NO_EXPECTATIONS: Final = Wording(
    "Die Datei sagt nicht, was erwartet wird; es fehlt der Schlüssel „expect“ mit einer Liste",
    "the file does not say what is expected; the key 'expect' with a list is missing",
)
_NO_LIST: Final = Wording(
    "Erwartet wird eine Liste von Zuordnungen wie {step: antrag, at_most: 1}",
    "expected is a list of mappings such as {step: apply, at_most: 1}",
)
_ONE_SUBJECT: Final = Wording(
    f"Eine Erwartung handelt von genau einem: {', '.join(_SUBJECTS)}",
    f"an expectation is about exactly one of: {', '.join(_SUBJECTS)}",
)
_NO_NUMBER: Final = Wording("Erwartet wird eine ganze Zahl ab 0", "expected is a whole number from 0")
_NOT_TRUE: Final = Wording("Hier ist nur „true“ möglich", "only 'true' is possible here")
_NO_NAME: Final = Wording("Erwartet wird ein Name", "expected is a name")
_NO_MODEL_FILE: Final = Wording(
    "Erwartet wird der Name einer Datei, die neben dieser oder darunter liegt",
    "expected is the name of a file that lies beside this one or below",
)
