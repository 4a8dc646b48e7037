"""The person is asked for data that nobody uses.

What it finds: data that a step asks for although, on every run, neither this step nor a later one of any body needs
them, makes something of them, hands them over or keeps them for a stated purpose.

Why it matters: what nobody needs may not be collected (data minimisation, Art. 5 (1) (c) GDPR), and it costs time.

How to resolve it: leave the question out, or say what the answer is needed for.
"""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.data_use import QUESTION_LIMIT, DataUse
from ankunft_model.analysis.elements import about_member, node_path
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.knowledge.facts import ItemKey
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.step_order import StepOrder
from ankunft_model.findings import ElementRef, OpenFact
from ankunft_model.model import PERSON_KIND, Activity, ArrivalModel
from ankunft_model.wording import Wording


def find_collected_but_unused(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per step and member with questions whose answers nobody uses, in the order of the model."""
    for use, order_number in zip(computed.data_uses, range(len(computed.groups)), strict=True):
        left = QUESTION_LIMIT
        for index, node in enumerate(use.graph.nodes):
            if not isinstance(node, Activity) or not node.collects:
                continue
            if _is_person(computed.model, use.performers[index]):
                continue
            unused: dict[str, list[ItemKey]] = {}
            for key in _asked(computed.model, use, index, node):
                if use.is_used_from(index, key):
                    continue
                others = use.unordered_users(index, key)
                if others:
                    left -= 1
                    if left < 0 or _may_follow(use, computed.orders[order_number], index, others):
                        continue
                unused.setdefault(key.member, []).append(key)
            for keys in unused.values():
                yield _observation(computed, use, index, node, keys)


def _is_person(model: ArrivalModel, actor: str | None) -> bool:
    return actor is not None and model.actors[actor].kind == PERSON_KIND


def _asked(model: ArrivalModel, use: DataUse, index: int, node: Activity) -> Iterator[ItemKey]:
    """Yield what a step asks for, without what the law demands and what is an act by itself, such as a signature."""
    for entry in node.collects or ():
        if entry.justified_by in (None, "none"):
            for key in use.keys(index, (entry.item,)):
                if model.data[key.item].reusable:
                    yield key


def _may_follow(use: DataUse, order: StepOrder, index: int, others: tuple[int, ...]) -> bool:
    """Return whether one of the other steps executes after the step on some run."""
    nodes = use.graph.nodes
    seen = order.preceded((nodes[other].id for other in others), (nodes[index].id,))
    return any(found.marked is not None or not found.is_exact for found in seen.values())


def _observation(computed: Computations, use: DataUse, index: int, node: Activity, keys: list[ItemKey]) -> Observation:
    names = computed.names
    items = tuple(dict.fromkeys(key.item for key in keys))
    actor, step, what = names.actor(use.performers[index]), names.node(node.id), names.items(items)
    about = names.about(keys[0].member)
    questions = _questions(computed, node)
    return Observation(
        message=Wording(
            de=f"{actor.de} fragt bei {step.de} nach {what.de}{about.de}; im Modell braucht das danach niemand, und es "
            "wird nicht weitergegeben.",
            en=f"{actor.en} asks for {what.en}{about.en} at {step.en}; in the model nobody needs it afterwards, and it "
            "is not passed on.",
        ),
        recommendation=Wording(
            de="Die Frage weglassen, oder angeben, welcher Schritt die Angabe braucht und auf welcher Rechtsgrundlage.",
            en="Leave the question out, or state which step needs the datum and on which legal basis.",
        ),
        elements=(ElementRef("node", node.id), *about_member(keys[0])),
        severity="hint" if questions else "warning",
        depends_on=questions,
        data=items,
        witness=(node.id,),
    )


def _questions(computed: Computations, node: Activity) -> tuple[OpenFact, ...]:
    """Return what nobody has said yet: what the step needs itself, and who reads the systems it records in."""
    found: list[OpenFact] = []
    step = computed.names.node(node.id)
    if node.needs is None:
        question = Wording(de=f"Welche Angaben braucht {step.de}?", en=f"Which data does {step.en} need?")
        found.append(OpenFact(node_path(computed.model, node.id, "needs"), question))
    for recording in node.records_in or ():
        if computed.model.systems[recording.system].readers is None:
            name = computed.names.knower(recording.system)
            question = Wording(de=f"Wer darf {name.de} lesen?", en=f"Who may read {name.en}?")
            found.append(OpenFact(f"systems.{recording.system}.readers", question))
    return tuple(found)


_BODY = """\
data:
  bank_account: {name: Bankverbindung, category: financial}
  hobbies:      {name: Hobbys, category: biography}
processes:
  antrag:
    name: Antrag
    nodes:
      beginn:    {type: start, name: Antrag gestellt, actor: person, next: aufnehmen}
"""

RULE = Rule(
    id="collected-but-unused",
    codes=("D-04",),
    title=Wording(de="Erhebung ohne erkennbare Nutzung", en="Collected but unused"),
    group="data",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Angaben, die ein Schritt erfragt, die aber weder er selbst noch ein späterer Schritt irgendeiner Stelle "
        "braucht, weiterverarbeitet oder weitergibt. Ein Hinweis nur, solange offen ist, was der Schritt selbst "
        "braucht. Nicht gemeldet werden Angaben mit vorgeschriebener Erhebung, solche in Registern oder in "
        "Verfahren, die auch andere lesen, Kontaktdaten, über die später jemand erreicht wird, und Unterschriften.",
        en="Data that a step asks for although neither it nor a later step of any body needs them, makes something of "
        "them or passes them on. A hint only while it is open what the step itself needs. Not reported: data whose "
        "collection the law demands, data in registers or in systems that others read, too, contact data over which "
        "somebody is reached later, and signatures.",
    ),
    matters=Wording(
        de="Was niemand braucht, darf nicht erhoben werden (Datenminimierung), und jede Frage kostet Zeit.",
        en="What nobody needs may not be collected (data minimisation), and each question costs time.",
    ),
    resolve=Wording(
        de="Frage streichen oder Zweck und Rechtsgrundlage angeben.",
        en="Delete the question, or state purpose and legal basis.",
    ),
    sources=("D-04", "DSGVO Art. 5 Abs. 1 Buchst. c"),
    sound=example_model(
        _BODY
        + """\
      aufnehmen: {name: Antrag aufnehmen, actor: jobcenter, collects: [bank_account], needs: none, next: zahlen}
      zahlen:    {name: Auszahlen, actor: jobcenter, needs: [bank_account], next: ende}
      ende:      {type: end, name: Ausgezahlt}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      aufnehmen: {name: Antrag aufnehmen, actor: jobcenter, collects: [bank_account, hobbies], needs: none, next: zahlen}
      zahlen:    {name: Auszahlen, actor: jobcenter, needs: [bank_account], next: ende}
      ende:      {type: end, name: Ausgezahlt}
    handovers: none
"""
    ),
    find=find_collected_but_unused,
)
