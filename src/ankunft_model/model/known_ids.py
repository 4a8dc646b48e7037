"""Which ids a model has, and which of those that it uses nothing has."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from pydantic_core import InitErrorDetails

from ankunft_model.model.identifiers import nearest
from ankunft_model.model.inconsistencies import inconsistency
from ankunft_model.model.part import Registry
from ankunft_model.model.references import Use, references, used_ids
from ankunft_model.model.vocabulary import ACTOR_KINDS
from ankunft_model.wording import Wording

if TYPE_CHECKING:
    from ankunft_model.model.arrival_model import ArrivalModel

REGISTRIES: Final = (
    "actors",
    "systems",
    "data",
    "documents",
    "legal_bases",
    "agreements",
    "consents",
    "bodies",
    "benefits",
    "cohorts",
    "cases",
    "information_duties",
    "measures",
    "sources",
    "sites",
)
"""Names of the registries of a model, in the order of the file."""

_MOST_NEAREST: Final = 30
"""So much of a model is searched for what was meant; a bound on the time that a hostile model takes."""

_MOST_SHOWN: Final = 64

_MOST_NAMED: Final = 5
"""So many known ids are named where none resembles the unknown one."""

KIND_LABELS: Final[Mapping[str, Wording]] = {
    "actors": Wording("Akteur", "actor"),
    "actor_kinds": Wording("Art von Akteur", "kind of actor"),
    "systems": Wording("System", "system"),
    "data": Wording("Angabe", "data item"),
    "documents": Wording("Dokument", "document"),
    "legal_bases": Wording("Rechtsgrundlage", "legal basis"),
    "agreements": Wording("Vereinbarung", "agreement"),
    "consents": Wording("Einwilligung", "consent"),
    "bodies": Wording("Gremium", "body"),
    "benefits": Wording("Leistung", "benefit"),
    "cohorts": Wording("Zielgruppe", "cohort"),
    "members": Wording("Haushaltsmitglied", "household member"),
    "cases": Wording("Fall", "case"),
    "information_duties": Wording("Informationspflicht", "information duty"),
    "measures": Wording("Maßnahme", "measure"),
    "sources": Wording("Quelle", "source"),
    "sites": Wording("Standort", "site"),
    "nodes": Wording("Schritt, Ereignis oder Gateway", "step, event or gateway"),
    "handovers": Wording("Übergabe", "handover"),
    "processes": Wording("Prozess", "process"),
    "anything": Wording("irgendein Element", "any element"),
}
"""What an id of each kind names."""

KIND_PREFIXES: Final[Mapping[str, str]] = {
    "actor": "actors",
    "system": "systems",
    "data": "data",
    "document": "documents",
    "legal_basis": "legal_bases",
    "agreement": "agreements",
    "consent": "consents",
    "body": "bodies",
    "benefit": "benefits",
    "cohort": "cohorts",
    "case": "cases",
    "information_duty": "information_duties",
    "measure": "measures",
    "source": "sources",
    "site": "sites",
    "node": "nodes",
    "handover": "handovers",
    "process": "processes",
}
"""What stands before the colon of `kind:id`, and the kind it means."""


def unknown_uses(model: "ArrivalModel") -> Iterator[Use]:
    """Yield the uses of ids that `model` does not have."""
    known = known_ids(model)
    for use in references(model):
        if not _is_known(use, known):
            yield use


def known_ids(model: "ArrivalModel") -> dict[str, Mapping[str, object]]:
    """Return what every kind of id may name, by kind; the keys of the inner mappings are the ids."""
    known: dict[str, Mapping[str, object]] = {name: getattr(model, name) for name in REGISTRIES}
    known["nodes"] = model.nodes
    known["handovers"] = model.handovers
    known["processes"] = model.processes
    known["members"] = {id_: member for cohort in model.cohorts.values() for id_, member in cohort.members.items()}
    own_kinds = model.vocabularies.get("actor_kinds", Registry())
    known["actor_kinds"] = dict.fromkeys((*ACTOR_KINDS, *own_kinds, *(actor.kind for actor in model.actors.values())))
    return known


def _is_known(use: Use, known: Mapping[str, Mapping[str, object]]) -> bool:
    id_, kinds = use.id, use.kinds
    if ":" in id_:
        prefix, id_ = id_.split(":", 1)
        kind = KIND_PREFIXES.get(prefix.strip())
        if kind is None or (kinds != ("anything",) and kind not in kinds):
            return False
        return id_.strip() in known[kind]
    if kinds == ("anything",):
        return any(id_ in ids for ids in known.values())
    return any(id_ in known[kind] for kind in kinds)


def _are_all_known(used: Mapping[tuple[str, ...], set[str]], known: Mapping[str, Mapping[str, object]]) -> bool:
    for kinds, ids in used.items():
        plain = {id_ for id_ in ids if ":" not in id_}  # others name their kind
        unsure = ids - (plain & known[kinds[0]].keys()) if kinds[0] in known else ids
        if not all(_is_known(Use((), id_, kinds), known) for id_ in unsure):
            return False
    return True


def find_unknown_references(model: "ArrivalModel") -> Iterator[InitErrorDetails]:
    """Yield one inconsistency per use of an id that nothing has."""
    known = known_ids(model)
    if _are_all_known(used_ids(model), known):
        return
    found = 0
    for use in references(model):
        if _is_known(use, known):
            continue
        near: str | None = None
        some: tuple[str, ...] = ()
        if found < _MOST_NEAREST:
            kinds = known if use.kinds == ("anything",) else use.kinds
            near = nearest(use.id, chain.from_iterable(known[kind] for kind in kinds))
            if near is None:
                some = tuple(islice(chain.from_iterable(known[kind] for kind in kinds), _MOST_NAMED + 1))
        found += 1
        yield unknown_reference(use, near, some)


def unknown_reference(use: Use, near: str | None, some: tuple[str, ...] = ()) -> InitErrorDetails:
    """Return the inconsistency that `use` names nothing.

    `near` is what was probably meant; without it, the message names the first of `some`, which are known.
    """
    shown = use.id if len(use.id) <= _MOST_SHOWN else f"{use.id[:_MOST_SHOWN]}…"
    kinds_de = " oder ".join(KIND_LABELS.get(kind, KIND_LABELS["anything"]).de for kind in use.kinds)
    kinds_en = " or ".join(KIND_LABELS.get(kind, KIND_LABELS["anything"]).en for kind in use.kinds)
    named, rest = some[:_MOST_NAMED], "" if len(some) <= _MOST_NAMED else ", …"
    hint = Wording("", "")
    if near:
        hint = Wording(f"; gemeint ist wohl „{near}“", f"; did you mean '{near}'?")
    elif named:
        hint = Wording(
            f"; bekannt sind: {', '.join(named)}{rest}" if len(some) > 1 else f"; bekannt ist nur „{named[0]}“",
            f"; known are: {', '.join(named)}{rest}" if len(some) > 1 else f"; known is only '{named[0]}'",
        )
    wording = Wording(
        de=f"„{shown}“ ist nicht bekannt ({kinds_de}){hint.de}", en=f"'{shown}' is not known ({kinds_en}){hint.en}"
    )
    return inconsistency(
        "unknown-reference", wording, use.path, value=shown, nearest=near or "", kinds=" ".join(use.kinds)
    )
