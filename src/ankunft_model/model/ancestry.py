"""From which model another one was made by changing it, so that writing it back may look at the difference only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from weakref import ref

if TYPE_CHECKING:
    from ankunft_model.model.arrival_model import ArrivalModel

_ANCESTOR_OF: Final[dict[int, tuple[ref[ArrivalModel], ArrivalModel]]] = {}
"""By identity of the changed model, for as long as it lives; the parts that were not changed belong to both."""


def note_descent(changed: ArrivalModel, model: ArrivalModel) -> None:
    """Note that `changed` was made from `model`: its ancestor is that of `model`, or `model` itself."""
    key = id(changed)

    def forget(_: Any) -> None:
        _ANCESTOR_OF.pop(key, None)

    _ANCESTOR_OF[key] = (ref(changed, forget), ancestor_of(model) or model)


def ancestor_of(model: ArrivalModel) -> ArrivalModel | None:
    """Return the first model from which `model` was made by changes, or None where that is not known."""
    known = _ANCESTOR_OF.get(id(model))
    return known[1] if known is not None and known[0]() is model else None
