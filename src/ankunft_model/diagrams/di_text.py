"""Diagram interchange as text, indented like the file into which it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ankunft_model.bpmn_xml.diagram_bytes import Style
from ankunft_model.bpmn_xml.lexical import escaped_attribute, is_ncname
from ankunft_model.bpmn_xml.namespaces import BPMNDI, DC, DI, PREFIX_OF

_OWN: Final = (BPMNDI, DC, DI)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape or edge: `tag` is BPMNShape or BPMNEdge; `points` are those of an edge, `bounds` those of a shape.

    `attributes` are written in their order; names in Clark notation get the prefix of their name space.
    """

    tag: str
    attributes: tuple[tuple[str, str], ...]
    bounds: tuple[int, int, int, int] | None = None
    points: tuple[tuple[int, int], ...] = ()
    label: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram with the attributes of itself and of its plane."""

    attributes: tuple[tuple[str, str], ...]
    plane: tuple[tuple[str, str], ...]
    items: tuple[Shape, ...]


@dataclass(slots=True)
class Prefixes:
    """The prefixes that stand for name spaces: those of the root, and further ones that each diagram declares."""

    of_root: Mapping[str | None, str]
    wished: Mapping[str, str] = field(default_factory=dict[str, str])
    chosen: dict[str, str] = field(default_factory=dict[str, str])
    added: dict[str, str] = field(default_factory=dict[str, str])

    def name(self, clark: str) -> str:
        """Return a name in Clark notation with its prefix."""
        uri, _, local = clark.rpartition("}")
        return f"{self.prefix(uri.removeprefix('{'))}:{local}" if uri else local

    def prefix(self, uri: str) -> str:
        """Return the prefix of a name space, choosing one if the root has none."""
        if uri not in self.chosen:
            known = sorted(prefix for prefix, of in self.of_root.items() if prefix and of == uri)
            if known:
                self.chosen[uri] = known[0]
            else:
                first = PREFIX_OF.get(uri) or self.wished.get(uri) or "ns"
                taken = {prefix for prefix in self.of_root if prefix} | set(self.added.values())
                prefix, number = first, 2
                while prefix in taken:
                    prefix, number = f"{first}{number}", number + 1
                self.chosen[uri] = self.added[uri] = prefix
        return self.chosen[uri]


def diagram_text(diagrams: Iterable[Diagram], prefixes: Prefixes, style: Style) -> str:
    """Return the diagrams as XML."""
    own, dc, di = (prefixes.prefix(uri) for uri in _OWN)
    lines: list[str] = []
    begins: list[int] = []
    for diagram in diagrams:
        begins.append(len(lines))
        lines.append(f"{style.indent}<{own}:BPMNDiagram{_attributes(diagram.attributes, prefixes)}")
        pad = style.indent + style.step
        lines.append(f"{pad}<{own}:BPMNPlane{_attributes(diagram.plane, prefixes)}>")
        for item in diagram.items:
            lines += _item_lines(item, pad + style.step, style.step, own, dc, di, prefixes)
        lines.append(f"{pad}</{own}:BPMNPlane>")
        lines.append(f"{style.indent}</{own}:BPMNDiagram>")
    declared = "".join(f' xmlns:{prefix}="{escaped_attribute(uri)}"' for uri, prefix in prefixes.added.items())
    for begin in begins:
        lines[begin] += f"{declared}>"
    return style.line_break.join(lines).removeprefix(style.indent)


def _item_lines(item: Shape, pad: str, step: str, own: str, dc: str, di: str, prefixes: Prefixes) -> Iterable[str]:
    yield f"{pad}<{own}:{item.tag}{_attributes(item.attributes, prefixes)}>"
    if item.bounds is not None:
        yield f"{pad}{step}{_bounds(item.bounds, dc)}"
    for x, y in item.points:
        yield f'{pad}{step}<{di}:waypoint x="{x}" y="{y}" />'
    if item.label is not None:
        yield f"{pad}{step}<{own}:BPMNLabel>"
        yield f"{pad}{step}{step}{_bounds(item.label, dc)}"
        yield f"{pad}{step}</{own}:BPMNLabel>"
    yield f"{pad}</{own}:{item.tag}>"


def _attributes(attributes: Iterable[tuple[str, str]], prefixes: Prefixes) -> str:
    return "".join(f' {prefixes.name(name)}="{escaped_attribute(value)}"' for name, value in attributes)


def _bounds(bounds: tuple[int, int, int, int], dc: str) -> str:
    x, y, width, height = bounds
    return f'<{dc}:Bounds x="{x}" y="{y}" width="{width}" height="{height}" />'


class FreeIds:
    """Gives ids to shapes: the one it had, else one made from the element's, never one that is taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)

    def take(self, wished: str, otherwise: str) -> str:
        """Return `wished` if it is an id and free, else `otherwise`, with a number if need be."""
        for candidate in (wished, otherwise):
            if candidate not in self.taken and is_ncname(candidate):
                self.taken.add(candidate)
                return candidate
        base = otherwise if is_ncname(otherwise) else "_di"
        number = 1
        while f"{base}_{number}" in self.taken:
            number += 1
        self.taken.add(f"{base}_{number}")
        return f"{base}_{number}"
