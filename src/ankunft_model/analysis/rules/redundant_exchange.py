"""Two bodies send each other the same datum, and nothing says whose value counts.

What it finds: pairs of handovers in opposite directions between the same two bodies, on one run, that pass the same
data.

Why it matters: the same thing is sent twice and compared by hand; if the values differ, nobody knows which holds.

How to resolve it: name the leading source and let the other body read it, or send in one direction only.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import Preceded, StepOrder
from ankunft_model.analysis.transfers import Transfer, find_transfers
from ankunft_model.findings import ElementRef
from ankunft_model.model import Activity, ArrivalModel
from ankunft_model.wording import Wording


def find_redundant_exchange(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per pair of handovers, in the order of the model."""
    between: dict[frozenset[str], list[Transfer]] = {}
    for transfer in find_transfers(computed):
        between.setdefault(frozenset((transfer.sender, transfer.receiver)), []).append(transfer)
    for transfers in between.values():
        for one, other in _with_common_items(computed.model, transfers):
            found = _in_order(computed, one, other)
            if found is None:
                continue
            first, second, seen = found
            items = _shared(computed.model, first, second)
            if items:
                yield _observation(computed, first, second, seen, items)


def _with_common_items(model: ArrivalModel, transfers: list[Transfer]) -> Iterator[tuple[Transfer, Transfer]]:
    """Yield the pairs in opposite directions that pass a common item, in the order of the model."""
    places: dict[str, list[int]] = {}
    pairs: set[tuple[int, int]] = set()
    for place, transfer in enumerate(transfers):
        for item in dict.fromkeys(model.canonical(item) for item in model.items_of(transfer.handover.data or ())):
            earlier = places.setdefault(item, [])
            pairs.update((other, place) for other in earlier if transfers[other].sender == transfer.receiver)
            earlier.append(place)
    for one, other in sorted(pairs):
        if transfers[one].sender != transfers[other].sender:
            yield transfers[one], transfers[other]


def _in_order(computed: Computations, one: Transfer, other: Transfer) -> tuple[Transfer, Transfer, Preceded] | None:
    """Return the two in an order in which some run makes them, or None if no run makes both."""
    for order in computed.orders:
        for first, second in ((one, other), (other, one)):
            seen = _follows(order, first, second)
            if seen is not None:
                return first, second, seen
    return None


def _follows(order: StepOrder, first: Transfer, second: Transfer) -> Preceded | None:
    sent, back = first.handover.from_node, second.handover.from_node
    if sent is None or back is None or sent == back:
        return None
    seen = order.preceded([back], [sent]).get(back)
    return None if seen is None or seen.marked is None else seen


def _shared(model: ArrivalModel, first: Transfer, second: Transfer) -> tuple[str, ...]:
    """Return the items that pass both ways, without those of which it is settled whose value counts.

    What merely stands on documents is left out.
    """
    back = {model.canonical(item) for item in model.items_of(second.handover.data or ())}
    step = model.nodes.get(second.handover.from_node or "")
    renewed: set[str] = set()
    if isinstance(step, Activity):
        ids = (*(step.changes or ()), *(step.produces or ()))
        renewed = {model.canonical(item) for item in model.items_of(ids)}
    items = dict.fromkeys(model.canonical(item) for item in model.items_of(first.handover.data or ()))
    return tuple(
        item for item in items if item in back and item not in renewed and model.data[item].source_of_truth is None
    )


def _observation(
    computed: Computations, first: Transfer, second: Transfer, seen: Preceded, items: tuple[str, ...]
) -> Observation:
    names = computed.names
    one, other, what = names.actor(first.sender), names.actor(second.sender), names.items(items)
    run = seen.marked
    nodes = dict.fromkeys((*first.ends, *second.ends))
    return Observation(
        message=Wording(
            de=f"{one.de} und {other.de} schicken einander {what.de}; welche Angabe gilt, wenn sie sich unterscheiden, "
            "ist nicht festgelegt.",
            en=f"{one.en} and {other.en} send each other {what.en}; which value holds if they differ is not laid down.",
        ),
        recommendation=Wording(
            de="Die führende Quelle festlegen und die andere Stelle darin lesen lassen; sonst nur in einer Richtung "
            "übermitteln.",
            en="Lay down the leading source and let the other body read it; otherwise transfer in one direction only.",
        ),
        elements=(
            ElementRef("handover", first.handover.id),
            ElementRef("handover", second.handover.id),
            *(ElementRef("node", node) for node in nodes),
        ),
        certainty=seen.certainty_marked,
        exact=seen.is_exact,
        limits=seen.limits,
        data=items,
        witness=() if run is None else run.witness(run.passing(nodes)),
        full_run=() if run is None else run.ids,
    )


_BODY = """\
data:
  address: {name: Anschrift, category: contact}
  result:  {name: Ergebnis, category: case_management}
processes:
  abgleich:
    name: Abgleich
    nodes:
      beginn:    {type: start, name: Abgleich fällig, actor: sozialamt, next: schicken}
      schicken:  {name: Liste schicken, actor: sozialamt, next: pruefen}
      pruefen:   {name: Liste prüfen, actor: jobcenter, produces: [result], next: ablegen}
      ablegen:   {name: Ergebnis ablegen, actor: sozialamt, next: ende}
      ende:      {type: end, name: Abgeglichen}
    handovers:
      - {id: hin, from: schicken, to: pruefen, channel: file_list, data: [address], agreement: not_needed}
"""

RULE = Rule(
    id="redundant-exchange",
    codes=("D-17",),
    title=Wording(de="Dieselbe Angabe hin und her", en="Redundant exchange"),
    group="data",
    severity="hint",
    dimension="fitting",
    finds=Wording(
        de="Zwei Übermittlungen zwischen denselben Stellen in entgegengesetzter Richtung, in einem Ablauf, mit denselben "
        "Angaben. Nicht gemeldet wird, was die zweite Stelle neu feststellt, wofür eine führende Quelle "
        "(`source_of_truth`) benannt ist, was nur auf Dokumenten mitsteht, und was die Person trägt.",
        en="Two transfers between the same bodies in opposite directions, within one run, of the same data. Not "
        "reported: what the second body establishes anew, data with a leading source (`source_of_truth`), what merely "
        "stands on documents, and what the person carries.",
    ),
    matters=Wording(
        de="Dasselbe wird zweimal geschickt und von Hand verglichen; bei Abweichungen weiß niemand, was gilt.",
        en="The same is sent twice and compared by hand; if values differ, nobody knows which one holds.",
    ),
    resolve=Wording(
        de="Führende Quelle festlegen; lesen statt schicken.",
        en="Lay down the leading source; read instead of sending.",
    ),
    sources=("D-17",),
    sound=example_model(
        _BODY
        + "      - {id: her, from: pruefen, to: ablegen, channel: file_list, data: [result], agreement: not_needed}\n"
    ),
    broken=example_model(
        _BODY
        + "      - {id: her, from: pruefen, to: ablegen, channel: file_list, data: [address], agreement: not_needed}\n"
    ),
    find=find_redundant_exchange,
)
