"""The engine: asks every selected rule and makes findings of what they saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.installed_rules import installed_rules, rules_named
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.collector import collector_paused
from ankunft_model.findings import Certainty, ElementRef, Finding, Findings, ReachedLimit, Reason, Severity
from ankunft_model.graph.limit_wording import LIMIT_SENTENCES
from ankunft_model.graph.limits import Limit
from ankunft_model.model import ArrivalModel, Element


def check(
    model: ArrivalModel,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity] | None = None,
    file: str | None = None,
    computations: Computations | None = None,
) -> Findings:
    """Return what the rules find in `model`: by rule in the order of the catalogue, then in the order of the model.

    Args:
        model: The model.
        select: Ids of rules, or groups of rules, to ask; None: all, also those of plug-ins.
        ignore: Ids or groups to leave out.
        severities: Severity by the id of a rule, instead of the one that the rule gives.
        file: Name of the file that the model was read from; stands in the findings.
        computations: What was already computed about this model.

    Raises:
        UnknownElementError: there is no rule or group of that name.
        PluginError: an installed package adds rules that cannot be used.
    """
    with collector_paused():
        return _checked(asked_rules(select, ignore), computations or Computations(model), severities or {}, file)


def _checked(
    chosen: tuple[Rule, ...], computed: Computations, levels: Mapping[str, Severity], file: str | None
) -> Findings:
    every = installed_rules()
    needed = every if any(rule.find_in is not None for rule in chosen) else chosen
    found = {
        rule.id: _found(computed, rule, rule.find(computed), levels, file) for rule in needed if rule.find_in is None
    }
    others = [finding for findings in found.values() for finding in findings]
    for rule in chosen:
        if rule.find_in is not None:
            found[rule.id] = _found(computed, rule, rule.find_in(computed, others), levels, file)
    return Findings([finding for rule in chosen for finding in found[rule.id]])


def asked_rules(select: Iterable[str] | None = None, ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rules that these names of rules and groups mean, in the order of the catalogue.

    Raises:
        UnknownElementError: there is no rule or group of that name.

    Example:
        >>> [rule.id for rule in asked_rules(["money-papers-time"], ["payment-gap"])][:1]
        ['benefit-gap']
    """
    every = installed_rules()
    chosen = {rule.id for rule in every} if select is None else {r.id for name in select for r in rules_named(name)}
    chosen -= {rule.id for name in ignore for rule in rules_named(name)}
    return tuple(rule for rule in every if rule.id in chosen)


def _found(
    computed: Computations, rule: Rule, seen: Iterable[Observation], levels: Mapping[str, Severity], file: str | None
) -> list[Finding]:
    observations = tuple(seen)
    measures, sources = _Measures(computed.model, rule), _Sources(computed.model)
    return [
        _finding(computed.model, rule, measures, sources, observation, id_, levels.get(rule.id), file)
        for id_, observation in zip(_ids(rule, observations), observations, strict=True)
    ]


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


def _finding(
    model: ArrivalModel,
    rule: Rule,
    measures: _Measures,
    sources: _Sources,
    observation: Observation,
    id_: str,
    level: Severity | None,
    file: str | None,
) -> Finding:
    certainty: Certainty = "possible" if observation.depends_on else observation.certainty
    return Finding(
        id=id_,
        rule=rule.id,
        model=model.id,
        severity=level or observation.severity or rule.severity,
        certainty=certainty,
        elements=observation.elements,
        message=observation.message,
        recommendation=observation.recommendation,
        exact=observation.exact,
        depends_on=observation.depends_on,
        data=observation.data,
        witness=observation.witness,
        because=sources.added_to(observation.because, observation.elements),
        measures=measures.about(observation.elements),
        file=file,
        full_run=observation.full_run,
        limits=() if observation.exact else reached_limits(observation.limits),
    )


def reached_limits(limits: Iterable[Limit]) -> tuple[ReachedLimit, ...]:
    """Return the limits with their sentences."""
    return tuple(ReachedLimit(limit, LIMIT_SENTENCES[limit]) for limit in limits)


class _Sources:
    """The sources that the statements about elements rest on."""

    def __init__(self, model: ArrivalModel) -> None:
        self._registries: dict[str, Mapping[str, Element]] = {
            "node": model.nodes,
            "handover": model.handovers,
            "data": model.data,
            "benefit": model.benefits,
        }

    def added_to(self, because: tuple[Reason, ...], elements: tuple[ElementRef, ...]) -> tuple[Reason, ...]:
        """Return the reasons, and behind them the sources of all the elements, each once."""
        found = dict.fromkeys(because)
        for element in elements:
            registry = self._registries.get(element.kind)
            stated = None if registry is None else registry.get(element.id)
            if stated is not None and stated.source:
                found.update(dict.fromkeys(Reason("source", source) for source in stated.source))
        return tuple(found)


class _Measures:
    """The measures that resolve one rule: those of the model, or else those of the shipped catalogue."""

    def __init__(self, model: ArrivalModel, rule: Rule) -> None:
        self._own = [
            (measure.id, {change.split(":")[-1].strip() for change in measure.changes or ()})
            for measure in model.measures.values()
            if rule.id in (measure.resolves or ())
        ]
        self._shipped = tuple(measure.id for measure in rule.measures)

    def about(self, elements: tuple[ElementRef, ...]) -> tuple[str, ...]:
        """Return the measures of the model that say they resolve the rule for one of the elements, or in general."""
        named = {element.id for element in elements} if self._own else set[str]()
        own = tuple(id_ for id_, changed in self._own if not changed or named & changed)
        return own or self._shipped
