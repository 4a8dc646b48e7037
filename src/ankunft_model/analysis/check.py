"""The engine: asks every selected rule and makes findings of what they saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.rules import ALL_RULES
from ankunft_model.errors import UnknownElementError
from ankunft_model.findings import Certainty, ElementRef, Finding, Findings, Reason
from ankunft_model.model import ArrivalModel, Element, nearest
from ankunft_model.wording import Wording


def check(
    model: ArrivalModel,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    file: str | None = None,
    computations: Computations | None = None,
) -> Findings:
    """Return what the rules find in `model`: by rule in the order of the catalogue, then in the order of the model.

    Args:
        model: The model.
        select: Ids of the rules to ask; None: all.
        ignore: Ids of rules to leave out.
        file: Name of the file that the model was read from; stands in the findings.
        computations: What was already computed about this model.

    Raises:
        UnknownElementError: there is no rule of that name.
    """
    chosen = {rule_by_id(id_).id for id_ in select} if select is not None else {rule.id for rule in ALL_RULES}
    chosen -= {rule_by_id(id_).id for id_ in ignore}
    computed = computations or Computations(model)
    needs_all = any(rule.find_in is not None and rule.id in chosen for rule in ALL_RULES)
    found = {
        rule.id: _found(computed, rule, rule.find(computed), file)
        for rule in ALL_RULES
        if rule.find_in is None and (needs_all or rule.id in chosen)
    }
    others = [finding for findings in found.values() for finding in findings]
    for rule in ALL_RULES:
        if rule.find_in is not None and rule.id in chosen:
            found[rule.id] = _found(computed, rule, rule.find_in(computed, others), file)
    return Findings([finding for rule in ALL_RULES if rule.id in chosen for finding in found[rule.id]])


def _found(computed: Computations, rule: Rule, seen: Iterable[Observation], file: str | None) -> list[Finding]:
    observations = tuple(seen)
    return [
        _finding(computed.model, rule, observation, id_, file)
        for id_, observation in zip(_ids(rule, observations), observations, strict=True)
    ]


def rule_by_id(id_: str) -> Rule:
    """Return the rule with this id.

    Raises:
        UnknownElementError: there is none; the message names the nearest.
    """
    for rule in ALL_RULES:
        if rule.id == id_:
            return rule
    near = nearest(id_, (rule.id for rule in ALL_RULES))
    raise UnknownElementError(
        Wording(
            de=f"Es gibt keine Regel „{id_}“." + (f" Gemeint: „{near}“?" if near else ""),
            en=f"there is no rule '{id_}'." + (f" Did you mean '{near}'?" if near else ""),
        ),
        element_id=id_,
    )


def _ids(rule: Rule, observations: tuple[Observation, ...]) -> Iterator[str]:
    """Yield the id of each observation: the rule and the elements, the main one first, the others by their ids.

    Where that is not enough the data are added, then a number.
    """
    short = [
        f"{rule.id}:{'+'.join((first.id, *sorted(element.id for element in others)))}"
        for first, *others in (observation.elements for observation in observations)
    ]
    counts = Counter(short)
    longer = [
        f"{id_}:{'+'.join(sorted(observation.data))}" if counts[id_] > 1 else id_
        for id_, observation in zip(short, observations, strict=True)
    ]
    taken: Counter[str] = Counter()
    for id_ in longer:
        taken[id_] += 1
        yield id_ if taken[id_] == 1 else f"{id_}:{taken[id_]}"


def _finding(model: ArrivalModel, rule: Rule, observation: Observation, id_: str, file: str | None) -> Finding:
    certainty: Certainty = "possible" if observation.depends_on else observation.certainty
    return Finding(
        id=id_,
        rule=rule.id,
        model=model.id,
        severity=observation.severity or rule.severity,
        certainty=certainty,
        elements=observation.elements,
        message=observation.message,
        recommendation=observation.recommendation,
        exact=observation.exact,
        depends_on=observation.depends_on,
        data=observation.data,
        witness=observation.witness,
        because=tuple(dict.fromkeys(observation.because + _sources(model, observation.elements))),
        measures=_measures(model, rule, observation.elements),
        file=file,
        full_run=observation.full_run,
    )


def _sources(model: ArrivalModel, elements: tuple[ElementRef, ...]) -> tuple[Reason, ...]:
    """Return the sources that the statements about the elements rest on, each once."""
    found: dict[str, None] = {}
    registries: dict[str, Mapping[str, Element]] = {
        "node": model.nodes,
        "handover": model.handovers,
        "data": model.data,
        "benefit": model.benefits,
    }
    for element in elements:
        stated = registries.get(element.kind, {}).get(element.id)
        for source in (stated.source or ()) if stated is not None else ():
            found.setdefault(source)
    return tuple(Reason("source", source) for source in found)


def _measures(model: ArrivalModel, rule: Rule, elements: tuple[ElementRef, ...]) -> tuple[str, ...]:
    """Return the measures of the model that say they resolve this rule for one of the elements, or in general.

    If the model has none, those of the shipped catalogue.
    """
    named = {element.id for element in elements}
    own = tuple(
        measure.id
        for measure in model.measures.values()
        if rule.id in (measure.resolves or ())
        and (not measure.changes or named & {change.split(":")[-1].strip() for change in measure.changes})
    )
    return own or tuple(measure.id for measure in rule.measures)
