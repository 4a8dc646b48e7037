"""A handover passes data on that the receiver has no use for.

What it finds: handovers that pass on data which no step of the receiving body, from there on, needs, asks for, makes
something of, keeps or passes on.

Why it matters: personal data may only go to those who need them (Art. 5 (1) (c) GDPR); a consent or an agreement
reaches as far as its purpose.

How to resolve it: cut the transfer down to what the receiver needs, or state what it needs the rest for.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.data_use import QUESTION_LIMIT, DataUse
from ankunft_model.analysis.elements import node_path
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.knowledge.facts import APPLICANT, ItemKey
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import StepOrder
from ankunft_model.findings import ElementRef, OpenFact, Reason
from ankunft_model.model import PERSON_KIND, Activity, ArrivalModel, Handover
from ankunft_model.wording import Wording


def find_over_transfer(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per handover that passes on too much, in the order of the model."""
    asked = _asked_by_actor(computed)
    for number, use in enumerate(computed.data_uses):
        left = QUESTION_LIMIT
        performing = frozenset(use.performers)
        for process in use.graph.processes:
            for handover in process.handovers or ():
                sender, receiver = computed.sender(handover), computed.receiver(handover)
                if receiver is None or sender == receiver or not _is_judged(computed.model, handover, sender, receiver):
                    continue
                if receiver not in performing:
                    continue
                idle: list[str] = []
                for item in _passed(computed.model, handover):
                    if _is_named_by_law(computed.model, handover, receiver, item):
                        continue
                    if item in asked.get(receiver, ()):
                        continue
                    if _is_used(use, handover, receiver, item):
                        continue
                    others = _unordered(use, handover, receiver, item)
                    if others:
                        left -= 1
                        if left < 0 or _may_follow(use, computed.orders[number], handover, others):
                            continue
                    idle.append(item)
                if idle:
                    yield _observation(computed, use, handover, receiver, tuple(idle))


def _is_judged(model: ArrivalModel, handover: Handover, sender: str | None, receiver: str) -> bool:
    """Return whether the rule looks at the handover: not what persons carry, send or get, nor what the law orders."""
    kinds = {model.actors[actor].kind for actor in (sender, receiver) if actor is not None}
    if PERSON_KIND in kinds or handover.channel == () or handover.is_carried_by_person:
        return False
    bases = () if handover.legal_basis in (None, "not_needed") else handover.legal_basis or ()
    return not any(model.legal_bases[basis].mandatory for basis in bases)


def _passed(model: ArrivalModel, handover: Handover) -> tuple[str, ...]:
    """Return the main names of the items in `data`, special categories (Art. 9 GDPR) first."""
    items = dict.fromkeys(model.canonical(item) for item in model.items_of(handover.data or ()))
    return tuple(sorted(items, key=lambda item: not model.data[item].is_special))


def _is_named_by_law(model: ArrivalModel, handover: Handover, receiver: str, item: str) -> bool:
    """Return whether a legal basis of the handover names this very item for the receiver: the law says what for."""
    bases = () if handover.legal_basis in (None, "not_needed") else handover.legal_basis or ()
    for basis in bases:
        allows = model.legal_bases[basis].allows
        if allows is None or not {receiver, model.actors[receiver].kind} & set(allows.recipients or ()):
            continue
        if item in {model.canonical(inner) for inner in model.items_of(allows.data or ())}:
            return True
    return False


def _asked_by_actor(computed: Computations) -> dict[str | None, set[str]]:
    """Return what each actor asks for at any of its steps: what it asks for, it needs, also on another branch."""
    model = computed.model
    found: dict[str | None, set[str]] = {}
    for node in model.nodes.values():
        if isinstance(node, Activity) and node.collects:
            items = model.items_of(entry.item for entry in node.collects)
            found.setdefault(computed.performer_of[node.id], set()).update(map(model.canonical, items))
    return found


def _is_used(use: DataUse, handover: Handover, receiver: str, item: str) -> bool:
    """Return whether a step of the receiver that flows lead to uses the item, about whomever."""
    for end in (handover.to_node, handover.from_node):
        if end is not None and any(
            use.is_used_from(use.graph.index_of[end], key, actor=receiver) for key in _keys(use, item)
        ):
            return True
    if handover.from_node is None and handover.to_node is None:
        return any(
            use.is_used_from(node, key, actor=receiver)
            for node in range(len(use.graph.nodes))
            for key in _keys(use, item)
        )
    return False


def _keys(use: DataUse, item: str) -> tuple[ItemKey, ...]:
    members = (member for cohort in use.model.cohorts.values() for member in cohort.members)
    return tuple(ItemKey(item, member) for member in (APPLICANT, *members))


def _unordered(use: DataUse, handover: Handover, receiver: str, item: str) -> tuple[int, ...]:
    """Return steps of the receiver that use the item and may run beside the sending step."""
    if handover.from_node is None:
        return ()
    sender = use.graph.index_of[handover.from_node]
    found = {node for key in _keys(use, item) for node in use.unordered_users(sender, key, actor=receiver)}
    return tuple(sorted(found))


