"""Parts of random models with one way in and one way out that are sound and not made of blocks."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .small_models import Nodes, block, connect, small_models, structured


def tangled(nodes: Nodes, depth: int) -> tuple[str, str]:
    """Add a part that merges no further; return its first and last node."""
    kind = nodes.draw(st.sampled_from((bridge, bridge, ladder, ladder, two_ways_out, two_ways_in, crossed)))
    return kind(nodes, depth)


def bridge(nodes: Nodes, depth: int) -> tuple[str, str]:
    """Two branches of a decision with ways from one to the other, sometimes there and back, sometimes to an end."""
    split, one, two, join = (gateway(nodes, "exclusive") for _ in range(4))
    third = gateway(nodes, "exclusive")
    way(nodes, split, one, depth)
    way(nodes, split, two, depth)
    way(nodes, one, two, depth)
    way(nodes, two, third, depth)
    if nodes.draw(st.booleans()):
        way(nodes, third, one, depth)
    ending = nodes.draw(st.integers(0, 3))
    if ending:
        way(nodes, one, join, depth)
    else:
        way(nodes, one, nodes.add(type="end", actor="two"), depth)
    way(nodes, third, join, depth)
    return split, join


def ladder(nodes: Nodes, depth: int) -> tuple[str, str]:
    """Two parallel branches of which one waits for something in the middle of the other, sometimes both."""
    split, gives, takes = (gateway(nodes, "parallel") for _ in range(3))
    both = nodes.draw(st.booleans())
    way(nodes, split, gives, depth)
    way(nodes, split, takes, depth)
    way(nodes, gives, takes, depth)
    one, two = gives, takes
    if both:
        more, less = gateway(nodes, "parallel"), gateway(nodes, "parallel")
        way(nodes, takes, more, depth)
        way(nodes, more, less, 0)
        way(nodes, gives, less, depth)
        one, two = less, more
    ending = nodes.draw(st.integers(0, 3))
    join = gateway(nodes, "parallel")
    if not ending:
        way(nodes, one, nodes.add(type="end", actor="two"), depth)
    else:
        way(nodes, one, join, depth)
    way(nodes, two, join, depth)
    return split, join


def two_ways_out(nodes: Nodes, depth: int) -> tuple[str, str]:
    """A loop that is left at two places."""
    join, one, two, behind = (gateway(nodes, "exclusive") for _ in range(4))
    way(nodes, join, one, depth)
    way(nodes, one, two, depth)
    way(nodes, one, behind, 0)
    way(nodes, two, join, 0)
    way(nodes, two, behind, depth)
    return join, behind


def two_ways_in(nodes: Nodes, depth: int) -> tuple[str, str]:
    """A loop that is come to at two places."""
    split, one, two, last = (gateway(nodes, "exclusive") for _ in range(4))
    way(nodes, split, one, depth)
    way(nodes, split, two, 0)
    way(nodes, one, two, depth)
    way(nodes, two, last, depth)
    way(nodes, last, one, 0)
    nodes.nodes[last]["pending"] = True
    return split, last


def crossed(nodes: Nodes, depth: int) -> tuple[str, str]:
    """Two decisions side by side whose branches meet crosswise: no must-analysis gets them right."""
    split = gateway(nodes, "exclusive")
    parallel = [gateway(nodes, "parallel") for _ in range(2)]
    merges = [gateway(nodes, "exclusive") for _ in range(2)]
    join = gateway(nodes, "parallel")
    for begin in parallel:
        way(nodes, split, begin, depth)
        for merge in merges:
            way(nodes, begin, merge, depth)
    for merge in merges:
        way(nodes, merge, join, 0)
    return split, join


def gateway(nodes: Nodes, kind: str) -> str:
    return nodes.add(type=kind, actor="one")


def way(nodes: Nodes, source: str, target: str, depth: int) -> None:
    """Lead from one node to another, over a block or over nothing."""
    when = f"to {target}" if nodes.nodes[source].get("type") == "exclusive" else None
    there = [flow["to"] for flow in nodes.nodes[source].get("next", ())]
    if target not in there and nodes.draw(st.integers(0, 2)) == 0:
        connect(nodes, source, target, when=when)
        return
    first, last = block(nodes, depth - 1 if nodes.left > 0 else 0)
    connect(nodes, source, first, when=when)
    connect(nodes, last, target)


def some_tangled_models(most: int = 5) -> st.SearchStrategy[dict[str, Any]]:
    """Return models with such parts among, around and inside of blocks."""
    return small_models(structured(most=most, more={"tangled": tangled}))


@st.composite
def some_waiting_models(draw: st.DrawFn) -> dict[str, Any]:
    """Draw models in which a step of one parallel branch waits for a step of another one."""
    pairs: list[tuple[str, str]] = []

    def waiting(nodes: Nodes, depth: int) -> tuple[str, str]:
        split, join = gateway(nodes, "parallel"), gateway(nodes, "parallel")
        steps = [nodes.task(), nodes.task()]
        nodes.nodes[steps[0]].pop("repeats", None)
        for step in steps:
            way(nodes, split, step, depth)
            way(nodes, step, join, depth)
        pairs.append((steps[0], steps[1]))
        return split, join

    plain = draw(small_models(structured(most=4, more={"waiting": waiting, "tangled": tangled})))
    for number, (source, target) in enumerate(pairs):
        handover = {"id": f"waits{number}", "from": source, "to": target, "waits": True, "data": ["alpha"]}
        plain["processes"]["p"]["handovers"].append(handover)
    return plain


@st.composite
def some_inclusive_models(draw: st.DrawFn) -> dict[str, Any]:
    """Draw such models in which some joins of tangled parts are inclusive: they wait for what can still arrive."""
    plain = draw(some_tangled_models(4))
    nodes = plain["processes"]["p"]["nodes"]
    followers = [flow["to"] for node in nodes.values() for flow in node.get("next", ())]
    for id_, node in nodes.items():
        is_join = followers.count(id_) > 1 and len(node.get("next", ())) < 2
        if is_join and node.get("type") in ("exclusive", "parallel") and draw(st.booleans()):
            node["type"] = "inclusive"
            node["next"] = [{"to": flow["to"]} for flow in node["next"]]
    return plain
