"""The person is examined twice for the same thing.

What it finds: examinations (steps of kind `health_check` or `assess`) that on one run ask for, or establish, the same
health data as another examination before, unless its result has surely expired.

Why it matters: an examination intrudes on the person, takes weeks, and its result may be there already.

How to resolve it: use the result that is there, with consent or on a legal basis, or look up whether it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.data_use import DataUse
from ankunft_model.analysis.elements import about_member, listed_nodes
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.freshness import has_surely_expired
from ankunft_model.analysis.knowledge.facts import ItemKey
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import Preceded, StepOrder, limits_of
from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity
from ankunft_model.wording import Wording

EXAMINING_KINDS = ("health_check", "assess")
"""Kinds of steps at which somebody is examined."""


def find_repeated_examination(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per step that examines again, in the order of the model."""
    for use, number in zip(computed.data_uses, range(len(computed.groups)), strict=True):
        examined = _examined(computed, use)
        if all(len(nodes) < 2 for nodes in examined.values()):
            continue
        order = computed.orders[number]
        again: dict[str, list[tuple[ItemKey, Preceded]]] = {}
        for key, nodes in examined.items():
            for seen in order.repeated(nodes):
                if not _has_expired(computed, order, key, nodes, seen):
                    again.setdefault(seen.node, []).append((key, seen))
        for node, found in sorted(again.items(), key=lambda entry: order.graph.index_of[entry[0]]):
            yield _observation(computed, node, found, examined)


def _examined(computed: Computations, use: DataUse) -> dict[ItemKey, list[str]]:
    """Return by health datum the examinations that ask for it or establish it."""
    found: dict[ItemKey, list[str]] = {}
    for index, node in enumerate(use.graph.nodes):
        if not isinstance(node, Activity) or node.kind not in EXAMINING_KINDS:
            continue
        asked = (entry.item for entry in node.collects or ())
        for key in dict.fromkeys(use.keys(index, (*asked, *(node.produces or ())))):
            if computed.model.data[key.item].category == "health":
                found.setdefault(key, []).append(node.id)
    return found


def _has_expired(computed: Computations, order: StepOrder, key: ItemKey, nodes: list[str], seen: Preceded) -> bool:
    index_of = order.graph.index_of
    valid_for = computed.model.data[key.item].valid_for
    return all(
        has_surely_expired(order.graph, index_of[other], index_of[seen.node], valid_for)
        for other in nodes
        if other != seen.node
    )


def _observation(
    computed: Computations, node: str, found: list[tuple[ItemKey, Preceded]], examined: dict[ItemKey, list[str]]
) -> Observation:
    names = computed.names
    items = tuple(dict.fromkeys(key.item for key, _ in found))
    last = found[-1][1]
    run = last.marked
    others = dict.fromkeys(other for key, _ in found for other in examined[key] if other != node)
    earlier = () if run is None else run.passing(others)
    what, step, where = names.items(items), names.node(node), listed_nodes(names, earlier)
    about = names.about(found[0][0].member)
    who = names.actor(computed.performer_of[node])
    return Observation(
        message=Wording(
            de=f"{who.de} untersucht bei {step.de} erneut ({what.de}{about.de}); untersucht wurde schon bei {where.de}.",
            en=f"{who.en} examines again at {step.en} ({what.en}{about.en}); there was an examination at {where.en}.",
        ),
        recommendation=Wording(
            de="Den vorhandenen Befund verwenden, mit Einwilligung oder auf gesetzlicher Grundlage; im Ausländerzentral"
            "register steht, ob und wann untersucht wurde (AZRG § 3 Abs. 2 Nr. 10).",
            en="Use the findings that are there, with consent or on a legal basis; the central register of foreigners "
            "says whether and when there was an examination (AZRG § 3 (2) No. 10).",
        ),
        elements=(
            ElementRef("node", node),
            *(ElementRef("node", other) for other in earlier),
            *about_member(found[0][0]),
        ),
        certainty="definite" if any(seen.certainty_marked == "definite" for _, seen in found) else "possible",
        exact=all(seen.is_exact for _, seen in found),
        limits=limits_of(seen for _, seen in found),
        data=items,
        witness=() if run is None else run.witness((*earlier, node)),
        full_run=() if run is None else run.ids,
    )


_BODY = """\
data:
  anamnesis: {name: Vorerkrankungen, category: health}
  finding:   {name: Befund, category: health}
processes:
  aufnahme:
    name: Aufnahme
    nodes:
      beginn:  {type: start, name: Angekommen, actor: person, next: erste}
      erste:   {name: Gesundheit prüfen, actor: sozialamt, kind: assess, collects: [anamnesis], produces: [finding], next: zweite}
"""

RULE = Rule(
    id="repeated-examination",
    codes=("D-12",),
    title=Wording(de="Wiederholte Untersuchung", en="Repeated examination"),
    group="data",
    severity="warning",
    dimension="fitting",
    finds=Wording(
        de="Untersuchungen (Schritte der Art `health_check` oder `assess`), die in einem Ablauf dieselben "
        "Gesundheitsdaten erheben oder feststellen wie eine frühere. Nicht gemeldet werden Fragen nach der Gesundheit "
        "außerhalb von Untersuchungen, abgelaufene Befunde (`valid_for`) und Untersuchungen, die einander ausschließen.",
        en="Examinations (steps of kind `health_check` or `assess`) that on one run ask for or establish the same "
        "health data as an earlier one. Not reported: questions about health outside examinations, findings that have "
        "expired (`valid_for`), and examinations that exclude each other.",
    ),
    matters=Wording(
        de="Jede Untersuchung greift in die Rechte der Person ein und kostet Wochen; der Befund liegt oft schon vor.",
        en="Each examination intrudes on the person and takes weeks; the findings are often there already.",
    ),
    resolve=Wording(
        de="Vorhandenen Befund verwenden.",
        en="Use the findings that are there.",
    ),
    sources=("D-12", "LAW:AZRG § 3 Abs. 2 Nr. 10", "LAW:IfSG § 36 Abs. 4"),
    sound=example_model(
        _BODY
        + """\
      zweite:  {name: Hilfe planen, actor: jobcenter, collects: [anamnesis], next: ende}
      ende:    {type: end, name: Hilfe geplant}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      zweite:  {name: Amtsärztlich untersuchen, actor: jobcenter, kind: health_check, collects: [anamnesis], next: ende}
      ende:    {type: end, name: Untersucht}
    handovers: none
"""
    ),
    find=find_repeated_examination,
)
