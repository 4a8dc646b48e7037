"""A model that was not changed since it was read goes back into its file without being compared with it."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.interchange.test_foreign_files import FILES

import ankunft_model as am
from ankunft_model.bpmn_xml.document import parse_bpmn
from ankunft_model.bpmn_xml.lexical import unwritable_character
from ankunft_model.exports.bpmn.extension import whole_text
from ankunft_model.interchange.as_read import is_as_read
from ankunft_model.interchange.understanding import understand
from ankunft_model.interchange.writing_back import carried_text, write_as_read, write_back
from ankunft_model.model import to_plain
from ankunft_model.model.ancestry import ancestor_of
from ankunft_model.model.nodes import Activity, AnyNode, SubProcess

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x"'
TEXTS = st.sampled_from(("unknown", "none", "any", "", " ", "a&#10;b", "1", "true", "2024-01-01", "~")) | st.text(
    "aB1_ äß\u00a0\u200b.:-#", max_size=8
)
TIMES = st.sampled_from(("P0D", "PT1H0M", "P01D", "P1W", "PT36H", "P1Y2M3W4DT5H6M7S", "2024-02-29", "2024-02-28T10:00"))
TAGS = st.sampled_from(("task", "userTask", "startEvent", "endEvent", "exclusiveGateway", "subProcess", "dataObject"))


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Draw a file with the texts, times and repetitions that are easily mistaken for something else."""
    nodes = [
        f'<{tag} id="{draw(TEXTS)}" name="{draw(TEXTS)}"><documentation>{draw(TEXTS)}</documentation></{tag}>'
        for tag in draw(st.lists(TAGS, max_size=4))
    ]
    flow = f'<sequenceFlow id="{draw(TEXTS)}" name="{draw(TEXTS)}" sourceRef="{draw(TEXTS)}" targetRef="t"/>'
    time = draw(st.sampled_from(("timeDate", "timeDuration", "timeCycle")))
    timer = (
        f'<startEvent id="s"><timerEventDefinition><{time}>{draw(TIMES)}</{time}></timerEventDefinition></startEvent>'
    )
    loop = (
        f'<standardLoopCharacteristics testBefore="{draw(st.sampled_from(("true", "false")))}" '
        f'loopMaximum="{draw(st.sampled_from(("", "0", "01", "7")))}"/>'
    )
    tool = draw(st.sampled_from(("", ' exporter="A &lt; &quot;B>"', ' exporter="A" exporterVersion="1"')))
    before, after = draw(st.sampled_from(("", "<!-- <definitions> -->\n"))), draw(st.sampled_from(("", "<!--x-->\n")))
    inside = f'<process id="P" name="{draw(TEXTS)}">{"".join(nodes)}{timer}<task id="t">{loop}</task>{flow}</process>'
    return f"{before}{HEAD}{tool}>{inside}</definitions>{after}".encode()


def written_by_comparison(model: am.ArrivalModel) -> bytes:
    plain = to_plain(model)
    carried = plain.pop("carried")
    version = am.__version__
    return write_back(plain, carried, version=version, to_json=whole_text)


@given(files())
def test_what_a_file_says_is_in_the_form_that_a_model_writes(data: bytes) -> None:
    plain = understand(parse_bpmn(data)).plain

    assert to_plain(am.ArrivalModel.model_validate(plain)) == plain


@given(files())
def test_an_unchanged_model_is_written_as_if_it_had_been_compared_with_its_file(data: bytes) -> None:
    model = am.read_bpmn(data)

    assert is_as_read(model)
    assert model.to_bpmn() == written_by_comparison(model)


NAMES = st.sampled_from(("Neu", "a  b", " ", "", "Ohne Namen", "Größe\u00a0", "a\nb", "unknown")) | st.text(max_size=6)


def renamed(model: am.ArrivalModel, ids: set[str], name: str, description: str | None) -> am.ArrivalModel:
    """Return the model with other words for some nodes at the top of their processes."""
    processes = {
        id_: process.changed(
            nodes={
                key: node.changed(name=name, description=description) if key in ids else node
                for key, node in process.nodes.items()
            }
        )
        for id_, process in model.processes.items()
    }
    return model.changed(processes=processes)


@given(files(), st.data(), NAMES, st.none() | NAMES)
def test_new_names_are_written_as_if_the_model_had_been_compared(
    data: bytes, drawn: st.DataObject, name: str, description: str | None
) -> None:
    model = am.read_bpmn(data)
    chosen = drawn.draw(st.sets(st.sampled_from(sorted(model.nodes)), min_size=1))
    try:
        other = renamed(model, chosen, name, description)
    except ValidationError:
        return  # no name that a model may have

    assert ancestor_of(other) is model
    if unwritable_character(f"{name}{description}") is None:
        assert other.to_bpmn() == written_by_comparison(other)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_new_names_in_files_of_other_tools_are_written_as_if_they_had_been_compared(path: Path) -> None:
    model = am.read(path)
    for id_ in [*model.nodes][:12]:
        other = renamed(model, {id_}, "Anders genannt", "Zwei\nZeilen")

        assert other.to_bpmn() == written_by_comparison(other)


