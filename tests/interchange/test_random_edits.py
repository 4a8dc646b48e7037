"""Whatever a person does to a diagram of ours in a modelling tool comes back, and nothing else changes.

The edits are drawn at random, as are most of the models; see `editing.py` for what each edit does.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st
from tests.exports.bpmn.test_levels_and_findings import tangled, with_sub_process
from tests.interchange import editing
from tests.interchange.test_merge import MODEL as LANES
from tests.interchange.test_merge_in_modeler import MODEL as POOLS
from tests.strategies import plain_models

import ankunft_model as am
from ankunft_model.model import ArrivalModel
from ankunft_model.sources import write_into_yaml

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
RECOMMENDED = {
    "minors": "model.yaml",
    "dueren": "as_is.yaml",
    "welcome_center": "family.yaml",
    "qualification": "model.yaml",
}
VIEWS: tuple[Literal["journey"] | None, ...] = (None, "journey")
STEPS = st.lists(st.tuples(st.sampled_from(editing.EDITS), st.integers(0, 10**6)), min_size=1, max_size=5)
EDITED_MODELS = settings(
    max_examples=60,
    derandomize=True,  # `--hypothesis-seed=N` draws others
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking whole models takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@cache
def models() -> dict[str, ArrivalModel]:
    small = {
        "pools": am.read_text(POOLS, suffix=".yaml"),
        "lanes": am.read_text(LANES, suffix=".yaml"),
        "sub-process": with_sub_process(),
        "tangled": tangled(),
    }
    return small | {name: am.read(EXAMPLES / name / file) for name, file in RECOMMENDED.items()}


@cache
def diagram(name: str, view: Literal["journey"] | None) -> bytes:
    return models()[name].to_bpmn(view=view)


def holder(editor: editing.Editor, id_: str) -> Any:
    """Return the ids of the lane and of the scope that an element lies in."""
    node = editor.by_id(id_)
    lane = editor.lane_of(node)
    return (None if lane is None else lane.get("id"), node.getparent().get("id"))


def merged(model: ArrivalModel, written: bytes, edits: editing.Editor) -> am.Merge:
    """Return the merge, of which everything is proved that holds for any edit."""
    note(str(edits.done))
    found = am.merge(model, edits.data())
    drawn = {edits.references(node).get("node") for node in editing.Editor(written).all(*editing.FLOW_NODES)}
    for id_, node in model.nodes.items():
        leads_to_deleted = any(flow.to not in found.model.nodes for flow in node.next)
        if id_ in drawn - edits.touched and "nodes" not in type(node).model_fields and not leads_to_deleted:
            after = found.model.nodes[id_]
            assert after == node or after.changed(actor=node.actor) == node  # a lane may be new around it
    changed = {change.path[0] for change in found.changes}
    for name in type(model).model_fields:
        if name not in changed:
            assert getattr(found.model, name) == getattr(model, name), name
    for change in found.changes:
        if change.path[0] not in ("processes", "actors", "carried"):
            assert change.after != change.before
            assert any(done.startswith(("delete", "connect", "insert", "append", "make")) for done in edits.done)
    return found


def assert_drawn_alike(edits: editing.Editor, again: bytes) -> None:
    """Prove that what the next export shows in the same place stands where a person has it, in its colours."""
    after = editing.Editor(again)
    before, places = dict(editing.places(edits.data())), dict(editing.places(again))
    pools = {one.get("id") for one in after.all("participant")}
    if pools.isdisjoint(before):
        return  # the edits lead to another view: what cannot be divided among pools stands in one
    kept = {node.get("id") for node in after.all(*editing.FLOW_NODES)} & before.keys() & places.keys()
    for id_ in kept:
        if holder(after, id_) == holder(edits, id_):
            assert places[id_] == before[id_], id_
    for done in edits.done:
        word, id_ = done.split()[0], done.split()[-1]
        if word == "colour" and after.drawn(id_):
            assert after.drawn(id_)[0].get(editing.tag("background-color", editing.COLOR)) is not None
        if word == "annotate" and edits.by_id(id_) is not None and after.by_id(id_) is not None:
            texts = {(one.text or "").split() and " ".join(one.text.split()) for one in after.all("text")}
            assert {" ".join((one.text or "").split()) for one in edits.all("text")} <= texts | {""}


@EDITED_MODELS
@given(st.sampled_from(["pools", "lanes", "sub-process", "tangled"]), st.sampled_from(VIEWS), STEPS)
def test_edits_come_back_and_nothing_else_changes(name: str, view: Literal["journey"] | None, steps: Any) -> None:
    model = models()[name]
    edits = editing.edited(diagram(name, view), steps)

    found = merged(model, diagram(name, view), edits)

    if not all(process.start_events for process in found.model.processes.values()):
        return  # a person may delete all starts; then there is no export until there is one again
    try:
        again = found.model.to_bpmn(view=view)
    except am.ExportError:
        assume(False)
    assert am.merge(found.model, again) == am.Merge(found.model)
    if any(change.path == ("carried",) for change in found.changes):
        assert_drawn_alike(edits, again)


@settings(parent=EDITED_MODELS, max_examples=12)
@given(st.sampled_from(sorted(RECOMMENDED)), STEPS)
def test_edits_of_the_examples_come_back_too(name: str, steps: Any) -> None:
    merged(models()[name], diagram(name, None), editing.edited(diagram(name, None), steps))


@settings(parent=EDITED_MODELS, max_examples=25)
@given(plain_models(), STEPS)
def test_edits_of_random_models_come_back_too(plain: dict[str, Any], steps: Any) -> None:
    model = ArrivalModel.model_validate(plain)
    try:
        data = model.to_bpmn()
    except am.ExportError:
        assume(False)
    assert am.merge(model, data) == am.Merge(model)
    edits = editing.edited(data, steps)
    note(str(edits.done))

    found = am.merge(model, edits.data())

    assert am.read_text(found.model.to_yaml(), suffix=".yaml") == found.model


@settings(parent=EDITED_MODELS, max_examples=30)
@given(st.sampled_from([POOLS, LANES]), STEPS)
def test_the_yaml_file_keeps_comments_and_order(tmp_path_factory: Any, text: str, steps: Any) -> None:
    model = am.read_text(text, suffix=".yaml")
    path = tmp_path_factory.mktemp("edited") / "model.yaml"
    path.write_text(text, encoding="utf-8")
    edits = editing.edited(model.to_bpmn(), steps)
    note(str(edits.done))
    found = am.merge(model, edits.data())

    write_into_yaml(path, model, found.model)

    written = path.read_text(encoding="utf-8")
    assert am.read(path) == found.model
    own = written.partition("\ncarried:")[0]
    gone = [change for change in found.changes if change.after is None or change.path[-1] == "next"]
    if not gone:
        places = [own.index(comment) for comment in re.findall("#.*", text)]
        assert places == sorted(places)
    known = {*model.nodes, *model.actors, *model.data}  # words inside of entries come and go
    entries = [line.partition(":")[0].strip() for line in own.splitlines()]
    assert [entry for entry in entries if entry in known] == [
        entry for line in text.splitlines() if (entry := line.partition(":")[0].strip()) in known and entry in entries
    ]


def test_an_unedited_diagram_changes_nothing() -> None:
    for name, model in models().items():
        for view in VIEWS:
            assert am.merge(model, diagram(name, view)) == am.Merge(model)
