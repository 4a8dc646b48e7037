"""What the parts of a BPMN file share while it is put together: pools, ids, message names, the language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.exports.bpmn import naming
from ankunft_model.exports.bpmn.element_ids import ElementIds
from ankunft_model.exports.bpmn.extension import properties, template_marks
from ankunft_model.exports.bpmn.pool_elements import HANDOVER_KEY, PoolElement, PoolFlow, PoolProcess
from ankunft_model.exports.bpmn.projection import Projection
from ankunft_model.model import ArrivalModel, Element, Text, Translations, text_in
from ankunft_model.wording import Language


@dataclass
class Pool:
    """A participant under construction.

    Attributes:
        projection: The process of the model that it takes part in.
        pool: Its own process.
        participant: Id of the participant.
        process: Id of its process.
        name: Its name.
        id_of: Id in the file of each element, also inside of sub-processes.
    """

    projection: Projection
    pool: PoolProcess
    participant: str
    process: str
    name: Text
    id_of: dict[str, str] = field(default_factory=dict[str, str])

    def message_key(self, key: str) -> str:
        """Return the key of a message in the whole file: ids of flows are unique in one process only."""
        return message_key(self.projection, key)

    def levels(self) -> Iterator[PoolProcess]:
        """Return the pool's process, then the insides of its sub-processes."""
        return self.pool.levels()

    def flow_key(self, flow: PoolFlow) -> str:
        """Return a name for a sequence flow that no other one of the file has."""
        return f"{self.participant} {flow.source} {flow.target} {'' if flow.flow is None else flow.flow.id}"


def message_key(projection: Projection, key: str) -> str:
    """Return the key of a message in the whole file."""
    return key if key.startswith(HANDOVER_KEY) else f"{projection.process.id} {key}"


@dataclass
class FileParts:
    """The state of one export.

    Attributes:
        model: The model.
        language: Language of the names; the others become translations.
        is_journey: Whether pools are of all organisations together.
        has_templates: Whether elements name their template for Camunda Modeler.
        ids: Ids given so far.
        pools: The pools with content, from top to bottom.
        message_name, message_id: Name and id of each message, by its key in the file.
        derived: Keys of the messages that no handover names.
        flow_id: Ids of the sequence flows that stand for flows of the model.
    """

    model: ArrivalModel
    language: Language
    is_journey: bool
    has_templates: bool = False
    ids: ElementIds = field(default_factory=ElementIds)
    pools: list[Pool] = field(default_factory=list[Pool])
    message_name: dict[str, Text] = field(default_factory=dict[str, Text])
    message_id: dict[str, str] = field(default_factory=dict[str, str])
    derived: set[str] = field(default_factory=set[str])
    flow_id: dict[str, str] = field(default_factory=dict[str, str])

    def named(self, name: Text | None) -> dict[str, Any]:
        """Return the arguments for a name and its translations."""
        if name is None:
            return {"name": None}
        return {"name": text_in(name, self.language), "translations": self._translations(name, "@name")}

    def described(self, element: Element | None, name: Text | None) -> dict[str, Any]:
        """Return the arguments for name, documentation and translations of what stands for a model element."""
        arguments = self.named(name)
        if element is None:
            return arguments
        own = self.documented(element)
        translations = (*arguments.get("translations", ()), *own.pop("translations", ()))
        return {**arguments, **own, "translations": translations}

    def properties(self, element: Element) -> tuple[tuple[str, str], ...]:
        """Return the attributes that hold what a person may see and change of an element of the model."""
        return (*properties(element), *(template_marks(element) if self.has_templates else ()))

    def documented(self, element: Element) -> dict[str, Any]:
        """Return the arguments for the documentation of what stands for a model element: description and sources."""
        shown = naming.documentation_of(self.model, element, self.language)
        if not shown:
            return {}
        others = (
            bpmn.Translation(language=tag, text=other, target="documentation")
            for tag in naming.languages_of(element.description)
            if tag != self.language and (other := naming.documentation_of(self.model, element, tag)) != shown
        )
        return {"documentation": (bpmn.Documentation(text=shown),), "translations": tuple(others)}

    def _translations(self, text: Text, target: str) -> tuple[bpmn.Translation, ...]:
        if not isinstance(text, Translations):
            return ()
        shown = text_in(text, self.language)
        return tuple(
            bpmn.Translation(language=tag, text=other, target=target)
            for tag, other in text.items()
            if tag != self.language and other != shown
        )

    def element_name(self, pool: Pool, element: PoolElement) -> Text | None:
        """Return the name of an element: that of its node, of its message, or our own word for what it is."""
        node = element.node.element if element.node is not None else None
        if element.kind in ("exclusive_split", "inclusive_split"):
            return naming.text_of(naming.DECISION) if node is None else naming.name_of(node, naming.DECISION)
        if element.is_gateway:
            return node.name if node is not None and element.stands_for_node else None
        if node is not None and element.stands_for_node:
            words = {"start": naming.BEGIN, "end": naming.END, "step": None}.get(element.kind, naming.EVENT)
            return naming.name_of(node, words)
        if element.awaits is not None:
            return naming.is_at_hand(naming.handover_or_sender_name(self.model, self.model.handovers[element.awaits]))
        if element.receives is not None:
            key = pool.message_key(element.receives)
            # "apply done" says already that it has come
            return self.message_name[key] if key in self.derived else naming.message_received(self.message_name[key])
        if element.sends:
            return self.message_name.get(pool.message_key(element.sends[0]), naming.text_of(naming.EVENT))
        return naming.text_of(naming.PART_COMPLETED)
