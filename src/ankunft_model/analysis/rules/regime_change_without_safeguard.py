"""A benefit of one legal regime ends, one of another begins, and nothing secures the change.

What it finds: changes between benefits of different regimes and payers that cover the same need, where neither an
agreement lies between the payers, nor the old benefit is paid until the new one starts, nor the authority itself sets
the new one going.

Why it matters: at this crossing people lose money without anybody having done anything wrong.

How to resolve it: agree on advance notice, continued payment and reimbursement, or let the decision itself set the new
benefit going.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ankunft_model.analysis.agreements import have_agreed, open_agreements
from ankunft_model.analysis.complete_runs import find_complete_run
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import listed_nodes, node_path
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import Preceded, StepOrder
from ankunft_model.analysis.transfers import institution_of
from ankunft_model.findings import ElementRef, OpenFact
from ankunft_model.model import Activity, ArrivalModel, Benefit, StartOfBenefit
from ankunft_model.registries import vocabulary
from ankunft_model.wording import Wording

PROACTIVE: Final = frozenset({"push", "status_event", "timer"})
"""Ways of setting a step going that do not wait for the person."""


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A change of regime: where the old benefit ends, where the new one begins; `is_always`: whenever that begins."""

    old: Benefit
    new: Benefit
    ends: tuple[str, ...]
    begins: tuple[str, ...]
    seen: Preceded
    is_always: bool


