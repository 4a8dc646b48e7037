"""Who knows a datum at a node, who ever sees it, and the way that it takes through a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ankunft_model.analysis.knowledge.compilation import EVERYTHING, FORGETTING, NOTHING, Reading, compile_facts
from ankunft_model.analysis.knowledge.exploration import explore_with
from ankunft_model.analysis.knowledge.facts import APPLICANT, DataFacts, ItemKey, NodeFacts
from ankunft_model.analysis.knowledge.observing import Observer
from ankunft_model.analysis.knowledge.open_facts import is_anything_open
from ankunft_model.errors import UnknownElementError
from ankunft_model.graph import RunGraph, build_run_graph, build_token_game, build_workflow_graph, entry_processes
from ankunft_model.model import Activity, ArrivalModel, nearest
from ankunft_model.wording import Wording


@dataclass(frozen=True, slots=True)
class KnownAt:
    """Who knows a datum right before a node executes.

    Attributes:
        item: Main name of the datum.
        node: The node.
        always: Actors and systems that know or hold it on every run that executes the node, each time.
        sometimes: Those that do on some run only.
        possibly: Those that do on none as far as is stated, and would on some if what is open were answered so.
        is_reached: Whether any run executes the node; if not, nobody is named.
        exact: False if a limit was reached; then `always` may be too short and `sometimes` too long.
    """

    item: str
    node: str
    always: tuple[str, ...]
    sometimes: tuple[str, ...]
    is_reached: bool
    exact: bool
    possibly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """The way of a datum: ids of nodes; with the system or handover where there is one.

    Attributes:
        collected, produced, used, discarded, voided: Nodes that do so; `used` are those that need or confirm it.
        recorded, retrieved: Node and system.
        handed_over: Ids of handovers that carry it.
        printed: Node that issues, and document.
    """

    item: str
    collected: tuple[str, ...]
    produced: tuple[str, ...]
    recorded: tuple[tuple[str, str], ...]
    handed_over: tuple[str, ...]
    retrieved: tuple[tuple[str, str], ...]
    printed: tuple[tuple[str, str], ...]
    used: tuple[str, ...]
    voided: tuple[str, ...]
    discarded: tuple[str, ...]


def who_knows(model: ArrivalModel, item: str, *, at: str) -> KnownAt:
    """Return who knows `item` right before the node `at` executes.

    Raises:
        UnknownElementError: the item or the node is not known.
    """
    main = _main_name(model, item)
    if at not in model.nodes:
        raise _unknown("Den Knoten", "node", at, model.nodes)
    stated = _seen_at(model, main, at, NOTHING)
    if stated.names is None or not stated.is_reached:
        return KnownAt(main, at, (), (), is_reached=False, exact=stated.is_exact)
    knowers = stated.names.knowers
    spread, forgetting = stated, stated
    if any(is_anything_open(model, build_workflow_graph(*group)) for group in entry_processes(model)):
        spread = _seen_at(model, main, at, EVERYTHING)
        forgetting = _seen_at(model, main, at, FORGETTING)
    always = stated.always & stated.sometimes & forgetting.always
    sometimes = stated.sometimes & ~always
    return KnownAt(
        main,
        at,
        always=knowers.names(always),
        sometimes=knowers.names(sometimes),
        possibly=knowers.names(spread.sometimes & ~stated.sometimes),
        is_reached=True,
        exact=stated.is_exact and spread.is_exact and forgetting.is_exact,
    )


@dataclass(slots=True)
class _SeenAt:
    """What is seen at a node over all runs; knowers as bits."""

    names: DataFacts | None = None
    always: int = -1
    sometimes: int = 0
    is_reached: bool = False
    is_exact: bool = True


def _seen_at(model: ArrivalModel, main: str, at: str, reading: Reading) -> _SeenAt:
    found = _SeenAt()
    for facts, runs in _groups(model, main, reading):
        node = facts.graph.index_of.get(at)
        if node is None:
            continue
        found.names = facts
        key = ItemKey(main, APPLICANT)
        by_node = dict(facts.by_node.get(key, {}))
        by_node[node] = replace(by_node.get(node, NodeFacts()), is_needed=True)
        observer = Observer(by_node, facts.knowers.all_knowers, watched=node)
        explored = explore_with(runs, observer, _initial_of(model, facts, key))
        seen = observer.observations[node]
        found.is_reached = found.is_reached or seen.lacks >= 0 or seen.has >= 0
        found.always &= observer.always
        found.sometimes |= observer.sometimes
        found.is_exact = found.is_exact and explored.is_exact
        if not explored.is_exact:
            found.always, found.sometimes = 0, facts.knowers.all_knowers
    return found


def disclosure(model: ArrivalModel, *, with_open_facts: bool = False) -> dict[str, tuple[str, ...]]:
    """Return who ever knows or holds each datum on some run, by item in the order of the model.

    This is the table "who sees what": actors first, then systems; the person, who has everything, is left out.

    Args:
        model: The model.
        with_open_facts: Whether those are added that some answer to what the model leaves open would let know it.
    """
    seen: dict[str, int] = dict.fromkeys((model.canonical(item) for item in model.data), 0)
    names: DataFacts | None = None
    for facts, runs in _groups(model, None, EVERYTHING if with_open_facts else NOTHING):
        names = names or facts
        for item in seen:
            key = ItemKey(item, APPLICANT)
            initial = _initial_of(model, facts, key)
            observer = Observer(facts.by_node.get(key, {}), facts.knowers.all_knowers)
            found = explore_with(runs, observer, initial)
            seen[item] |= (found.ever if found.is_exact else observer.may_know(initial)) | initial
    return {} if names is None else {item: names.knowers.names(mask) for item, mask in seen.items()}


def lineage(model: ArrivalModel, item: str) -> Lineage:
    """Return the way that `item` takes: where it is collected, stored, handed over, retrieved and used.

    Raises:
        UnknownElementError: the item is not known.
    """
    main = _main_name(model, item)

    def names(ids: Iterable[str]) -> bool:
        return any(model.canonical(inner) == main for inner in model.items_of(ids))

    steps = [node for node in model.nodes.values() if isinstance(node, Activity)]
    pairs: dict[str, list[tuple[str, str]]] = {"recorded": [], "retrieved": [], "printed": []}
    for step in steps:
        both = names(entry.item for entry in step.collects or ()) or names(step.produces or ())
        for recording in step.records_in or ():
            if both if recording.data is None else names(recording.data):
                pairs["recorded"].append((step.id, recording.system))
        pairs["retrieved"] += [(step.id, one.from_) for one in step.retrieves or () if names(one.data or ())]
        pairs["printed"] += [
            (step.id, document)
            for document in step.documents_out or ()
            if names(model.documents[document].prints or ())
        ]
    return Lineage(
        item=main,
        collected=tuple(step.id for step in steps if names(entry.item for entry in step.collects or ())),
        produced=tuple(step.id for step in steps if names(step.produces or ())),
        recorded=tuple(pairs["recorded"]),
        handed_over=tuple(
            handover.id
            for handover in model.handovers.values()
            if names(handover.data or ())
            or any(names(model.documents[document].prints or ()) for document in handover.documents or ())
        ),
        retrieved=tuple(pairs["retrieved"]),
        printed=tuple(pairs["printed"]),
        used=tuple(step.id for step in steps if names((*(step.needs or ()), *(step.confirms or ())))),
        voided=tuple(step.id for step in steps if names(step.changes or ())),
        discarded=tuple(step.id for step in steps if names(step.discards or ())),
    )


def _groups(model: ArrivalModel, item: str | None, reading: Reading) -> Iterator[tuple[DataFacts, RunGraph]]:
    only = None if item is None else frozenset((item,))
    for group in entry_processes(model):
        runs = build_run_graph(build_token_game(*group))
        yield compile_facts(model, runs.game.graph, reading, only=only), runs


def _initial_of(model: ArrivalModel, facts: DataFacts, key: ItemKey) -> int:
    """Return who holds a datum at the beginning, also if no step of the processes touches it."""
    if key in facts.initial:
        return facts.initial[key]
    return sum(
        facts.knowers.bit_of[system.id]
        for system in model.systems.values()
        if any(model.canonical(held) == key.item for held in model.items_of(system.holds or ()))
    )


def _main_name(model: ArrivalModel, item: str) -> str:
    if item not in model.data:
        raise _unknown("Die Angabe", "data item", item, model.data)
    return model.canonical(item)


def _unknown(german: str, english: str, id_: str, known: Iterable[str]) -> UnknownElementError:
    near = nearest(id_, known)
    return UnknownElementError(
        Wording(
            de=f"{german} „{id_}“ gibt es nicht." + (f" Gemeint: „{near}“?" if near else ""),
            en=f"there is no {english} '{id_}'." + (f" Did you mean '{near}'?" if near else ""),
        ),
        element_id=id_,
    )
