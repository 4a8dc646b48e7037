"""A target group has no path.

What it finds: fields of action in which every step is for other target groups, and decisions at which every branch is
for others.

Why it matters: the model names the group, and the process leaves it out.

How to resolve it: add the path for the group, or state that it is not concerned.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.admission import admits, is_for
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity, ArrivalModel, Cohort, Gateway
from ankunft_model.registries import vocabulary
from ankunft_model.wording import Wording


def find_group_without_path(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per group and field of action, then per group and decision, in the order of the model."""
    model = computed.model
    for cohort in model.cohorts.values():
        for domain, nodes in _steps_by_domain(model).items():
            if not any(admits(model, node, cohort.id) for node in nodes):
                yield _no_step(cohort, domain, nodes)
        for gateway in model.nodes.values():
            if isinstance(gateway, Gateway) and _is_shut(model, gateway, cohort.id):
                yield _no_branch(computed, cohort, gateway)


def _steps_by_domain(model: ArrivalModel) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for process in model.processes.values():
        for node in process.all_nodes:
            if isinstance(node, Activity):
                found.setdefault(node.domain or process.domain, []).append(node.id)
    return found


def _is_shut(model: ArrivalModel, gateway: Gateway, cohort: str) -> bool:
    """Return whether each branch of a decision that the group comes to begins with a node for others."""
    if gateway.type not in ("exclusive", "inclusive") or len(gateway.next) < 2:
        return False
    if not is_for(model, model.process_of[gateway.id].id, cohort) or not admits(model, gateway.id, cohort):
        return False
    limits = [model.nodes[flow.to].cohorts for flow in gateway.next]
    return all(limit is not None and cohort not in limit for limit in limits)


def _no_step(cohort: Cohort, domain: str | None, nodes: list[str]) -> Observation:
    domains = vocabulary("domains")
    where = (
        Wording(
            de=f"im Handlungsfeld „{domains[domain].label('de')}“", en=f"in the field “{domains[domain].label('en')}”"
        )
        if domain is not None and domain in domains
        else Wording(de="im ganzen Ablauf", en="in the whole process")
    )
    return Observation(
        message=Wording(
            de=f"Für „{cohort.label('de')}“ gibt es {where.de} keinen Schritt: alle sind für andere Gruppen.",
            en=f"There is no step for “{cohort.label('en')}” {where.en}: all are for other groups.",
        ),
        recommendation=_RECOMMENDATION,
        elements=(ElementRef("cohort", cohort.id), *(ElementRef("node", node) for node in nodes)),
        witness=tuple(nodes),
    )


def _no_branch(computed: Computations, cohort: Cohort, gateway: Gateway) -> Observation:
    name = (
        computed.names.node(gateway.id)
        if gateway.name is not None
        else Wording(de=f"der Entscheidung „{gateway.id}“", en=f"the decision “{gateway.id}”")
    )
    return Observation(
        message=Wording(
            de=f"Für „{cohort.label('de')}“ gibt es bei {name.de} keinen Zweig: alle sind für andere Gruppen.",
            en=f"There is no branch for “{cohort.label('en')}” at {name.en}: all are for other groups.",
        ),
        recommendation=_RECOMMENDATION,
        elements=(ElementRef("cohort", cohort.id), ElementRef("node", gateway.id)),
        witness=(gateway.id,),
    )


_RECOMMENDATION = Wording(
    de="Den Weg für diese Gruppe ergänzen, oder im Modell angeben, dass der Ablauf sie nicht betrifft.",
    en="Add the path for this group, or state in the model that the process does not concern it.",
)

_BODY = """\
cohorts:
  eltern:   {name: Eltern}
  einzelne: {name: Alleinreisende}
processes:
  anmelden:
    name: Anmelden
    domain: housing
    nodes:
"""

RULE = Rule(
    id="group-without-path",
    codes=("G-26",),
    title=Wording(de="Zielgruppe ohne Weg", en="Group without path"),
    group="access",
    severity="warning",
    dimension="fitting",
    finds=Wording(
        de="Zielgruppen des Modells, für die es in einem Handlungsfeld keinen Schritt oder bei einer Entscheidung keinen "
        "Zweig gibt, weil alle anderen Gruppen vorbehalten sind (`cohorts`). Nicht gemeldet werden Schritte ohne "
        "Angabe, für wen sie sind: sie gelten für alle.",
        en="Target groups of the model for which there is no step in a field of action, or no branch at a decision, "
        "because all are reserved for other groups (`cohorts`). Not reported: steps that do not state whom they are "
        "for; they are for everybody.",
    ),
    matters=Wording(
        de="Das Modell nennt die Gruppe, und der Ablauf lässt sie aus.",
        en="The model names the group, and the process leaves it out.",
    ),
    resolve=Wording(
        de="Weg ergänzen oder angeben, dass die Gruppe nicht betroffen ist.",
        en="Add the path, or state that the group is not concerned.",
    ),
    sources=("G-26", "S0-05", "S0-06"),
    sound=example_model(
        _BODY
        + """\
      beginn: {type: start, name: Angekommen, actor: person, next: wohnen}
      wohnen: {name: Unterbringen, actor: sozialamt, next: ende}
      ende:   {type: end, name: Untergebracht}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      beginn: {type: start, name: Angekommen, actor: person, next: wohnen}
      wohnen: {name: Familienwohnung geben, actor: sozialamt, cohorts: [eltern], next: ende}
      ende:   {type: end, name: Untergebracht}
    handovers: none
"""
    ),
    find=find_group_without_path,
)