def find_regime_change_without_safeguard(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per pair of benefits, in the order of the model."""
    model = computed.model
    for old in model.benefits.values():
        for new in model.benefits.values():
            if not _is_change(model, old, new) or _is_bridged(model, old, new):
                continue
            crossing = _crossing(computed, old, new)
            if crossing is None or _is_proactive(model, new, crossing) or have_agreed(computed, old.payer, new.payer):
                continue
            yield _observation(computed, crossing)


def _is_change(model: ArrivalModel, old: Benefit, new: Benefit) -> bool:
    return (
        old.regime != new.regime
        and bool(set(old.covers) & set(new.covers))
        and institution_of(model, old.payer) != institution_of(model, new.payer)
    )


def _is_bridged(model: ArrivalModel, old: Benefit, new: Benefit) -> bool:
    """Return whether the old benefit is paid until the new one starts, by agreement or by the stopping step."""
    for agreement in model.agreements.values():
        bridge = agreement.bridges
        if bridge is not None and (bridge.benefit, bridge.until_starts) == (old.id, new.id):
            return True
    for node in model.nodes.values():
        for change in (node.stops or ()) if isinstance(node, Activity) else ():
            if (
                change.benefit == old.id
                and isinstance(change.effective, StartOfBenefit)
                and change.effective.start_of == new.id
            ):
                return True
    return False


def _crossing(computed: Computations, old: Benefit, new: Benefit) -> _Crossing | None:
    """Return where on one run the old benefit ends and the new one is the next: payments, else entitlements."""
    model = computed.model
    between = _others(model, old, new)
    ends = _changing(model, old.id, "stops") or _changing(model, old.id, "ends_entitlement")
    ends = tuple(node for node in ends if node not in between)
    begins = _changing(model, new.id, "starts") or _changing(model, new.id, "entitles")
    for order, runs in zip(computed.orders, computed.runs, strict=True):
        seen = _on_one_run(order, ends, begins, between)
        if seen is not None:
            is_always = find_complete_run(runs, through=[begins], avoiding=ends).is_impossible
            return _Crossing(old, new, ends, begins, seen, is_always=is_always)
    return None


def _others(model: ArrivalModel, old: Benefit, new: Benefit) -> tuple[str, ...]:
    """Return the steps that begin a third benefit covering what the two have in common."""
    common = set(old.covers) & set(new.covers)
    return tuple(
        node
        for third in model.benefits.values()
        if third.id not in (old.id, new.id) and common <= set(third.covers)
        for node in (*_changing(model, third.id, "starts"), *_changing(model, third.id, "entitles"))
    )


def _changing(model: ArrivalModel, benefit: str, field: str) -> tuple[str, ...]:
    found: list[str] = []
    for node in model.nodes.values():
        if isinstance(node, Activity):
            stated = getattr(node, field) or ()
            if benefit in {entry if isinstance(entry, str) else entry.benefit for entry in stated}:
                found.append(node.id)
    return tuple(found)


def _on_one_run(
    order: StepOrder, ends: tuple[str, ...], begins: tuple[str, ...], between: tuple[str, ...]
) -> Preceded | None:
    """Return the steps in the order in which a run takes them, a change at one step included."""
    for watched, by in ((begins, ends), (ends, begins)):
        for seen in order.preceded(watched, by, cleared_by=between).values():
            if seen.marked is not None:
                return seen
    both = [node for node in begins if node in ends]
    return next((seen for seen in order.preceded(both, ()).values()), None)


def _is_proactive(model: ArrivalModel, new: Benefit, crossing: _Crossing) -> bool:
    """Return whether an authority by itself sets going what entitles to the new benefit, or what starts it."""
    deciding = _changing(model, new.id, "entitles") or crossing.begins
    return all(isinstance(step := model.nodes[node], Activity) and step.initiated_by in PROACTIVE for node in deciding)


def _observation(computed: Computations, crossing: _Crossing) -> Observation:
    names = computed.names
    old, new = crossing.old, crossing.new
    was, will = names.benefit(old.id), names.benefit(new.id)
    payer, next_payer = names.actor(old.payer), names.actor(new.payer)
    where, then = listed_nodes(names, crossing.ends), listed_nodes(names, crossing.begins)
    regimes = (_regime(old.regime), _regime(new.regime))
    run = crossing.seen.marked or crossing.seen.unmarked
    nodes = tuple(dict.fromkeys((*crossing.ends, *crossing.begins)))
    return Observation(
        message=Wording(
            de=f"Wechsel von {regimes[0].de} zu {regimes[1].de} ohne Sicherung: {payer.de} beendet {was.de} bei {where.de}, "
            f"{next_payer.de} beginnt {will.de} bei {then.de}. Es gibt weder eine Vereinbarung noch eine Weiterzahlung bis "
            "dahin, und die Person muss selbst tätig werden.",
            en=f"Change from {regimes[0].en} to {regimes[1].en} without safeguard: {payer.en} ends {was.en} at {where.en}, "
            f"{next_payer.en} begins {will.en} at {then.en}. There is neither an agreement nor payment until then, and the "
            "person has to act by itself.",
        ),
        recommendation=Wording(
            de=f"Zwischen {payer.de} und {next_payer.de} vereinbaren: Ankündigung vor dem Ende, Weiterzahlung bis zum Beginn "
            "der neuen Leistung, Erstattung untereinander; oder die Entscheidung selbst den Antrag auslösen lassen.",
            en=f"Agree between {payer.en} and {next_payer.en}: notice before the end, payment until the new benefit begins, "
            "reimbursement among each other; or let the decision itself set the application going.",
        ),
        elements=(
            *(ElementRef("node", node) for node in nodes),
            ElementRef("benefit", old.id),
            ElementRef("benefit", new.id),
        ),
        certainty="definite" if crossing.is_always and crossing.seen.is_exact else "possible",
        exact=crossing.seen.is_exact,
        limits=crossing.seen.limits,
        depends_on=(*open_agreements(computed, old.payer, new.payer), *_open_initiative(computed, crossing)),
        witness=() if run is None else run.witness(run.passing(nodes)),
        full_run=() if run is None else run.ids,
    )


def _open_initiative(computed: Computations, crossing: _Crossing) -> tuple[OpenFact, ...]:
    """Return the steps that begin the new benefit of which nobody said what sets them going."""
    deciding = _changing(computed.model, crossing.new.id, "entitles") or crossing.begins
    found: list[OpenFact] = []
    for node in deciding:
        step = computed.model.nodes[node]
        if isinstance(step, Activity) and step.initiated_by is None:
            name = computed.names.node(node)
            question = Wording(de=f"Was löst {name.de} aus?", en=f"What sets {name.en} going?")
            found.append(OpenFact(node_path(computed.model, node, "initiated_by"), question))
    return tuple(found)


def _regime(id_: str) -> Wording:
    regimes = vocabulary("regimes")
    return regimes[id_].name if id_ in regimes else Wording(id_, id_)


_BODY = """\
benefits:
  alt: {name: Leistungen nach AsylbLG, regime: asylblg, payer: sozialamt, covers: [subsistence]}
  neu: {name: Grundsicherung, regime: sgb2, payer: jobcenter, covers: [subsistence]}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:    {type: start, name: Anerkannt, actor: person, next: beenden}
      beenden:   {name: Leistung einstellen, actor: sozialamt, stops: [alt], next: bewilligen}
      bewilligen: {name: Antrag bewilligen, actor: jobcenter, initiated_by: person, starts: [neu], next: ende}
      ende:      {type: end, name: Gewechselt}
    handovers: none
"""

RULE = Rule(
    id="regime-change-without-safeguard",
    codes=("G-11",),
    title=Wording(de="Rechtskreiswechsel ohne Sicherung", en="Regime change without safeguard"),
    group="money_papers_time",
    severity="error",
    dimension="fitting",
    finds=Wording(
        de="Wechsel zwischen Leistungen verschiedener Rechtskreise und Träger für denselben Bedarf, die weder eine "
        "Vereinbarung der Träger noch eine Weiterzahlung bis zum Beginn der neuen Leistung noch ein Anstoß durch die "
        "Behörde sichert. Nicht gemeldet werden Wechsel innerhalb eines Trägers oder Rechtskreises und Leistungen, die "
        "nie in einem Ablauf aufeinandertreffen.",
        en="Changes between benefits of different regimes and payers for the same need that neither an agreement of the "
        "payers, nor payment until the new benefit begins, nor an authority that acts by itself secures. Not reported: "
        "changes within one payer or regime, and benefits that never meet on one run.",
    ),
    matters=Wording(
        de="An dieser Stelle verlieren Menschen Geld, ohne dass jemand etwas falsch gemacht hat.",
        en="At this crossing people lose money without anybody having done anything wrong.",
    ),
    resolve=Wording(
        de="Vereinbarung mit Ankündigung, Weiterzahlung und Erstattung; oder Anstoß durch die Behörde.",
        en="An agreement with notice, continued payment and reimbursement; or an authority that acts by itself.",
    ),
    sources=("G-11", "S1-06", "S2-13"),
    sound=example_model(
        """\
agreements:
  koop: {name: Kooperationsvereinbarung, parties: [sozialamt, jobcenter], binding: true, bridges: {benefit: alt, until_starts: neu}}
"""
        + _BODY
    ),
    broken=example_model("agreements: none\n" + _BODY),
    find=find_regime_change_without_safeguard,
)