def test_a_node_named_like_the_id_of_another_one_is_the_one_that_is_renamed() -> None:
    nodes = '<task name="Pruefen"/><task id="pruefen" name="Zweite"/>'
    model = am.read_bpmn(f'{HEAD}><process id="P">{nodes}</process></definitions>'.encode())

    written = renamed(model, {"pruefen"}, "Neu", None).to_bpmn()

    assert b'<task name="Neu"/>' in written
    assert b'<task id="pruefen" name="Zweite"/>' in written


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_of_other_tools_are_written_as_if_they_had_been_compared(path: Path) -> None:
    model = am.read(path)
    plain = to_plain(model)
    del plain["carried"]

    assert plain == understand(parse_bpmn(path.read_bytes())).plain
    assert model.to_bpmn() == written_by_comparison(model)


@pytest.mark.parametrize(
    "inside",
    [
        "/>",
        "></definitions>",
        '><a:b xmlns:a="u" xmlns:m="http://www.omg.org/spec/BPMN/20100524/MODEL"><m:q/></a:b></definitions>',
        '><process id="P"><documentation>a\r\nb&#13;c \n\t d\u00a0</documentation></process></definitions>',
        "><![CDATA[ <x> ]]></definitions><!-- end -->\n<?x y?>\n\n",
    ],
)
def test_the_first_tag_is_all_that_has_to_be_parsed(inside: str) -> None:
    text = carried_text(parse_bpmn(f'{HEAD} exporter="A"{inside}'.encode()))
    nothing_else = understand(parse_bpmn(text.encode())).plain

    assert write_as_read(text, version="1") == write_back(nothing_else, text, version="1", to_json=str)


def test_a_changed_or_copied_model_is_compared_with_its_file() -> None:
    model = am.read(FILES[0])
    title = "Ganz anders"

    for other in (model.changed(title=title), model.model_copy(update={"title": title})):
        assert not is_as_read(other)
        assert am.read_bpmn(other.to_bpmn()).title == title
    assert pickle.loads(pickle.dumps(model)) == model


def test_an_id_that_reads_like_a_word_of_absence_is_kept() -> None:
    data = f'{HEAD}><process id="P"><task id="unknown" name="A"/></process></definitions>'.encode()

    model = am.read_bpmn(data).changed(title="Neu")

    assert b'<task id="unknown"' in model.to_bpmn()


def test_a_timer_keeps_the_way_in_which_it_is_written() -> None:
    timer = "<timerEventDefinition><timeDuration>PT1H0M</timeDuration></timerEventDefinition>"
    data = f'{HEAD}><process id="P"><startEvent id="s">{timer}</startEvent></process></definitions>'.encode()

    model = am.read_bpmn(data)

    assert model.nodes["s"].at == am.ArrivalModel.model_validate(to_plain(model)).nodes["s"].at  # type: ignore[union-attr]
    assert b"PT1H0M" in model.changed(title="Neu").to_bpmn()


def test_the_collector_of_garbage_runs_again_after_reading() -> None:
    am.read(FILES[0])
    assert gc.isenabled()

    with pytest.raises(am.AnkunftError):
        am.read_bpmn(b"<x/>")
    assert gc.isenabled()

    gc.disable()
    try:
        am.read(FILES[0])
        assert not gc.isenabled()
    finally:
        gc.enable()


CHANGES = st.sampled_from(
    (
        {"name": "Neu"},
        {"duration": "P1D"},
        {"channel": ("email",)},
        {"name": "Neu", "wait": "P2D"},
        {"type": "user"},
        {"type": "receive"},
        {"repeats": {"max": 3}},
        {"source": ("x",)},
        {"status": "x"},
    )
)


@given(files(), st.data(), st.none() | NAMES, st.none() | CHANGES)
def test_changes_of_single_elements_are_written_as_if_the_model_had_been_compared(
    data: bytes, drawn: st.DataObject, title: str | None, change: dict[str, Any] | None
) -> None:
    model = am.read_bpmn(data)
    chosen = drawn.draw(st.sampled_from(sorted(model.nodes)))
    try:
        other = model if change is None else with_change(model, chosen, change)
        other = other if title is None else other.changed(title=title)
    except ValidationError:
        return  # not for this kind of node

    if title is None or unwritable_character(title) is None:
        assert other.to_bpmn() == written_by_comparison(other)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_no_file_can_say_is_written_as_if_it_had_been_compared(path: Path) -> None:
    model = am.read(path)
    steps = [id_ for id_, node in model.nodes.items() if isinstance(node, Activity)]
    actors = {id_: actor.changed(kind="police") for id_, actor in model.actors.items()}
    for other in (
        *(with_change(model, step, {"duration": "P3D", "name": "Anders"}) for step in steps[:2]),
        model.changed(title="Anders", actors=actors),
        model.changed(data={"name": {"name": "Name", "category": "identity"}}),
    ):
        written = other.to_bpmn()

        assert written == written_by_comparison(other)
        assert am.read_bpmn(written).changed(carried=None) == other.changed(carried=None)


def with_change(model: am.ArrivalModel, chosen: str, change: dict[str, Any]) -> am.ArrivalModel:
    """Return the model with other values for a node, wherever it stands."""

    def nodes_of(nodes: Mapping[str, AnyNode]) -> dict[str, AnyNode]:
        return {
            id_: node.changed(**change)
            if id_ == chosen
            else node.changed(nodes=nodes_of(node.nodes))
            if isinstance(node, SubProcess) and chosen not in node.nodes and node.nodes
            else node
            for id_, node in nodes.items()
        }

    processes = {id_: process.changed(nodes=nodes_of(process.nodes)) for id_, process in model.processes.items()}
    return model.changed(processes=processes)
