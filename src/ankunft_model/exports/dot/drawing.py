"""The `graphviz` package behind typed methods; it writes the text of a graph and quotes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

import graphviz  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs] - it ships no types

_graphviz: Final = cast("Any", graphviz)


class DotGraph:
    """A directed graph that is being written.

    Example:
        >>> graph = DotGraph(graph_attributes={"rankdir": "LR"})
        >>> graph.edge("n0", "n1", label=literal("ja"))
        >>> print(graph.source)
        digraph {
            graph [rankdir=LR]
            n0 -> n1 [label=ja]
        }
        <BLANKLINE>
    """

    def __init__(
        self,
        name: str | None = None,
        *,
        graph_attributes: Mapping[str, str] | None = None,
        node_attributes: Mapping[str, str] | None = None,
        edge_attributes: Mapping[str, str] | None = None,
    ) -> None:
        self._graph: Any = _graphviz.Digraph(
            name, graph_attr=graph_attributes, node_attr=node_attributes, edge_attr=edge_attributes
        )

    @property
    def source(self) -> str:
        """The text of the graph, indented by four spaces."""
        return str(self._graph.source).expandtabs(4)

    def node(self, name: str, *, label: str, **attributes: str) -> None:
        """Add a node."""
        self._graph.node(name, label=label, **attributes)

    def edge(self, source: str, target: str, **attributes: str) -> None:
        """Add an edge."""
        self._graph.edge(source, target, **attributes)

    def subgraph(self, graph: DotGraph) -> None:
        """Add the finished `graph` as a part of this one."""
        self._graph.subgraph(graph._graph)


def literal(text: str) -> str:
    """Return `text` such that backslashes and angle brackets are what they look like."""
    return cast("str", _graphviz.escape(text))


def without_markup(text: str) -> str:
    """Return `text` such that angle brackets are what they look like; escapes for line ends keep their meaning."""
    return cast("str", _graphviz.nohtml(text))
