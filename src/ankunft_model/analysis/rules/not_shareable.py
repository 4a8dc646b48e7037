"""One body has asked for what another one needs, and no way leads from the one to the other.

What it finds: data that a step lacks although another body has asked the person for them before, where the model has
neither a handover to the body that needs them, nor a right to read them, nor a legal basis or consent for passing
them on.

Why it matters: the person has answered, and the answer is of no use where it counts (S3-06: information was not
recorded or could not be shared).

How to resolve it: ask for the datum where it is needed, or create the way: legal basis or consent, then a handover.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.elements import about_member
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.knowledge.facts import ItemKey
from ankunft_model.analysis.knowledge.open_facts import UnknownFact
from ankunft_model.analysis.knowledge.results import Gap, ItemKnowledge, ProcessKnowledge
from ankunft_model.analysis.naming import listed
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import Preceded, StepOrder
from ankunft_model.analysis.transfers import institution_of
from ankunft_model.analysis.ways_to_share import WaysToShare
from ankunft_model.analysis.witness import Run
from ankunft_model.findings import Certainty, ElementRef
from ankunft_model.graph.limits import Limit, in_order
from ankunft_model.wording import Wording


def find_not_shareable(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per step, member and certainty, in the order of the model."""
    ways = WaysToShare(computed)
    for knowledge, order in zip(computed.knowledge, computed.orders, strict=True):
        found: dict[tuple[str, str, Certainty], list[_Stuck]] = {}
        for item in knowledge.items.values():
            for stuck in _all_stuck(computed, knowledge, order, item, ways):
                found.setdefault((stuck.gap.node, stuck.key.member, stuck.certainty), []).append(stuck)
        index_of = knowledge.facts.graph.index_of
        for _, parts in sorted(found.items(), key=lambda entry: (index_of[entry[0][0]], entry[0][1:])):
            for together in _on_one_run(parts):
                yield _observation(computed, knowledge, together, ways)


@dataclass(frozen=True, slots=True)
class _Stuck:
    """A need that somebody else could meet if there were a way."""

    key: ItemKey
    gap: Gap
    asked_at: tuple[str, ...]
    certainty: Certainty
    run: Run
    is_exact: bool
    limits: tuple[Limit, ...] = ()


def _on_one_run(parts: list[_Stuck]) -> list[list[_Stuck]]:
    """Return the needs of one step, those together whose askers are all on the run of the first of them.

    One witness shows one run: bodies that ask on different branches are told one by one.
    """
    groups: list[list[_Stuck]] = []
    for part in parts:
        for group in groups:
            if len(group[0].run.passing(part.asked_at)) == len(part.asked_at):
                group.append(part)
                break
        else:
            groups.append([part])
    return groups


def _all_stuck(
    computed: Computations,
    knowledge: ProcessKnowledge,
    order: StepOrder,
    item: ItemKnowledge,
    ways: WaysToShare,
) -> Iterator[_Stuck]:
    """Yield the needs for an item that are stuck; what comes before steps with the same askers is asked at once."""
    facts = knowledge.facts
    asked_for = _asked_for(computed, knowledge, item, ways)
    if not asked_for:
        return
    gone = [facts.graph.nodes[node].id for node, fact in facts.by_node[item.key].items() if fact.is_voided]
    needing: dict[tuple[str, ...], list[str]] = {}
    for gap, asked_at in asked_for:
        needing.setdefault(asked_at, []).append(gap.node)
    told = {} if gone else {at: order.told_by_blocks(nodes, at) for at, nodes in needing.items()}
    seen: dict[tuple[str, ...], dict[str, Preceded]] = {}
    for gap, asked_at in asked_for:
        asked_before = told.get(asked_at, {}).get(gap.node)
        if asked_before is not None:  # often that is all, and no runs are looked for
            passed = gap.run.passing(asked_at) if asked_before.sometimes else ()
            if passed:
                yield _Stuck(
                    gap.key, gap, passed, gap.certainty if asked_before.always else "possible", gap.run, gap.exact
                )
            if passed or not asked_before.sometimes or _gains_itself(knowledge, gap):
                continue
        if asked_at not in seen:
            seen[asked_at] = order.preceded(needing[asked_at], asked_at, cleared_by=gone)
        answer = seen[asked_at].get(gap.node)
        if answer is None or answer.marked is None:
            continue
        run = gap.run
        before = run.passing(asked_at)
        if not before:  # else the run that shows the need unmet passes somebody who has asked
            if _gains_itself(knowledge, gap):
                continue
            run = answer.marked
            before = run.passing(asked_at)
        certainty: Certainty = (
            "definite" if gap.certainty == "definite" and answer.certainty_marked == "definite" else "possible"
        )
        yield _Stuck(gap.key, gap, before, certainty, run, gap.exact and answer.is_exact, answer.limits)


