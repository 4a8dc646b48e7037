"""A merged model made well-formed again: what names something deleted lets go of it, what cannot be is not taken over.

Each side of a merge is well-formed by itself; together they may not be. One side may name what the other has deleted,
and a person can draw what no model may say, such as a flow out of an end.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.interchange.drawn_flows import short_flows
from ankunft_model.interchange.plain_model import flows_of
from ankunft_model.interchange.three_way import Change, Conflict, Path, item_of
from ankunft_model.model import ArrivalModel, to_plain
from ankunft_model.model.plain import is_list, is_mapping, is_sequence
from ankunft_model.model.references import Path as Place
from ankunft_model.sources.pruning import child, ids_inside
from ankunft_model.sources.validation import Locate, validated
from ankunft_model.wording import Wording

_MAX_ROUNDS: Final = 100
"""Each round lets go of at least one reference or takes one edit back; then all edits are taken back."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A well-formed model, with what of the edits is in it and what is not."""

    model: ArrivalModel
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def settled(
    model: ArrivalModel, base: dict[str, Any], merged: dict[str, Any], changes: Sequence[Change], file: str | None
) -> Settled:
    """Return the model that `merged` states, without what keeps it from being well-formed.

    A reference to what the edits have deleted is let go of and listed as a change; where nothing else may stand there,
    or the reference is newer than the diagram, the deletion is not taken over. Any other edit that leads to no
    well-formed model is not taken over, either, and is a conflict with the reason.

    Args:
        model: The model as it is now.
        base: What it said when the diagram was written, in the shape of its file.
        merged: What it says with the edits.
        changes: The edits.
        file: Name of the edited file, for messages.
    """
    return _Settling(model, base, merged, list(changes), file).result()


@dataclass(frozen=True, slots=True)
class _Released:
    """A place at which a reference was let go of, what was noted of it, and the edit that deleted what it named."""

    place: Place
    change: Change
    deletion: Change | None


