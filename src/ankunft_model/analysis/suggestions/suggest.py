"""The smallest sets of changes that close gaps and spare avoidable questions, lawful ones first, each verified.

A round looks at every finding, takes for each the ways of its most lawful kind, chooses so that few handovers,
retrievals, consents and agreements are needed in all, makes the changes, and analyses the changed model. What is
possible only then is found in the next round.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from ankunft_model.analysis.check import check
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.suggestions.building import SuggestionBuilder
from ankunft_model.analysis.suggestions.candidates import (
    COST_OF_KIND,
    Candidate,
    Candidates,
    Part,
    Target,
    additions_of,
)
from ankunft_model.analysis.suggestions.changing import with_changes
from ankunft_model.analysis.suggestions.law import Law
from ankunft_model.analysis.suggestions.results import LAWFULNESS, OpenReason, Suggestion, Suggestions, Unsolved
from ankunft_model.analysis.suggestions.smallest_union import smallest_union
from ankunft_model.analysis.suggestions.texts import text_of_open
from ankunft_model.analysis.suggestions.what_if import DEFAULT_STATE_BUDGET, WhatIf
from ankunft_model.findings import Finding, Findings
from ankunft_model.model import Activity, ArrivalModel
from ankunft_model.wording import Wording

CURED_RULES: Final = ("needed-but-unavailable", "avoidable-collection")
"""The rules whose findings are cured."""
DEFAULT_ROUNDS: Final = 4
MAX_CORRECTIONS: Final = 5
"""So often the changes of a round are made anew, without those that cure nothing or bring something up."""


def suggest(
    model: ArrivalModel,
    *,
    rounds: int = DEFAULT_ROUNDS,
    state_budget: int = DEFAULT_STATE_BUDGET,
    computations: Computations | None = None,
) -> Suggestions:
    """Return what to change in `model` so that gaps close and avoidable questions are spared.

    Args:
        model: The model.
        rounds: So often the changed model is looked at for what has become possible.
        state_budget: So many states are looked at in all; what is left then stays unsolved.
        computations: What was already computed about this model.
    """
    before = computations or Computations(model)
    found_before = check(model, computations=before)
    run = _Suggesting(model, before, found_before, state_budget)
    while run.rounds < rounds and run.next_round():
        pass
    return run.result(found_before)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What one round decided on."""

    accepted: tuple[Candidate, ...]
    open: dict[Target, OpenReason]
    is_exact: bool


