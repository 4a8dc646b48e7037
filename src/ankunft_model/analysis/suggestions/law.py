"""What the law says of a way by which a body could come to a datum, as far as model and registries state it.

Nothing here judges whether a norm carries a transfer; it sorts ways by what has been stated about them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.suggestions.results import Lawfulness
from ankunft_model.analysis.transfers import bases_allowing, institution_of, stated_bases
from ankunft_model.model import PERSON_KIND, Access, Agreement, ArrivalModel, Handover, LegalBasis, System
from ankunft_model.registries import pack_entries, retrieval_rights_of
from ankunft_model.registries.retrieval import RetrievalRight


@dataclass(frozen=True, slots=True)
class Ground:
    """What a way rests on.

    Attributes:
        bases: Ids of legal bases; those that the model does not have yet are in `new_basis`.
        consent: A consent of the model that is extended; None with `consent` as lawfulness: a new one.
        new_basis: A shipped legal basis that the way needs.
    """

    lawfulness: Lawfulness
    bases: tuple[str, ...] = ()
    consent: str | None = None
    new_basis: LegalBasis | None = None


class Law:
    """Answers what is stated about transfers and retrievals in one model."""

    def __init__(self, computed: Computations) -> None:
        self._computed = computed
        self._model = computed.model

    def is_same_body(self, one: str, other: str) -> bool:
        """Return whether two actors are one body in the sense of data protection, so that nothing is transferred."""
        return institution_of(self._model, one) == institution_of(self._model, other)

    def body_of(self, actor: str) -> str:
        """Return the institution that an actor belongs to."""
        return institution_of(self._model, actor)

    def is_forbidden(self, handover: Handover) -> bool:
        """Return whether a transfer is known to have neither legal basis nor consent; nothing is built on those."""
        if not self._is_transfer(handover) or handover.legal_basis == "not_needed":
            return False
        has_none = handover.legal_basis is not None and not stated_bases(self._model, handover)
        return has_none and handover.consent in ("none", "not_needed")

    def is_open(self, handover: Handover) -> bool:
        """Return whether nobody said what a transfer rests on."""
        if not self._is_transfer(handover) or handover.legal_basis == "not_needed" or self.is_forbidden(handover):
            return False
        return not stated_bases(self._model, handover) and handover.consent not in self._model.consents

    def ground_of_transfer(self, sender: str, receiver: str, item: str) -> Ground:
        """Return what a new handover of an item between two actors can rest on."""
        if self.is_same_body(sender, receiver):
            return Ground("same_body")
        pair = (institution_of(self._model, sender), institution_of(self._model, receiver))
        in_use = [basis for basis in self._in_use.get(pair, ()) if allows(self._model, basis, receiver, item)]
        if in_use:
            return Ground(_stated(in_use[0]), (in_use[0].id,))
        possible = self._possible(receiver, item)
        if possible:
            return Ground("to_be_examined", (possible[0].id,))
        return Ground("consent")

    def ground_of_extension(self, handover: Handover, sender: str, receiver: str, item: str) -> Ground:
        """Return what a handover can rest on that passes an item, too, or what makes it lawful if it does already."""
        if self.is_same_body(sender, receiver):
            return Ground("same_body")
        stated = stated_bases(self._model, handover)
        covering = [basis for basis in stated if allows(self._model, basis, receiver, item)]
        if covering:
            return Ground(_stated(covering[0]), (covering[0].id,))
        if self.is_open(handover):
            return Ground("unknown")
        ground = self.ground_of_transfer(sender, receiver, item)
        consent = None if stated else self._model.consents.get(handover.consent or "")
        if ground.lawfulness != "consent" or consent is None:
            return ground
        # With other recipients, wider data would reach those, too.
        is_theirs = all(self.is_same_body(recipient, receiver) for recipient in consent.recipients)
        return Ground("consent", consent=consent.id) if is_theirs else ground

    def ground_of_retrieval(self, actor: str, system: System, item: str) -> tuple[Ground, Access | None] | None:
        """Return what a retrieval can rest on, and the right to read that is to be added; None: there is no right."""
        for access in system.readers or ():
            if access.actor == actor and (access.data is None or item in self._main_names(access.data)):
                return self._ground_of_right(actor, system, access, item), None
        shipped = self._shipped_right(actor, system, item)
        if shipped is not None:
            access = Access(actor=actor, data=(item,), legal_basis=shipped.bases[0])
            return shipped, access
        if system.operated_by is not None and self.is_same_body(system.operated_by, actor):
            return Ground("same_body"), Access(actor=actor, data=(item,))
        return None

    def agreement_between(self, sender: str, receiver: str, bases: Iterable[str]) -> Agreement | bool:
        """Return the agreement that covers transfers between two actors, True if none is needed, False if one is."""
        if self.is_same_body(sender, receiver) or any(self._is_mandatory(basis) for basis in bases):
            return True
        units = (self._units(sender), self._units(receiver))
        for agreement in self._model.agreements.values():
            if all(set(agreement.parties) & side for side in units):
                return agreement
        return False

    def _is_transfer(self, handover: Handover) -> bool:
        sender, receiver = self._computed.sender(handover), self._computed.receiver(handover)
        if sender is None or receiver is None or handover.channel == () or handover.is_carried_by_person:
            return False
        if PERSON_KIND in (self._model.actors[sender].kind, self._model.actors[receiver].kind):
            return False
        return not self.is_same_body(sender, receiver)

    def _is_mandatory(self, basis: str) -> bool:
        return basis in self._model.legal_bases and self._model.legal_bases[basis].mandatory

    def _units(self, actor: str) -> set[str]:
        found = {actor}
        while (above := self._model.actors[actor].part_of) is not None:
            actor = above
            found.add(actor)
        return found

    def _main_names(self, ids: Iterable[str]) -> set[str]:
        return {self._model.canonical(item) for item in self._model.items_of(ids)}

    def _possible(self, receiver: str, item: str) -> list[LegalBasis]:
        """Return the bases of the model that name receiver and item, without those on looking up in a register."""
        return [
            basis
            for basis in bases_allowing(self._model, receiver, (item,))
            if basis.id not in self._bases_of_registers and is_valid(self._model, basis)
        ]

    @cached_property
    def _bases_of_registers(self) -> frozenset[str]:
        """The legal bases that give rights to look up in a system; they allow no handover between others."""
        found = {
            access.legal_basis
            for system in self._model.systems.values()
            for access in system.readers or ()
            if access.legal_basis is not None
        }
        kinds = {actor.kind for actor in self._model.actors.values()}
        for kind in sorted(kinds):
            found |= {right.legal_basis for item in self._model.data for right in retrieval_rights_of(kind, item)}
        return frozenset(found)

    @cached_property
    def _in_use(self) -> dict[tuple[str, str], tuple[LegalBasis, ...]]:
        """The legal bases that the model states for handovers between two institutions, by sender and receiver."""
        found: dict[tuple[str, str], dict[str, LegalBasis]] = {}
        for handover in self._model.handovers.values():
            if not self._is_transfer(handover):
                continue
            sender, receiver = self._computed.sender(handover) or "", self._computed.receiver(handover) or ""
            pair = (institution_of(self._model, sender), institution_of(self._model, receiver))
            for basis in stated_bases(self._model, handover):
                if is_valid(self._model, basis):
                    found.setdefault(pair, {}).setdefault(basis.id, basis)
        return {pair: tuple(bases.values()) for pair, bases in found.items()}

    def _ground_of_right(self, actor: str, system: System, access: Access, item: str) -> Ground:
        if access.legal_basis is not None:
            basis = self._model.legal_bases[access.legal_basis]
            if basis.stage == "in_force" and is_valid(self._model, basis):
                return Ground(_stated(basis), (basis.id,))
        if system.operated_by is not None and self.is_same_body(system.operated_by, actor):
            return Ground("same_body")
        return self._shipped_right(actor, system, item) or Ground("unknown")

    def _shipped_right(self, actor: str, system: System, item: str) -> Ground | None:
        """Return the right that the registry of retrieval rights knows for this kind of body and this register."""
        for right in retrieval_rights_of(self._model.actors[actor].kind, item):
            if right.mode != "retrieve" or not _is_register(right, system):
                continue
            if right.legal_basis in self._model.legal_bases:
                basis = self._model.legal_bases[right.legal_basis]
                if basis.stage == "in_force" and is_valid(self._model, basis):
                    return Ground(_stated(basis), (basis.id,))
                continue
            shipped = _shipped_basis(right.legal_basis)
            if shipped is not None and shipped.stage == "in_force" and is_valid(self._model, shipped):
                return Ground(_stated(shipped), (shipped.id,), new_basis=shipped)
        return None


def is_valid(model: ArrivalModel, basis: LegalBasis) -> bool:
    """Return whether a basis is valid on the day of the model; without a day, or without dates, it is not judged."""
    day = model.as_of
    if day is None:
        return True
    return (basis.valid_from is None or basis.valid_from <= day) and (basis.valid_to is None or basis.valid_to >= day)


def is_proven(basis: LegalBasis) -> bool:
    """Return whether the citation of a basis is a fact, and not an assumption or without a source yet."""
    return basis.confidence_of("cite") not in ("assumption", "source_needed")


def _stated(basis: LegalBasis) -> Lawfulness:
    return "legal_basis" if is_proven(basis) else "to_be_examined"


def allows(model: ArrivalModel, basis: LegalBasis, receiver: str, item: str) -> bool:
    """Return whether a basis names the receiver and the item."""
    if basis.allows is None:
        return False
    data = basis.allows.data or ()
    allowed = {model.canonical(inner) for inner in model.items_of(data)}
    named = {receiver, model.actors[receiver].kind, "any"} & set(basis.allows.recipients or ())
    return bool(named) and ("any" in data or item in allowed)


def _is_register(right: RetrievalRight, system: System) -> bool:
    return system.id == right.register or right.register_name.de == system.label("de")


def _shipped_basis(id_: str) -> LegalBasis | None:
    """Return a legal basis of the packs as an entry of the model's own: its citation, validity and source.

    Whom and which data it names is left out, as those are data of the pack.
    """
    entry = pack_entries("legal_bases").get(id_)
    if entry is None:
        return None
    left_out = ("allows", "origin")
    kept = {key: value for key, value in entry.items() if key not in left_out}
    return LegalBasis.model_validate({"id": id_, **kept})
