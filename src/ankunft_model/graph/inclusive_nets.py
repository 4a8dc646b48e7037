"""Parts that merge no further although they have inclusive joins, read as parts without any."""

from __future__ import annotations

from itertools import product

from ankunft_model.graph.block_nets import Corner, Net, build_net
from ankunft_model.graph.block_scopes import EXCLUSIVE_JOIN, INCLUSIVE_JOIN, PARALLEL_JOIN, NoBlocksError

MAX_INCLUSIVE_JOINS = 3
"""A part that merges no further and has more inclusive joins than this is not looked at by itself."""


def net_of(corners: list[Corner], part_count: int) -> Net:
    """Return the net with these corners, each inclusive join read as one that never waits, or that waits for all.

    Without a loop, a net that is sound so has no other runs. Where a join that does not wait would let two tokens pass,
    they meet behind it on some run; where one that waits for all lacks a token, it is stuck; and a token that could
    come to an input that holds one already would meet that one. So on each run just one token comes to the join, or
    one to each input, and an inclusive join does the same.

    Raises:
        NoBlocksError: no reading is sound.
    """
    inclusive = [place for place, corner in enumerate(corners) if corner.kind == INCLUSIVE_JOIN]
    if not inclusive:
        return build_net(tuple(corners), part_count)
    if len(inclusive) > MAX_INCLUSIVE_JOINS or not _is_acyclic(corners):
        raise NoBlocksError
    for kinds in product((EXCLUSIVE_JOIN, PARALLEL_JOIN), repeat=len(inclusive)):
        read = list(corners)
        for place, kind in zip(inclusive, kinds, strict=True):
            read[place] = corners[place]._replace(kind=kind)
        try:
            return build_net(tuple(read), part_count)
        except NoBlocksError:
            continue
    raise NoBlocksError


def _is_acyclic(corners: list[Corner]) -> bool:
    leads_to = {flow: number for number, corner in enumerate(corners) for flow in corner.incoming}
    comes_from = {flow for corner in corners for flow in corner.outgoing}
    missing = [len(comes_from.intersection(corner.incoming)) for corner in corners]
    free = [number for number, count in enumerate(missing) if not count]
    for number in free:  # which grows meanwhile
        for flow in corners[number].outgoing:
            if flow in leads_to:
                missing[leads_to[flow]] -= 1
                if not missing[leads_to[flow]]:
                    free.append(leads_to[flow])
    return len(free) == len(corners)
