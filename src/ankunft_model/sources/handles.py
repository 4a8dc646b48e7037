"""Handles: what the builder's calls return and take, and how `>>` joins them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias


class FlowSink(Protocol):
    """Takes the flows that `>>` states."""

    def add_flow(self, source: str, target: str, options: Mapping[str, Any]) -> None:
        """Note a flow between two nodes, given by id or name."""
        ...


@dataclass(frozen=True, slots=True)
class Handle:
    """Stands for an element: its id and its kind, such as `actors`."""

    id: str
    kind: str

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class NodeHandle(Handle):
    """Stands for a node; `a >> b` states that b follows a."""

    sink: FlowSink = field(repr=False, compare=False)

    def when(
        self,
        answer: str | Mapping[str, str] | None = None,
        *,
        share: float | None = None,
        default: bool = False,
        delay: Any = None,
        repeats: Mapping[str, object] | None = None,
        id: str | None = None,  # noqa: A002 - the key of the file
        name: str | Mapping[str, str] | None = None,
    ) -> Branch:
        """Return this node with what holds for the flow that `>>` states next.

        Args:
            answer: The answer that leads there (`when` of the file).
            share: Probability, 0 to 1.
            default: Whether the flow is taken when no other answer holds.
            delay: Duration of the way, as in the file.
            repeats: `{"max": …}` for a backward flow.
            id: Id of the flow itself.
            name: Name of the flow itself.

        Example:
            >>> from ankunft_model.sources.builder import Builder
            >>> b = Builder("m", title="M")
            >>> with b.process("p"):
            ...     agreed = b.exclusive("Einwilligung erteilt?")
            ...     _ = agreed.when("ja", share=0.8) >> b.end("Akte übermittelt")
            ...     _ = agreed.when("nein", default=True) >> b.end("Verwiesen")
            ...     _ = b.start() >> agreed
            >>> [flow.when for flow in b.build().nodes["einwilligung_erteilt"].next]
            ['ja', 'nein']
        """
        options = {
            "when": answer,
            "share": share,
            "default": default or None,
            "delay": delay,
            "repeats": repeats,
            "id": id,
            "name": name,
        }
        return Branch(self, {key: value for key, value in options.items() if value is not None})

    def __rshift__(self, other: Target) -> Chain:
        return _join((self,), other, {}, heads=(self,))

    def __rrshift__(self, other: Sequence[Link]) -> Chain:
        return _join_many(other, self)


@dataclass(frozen=True, slots=True)
class Branch:
    """A node with what holds for the one flow that `>>` states from it."""

    source: NodeHandle
    options: Mapping[str, Any]

    def __rshift__(self, other: Target) -> Chain:
        return _join((self.source,), other, self.options, heads=(self.source,))


@dataclass(frozen=True, slots=True)
class Chain:
    """Nodes joined by `>>`: what comes before leads to its heads, what comes after follows its tails."""

    heads: tuple[NodeHandle | str, ...]
    tails: tuple[NodeHandle, ...]

    def __rshift__(self, other: Target) -> Chain:
        return _join(self.tails, other, {}, heads=self.heads)

    def __rrshift__(self, other: Sequence[Link]) -> Chain:
        return _join_many(other, self)


Link: TypeAlias = NodeHandle | Chain
Target: TypeAlias = "Link | str | Sequence[Link | str]"
"""What may follow: a node, a chain, an id or unique name, or several of them."""


def _join(
    tails: tuple[NodeHandle, ...], target: Target, options: Mapping[str, Any], *, heads: tuple[NodeHandle | str, ...]
) -> Chain:
    targets: Sequence[Link | str] = [target] if isinstance(target, str | NodeHandle | Chain) else target
    new_tails: list[NodeHandle] = []
    for each in targets:
        entries = each.heads if isinstance(each, Chain) else (each,)
        for tail in tails:
            for entry in entries:
                tail.sink.add_flow(tail.id, str(entry), options)
        if isinstance(each, NodeHandle):
            new_tails.append(each)
        elif isinstance(each, Chain):
            new_tails.extend(each.tails)
    return Chain(heads, tuple(new_tails))


def _join_many(sources: Sequence[Link], target: Link) -> Chain:
    tails: list[NodeHandle] = []
    heads: list[NodeHandle | str] = []
    for source in sources:
        if isinstance(source, Chain):
            tails.extend(source.tails)
            heads.extend(source.heads)
        else:
            tails.append(source)
            heads.append(source)
    return _join(tuple(tails), target, {}, heads=tuple(heads))
