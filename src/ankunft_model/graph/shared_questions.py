"""Decisions with the same question take the same answer within a run: which answers go with which way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Answer: TypeAlias = tuple[int, int]
"""An answer to a question: number of the question, number of the answer."""

Decision: TypeAlias = tuple[str, Sequence[tuple[int, str | None]]]
"""The question of a gateway, and its flows with the answer that each stands for; None: for any other."""


def answers_by_flow(decisions: Iterable[Decision]) -> Mapping[int, tuple[Answer, ...]]:
    """Return the answers on which each flow is taken, for questions that several gateways ask.

    An answer that a gateway does not name goes with its flow for any other; without one, with any of its flows. That
    somebody gives an answer that no gateway names can only be where each has a flow for any other.

    Example:
        >>> answers_by_flow([("q", [(0, "ja"), (1, "nein")]), ("q", [(2, "ja"), (3, None)])])
        {0: ((0, 0),), 1: ((0, 1),), 2: ((0, 0),), 3: ((0, 1),)}
    """
    asked: dict[str, list[Sequence[tuple[int, str | None]]]] = {}
    for question, flows in decisions:
        asked.setdefault(question, []).append(flows)
    found: dict[int, tuple[Answer, ...]] = {}
    shared = [gateways for gateways in asked.values() if len(gateways) > 1]
    for number, gateways in enumerate(shared):
        named = list(dict.fromkeys(answer for flows in gateways for _, answer in flows if answer is not None))
        number_of = {answer: place for place, answer in enumerate(named)}
        has_others = all(any(answer is None for _, answer in flows) for flows in gateways)
        every = range(len(named) + has_others)
        for flows in gateways:
            here = {number_of[answer] for _, answer in flows if answer is not None}
            unnamed = [answer for answer in every if answer not in here]
            is_open = all(answer is not None for _, answer in flows)
            for flow, answer in flows:
                fits = unnamed if answer is None else [number_of[answer], *(unnamed if is_open else ())]
                found[flow] = tuple((number, place) for place in fits)
    return found
