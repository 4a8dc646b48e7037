"""Which models are exactly as they were read from a file of another tool, so that this file says all they say."""

from __future__ import annotations

from typing import Any, Final
from weakref import WeakValueDictionary

from ankunft_model.interchange.plain_model import nodes_in
from ankunft_model.model.arrival_model import ArrivalModel

_AS_READ: Final[WeakValueDictionary[int, ArrivalModel]] = WeakValueDictionary()
"""By identity: a model is frozen, so as long as the object lives it says what it said when it was read."""


def note_as_read(model: ArrivalModel) -> ArrivalModel:
    """Note that everything that the model says stands in the file that it carries, and return it.

    Writing it back then takes no comparison with the file. A changed or copied model is another object, of which
    nothing is noted.
    """
    _AS_READ[id(model)] = model
    return model


def is_as_read(model: ArrivalModel) -> bool:
    """Return whether the file that the model carries is known to say everything that the model says."""
    return _AS_READ.get(id(model)) is model


def plain_by_identity(read: ArrivalModel, said: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Return the nodes of a model in the shape of its file, by their identity: a model that shares them says the same.

    Args:
        read: A model that is exactly as it was read.
        said: What its file says.
    """
    placed = nodes_in(said)
    return {id(node): placed[id_].node for id_, node in read.nodes.items()}
