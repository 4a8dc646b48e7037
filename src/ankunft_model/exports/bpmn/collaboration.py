"""The collaboration view of a process: a pool for each organisation, or one pool where only that says the same.

Where one case can begin a process several times, two of them may run at once. Which of them a message belongs to is
then said by the number of the matter alone, and a diagram has no word for it. Where that makes a difference, the
process stays in one pool, with a lane for each organisation: there each instance is whole in itself.
"""

from __future__ import annotations

from ankunft_model.errors import ExportError
from ankunft_model.exports.bpmn.journey import JOURNEY_OWNER, draw_journey
from ankunft_model.exports.bpmn.pool_elements import HANDOVER_KEY
from ankunft_model.exports.bpmn.projection import Projection, project
from ankunft_model.exports.bpmn.several_instances import is_anonymous, starts_of_several_instances
from ankunft_model.model import ArrivalModel, Process


def draw_collaboration(model: ArrivalModel, process: Process, *, notify: bool = False) -> Projection:
    """Return `process` divided among the organisations that act in it, as far as its instances allow.

    With `notify` whoever decides that nothing more comes tells those who wait, as `project` does.

    Raises:
        ExportError: as `project` does.
    """
    projection = project(model, process, notify=notify)
    if starts_of_several_instances(model, process) and not _is_anonymous(projection):
        return draw_journey(model, process)
    return projection


def draw_collaboration_or_journey(model: ArrivalModel, process: Process, *, notify: bool = False) -> Projection:
    """Return `process` divided among the organisations; in one pool of all of them where that cannot be done.

    Raises:
        ExportError: the process has no start event, or a node that no run reaches.
    """
    try:
        return draw_collaboration(model, process, notify=notify)
    except ExportError:
        return draw_journey(model, process)


def is_in_one_pool(projection: Projection) -> bool:
    """Return whether a process of several organisations stands in one pool of all of them."""
    return any(pool.owner == JOURNEY_OWNER for pool in projection.pools)


def _is_anonymous(projection: Projection) -> bool:
    """Return whether several instances of the process can run at once, and no message can come to the wrong one."""
    awaits_marks = any(
        element.kind != "start" and (element.receives or "").startswith(HANDOVER_KEY)
        for pool in projection.pools
        for element in pool.elements
    )
    return not awaits_marks and all(map(is_anonymous, projection.pools))