@dataclass(slots=True)
class _Suggesting:
    """The state between rounds."""

    original: ArrivalModel
    computed: Computations
    findings: Findings
    states_left: int
    rounds: int = 0
    is_exact: bool = True
    suggestions: dict[str, Suggestion] = field(default_factory=dict[str, Suggestion])
    refused: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    open: dict[Target, OpenReason] = field(default_factory=dict[Target, OpenReason])

    def next_round(self) -> bool:
        """Make the changes of one round; return whether there was anything to change."""
        self.rounds += 1
        targets, self.open = _targets(self.computed, self.findings)
        for _ in range(MAX_CORRECTIONS):
            wanted = [target for target in targets if (target.item, target.step) not in self.refused]
            chosen = self._choose(wanted)
            if not chosen.accepted:
                self._keep_open(targets, chosen)
                return False
            builder = SuggestionBuilder(self.computed, chosen.accepted, self.rounds)
            made = builder.build(tuple(self.suggestions.values()))
            model = with_changes(self.computed.model, (change for one in made for change in one.changes))
            computed = Computations(model)
            after = check(model, select=CURED_RULES, computations=computed)
            wrong = _wrong(chosen.accepted, self.findings, after, is_sound=_is_as_sound(self.computed, computed))
            if not wrong:
                self.open |= chosen.open
                self.open |= {target: "opens_a_gap" for target in targets if (target.item, target.step) in self.refused}
                self._take(made, computed, after)
                return True
            self.refused |= wrong
            self.is_exact = False
        self.open |= dict.fromkeys(targets, "limit")
        return False

    def _keep_open(self, targets: list[Target], chosen: _Chosen) -> None:
        """Note what stays and why."""
        self.open |= chosen.open
        self.open |= {target: "opens_a_gap" for target in targets if (target.item, target.step) in self.refused}
        self.is_exact = self.is_exact and chosen.is_exact

    def _take(self, made: tuple[Suggestion, ...], computed: Computations, after: Findings) -> None:
        """Go on from the changed model; what a later round adds may make sets larger than they need to be."""
        self.is_exact = self.is_exact and (self.rounds == 1 or not any(one.size for one in made))
        for one in made:
            old = self.suggestions.get(one.id)
            self.suggestions[one.id] = one if old is None else _joined(old, one)
        self.computed, self.findings = computed, after

    def _choose(self, targets: Iterable[Target]) -> _Chosen:
        """Return the candidates that together need the fewest additions, each still working after those before it."""
        computed = self.computed
        law = Law(computed)
        handovers = computed.model.handovers
        forbidden = frozenset(id_ for id_, one in handovers.items() if law.is_forbidden(one))
        unclear = frozenset(id_ for id_, one in handovers.items() if law.is_open(one))
        what_if = WhatIf(computed, forbidden, self.states_left)
        clear = WhatIf(computed, forbidden | unclear, self.states_left) if unclear else what_if
        candidates = Candidates(computed, law, what_if, clear)
        options: dict[Target, tuple[Candidate, ...]] = {}
        reasons: dict[Target, OpenReason] = {}
        for target in targets:
            found = candidates.of(target)
            if isinstance(found, tuple):
                options[target] = found
            else:
                reasons[target] = found
        alone = dict(options)
        for target, found in alone.items():
            if len(found[0].ways) == 1:
                others = (one for other, theirs in alone.items() if other != target for one in theirs)
                shared = frozenset[Part]().union(*(one.parts for one in others))
                options[target] = candidates.together(target, found, shared)
        for target, found in list(options.items()):
            if found[0].ways:
                same_item = (one for other, theirs in options.items() if other.item == target.item for one in theirs)
                options[target] = candidates.chained(target, found, list(same_item))
        wants = [[candidate.parts for candidate in found] for found in options.values()]
        cost_of = {part: COST_OF_KIND[part[0]] for want in wants for option in want for part in option}
        solved = smallest_union(wants, cost_of)
        accepted: list[Candidate] = []
        is_exact = solved.is_exact and not candidates.is_cut
        for (target, found), number in zip(options.items(), solved.options, strict=True):
            additions = additions_of(target, found[number].ways)
            ways_of_carrying = (True, False) if target.is_question else (True,)
            if all(
                what_if.cures(target.item, (target.step,), additions, carried=carried) for carried in ways_of_carrying
            ):
                what_if.accept(target.item, additions)
                accepted.append(found[number])
            else:
                reasons[target] = "opens_a_gap"
                is_exact = False
        self.states_left = min(what_if.states_left, clear.states_left)
        return _Chosen(tuple(accepted), reasons, is_exact and not what_if.is_exhausted)

    def result(self, found_before: Findings) -> Suggestions:
        """Return all suggestions, the most lawful first."""
        model = self.computed.model
        found_after = check(model, computations=self.computed)
        ids_after = {one.id for one in found_after}
        subjects_before, subjects_after = ({_subject(one) for one in found} for found in (found_before, found_after))
        unsolved = [
            Unsolved(id_, reason, target.step, target.item or None, target.is_question, text)
            for target, reason in self.open.items()
            for text in (_text(self.computed, reason, target),)
            for id_ in target.findings
            if id_ in ids_after
        ]
        place = {finding.id: number for number, finding in enumerate(found_after)}
        ordered = sorted(self.suggestions.values(), key=lambda one: (LAWFULNESS.index(one.lawfulness), -len(one.cures)))
        return Suggestions(
            before=self.original,
            model=model,
            suggestions=tuple(ordered),
            unsolved=tuple(sorted(unsolved, key=lambda one: place[one.finding])),
            resolves=tuple(finding.id for finding in found_before if _subject(finding) not in subjects_after),
            brings_up=tuple(finding for finding in found_after if _subject(finding) not in subjects_before),
            exact=self.is_exact,
            rounds=self.rounds,
        )