def _asked_for(
    computed: Computations, knowledge: ProcessKnowledge, item: ItemKnowledge, ways: WaysToShare
) -> list[tuple[Gap, tuple[str, ...]]]:
    """Return the gaps to whose actors no way leads, each with the steps at which other bodies ask for the datum."""
    model, facts = computed.model, knowledge.facts
    asked_for: list[tuple[Gap, tuple[str, ...]]] = []
    asked_of: dict[str, tuple[str, ...]] = {}
    asking: list[tuple[str, str]] | None = None
    for gap in item.gaps:
        actor = gap.actor
        if actor is None or ways.lead(gap.key.item, actor):
            continue
        if asking is None:
            asking = [
                (node, institution_of(model, asker))
                for node in item.collected_at
                if (asker := facts.performers[facts.graph.index_of[node]]) is not None
                and asker not in facts.knowers.person
            ]
        if actor not in asked_of:
            own = institution_of(model, actor)
            asked_of[actor] = tuple(node for node, asker in asking if asker != own)
        if asked_of[actor]:
            asked_for.append((gap, asked_of[actor]))
    return asked_for


def _gains_itself(knowledge: ProcessKnowledge, gap: Gap) -> bool:
    """Return whether the actor asks for the datum, or creates it, at another step."""
    facts = knowledge.facts
    return any(
        (fact.is_collected or fact.is_produced) and facts.performers[node] == gap.actor
        for node, fact in facts.by_node[gap.key].items()
    )


def _observation(
    computed: Computations, knowledge: ProcessKnowledge, parts: list[_Stuck], ways: WaysToShare
) -> Observation:
    names = computed.names
    gap = parts[0].gap
    index_of = knowledge.facts.graph.index_of
    items = tuple(dict.fromkeys(part.key.item for part in parts))
    asked_at = tuple(sorted({node for part in parts for node in part.asked_at}, key=index_of.__getitem__))
    askers = listed(dict.fromkeys(names.actor(knowledge.facts.performers[index_of[node]]) for node in asked_at))
    actor, step, what = names.actor(gap.actor), names.node(gap.node), names.items(items)
    about = names.about(gap.key.member)
    asked_for = {id_ for item in items for id_ in computed.wanted_by.get((gap.actor, item), ())}
    wanted = sorted(asked_for, key=computed.place_of_handover.__getitem__)
    one = len({knowledge.facts.performers[index_of[node]] for node in asked_at}) == 1
    run = parts[0].run
    return Observation(
        message=Wording(
            de=f"{actor.de} braucht {what.de}{about.de} für {step.de}. {askers.de} {'hat' if one else 'haben'} danach "
            "gefragt, aber es gibt dafür weder eine Übermittlung noch einen Abruf noch eine Rechtsgrundlage.",
            en=f"{actor.en} needs {what.en}{about.en} for {step.en}. {askers.en} {'has' if one else 'have'} asked for "
            "it, but there is neither a transfer, nor a retrieval, nor a legal basis for one.",
        ),
        recommendation=Wording(
            de="Klären, worauf eine Weitergabe gestützt werden kann (Norm oder Einwilligung), und sie vereinbaren; sonst "
            f"die Angabe bei {step.de} erfragen.",
            en="Clarify what passing it on can rest on (a norm or consent) and agree on it; otherwise ask for it at "
            f"{step.en}.",
        ),
        elements=(
            ElementRef("node", gap.node),
            *(ElementRef("node", node) for node in asked_at),
            *(ElementRef("handover", id_) for id_ in wanted),
            *about_member(gap.key),
        ),
        certainty=parts[0].certainty,
        exact=all(part.is_exact for part in parts),
        limits=in_order(limit for part in parts for limit in (*part.limits, *(knowledge.items[part.key].limits))),
        depends_on=computed.open_questions(_open_ways(computed, parts, ways)),
        data=items,
        witness=run.witness((*asked_at, gap.node)),
        full_run=run.ids,
    )