@dataclass
class _Settling:
    """The state of one call.

    Attributes:
        start: What `merged` said at first.
        released: Where references were let go of in the last round; what cannot be without them goes, too.
    """

    mine: ArrivalModel
    base: dict[str, Any]
    merged: dict[str, Any]
    changes: list[Change]
    file: str | None
    start: dict[str, Any] = field(default_factory=dict[str, Any])
    conflicts: list[Conflict] = field(default_factory=list[Conflict])
    released: list[_Released] = field(default_factory=list[_Released])

    def result(self) -> Settled:
        for number in range(_MAX_ROUNDS):
            places: dict[str, Place] = {}
            try:
                model = validated(self.merged, self.locate(places))
            except SourceError as error:
                if number == 0:
                    self.start, self.merged = self.merged, copy.deepcopy(self.merged)
                problems = [(places.get(one.location.path, ()), one) for one in error.problems]
                released, self.released = self.released, []
                # from the last to the first: what is taken out of a list does not move what comes before
                in_order = sorted(problems, key=lambda one: [str(key).rjust(9) for key in one[0]], reverse=True)
                if not self.settle_all(in_order, released):
                    break
            else:
                return Settled(model, tuple(self.changes), tuple(self.conflicts))
        self.conflicts += [Conflict(one.path, one.before, one.after) for one in self.changes]
        return Settled(self.mine, (), tuple(self.conflicts))

    def locate(self, places: dict[str, Place]) -> Locate:
        """Return what names a place in messages, and notes in `places` which one is meant."""

        def located(path: Place, *, of_key: bool = False) -> Location:  # noqa: ARG001 - the caller passes it
            shown = ".".join(map(str, path))
            places[shown] = path
            return Location(self.file, path=shown)

        return located

    def settle_all(self, problems: Sequence[tuple[Place, Problem]], released: Sequence[_Released]) -> bool:
        """Remove causes of problems, up to the first edit that is taken back: others may come from that."""
        is_done = False
        for place, problem in problems:
            refused = len(self.conflicts)
            is_done |= self.settle(place, problem, released)
            if len(self.conflicts) > refused:
                return True
        return is_done

    def settle(self, place: Place, problem: Problem, released: Sequence[_Released]) -> bool:
        """Remove the cause of one problem; return whether there was anything to do."""
        if problem.code == "unknown-reference":
            for id_ in (self.at(place), place[-1] if place else None):
                deletion = self.deletion_of(id_)
                if deletion is not None:
                    return self.let_go(place, str(id_), deletion)
        if problem.code == "wrong-choice":  # what somebody chose there leads elsewhere now
            return self.release(place, None)
        for one in released:
            if place[: len(one.place) - 1] == one.place[:-1]:
                return self.go_on_releasing(one)
        return self.refuse(place, problem.wording)

    def at(self, place: Place) -> Any:
        value: object = self.merged
        for key in place:
            value = child(value, key)
        return value

    def deletion_of(self, id_: object) -> Change | None:
        """Return the edit that took away the element of this id."""
        if not isinstance(id_, str):
            return None
        for change in self.changes:
            is_gone = change.after is None and change.path[-1] == id_
            if is_gone or (id_ in ids_inside(change.before) and id_ not in ids_inside(change.after)):
                return change
        return None

    # --- references to what is deleted

    def let_go(self, place: Place, id_: str, deletion: Change) -> bool:
        """Take away a reference to something deleted, or take back the deletion where it must be named."""
        path = self.path_of(place)
        is_old = path[-1] == id_ or _names(_value_at(self.base, path), id_)
        flows = flows_of(self.at(place[: place.index("next")])) if "next" in place else []
        left = [flow for flow in flows if flow["to"] != id_]
        if path[-1] == "attached_to" or not is_old or (flows and not left):
            self.take_back(deletion, _still_named(path))
        elif flows:
            for flow in left:
                flow.pop("share", None)  # the shares of other ways say nothing about these
            path = path[: path.index("next") + 1]
            self.at(place[: place.index("next")])["next"] = short_flows(left)
            self.note(path)
        else:
            return self.release(place, deletion)
        return True

    def go_on_releasing(self, one: _Released) -> bool:
        """Take away what cannot be without a reference, or take back the deletion if that is a whole element."""
        if one.deletion is None or not _is_element(one.place[:-1]):
            return self.release(one.place[:-1], one.deletion)
        if one.change in self.changes:
            self.changes.remove(one.change)
            self.restore(one.change)
        if one.deletion in self.changes:
            self.take_back(one.deletion, _still_named(one.change.path))
        return True

    def release(self, place: Place, deletion: Change | None) -> bool:
        """Take away what stands at `place`, the list around it if that is empty then, or the item that it is part of.

        A deadline after a deleted step would mean another one without it.
        """
        *parents, key = place
        parent = tuple(parents)
        if parent and isinstance(parent[-1], int) and not _is_element(parent):
            return self.release(parent, deletion)
        around: object = self.at(parent)
        if is_list(around) and isinstance(key, int):
            if len(around) == 1:
                return self.release(parent, deletion)
            path = self.path_of(parent)
            del around[key]
        elif is_mapping(around) and key in around:
            path = self.path_of(place)
            del around[str(key)]
        else:
            return False
        self.released.append(_Released(place, self.note(path), deletion))
        return True

    def note(self, path: Path) -> Change:
        """Note that something else stands at a place now, and return the change."""
        earlier = next((one for one in self.changes if one.path == path), None)
        before = _value_at(self.start, path) if earlier is None else earlier.before
        change = Change(path, before, copy.deepcopy(_value_at(self.merged, path)))
        if earlier is None:
            self.changes.append(change)
        else:
            self.changes[self.changes.index(earlier)] = change
        return change

    def path_of(self, place: Place) -> Path:
        """Return a place with ids in lists of elements; it ends at a list of anything else."""
        path: list[str] = []
        value: object = self.merged
        for key in place:
            value = child(value, key)
            if isinstance(key, str):
                path.append(key)
            elif is_mapping(value) and isinstance(value.get("id"), str):
                path.append(value["id"])
            else:
                break
        return tuple(path)

    # --- edits that cannot be

    def refuse(self, place: Place, reason: Wording) -> bool:
        """Take back the edits that lead to a problem: those at its place, of what is named there, or the nearest."""
        path = self.path_of(place)
        named = self.at(place)
        element = next((length for length in range(len(path), 0, -1) if _is_element(path[:length])), 0)
        found = self.edits_at(path, down_to=element)
        if not found and isinstance(named, str):
            found = [one for one in self.changes if named in one.path]
        found = found or self.edits_at(path, down_to=0)
        for one in found:
            self.take_back(one, reason)
        return bool(found)

    def edits_at(self, path: Path, *, down_to: int) -> list[Change]:
        """Return the edits at a place, or around it as near as there are any, but not above so many steps."""
        for length in range(len(path), down_to - 1, -1):
            found = [
                one for one in self.changes if one.path[:length] == path[:length] or one.path == path[: len(one.path)]
            ]
            if found:
                return found
        return []

    def take_back(self, change: Change, reason: Wording) -> None:
        """Let the model keep its own where an edit cannot be; the edit is a conflict."""
        self.changes.remove(change)
        self.conflicts.append(Conflict(change.path, change.before, change.after, reason))
        self.restore(change)

    def restore(self, change: Change) -> None:
        """Put back what stood there before a change."""
        around: object = _value_at(self.merged, change.path[:-1])
        key = change.path[-1]
        if is_mapping(around):
            if change.before is None:
                around.pop(key, None)
            else:
                around[key] = change.before
                _order_as(around, _value_at(to_plain(self.mine), change.path[:-1]))
        elif is_list(around):
            listed = [item for item in around if item["id"] != key]
            if change.before is not None:
                listed.append(change.before)
            around[:] = listed


def _order_as(entries: dict[str, Any], before: object) -> None:
    """Put entries into the order that they had."""
    if not is_mapping(before):
        return
    for key in [*(key for key in before if key in entries), *(key for key in entries if key not in before)]:
        entries[key] = entries.pop(key)


def _value_at(plain: object, path: Path) -> object:
    """Return what stands at a path, or None."""
    value = plain
    for key in path:
        value = item_of(value, key)
    return value


def _names(value: object, id_: str) -> bool:
    """Return whether an id stands anywhere in a value."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if found == id_ or (is_mapping(found) and id_ in found):
            return True
        waiting += found.values() if is_mapping(found) else found if is_sequence(found) else ()
    return False


def _still_named(path: Path) -> Wording:
    shown = ".".join(path)
    return Wording(de=f"„{shown}“ nennt es noch", en=f"'{shown}' still names it")


def _is_element(place: Place) -> bool:
    """Return whether a place is that of an element with an id, or of a whole registry: these are never let go of."""
    return len(place) <= 2 or place[-2] in ("nodes", "handovers")
