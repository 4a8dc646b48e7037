"""Names of elements in sentences, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ankunft_model.model import ArrivalModel, Element, LegalBasis
from ankunft_model.registries.vocabularies import vocabulary
from ankunft_model.wording import Wording

MAX_LISTED = 6
"""So many names of a list are written out in a sentence; the rest is counted."""


class Names:
    """Looks up how elements of one model are called.

    Example:
        >>> Names.quoted(Wording("Antrag aufnehmen", "take application"))
        Wording(de='„Antrag aufnehmen“', en='“take application”')
    """

    def __init__(self, model: ArrivalModel) -> None:
        self._model = model
        self._labels: dict[int, tuple[Element, Wording]] = {}
        self._quoted: dict[int, Wording] = {}

    def _label(self, element: Element) -> Wording:
        """Return the name of an element; each is worked out once."""
        known = self._labels.get(id(element))
        if known is None:  # the element is kept with its name, so that its number stays its own
            known = self._labels[id(element)] = element, _label(element)
        return known[1]

    def _quoted_label(self, element: Element) -> Wording:
        """Return the quoted name of an element; each is worked out once."""
        known = self._quoted.get(id(element))
        if known is None:
            known = self._quoted[id(element)] = self.quoted(self._label(element))
        return known

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        """The single items of each group with several."""
        model = self._model
        members = {group.id: frozenset(model.items_of((group.id,))) for group in model.data.values() if group.is_group}
        return {group: inner for group, inner in members.items() if len(inner) > 1}

    @cached_property
    def _groups_with(self) -> dict[str, list[str]]:
        """The groups that each item is in, in the order of the model."""
        found: dict[str, list[str]] = {}
        for group, inner in self._members.items():
            for item in inner:
                found.setdefault(item, []).append(group)
        return found

    def node(self, id_: str) -> Wording:
        """Return the quoted name of a node."""
        return self._quoted_label(self._model.nodes[id_])

    def actor(self, id_: str | None) -> Wording:
        """Return the name of an actor, or words for nobody known."""
        if id_ is None or id_ not in self._model.actors:
            return Wording(de="eine nicht benannte Stelle", en="an unnamed body")
        return self._label(self._model.actors[id_])

    def knower(self, id_: str) -> Wording:
        """Return the name of an actor or a system."""
        return self._label(self._model.actors[id_] if id_ in self._model.actors else self._model.systems[id_])

    def item(self, id_: str) -> Wording:
        """Return the quoted name of a data item."""
        return self._quoted_label(self._model.data[id_])

    def about(self, member: str) -> Wording:
        """Return ` (name)` of a member of the household, or nothing for the applicant (`""`)."""
        if not member:
            return Wording("", "")
        cohorts = self._model.cohorts.values()
        label = self._label(next(cohort.members[member] for cohort in cohorts if member in cohort.members))
        return Wording(de=f" ({label.de})", en=f" ({label.en})")

    def item_about(self, id_: str, member: str) -> Wording:
        """Return the quoted name of a data item, with the member of the household if it is not the applicant."""
        item = self.item(id_)
        if not member:
            return item
        about = self.about(member)
        return Wording(de=item.de + about.de, en=item.en + about.en)

    def benefit(self, id_: str) -> Wording:
        """Return the quoted name of a benefit."""
        return self.quoted(self._label(self._model.benefits[id_]))

    def process(self, id_: str) -> Wording:
        """Return the quoted name of a process."""
        return self.quoted(self._label(self._model.processes[id_]))

    def document(self, id_: str) -> Wording:
        """Return the quoted name of a document."""
        return self.quoted(self._label(self._model.documents[id_]))

    def consent(self, id_: str) -> Wording:
        """Return the quoted name of a consent, or its id."""
        return self.quoted(self._label(self._model.consents[id_]))

    def legal_basis(self, id_: str) -> Wording:
        """Return the citation of a legal basis, or its name."""
        basis: LegalBasis = self._model.legal_bases[id_]
        return Wording(de=basis.cite, en=basis.cite)

    def channel(self, id_: str) -> Wording:
        """Return the name of a channel from the shipped vocabulary."""
        return vocabulary("channels")[id_].name

    def handover(self, id_: str) -> Wording:
        """Return the name of a handover, or its id."""
        return self._label(self._model.handovers[id_])

    def items(self, ids: Sequence[str]) -> Wording:
        """Return a list of data items; a group of the model is named instead of all its members.

        Order: as given, a group where its first member stood.
        """
        left = dict.fromkeys(ids)
        names: list[Wording] = []
        while left:
            first = next(iter(left))
            group = max(
                (id_ for id_ in self._groups_with.get(first, ()) if self._members[id_] <= left.keys()),
                key=lambda id_: len(self._members[id_]),
                default=None,
            )
            names.append(self.item(first if group is None else group))
            for gone in (first,) if group is None else self._members[group]:
                del left[gone]
        return listed(names)

    @staticmethod
    def quoted(name: Wording) -> Wording:
        """Return the name in the quotation marks of each language."""
        return Wording(de=f"„{name.de}“", en=f"“{name.en}”")


def listed(names: Iterable[Wording]) -> Wording:
    """Return `a, b und c`, at most `MAX_LISTED` of them.

    Example:
        >>> listed([Wording("A", "A"), Wording("B", "B")]).de
        'A und B'
    """
    known = list(names)
    shown = known[:MAX_LISTED] if len(known) > MAX_LISTED + 1 else known
    more = len(known) - len(shown)
    if more:
        return Wording(
            de=f"{', '.join(name.de for name in shown)} und {more} weitere",
            en=f"{', '.join(name.en for name in shown)} and {more} more",
        )
    if len(shown) < 2:
        return shown[0] if shown else Wording(de="nichts", en="nothing")
    return Wording(
        de=f"{', '.join(name.de for name in shown[:-1])} und {shown[-1].de}",
        en=f"{', '.join(name.en for name in shown[:-1])} and {shown[-1].en}",
    )


def _label(element: Element) -> Wording:
    return Wording(de=element.label("de"), en=element.label("en"))
