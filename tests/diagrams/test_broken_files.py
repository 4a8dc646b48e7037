"""The layout never fails on a file that can be read, whatever it says."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.diagrams.bpmn_files import drawing_of
from tests.diagrams.generated_processes import generated_process

import ankunft_model as am

WHOLE = am.lay_out_bpmn(generated_process(40, lanes=4)).data.decode()
ELEMENTS = [match.span() for match in re.finditer(r"<(\w+:\w+)\b[^>]*?(?:/>|>[^<]*</\1>)", WHOLE)]
VALUES = [match.span(1) for match in re.finditer(r'\b(?:\w+Ref|id|bpmnElement|[xy]|width|height)="([^"]*)"', WHOLE)]
SOME_VALUES = ["", "gone", "collaboration", "authority", "pool_authority", "bank", "userTask_2", "-7", "1e300", "NaN"]


@st.composite
def broken_files(draw: st.DrawFn) -> bytes:
    """Return the file without some of its elements and with other values of some attributes."""
    changes = [(*draw(st.sampled_from(ELEMENTS)), "") for _ in range(draw(st.integers(0, 6)))]
    changes += [
        (*draw(st.sampled_from(VALUES)), draw(st.sampled_from(SOME_VALUES))) for _ in range(draw(st.integers(0, 6)))
    ]
    text = WHOLE
    end_of_last = len(text) + 1
    for begin, end, value in sorted(changes, reverse=True):
        if end <= end_of_last:
            text = text[:begin] + value + text[end:]
            end_of_last = begin
    return text.encode()


@given(broken_files(), st.sampled_from(["horizontal", "vertical"]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_file_with_missing_and_wrong_parts_is_drawn_without_defects(
    data: bytes, direction: str, keeps_order: bool
) -> None:
    layout = am.lay_out_bpmn(data, direction=direction, previous=data if keeps_order else None)  # type: ignore[arg-type]

    report = am.check_bpmn_layout(layout.data)
    assert [diagram.defects for diagram in report.diagrams if diagram.defects] == []
    assert report.missing == ()
    drawing_of(layout.data)  # everything once


def test_a_flow_that_begins_at_another_flow_is_named_and_not_drawn() -> None:
    data = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
        b'<task id="a"/><task id="b"/><task id="c"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>'
        b'<sequenceFlow id="g" sourceRef="f" targetRef="c"/></process></definitions>'
    )

    layout = am.lay_out_bpmn(data)

    assert [(note.code, note.element_id) for note in layout.notes] == [("end-not-drawn", "g")]
    assert b'bpmnElement="g"' not in layout.data
    assert am.check_bpmn_layout(layout.data).is_clean


def test_several_diagrams_of_one_process_become_one_and_that_is_said() -> None:
    def diagram(number: int, element: str) -> str:
        return (
            f'<di:BPMNDiagram id="d{number}"><di:BPMNPlane id="q{number}" bpmnElement="p">'
            f'<di:BPMNShape id="{element}_di" bpmnElement="{element}"><dc:Bounds x="0" y="0" width="100" height="80"/>'
            "</di:BPMNShape></di:BPMNPlane></di:BPMNDiagram>"
        )

    data = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">'
        '<process id="p"><task id="a"/><task id="b"/><task id="c"/></process>'
        + "".join(diagram(number, element) for number, element in enumerate("abc"))
        + "</definitions>"
    ).encode()

    layout = am.lay_out_bpmn(data)

    assert [(note.code, note.element_id) for note in layout.notes] == [("joined-diagrams", "p")]
    assert "(3)" in layout.notes[0].wording.en
    assert len(am.check_bpmn_layout(layout.data).diagrams) == 1
