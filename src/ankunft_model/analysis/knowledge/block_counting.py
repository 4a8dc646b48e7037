"""How often a datum is asked within one run of a process made of blocks, from the inner blocks to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from ankunft_model.analysis.knowledge.block_automaton import touched_parts
from ankunft_model.analysis.knowledge.facts import NodeFacts
from ankunft_model.analysis.knowledge.net_counting import Path, askers_of_net, bounds_of_net
from ankunft_model.graph.block_tree import (
    CHOICE,
    DETACHED,
    INCLUSIVE,
    LEAF,
    LOOP,
    NET,
    PARALLEL,
    PREFIX,
    SEQUENCE,
    BlockTree,
)

ASKER_SET_LIMIT = 1_024
"""So many different sets of asking actors are told apart per block."""

MANY_SETS = 64
"""With more sets than this, those between the smallest and the largest are left out."""


@dataclass(slots=True)
class BlockCount:
    """Bounds of a block: how often it asks, and which sets of actors may ask, each with how that comes about."""

    least: float
    most: float
    askers: dict[int, Path]
    is_exact: bool = True


def count_blocks(
    tree: BlockTree, facts: dict[int, NodeFacts], actor_bits: dict[int, int], *, barred: frozenset[int] = frozenset()
) -> BlockCount:
    """Return the bounds of the whole process; sets of actors only of runs on which no `barred` node executes."""
    asking = [node for node, fact in facts.items() if fact.is_collected]
    parts = touched_parts(tree, asking)
    counts: dict[int, BlockCount] = {}
    for block in sorted(parts, reverse=True):
        kind = tree.kind[block]
        inner = [counts.pop(part) for part in parts[block]]
        if kind == LEAF:
            node = tree.node[block]
            least, most = facts[node].repeats
            askers: dict[int, Path] = {} if node in barred else {actor_bits[node]: block}
            counts[block] = BlockCount(least, inf if most is None else most, askers)
            continue
        if len(inner) == 1 and kind in (SEQUENCE, PARALLEL, DETACHED):
            counts[block] = inner[0]
            continue
        has_untouched = len(parts[block]) < len(tree.children[block])
        if kind in (CHOICE, INCLUSIVE):
            for part, count in zip(parts[block], inner, strict=True):
                count.askers = {mask: (-2 - part, path) for mask, path in count.askers.items()}
        passed_by: Path = None
        if barred and has_untouched and kind in (CHOICE, INCLUSIVE):
            touched = set(parts[block])
            passed_by = -2 - next(part for part in tree.children[block] if part not in touched)
        if kind == CHOICE:
            counts[block] = _choice(inner, has_untouched=has_untouched, passed_by=passed_by)
        elif kind == INCLUSIVE:
            counts[block] = _inclusive(inner, has_untouched=has_untouched, passed_by=passed_by)
        elif kind == LOOP:
            counts[block] = _loop(tree, block, dict(zip(parts[block], inner, strict=True)))
        elif kind == PREFIX:
            counts[block] = _prefix(inner[0])
        elif kind == NET:
            counts[block] = _net(tree, block, dict(zip(parts[block], inner, strict=True)))
        else:
            counts[block] = _together(inner)
    return counts.get(0) or BlockCount(0, 0, {0: None})


def _net(tree: BlockTree, block: int, inner: dict[int, BlockCount]) -> BlockCount:
    net = tree.nets[block]
    asking = {tree.place[part]: count for part, count in inner.items()}
    least, most = bounds_of_net(net, asking)
    askers, is_exact = askers_of_net(net, tree.children[block], asking, ASKER_SET_LIMIT)
    is_exact = is_exact and all(count.is_exact for count in inner.values())
    return BlockCount(least, most, _extremes(askers), is_exact=is_exact)


def _prefix(inner: BlockCount) -> BlockCount:
    # it may stop anywhere: before the first that asks, or behind the last; sets between are no larger
    return BlockCount(0, inner.most, {0: None, **inner.askers}, is_exact=inner.is_exact)


def _together(inner: list[BlockCount]) -> BlockCount:
    """Return the bounds of parts that are all done, one after the other or at once."""
    askers: dict[int, Path] = {0: None}
    is_exact = True
    for count in inner:
        found: dict[int, Path] = {}
        for before, path in askers.items():
            for mask, then in count.askers.items():
                found.setdefault(before | mask, then if path is None else (path, then))
        askers = _extremes(found)
        if len(askers) > ASKER_SET_LIMIT:
            askers, is_exact = _fewest_and_most(askers), False
        is_exact = is_exact and count.is_exact
    return BlockCount(
        sum(count.least for count in inner), sum(count.most for count in inner), askers, is_exact=is_exact
    )


def _choice(inner: list[BlockCount], *, has_untouched: bool, passed_by: Path = None) -> BlockCount:
    askers: dict[int, Path] = {0: passed_by} if has_untouched else {}
    for count in inner:
        for mask, path in count.askers.items():
            askers.setdefault(mask, path)
    least = min(count.least for count in inner)
    most = max(count.most for count in inner)
    exact = all(count.is_exact for count in inner)
    return BlockCount(0 if has_untouched else least, most, _extremes(askers), is_exact=exact)


def _inclusive(inner: list[BlockCount], *, has_untouched: bool, passed_by: Path = None) -> BlockCount:
    """Return the bounds of parts of which at least one is done."""
    maybe = [BlockCount(0, count.most, {0: None, **count.askers}, is_exact=count.is_exact) for count in inner]
    ways = [_together([count, *maybe[number + 1 :]]) for number, count in enumerate(inner)]
    found = _choice(ways, has_untouched=has_untouched, passed_by=passed_by)
    found.least = 0 if has_untouched else min(count.least for count in inner)
    return found


def _loop(tree: BlockTree, block: int, inner: dict[int, BlockCount]) -> BlockCount:
    body_block, back_block = tree.children[block]
    body = inner.get(body_block) or BlockCount(0, 0, {0: None})
    back = inner.get(back_block) or BlockCount(0, 0, {0: None})
    bound = tree.bound[block]
    more = body.most + back.most
    most = body.most + (inf if bound < 0 else bound) * more if more else 0.0
    found = dict(body.askers)
    is_exact = body.is_exact and back.is_exact
    fresh = dict(found)
    rounds = 0
    while fresh and (bound < 0 or rounds < bound):
        rounds += 1
        next_: dict[int, Path] = {}
        for before, path in fresh.items():
            for mask, way in back.askers.items():
                for then, last in body.askers.items():
                    after = before | mask | then
                    if after not in found:
                        found[after] = next_[after] = (path, (way, last))
        fresh = next_
        if len(found) > ASKER_SET_LIMIT:
            found, is_exact = _fewest_and_most(found), False
            break
    return BlockCount(body.least, most, _extremes(found), is_exact=is_exact)


def _extremes(askers: dict[int, Path]) -> dict[int, Path]:
    """Return, where there are many sets, only those that no other one contains and those that contain no other one.

    What is done besides adds the same actors to all, so that the fewest and the most come from these.
    """
    if len(askers) <= MANY_SETS:
        return askers
    by_size = sorted(askers, key=int.bit_count)
    least: list[int] = []
    for mask in by_size:
        if not any(mask & other == other for other in least):
            least.append(mask)
    most: list[int] = []
    for mask in reversed(by_size):
        if not any(mask & other == mask for other in most):
            most.append(mask)
    kept = {*least, *most}
    return {mask: path for mask, path in askers.items() if mask in kept}


def _fewest_and_most(askers: dict[int, Path]) -> dict[int, Path]:
    """Return the sets to go on with beyond the limit: one with the fewest actors and one with the most."""
    fewest = min(askers, key=int.bit_count)
    most = max(askers, key=int.bit_count)
    return {fewest: askers[fewest], most: askers[most]}


def flat(path: Path) -> tuple[int, ...]:
    """Return what happens, in order."""
    found: list[int] = []
    stack: list[Path] = [path]
    while stack:
        here = stack.pop()
        if isinstance(here, tuple):
            stack += (here[1], here[0])
        elif here is not None:
            found.append(here)
    return tuple(found)