def _may_follow(use: DataUse, order: StepOrder, handover: Handover, others: tuple[int, ...]) -> bool:
    seen = order.preceded((use.graph.nodes[other].id for other in others), (handover.from_node or "",))
    return any(found.marked is not None or not found.is_exact for found in seen.values())


def _observation(
    computed: Computations, use: DataUse, handover: Handover, receiver: str, items: tuple[str, ...]
) -> Observation:
    names = computed.names
    sender, who, what = names.actor(computed.sender(handover)), names.actor(receiver), names.items(items)
    one = len(items) == 1
    ends = tuple(end for end in (handover.from_node, handover.to_node) if end is not None)
    bases = () if handover.legal_basis in (None, "not_needed") else handover.legal_basis or ()
    return Observation(
        message=Wording(
            de=f"{sender.de} übermittelt {what.de} an {who.de}; dort braucht {'das' if one else 'diese Angaben'} im "
            "Modell kein Schritt.",
            en=f"{sender.en} transfers {what.en} to {who.en}; in the model no step there needs {'it' if one else 'them'}.",
        ),
        recommendation=Wording(
            de="Den Umfang der Übermittlung auf das Erforderliche begrenzen, oder angeben, wofür die empfangende Stelle "
            "die Angaben braucht.",
            en="Limit the transfer to what is necessary, or state what the receiving body needs the data for.",
        ),
        elements=(ElementRef("handover", handover.id), *(ElementRef("node", end) for end in ends)),
        depends_on=_questions(computed, use, handover, receiver),
        data=items,
        because=tuple(Reason("legal_basis", basis) for basis in bases),
        witness=ends,
    )


def _questions(computed: Computations, use: DataUse, handover: Handover, receiver: str) -> tuple[OpenFact, ...]:
    """Return whether nobody has said what the receiving step needs; without one, no step of the receiver."""
    if handover.to_node is not None:
        steps = [handover.to_node]
    else:
        steps = [use.graph.nodes[node].id for node, actor in enumerate(use.performers) if actor == receiver]
    found: list[OpenFact] = []
    for id_ in steps:
        step = computed.model.nodes[id_]
        if isinstance(step, Activity) and step.needs is None:
            name = computed.names.node(id_)
            question = Wording(de=f"Welche Angaben braucht {name.de}?", en=f"Which data does {name.en} need?")
            found.append(OpenFact(node_path(computed.model, id_, "needs"), question))
    return tuple(found)


_BODY = """\
data:
  rent:      {name: Miete, category: housing}
  diagnosis: {name: Diagnose, category: health}
processes:
  wechsel:
    name: Wechsel
    nodes:
      beginn:    {type: start, name: Wechsel steht an, actor: person, next: abgeben}
      abgeben:   {name: Akte abgeben, actor: sozialamt, next: annehmen}
      annehmen:  {name: Fall annehmen, actor: jobcenter, needs: [rent], next: ende}
      ende:      {type: end, name: Angenommen}
    handovers:
"""

RULE = Rule(
    id="over-transfer",
    codes=("D-16",),
    title=Wording(de="Mehr übermittelt als gebraucht", en="Over-transfer"),
    group="data",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Übergaben mit Angaben, die kein Schritt der empfangenden Stelle von da an braucht, erfragt, "
        "weiterverarbeitet, speichert oder weitergibt; nur möglich, solange offen ist, was der empfangende Schritt "
        "braucht. Nicht gemeldet wird, was die Person selbst trägt oder schickt, was auf Dokumenten mitsteht, was ein "
        "Gesetz zu übermitteln verpflichtet oder für diese Stelle einzeln nennt, wonach die Stelle auf einem anderen "
        "Weg selbst fragt, und Stellen ohne Schritt im Modell.",
        en="Handovers with data that no step of the receiving body, from there on, needs, asks for, makes something of, "
        "keeps or passes on; only possible while it is open what the receiving step needs. Not reported: what the "
        "person carries or sends, what merely stands on documents, what a law orders to be transferred or names item "
        "by item for this body, what the body itself asks for on another path, and bodies without a step in the model.",
    ),
    matters=Wording(
        de="Personenbezogene Daten dürfen nur dorthin, wo sie gebraucht werden; eine Einwilligung reicht nur so weit wie "
        "ihr Zweck.",
        en="Personal data may go only where they are needed; a consent reaches only as far as its purpose.",
    ),
    resolve=Wording(
        de="Umfang begrenzen oder Bedarf angeben.",
        en="Limit the scope, or state the need.",
    ),
    sources=("D-16", "S1-05", "DSGVO Art. 5 Abs. 1 Buchst. c"),
    sound=example_model(
        _BODY + "      - {id: h1, from: abgeben, to: annehmen, channel: email, data: [rent], agreement: not_needed}\n"
    ),
    broken=example_model(
        _BODY
        + "      - {id: h1, from: abgeben, to: annehmen, channel: email, data: [rent, diagnosis], agreement: not_needed}\n"
    ),
    find=find_over_transfer,
)