def _open_ways(computed: Computations, parts: list[_Stuck], ways: WaysToShare) -> list[UnknownFact]:
    """Return what is open and could close the gap, or be a way to the actor even if it is used too late."""
    model, actor = computed.model, parts[0].gap.actor
    found = [fact for part in parts for fact in part.gap.depends_on]
    found += computed.silent_handovers.get(actor, ())
    for system in model.systems.values():
        is_unsettled = system.holds is None and system.stores is None
        if system.readers is None:
            kept = ways.kept_in(system.id)
            if is_unsettled or any(part.key.item in kept for part in parts):
                found.append(UnknownFact("readers", system.id))
        elif is_unsettled and any(access.actor == actor for access in system.readers):
            found.append(UnknownFact("holds", system.id))
    return found


_BODY = """\
data:
  skills: {name: Fähigkeiten, category: education_work}
processes:
  beratung:
    name: Beratung
    nodes:
      beginn:  {type: start, name: Angekommen, actor: person, next: fragen}
      fragen:  {name: Erstgespräch führen, actor: sozialamt, collects: [skills], next: planen}
      planen:  {name: Plan schließen, actor: jobcenter, needs: [skills], next: ende}
      ende:    {type: end, name: Plan geschlossen}
"""

RULE = Rule(
    id="not-shareable",
    codes=("D-06",),
    title=Wording(de="Erhoben, aber nicht weitergebbar", en="Collected where it cannot be used"),
    group="data",
    severity="warning",
    dimension="fitting",
    finds=Wording(
        de="Angaben, die einer Stelle für einen Schritt fehlen, obwohl eine andere die Person schon danach gefragt hat, "
        "und für die es weder Übergabe noch Abruf noch Papier noch Rechtsgrundlage oder Einwilligung gibt. Nicht "
        "gemeldet wird, wo ein Weg oder eine Grundlage besteht und nur nicht oder zu spät genutzt wird.",
        en="Data that a body lacks for a step although another one has already asked the person for them, and for which "
        "there is neither a handover, nor retrieval, nor paper, nor a legal basis or consent. Not reported: where a way "
        "or a basis exists and is only not used, or used too late.",
    ),
    matters=Wording(
        de="Die Person hat geantwortet, und die Antwort hilft nicht dort, wo sie gebraucht wird.",
        en="The person has answered, and the answer does not help where it is needed.",
    ),
    resolve=Wording(
        de="Grundlage klären und Weitergabe vereinbaren, oder die Angabe dort erheben, wo sie gebraucht wird.",
        en="Clarify the basis and agree on a transfer, or collect the datum where it is needed.",
    ),
    sources=("D-06", "S3-06"),
    sound=example_model(
        _BODY
        + """\
    handovers:
      - {id: h1, from: fragen, to: planen, channel: interface_xoev, data: [skills], agreement: not_needed}
"""
    ),
    broken=example_model(_BODY + "    handovers: none\n"),
    find=find_not_shareable,
)