def _subject(finding: Finding) -> tuple[str, ...]:
    """Return what a finding is about: one that goes on about the same with other elements is no new one."""
    what = finding.data if finding.rule in CURED_RULES else ()
    return (finding.rule, finding.elements[0].id if finding.elements else finding.id, *what)


def _text(computed: Computations, reason: OpenReason, target: Target) -> Wording:
    items = (target.item,) if target.item else ()
    return text_of_open(computed.names, reason, target.step, items, is_question=target.is_question)


def _targets(computed: Computations, findings: Findings) -> tuple[list[Target], dict[Target, OpenReason]]:
    """Return what is to be cured, in the order of the findings, and what cannot be from the outset."""
    grouped: dict[tuple[str, str, bool], list[Finding]] = {}
    for finding in findings:
        if finding.rule in CURED_RULES:
            node = next(element.id for element in finding.elements if element.kind == "node")
            item = next((element.id for element in finding.elements if element.kind == "data"), "")
            grouped.setdefault((item, node, finding.rule == CURED_RULES[1]), []).append(finding)
    known = {
        (found.key.item, found.node): frozenset(found.known_to)
        for knowledge in computed.knowledge
        for item in knowledge.items.values()
        for found in item.avoidable
    }
    targets: list[Target] = []
    unsolved: dict[Target, OpenReason] = {}
    for (item, node, is_question), found in grouped.items():
        ids = tuple(finding.id for finding in found)
        target = Target(ids, item, node, computed.performer_of[node], is_question, known.get((item, node), frozenset()))
        if not item:
            unsolved[target] = "document"
        elif is_question and _is_demanded(computed.model, node, item):
            unsolved[target] = "demanded_by_law"
        else:
            targets.append(target)
    return targets, unsolved


def _is_demanded(model: ArrivalModel, node: str, item: str) -> bool:
    """Return whether the step names a legal basis that demands asking for the item."""
    step = model.nodes[node]
    return any(
        entry.justified_by not in (None, "none")
        and item in {model.canonical(inner) for inner in model.items_of((entry.item,))}
        for entry in (step.collects or () if isinstance(step, Activity) else ())
    )


def _is_as_sound(before: Computations, after: Computations) -> bool:
    return all(after.soundness[id_].sound == verdict.sound for id_, verdict in before.soundness.items())


def _wrong(
    accepted: tuple[Candidate, ...], before: Findings, after: Findings, *, is_sound: bool
) -> set[tuple[str, str]]:
    """Return the item and step of what was promised and not kept, or of what brings up a new finding."""
    if not is_sound:
        return {(candidate.target.item, candidate.target.step) for candidate in accepted}
    left = {finding.id for finding in after}
    wrong = {
        (candidate.target.item, candidate.target.step)
        for candidate in accepted
        if left.intersection(candidate.target.findings)
    }
    definite = {finding.id for finding in before if finding.certainty == "definite"}
    new_items = {
        item
        for finding in after
        if finding.certainty == "definite" and finding.id not in definite
        for item in finding.data
    }
    return wrong | {
        (candidate.target.item, candidate.target.step) for candidate in accepted if candidate.target.item in new_items
    }


def _joined(old: Suggestion, new: Suggestion) -> Suggestion:
    """Return one suggestion that says what two rounds found at the same place."""
    return replace(
        new,
        cures=tuple(dict.fromkeys((*old.cures, *new.cures))),
        items=tuple(dict.fromkeys((*old.items, *new.items))),
        changes=tuple(dict.fromkeys((*old.changes, *new.changes))),
        because=tuple(dict.fromkeys((*old.because, *new.because))),
        needs=old.needs,
        text=old.text,
    )
