"""Many nodes at once, as a file of BPMN says them: checked like any other, without asking field by field.

Most nodes of a large file have a type, a name, who performs them and where it goes on, and nothing else. These are
looked at here, all others as anywhere; a test holds that both ways give the same nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, TypeVar, cast, get_args

from pydantic import BaseModel, TypeAdapter

from ankunft_model.model.identifiers import is_id
from ankunft_model.model.nodes import AnyNode, Event, Flow, Gateway, Step, SubProcess
from ankunft_model.model.part import Registry
from ankunft_model.model.plain import is_list, is_mapping
from ankunft_model.model.vocabulary import EventType, GatewayType, StepType, Trigger

_ANY_NODE: Final[TypeAdapter[AnyNode]] = TypeAdapter(AnyNode)
_KINDS: Final = (Step, SubProcess, Event, Gateway)
_CLASS_OF_TYPE: Final[Mapping[object, type[Step | Event | Gateway]]] = {
    **dict.fromkeys(get_args(StepType), Step),
    **dict.fromkeys(get_args(EventType), Event),
    **dict.fromkeys(get_args(GatewayType), Gateway),
}
_TRIGGERS: Final = frozenset[str](get_args(Trigger))


def nodes_from_words(plain: Mapping[str, Any]) -> Registry[AnyNode]:
    """Return the nodes of a process or sub-process.

    Args:
        plain: The nodes by id, in the shape of a model's file.

    Raises:
        pydantic.ValidationError: a node is not well-formed; the place is that inside the node.

    Example:
        >>> [node.name for node in nodes_from_words({"ask": {"name": "Ask", "next": "done"}}).values()]
        ['Ask']
    """
    nodes = [_node(id_, words, plain) for id_, words in plain.items()]
    return Registry(nodes, is_stated=True, passed_as=_KINDS)


def _node(id_: str, words: dict[str, Any], ids: Mapping[str, Any]) -> AnyNode:
    class_ = _CLASS_OF_TYPE.get(words.get("type", "task"))
    if class_ is None:
        inner: object = words.get("nodes")
        if is_mapping(inner) and inner:
            words = {**words, "nodes": nodes_from_words(inner)}
    elif is_id(id_) and (class_ is not Step or "name" in words):
        values: dict[str, Any] = {"id": id_}
        for key, value in words.items():
            if key == "next":
                value = _flows(value, ids)
                if value is None:
                    break
            elif type(value) is not str:
                break
            elif key == "name" or key == "description":
                if not value or value.isspace():
                    break
            elif key == "actor":
                if not is_id(value):
                    break
            elif key != "bpmn_id" and key != "type" and not _is_of_event(class_, key, value):
                break
            values[key] = value
        else:
            return cast("AnyNode", _made(class_, values))
    return _ANY_NODE.validate_python({"id": id_, **words})


def _is_of_event(class_: type, key: str, value: str) -> bool:
    """Return whether a field belongs to events only and is beyond doubt what it has to be."""
    return class_ is Event and (value in _TRIGGERS if key == "trigger" else key == "attached_to" and is_id(value))


def _flows(plain: object, ids: Mapping[str, Any]) -> tuple[Flow, ...] | None:
    """Return the flows that leave a node, or None where they have to be looked at field by field.

    Args:
        plain: The flows in the shape of the file.
        ids: Names that are looked at as ids of nodes anyway.
    """
    if type(plain) is str:
        return (_made(Flow, {"to": plain}),) if plain in ids or is_id(plain) else None
    if not is_list(plain):
        return None
    flows: list[Flow] = []
    for entry in plain:
        words: object = {"to": entry} if type(entry) is str else entry
        if not is_mapping(words) or "to" not in words:
            return None
        for key, value in words.items():
            if key == "default":
                if value is not True:
                    return None
            elif type(value) is not str:
                return None
            elif key == "to":
                if value not in ids and not is_id(value):
                    return None
            elif key == "when" or key == "name":
                if not value or value.isspace():
                    return None
            elif key != "bpmn_id":
                return None
        flows.append(_made(Flow, words))
    return tuple(flows)


_PartT = TypeVar("_PartT", bound=BaseModel)


def _made(class_: type[_PartT], values: dict[str, Any]) -> _PartT:
    """Return a part with these values, which are known to be well-formed, and defaults for the rest."""
    part = class_.__new__(class_)
    fields = _defaults(class_).copy()
    fields.update(values)
    _set(part, "__dict__", fields)
    _set(part, "__pydantic_fields_set__", set(values))
    _set(part, "__pydantic_extra__", None)
    _set(part, "__pydantic_private__", None)
    return part


_set: Final = object.__setattr__


@cache
def _defaults(class_: type[BaseModel]) -> dict[str, Any]:
    """Return the values of a part of which nothing is stated, in the order of its fields; what is required is None."""
    return {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in class_.model_fields.items()
    }
