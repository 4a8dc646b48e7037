"""From chosen ways to suggestions: what belongs together is told as one, with its changes, law and condition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.suggestions.candidates import Candidate, Part, Target, Way
from ankunft_model.analysis.suggestions.changing import Change
from ankunft_model.analysis.suggestions.new_ids import NewIds
from ankunft_model.analysis.suggestions.results import LAWFULNESS, Suggestion, SuggestionKind
from ankunft_model.analysis.suggestions.texts import (
    condition_of_consent,
    law_in_words,
    law_of_own_file,
    text_of_own_file,
    text_of_way,
    text_of_wider_consent,
)
from ankunft_model.findings import Reason
from ankunft_model.model import Access, Agreement, Consent, Handover, LegalBasis, Retrieval, Translations
from ankunft_model.wording import Wording

_SUGGESTED = Translations({"de": "Vorschlag, noch nicht vereinbart", "en": "Suggestion, not agreed yet"})


@dataclass(slots=True)
class _Bundle:
    """Ways that are told as one suggestion, and what they cure."""

    ways: dict[Part, Way] = field(default_factory=dict[Part, Way])
    items_of: dict[Part, dict[str, None]] = field(default_factory=dict[Part, dict[str, None]])
    targets: list[Target] = field(default_factory=list[Target])
    used: list[tuple[Way, Target]] = field(default_factory=list[tuple[Way, Target]])
    is_unclear: bool = False


class SuggestionBuilder:
    """Makes the suggestions of one round."""

    def __init__(self, computed: Computations, accepted: tuple[Candidate, ...], round_: int) -> None:
        self._computed = computed
        self._model = computed.model
        self._names = computed.names
        self._accepted = accepted
        self._round = round_
        self._position = {item: number for number, item in enumerate(self._model.data)}
        self._step_position = {node: number for number, node in enumerate(self._model.nodes)}
        self._handover_ids = NewIds(self._model.handovers)
        self._agreement_ids = NewIds(self._model.agreements)
        self._consent_ids = NewIds(self._model.consents)

    def build(self, earlier: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
        """Return the suggestions; those of later rounds say which earlier ones about the same data they need."""
        for consent in (change.part for one in earlier for change in one.changes):
            if isinstance(consent, Consent) and consent.description == _SUGGESTED:
                self._consent_ids.keep(("consent", consent.given_at[0], consent.recipients[0]), consent.id)
        found: list[Suggestion] = []
        for bundle in self._bundles():
            items = self._in_order(target.item for target in bundle.targets)
            needs = tuple(one.id for one in earlier if set(one.items) & set(items)) if self._round > 1 else ()
            found.append(self._suggestion(bundle, items, needs))
        return tuple(found)

    def _bundles(self) -> list[_Bundle]:
        """Return the ways by where they lead, those together that a target needs at once."""
        by_key: dict[Part, _Bundle] = {}
        for candidate in self._accepted:
            own = ("own_file_unclear" if candidate.is_unclear else "own_file", candidate.target.step)
            keys = [way.key for way in candidate.ways] or [own]
            bundle = by_key.setdefault(keys[0], _Bundle())
            for key in keys[1:]:
                other = by_key.setdefault(key, _Bundle())
                if other is not bundle:
                    _merge(bundle, other)
                    for known in [known for known, held in by_key.items() if held is other]:
                        by_key[known] = bundle
            bundle.targets.append(candidate.target)
            bundle.is_unclear = candidate.is_unclear
            for way in candidate.ways:
                bundle.ways.setdefault(way.key, way)
                bundle.items_of.setdefault(way.key, {}).setdefault(candidate.target.item)
                bundle.used.append((way, candidate.target))
        return list({id(bundle): bundle for bundle in by_key.values()}.values())

    def _suggestion(self, bundle: _Bundle, items: tuple[str, ...], needs: tuple[str, ...]) -> Suggestion:
        asking = self._steps(target.step for target in bundle.targets if target.is_question)
        cures = tuple(id_ for target in bundle.targets for id_ in target.findings)
        ways = list(bundle.ways.values())
        changes = [change for way in ways for change in self._changes_of(bundle, way)]
        for step in asking:
            asked = (target.item for target in bundle.targets if target.step == step and target.is_question)
            changes.append(Change("confirmation", step, self._in_order(asked)))
        if not ways:
            step = bundle.targets[0].step
            return Suggestion(
                id=f"own_file:{step}" + (":unknown" if bundle.is_unclear else ""),
                kind="own_file",
                lawfulness="unknown" if bundle.is_unclear else "same_body",
                cures=cures,
                items=items,
                text=text_of_own_file(self._names, step, bundle.targets[0].actor or "", items),
                law=law_of_own_file(is_unclear=bundle.is_unclear),
                condition=None,
                because=(),
                changes=tuple(changes),
                needs=needs,
            )
        lawfulness = LAWFULNESS[max(LAWFULNESS.index(way.ground.lawfulness) for way, _ in bundle.used)]
        kind: SuggestionKind = ways[0].kind if len(ways) == 1 else "several_ways"
        bases = self._bases(bundle)
        agreements = [change.part for change in changes if isinstance(change.part, Agreement)]
        agreements += [way.agreement for way in ways if isinstance(way.agreement, Agreement)]
        consents = [change.part for change in changes if isinstance(change.part, Consent)]
        texts = [self._text(bundle, way) for way in ways]
        given_at = self._steps(step for consent in consents for step in consent.given_at)
        return Suggestion(
            id="+".join(sorted(":".join((way.kind, *way.key[1:3])) for way in ways)),
            kind=kind,
            lawfulness=lawfulness,
            cures=cures,
            items=items,
            text=Wording(" ".join(text.de for text in texts), " ".join(text.en for text in texts)),
            law=law_in_words(self._names, lawfulness, bases, agreements),
            condition=condition_of_consent(self._model, self._names, given_at, asking, items) if consents else None,
            because=(
                *(Reason("legal_basis", basis.id) for basis in bases),
                *(Reason("agreement", agreement.id) for agreement in agreements),
                *(Reason("consent", consent.id) for consent in consents),
            ),
            changes=tuple(changes),
            needs=needs,
        )

    def _text(self, bundle: _Bundle, way: Way) -> Wording:
        used = [(one, target) for one, target in bundle.used if one.key == way.key]
        told = text_of_way(
            self._names,
            way,
            self._in_order(bundle.items_of[way.key]),
            self._steps(target.step for _, target in used if target.is_question),
            self._steps(target.step for _, target in used if not target.is_question),
        )
        named = _named_consent(one for one, _ in used)
        if named is None:
            return told
        items = self._in_order(target.item for one, target in used if one.ground.consent == named)
        more = text_of_wider_consent(self._names, named, items)
        return Wording(f"{told.de} {more.de}", f"{told.en} {more.en}")

    def _changes_of(self, bundle: _Bundle, way: Way) -> list[Change]:
        used = [(one, target) for one, target in bundle.used if one.key == way.key]
        items = self._in_order(target.item for _, target in used)
        found = [
            Change("legal_basis", one.ground.new_basis.id, part=one.ground.new_basis)
            for one, _ in used
            if one.ground.new_basis is not None
        ]
        if way.kind == "retrieval":
            by_basis: dict[str | None, list[str]] = {}
            for one, target in used:
                by_basis.setdefault(next(iter(one.ground.bases), None), []).append(target.item)
                if one.access is not None:
                    found.append(
                        Change("reading_right", way.place[1], (target.item,), one.access.changed(data=(target.item,)))
                    )
            for basis, about in by_basis.items():
                data = self._in_order(about)
                retrieval = Retrieval(from_=way.place[1], data=data, legal_basis=basis)
                found.append(Change("retrieval", way.place[0], data, retrieval))
            return _united_rights(found)
        consent = self._consent(way, used)
        agreement = self._agreement(way)
        handover = self._handover(way, used, items, consent, agreement)
        if consent is not None:
            found.append(Change("consent", consent.id, consent.data, consent))
        if agreement is not None and way.agreement is False:
            found.append(Change("agreement", agreement.id, (), agreement))
        found.append(Change(way.kind, handover.id, items, handover))
        return list(dict.fromkeys(found))

    def _handover(
        self,
        way: Way,
        used: list[tuple[Way, Target]],
        items: tuple[str, ...],
        consent: Consent | None,
        agreement: Agreement | None,
    ) -> Handover:
        bases = tuple(dict.fromkeys(basis for one, _ in used for basis in one.ground.bases))
        named = None if consent is None else consent.id
        if way.kind == "extended_handover":
            old = self._model.handovers[way.place[0]]
            stated = old.legal_basis if isinstance(old.legal_basis, tuple) else ()
            known = {self._model.canonical(item) for item in self._model.items_of(old.data or ())}
            return old.changed(
                data=(*(old.data or ()), *(item for item in items if item not in known)),
                legal_basis=tuple(dict.fromkeys((*stated, *bases))) if bases else old.legal_basis,
                consent=named or old.consent,
            )
        first = min((target.step for _, target in used), key=lambda step: self._step_position[step])
        is_same = way.ground.lawfulness == "same_body"
        return Handover(
            id=self._handover_ids.of(way.key, f"{way.place[0][:28]}_to_{way.receiver[:24]}"),
            from_=way.place[0],
            to=first,
            data=items,
            legal_basis="not_needed" if is_same else bases or None,
            agreement="not_needed" if agreement is None else agreement.id,
            consent="not_needed" if named is None else named,
            description=_SUGGESTED,
            confidence="assumption",
        )

    def _consent(self, way: Way, used: list[tuple[Way, Target]]) -> Consent | None:
        """Return the consent as the way needs it: a new one, or one of the model that is to reach further."""
        asked = [(one, target) for one, target in used if one.ground.lawfulness == "consent"]
        if not asked:
            return None
        data = self._in_order(target.item for _, target in asked)
        named = _named_consent(one for one, _ in asked)
        if named is not None:
            old = self._model.consents[named]
            return Consent(id=named, given_at=old.given_at, data=data, recipients=old.recipients)
        if way.kind == "extended_handover":
            passed = self._model.handovers[way.place[0]].data or ()
            known = {self._model.canonical(item) for item in self._model.items_of(passed)}
            data = (*passed, *(item for item in data if item not in known))
        step = way.sending_step
        refused = min((target.step for _, target in asked), key=lambda step: self._step_position[step])
        name = self._names.actor(way.receiver)
        return Consent(
            id=self._consent_ids.of(("consent", step, way.receiver), f"consent_{step[:26]}_{way.receiver[:26]}"),
            name=Translations(
                {"de": f"Einwilligung in die Weitergabe an {name.de}", "en": f"Consent to passing on to {name.en}"}
            ),
            description=_SUGGESTED,
            given_at=(step,),
            data=data,
            recipients=(way.receiver,),
            revocable=True,
            refused_at=refused,
            confidence="assumption",
        )

    def _agreement(self, way: Way) -> Agreement | None:
        if way.agreement is True:
            return None
        if isinstance(way.agreement, Agreement):
            return way.agreement
        parties = tuple(sorted(way.bodies, key=lambda actor: list(self._model.actors).index(actor)))
        first, second = (self._names.actor(party) for party in parties)
        return Agreement(
            id=self._agreement_ids.of(way.agreement_part, f"agreement_{parties[0][:25]}_{parties[1][:25]}"),
            name=Translations(
                {
                    "de": f"Vereinbarung zwischen {first.de} und {second.de}",
                    "en": f"Agreement between {first.en} and {second.en}",
                }
            ),
            description=_SUGGESTED,
            parties=parties,
            kind="cooperation_agreement",
            confidence="assumption",
        )

    def _bases(self, bundle: _Bundle) -> list[LegalBasis]:
        found: dict[str, LegalBasis] = {}
        for way, _ in bundle.used:
            for id_ in way.ground.bases:
                basis = self._model.legal_bases.get(id_) or way.ground.new_basis
                if basis is not None:
                    found.setdefault(id_, basis)
        return list(found.values())

    def _in_order(self, items: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(dict.fromkeys(items), key=lambda item: self._position[item]))

    def _steps(self, steps: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(dict.fromkeys(steps), key=lambda step: self._step_position[step]))


def _merge(bundle: _Bundle, other: _Bundle) -> None:
    bundle.ways |= other.ways
    for key, items in other.items_of.items():
        bundle.items_of.setdefault(key, {}).update(items)
    bundle.targets += other.targets
    bundle.used += other.used


def _united_rights(changes: list[Change]) -> list[Change]:
    """Return the changes with all rights to read one system on one basis as one."""
    found: list[Change] = []
    place_of: dict[tuple[str, str, str | None], int] = {}
    for change in changes:
        if not isinstance(change.part, Access):
            if change not in found:
                found.append(change)
            continue
        key = (change.element, change.part.actor, change.part.legal_basis)
        if key not in place_of:
            place_of[key] = len(found)
            found.append(change)
            continue
        old = found[place_of[key]]
        items = tuple(dict.fromkeys((*old.items, *change.items)))
        found[place_of[key]] = Change("reading_right", change.element, items, change.part.changed(data=items))
    return found


def _named_consent(ways: Iterable[Way]) -> str | None:
    """Return the consent of the model that ways extend, if they do."""
    return next((way.ground.consent for way in ways if way.ground.consent is not None), None)
