"""How often nodes are expected to execute where a process is not made of blocks: equations of what flows.

What comes out of a decision is what goes into it times the share, whatever happened before; what comes out of a join
that waits is what comes over any of its flows. As means add up, the order of what happens at the same time plays no
part, and loops are equations with themselves: the process is a Markov chain with an end. What no share says is an
unknown of the equations; where it falls out, because branches meet again, the mean is known all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from ankunft_model.graph.components import strong_components
from ankunft_model.graph.control_flow import GATEWAYS, SUB_PROCESSES, ControlFlow
from ankunft_model.graph.linear_forms import CONSTANT, Form, add, solve

MAX_COMPONENT: Final = 300
"""Loops of more nodes are not solved."""

MAX_TERMS: Final = 64
"""A sum of more unknowns than this is not followed."""

_ALL: Final = Fraction(1)


def expected_flows(control: ControlFlow, shares: Sequence[float | None]) -> dict[int, Fraction | None] | None:
    """Return how often each node is expected to execute, None where that is open; None if no equations say it.

    The process must be sound, apart from dead nodes; one with a loop that is never left has no means.

    Args:
        control: The control flow.
        shares: The share of each flow, or None where it is not stated; by number of the flow that is no copy.
    """
    if control.waits or control.repeated or control.is_loose or control.budget or control.answers:
        return None
    if _ends_early(control):
        return None
    return _Flows(control, shares).result()


def _ends_early(control: ControlFlow) -> bool:
    """Return whether an end, or an event, may stop what happens at the same time elsewhere."""
    if any(kind == "event_sub_process" and control.interrupts[node] for node, kind in enumerate(control.kinds)):
        return True
    if "terminate" not in control.kinds:
        return False
    entries = [control.entries_of(node) for node, kind in enumerate(control.kinds) if kind in SUB_PROCESSES]
    several = any(len(found) > 1 and control.kinds[found[0]] != "start" for found in (control.entries_of(-1), *entries))
    beside = any(control.host[node] >= 0 and not control.interrupts[node] for node in range(len(control.ids)))
    splits = any(len(flows) > 1 and control.kinds[node] != "exclusive" for node, flows in enumerate(control.outgoing))
    return several or beside or splits or bool(control.triggers) or "event_sub_process" in control.kinds


class _Flows:
    """Puts up the equations and solves them; used once. Unknowns beyond the nodes are free."""

    def __init__(self, control: ControlFlow, shares: Sequence[float | None]) -> None:
        self.control = control
        self.shares = shares
        self.count = len(control.ids)
        self.free = len(control.ids)
        # of each node how often it begins, of each flow how often it is taken, both in terms of nodes and free ones
        self.begins: list[Form] = [{} for _ in control.ids]
        self.executes: list[Form] = [{node: _ALL} for node in range(len(control.ids))]
        self.open_inside: set[int] = set()

    def result(self) -> dict[int, Fraction | None] | None:
        control = self.control
        arrivals: list[list[Form]] = [[] for _ in control.ids]
        self._begin(arrivals, control.entries_of(-1), {CONSTANT: _ALL})
        for node, kind in enumerate(control.kinds):
            if kind in SUB_PROCESSES:
                self._begin(arrivals, control.entries_of(node), {node: _ALL})
        for node in range(self.count):
            self._leave(node, arrivals)
        for node, kind in enumerate(control.kinds):
            if (
                control.host[node] >= 0
                or kind == "event_sub_process"
                or (kind == "inclusive" and len(arrivals[node]) > 1)
            ):
                self.begins[node] = self._unknown()
            elif kind == "parallel" and arrivals[node]:
                self.begins[node] = arrivals[node][0]
            else:
                for form in arrivals[node]:
                    self.begins[node] = add(self.begins[node], form, _ALL)
        return self._solved()

    def _unknown(self) -> Form:
        self.free += 1
        return {self.free - 1: _ALL}

    def _begin(self, arrivals: list[list[Form]], entries: Sequence[int], times: Form) -> None:
        """Let a process or the inside of a sub-process begin: at one of its starts, or at all its entries."""
        if not entries or self.control.kinds[entries[0]] != "start":
            for entry in entries:
                arrivals[entry].append(times)
            return
        rest = times
        for entry in entries[1:]:
            part = self._unknown()
            arrivals[entry].append(part)
            rest = add(rest, part, -_ALL)
        arrivals[entries[0]].append(rest)

    def _leave(self, node: int, arrivals: list[list[Form]]) -> None:
        """Lead what a node completes over its flows."""
        control = self.control
        done: Form = {node: _ALL}
        for event in control.boundary_events[node]:
            if control.interrupts[event]:
                done = add(done, {event: _ALL}, -_ALL)
                self.open_inside.update(control.inside(node))
        if control.is_optional[node]:
            self.executes[node] = self._unknown()
        elif control.host[node] < 0:
            self.executes[node] = done
        for sender, receiver in control.triggers:
            if sender == node:
                arrivals[receiver].append(self.executes[node])
        flows = control.outgoing[node]
        kind = control.kinds[node]
        if kind == "exclusive" and len(flows) > 1:
            self._decide(done, flows, arrivals)
            return
        open_flows = [flow for flow in flows if control.is_conditional[flow] or control.is_default[flow]]
        if kind == "inclusive" and len(flows) > 1:
            open_flows = list(flows)
        elif kind in GATEWAYS:
            open_flows = []
        for flow in flows:
            arrivals[control.target[flow]].append(self._unknown() if flow in open_flows else done)

    def _decide(self, done: Form, flows: Sequence[int], arrivals: list[list[Form]]) -> None:
        """Lead over one of several flows, by their shares; of those without one all but the last are free."""
        control = self.control
        origin = control.flow_origin
        shares = [self.shares[origin[flow] if origin else flow] for flow in flows]
        stated = sum((Fraction(str(share)) for share in shares if share is not None), Fraction(0))
        without = [flow for flow, share in zip(flows, shares, strict=True) if share is None]
        whole = stated if not without and stated else _ALL
        rest = done
        for flow, share in zip(flows, shares, strict=True):
            if without and flow == without[-1]:
                continue
            if share is not None:
                part = add({}, done, Fraction(str(share)) / whole)
            else:
                part = self._unknown() if stated < _ALL else {}
            rest = add(rest, part, -_ALL)
            arrivals[control.target[flow]].append(part)
        if without:
            arrivals[control.target[without[-1]]].append(rest)

    def _solved(self) -> dict[int, Fraction | None] | None:
        successors = {
            node: {other: None for other in sorted(form) if 0 <= other < self.count}
            for node, form in enumerate(self.begins)
        }
        known: dict[int, Form] = {}
        for component in strong_components(successors):
            equations: dict[int, Form] = {}
            is_open = len(component) > MAX_COMPONENT
            inside = set(component)
            for node in component if not is_open else ():
                form = self._told(self.begins[node], known, inside)
                if form is None:
                    is_open = True
                    break
                equations[node] = form
            solved: dict[int, Form] | None = None
            if not is_open:
                is_reached = any(form.keys() - inside for form in equations.values())
                solved = solve(sorted(component), equations) if is_reached else {node: {} for node in component}
                if solved is None:
                    return None  # what comes into this loop never leaves it
            for node in component:
                # what is not solved is an unknown of its own
                known[node] = self._unknown() if solved is None else solved[node]
        found: dict[int, Fraction | None] = {}
        origin = self.control.origin
        for node in range(self.count):
            told = self._told(self.executes[node], known, set())
            value = None if told is None or told.keys() - {CONSTANT} else told.get(CONSTANT, Fraction(0))
            if node in self.open_inside:
                value = None
            number = origin[node] if origin else node
            before = found.get(number, Fraction(0))
            found[number] = None if value is None or before is None else before + value
        return found

    def _told(self, form: Form, known: dict[int, Form], inside: set[int]) -> Form | None:
        """Return a sum in terms of what is not known yet; None if it is too long."""
        told: Form = {}
        for unknown in sorted(form):
            value = known.get(unknown) if 0 <= unknown < self.count and unknown not in inside else None
            told = add(told, {unknown: _ALL} if value is None else value, form[unknown])
            if len(told) > MAX_TERMS + len(inside):
                return None
        return told
