"""From YAML or JSON, in a file or as text, to a checked model."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ankunft_model.collector import collector_paused
from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.file_formats import is_bpmn, is_xml
from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.model.documented_case import CASE_FORMAT
from ankunft_model.sources.file_bytes import FilePath, decode, read_bytes, shown_name
from ankunft_model.sources.include import with_included, without_include
from ankunft_model.sources.json_text import parse_json
from ankunft_model.sources.text_tree import MappingNode, Node, key_mark_at, mark_at, path_text, to_plain
from ankunft_model.sources.validation import validated
from ankunft_model.sources.yaml_text import parse_yaml
from ankunft_model.wording import Wording

YAML_SUFFIXES: Final = (".yaml", ".yml")
JSON_SUFFIX: Final = ".json"


def read_yaml(path: FilePath) -> ArrivalModel:
    """Return the model that a YAML file states, with what it includes.

    Raises:
        SourceError: everything that is wrong with the file.
    """
    return _read_file(path, YAML_SUFFIXES[0])


def read_json(path: FilePath) -> ArrivalModel:
    """Return the model that a JSON file states, with what it includes.

    Raises:
        SourceError: everything that is wrong with the file.
    """
    return _read_file(path, JSON_SUFFIX)


def read_text(text: str, *, suffix: str, file: str | None = None) -> ArrivalModel:
    r"""Return the model that `text` states; text cannot include files.

    Args:
        text: YAML or JSON.
        suffix: `.yaml`, `.yml` or `.json`.
        file: Name that messages use.

    Raises:
        SourceError: everything that is wrong with the text.

    Example:
        >>> head = "format: ankunft/1\nid: m\ntitle: M\nstate: as_is\n"
        >>> text = head + "processes: {p: {name: P, nodes: {s: {type: start, next: e}, e: {type: end}}}}"
        >>> list(read_text(text, suffix=".yaml").nodes)
        ['s', 'e']
    """
    if suffix not in (*YAML_SUFFIXES, JSON_SUFFIX):
        raise SourceError([Problem("unknown-suffix", unknown_suffix(suffix), Location(file))])
    return model_of_text(text, suffix=suffix, file=file)


def model_of_text(text: str, *, suffix: str, file: str | None) -> ArrivalModel:
    """Return the model that text of a known suffix states.

    Raises:
        SourceError: everything that is wrong with the text.
    """
    tree, problems = without_include(_as_mapping(_parsed(text, suffix, file), file))
    return model_of_tree(tree, problems)


def model_of_file_text(text: str, path: FilePath) -> ArrivalModel:
    """Return the model that `text` would state as the YAML file at `path`, with what it includes.

    Raises:
        SourceError: everything that would be wrong with the file.
    """
    name = shown_name(path)
    tree = _as_mapping(_parsed(text, YAML_SUFFIXES[0], name), name)
    tree, problems = with_included(tree, Path(os.fspath(path)), name=name, read_tree=_read_tree)
    return model_of_tree(tree, problems)


def read_registries(path: FilePath) -> MappingNode:
    """Return the registries of a file and of all that it includes; other keys are refused as in included files.

    Raises:
        SourceError: everything that keeps the files from being read; the entries themselves are not checked.
    """
    name = shown_name(path)
    tree = _as_mapping(_read_tree(Path(os.fspath(path)), name), name)
    merged, problems = with_included(
        tree, Path(os.fspath(path)), name=name, read_tree=_read_tree, is_itself_included=True
    )
    if problems:
        raise SourceError(problems)
    return merged


def _read_file(path: FilePath, suffix: str) -> ArrivalModel:
    name = shown_name(path)
    tree = _as_mapping(_parsed(decode(read_bytes(path), file=name), suffix, name), name)
    return read_tree_as_model(tree, Path(os.fspath(path)))


def read_tree_as_model(tree: MappingNode, path: Path) -> ArrivalModel:
    """Return the model of a tree that was read from `path`, with what it includes.

    Raises:
        SourceError: everything that is wrong with it.
    """
    merged, problems = with_included(tree, path, name=shown_name(path), read_tree=_read_tree)
    return model_of_tree(merged, problems)


def _read_tree(path: Path, name: str) -> Node:
    return _parsed(decode(read_bytes(path), file=name), path.suffix.lower(), name)


def _parsed(text: str, suffix: str, file: str | None) -> Node:
    if is_xml(text):
        raise SourceError([Problem("unknown-format", _A_DIAGRAM if is_bpmn(text) else _XML, Location(file))])
    with collector_paused():
        return parse_json(text, file=file) if suffix == JSON_SUFFIX else parse_yaml(text, file=file)


def _as_mapping(tree: Node, file: str | None) -> MappingNode:
    if isinstance(tree, MappingNode):
        return tree
    wording = Wording(
        de="Das ist kein Modell: erwartet sind Schlüssel und Werte, beginnend mit „format: ankunft/1“",
        en="this is no model: expected keys and values, beginning with 'format: ankunft/1'",
    )
    raise SourceError([Problem("wrong-type", wording, Location(file, tree.mark.line, tree.mark.column))])


def model_of_tree(tree: MappingNode, problems: Sequence[Problem] = ()) -> ArrivalModel:
    """Return the model that a tree of text states.

    Args:
        tree: The content of one file, or of several laid over each other, without `include`.
        problems: What is already known to be wrong.

    Raises:
        SourceError: everything that is wrong, in the order of the file.
    """

    def locate(path: tuple[str | int, ...], *, of_key: bool = False) -> Location:
        mark = key_mark_at(tree, path) if of_key else mark_at(tree, path)
        return mark.location(path_text(path))

    known = list(problems)
    plain = to_plain(tree)
    assert isinstance(plain, dict)
    data = dict(plain)
    if data.get("format") == CASE_FORMAT:
        raise SourceError([Problem("unknown-format", _A_CASE, locate(("format",)))])
    if "steps" in data and "format" not in data and "processes" not in data:
        raise SourceError([Problem("unknown-format", _PERHAPS_A_CASE, locate(("steps",), of_key=True))])
    if "expect" in data and "format" not in data:
        raise SourceError([Problem("unknown-format", _EXPECTATIONS, locate(("expect",), of_key=True))])
    return validated(data, locate, known_problems=known)


_A_DIAGRAM: Final = Wording(
    de="Das ist eine BPMN-Datei (XML) und kein Modell in YAML oder JSON; mit der Endung .bpmn wird sie gelesen, "
    "und ein Modell macht daraus: ankunft import DATEI.bpmn -o MODELL.yaml",
    en="this is a BPMN file (XML) and no model in YAML or JSON; with the suffix .bpmn it is read, and what makes a "
    "model of it is: ankunft import FILE.bpmn -o MODEL.yaml",
)
_XML: Final = Wording(
    de="Das ist XML oder HTML und kein Modell; erwartet ist YAML oder JSON, beginnend mit „format: ankunft/1“",
    en="this is XML or HTML and no model; expected is YAML or JSON, beginning with 'format: ankunft/1'",
)
_A_CASE: Final = Wording(
    de="Das ist ein dokumentierter Fall und kein Modell; er wird in einem Modell nachgespielt: "
    "ankunft replay MODELL FALL",
    en="this is a documented case and no model; it is replayed in a model: ankunft replay MODEL CASE",
)
_PERHAPS_A_CASE: Final = Wording(
    de="Das sieht aus wie ein dokumentierter Fall (steps), nicht wie ein Modell (processes); ein Fall beginnt mit "
    f"„format: {CASE_FORMAT}“ und wird in einem Modell nachgespielt: ankunft replay MODELL FALL",
    en="this looks like a documented case (steps), not like a model (processes); a case begins with "
    f"'format: {CASE_FORMAT}' and is replayed in a model: ankunft replay MODEL CASE",
)
_EXPECTATIONS: Final = Wording(
    de="Das sind Erwartungen an ein Modell (expect) und keines; „pytest“ prüft sie, das Modell nennt „model“",
    en="these are expectations of a model (expect) and none; 'pytest' checks them, the model is named by 'model'",
)


def unknown_suffix(suffix: str) -> Wording:
    """Return what is said about a file whose name ends in a way that is not known."""
    if suffix in (".xlsx", ".xls", ".ods"):
        return Wording(
            de="Tabellen liest diese Version noch nicht; bitte das Modell als .yaml oder .json speichern",
            en="this version does not read workbooks yet; please save the model as .yaml or .json",
        )
    return Wording(
        de="Die Endung des Dateinamens sagt, wie zu lesen ist; bekannt sind .yaml, .yml, .json, .bpmn, .xml und .zip",
        en="the suffix of the file name says how to read it; known are .yaml, .yml, .json, .bpmn, .xml and .zip",
    )
