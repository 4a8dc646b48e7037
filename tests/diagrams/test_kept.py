"""Diagrams of choreographies and conversations stay as they are; everything else of the file is laid out."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankunft_model.diagrams import check_bpmn_layout, lay_out_bpmn

FOREIGN = Path(__file__).resolve().parents[1] / "fixtures" / "foreign"
MODEL = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">\n'
)
CHOREOGRAPHY = '<choreography id="ch"><participant id="x"/><choreographyTask id="ct"/></choreography>\n'
PROCESS = '<process id="p"><task id="a"/><task id="b"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/></process>\n'
CONVERSATION = (
    '<collaboration id="c"><participant id="x"{process}/><participant id="y"/><conversation id="k"/>'
    '<messageFlow id="m" sourceRef="x" targetRef="y"/></collaboration>\n'
)


def diagram(plane: str, *shapes: str) -> str:
    drawn = "".join(
        f'<bpmndi:BPMNShape id="{plane}_{shape}" bpmnElement="{shape}"><dc:Bounds x="7" y="9" width="90" height="50"/>'
        "</bpmndi:BPMNShape>"
        for shape in shapes
    )
    plane_text = f'<bpmndi:BPMNPlane bpmnElement="{plane}">{drawn}</bpmndi:BPMNPlane>'
    return f"<bpmndi:BPMNDiagram>{plane_text}</bpmndi:BPMNDiagram>"


def laid_out(*parts: str) -> tuple[str, list[tuple[str, str]]]:
    layout = lay_out_bpmn("".join((MODEL, *parts, "\n</definitions>")).encode())
    return layout.data.decode(), [(note.code, note.element_id) for note in layout.notes]


@pytest.mark.parametrize("other", [(), ("p",), ("p", "a", "b")], ids=["undrawn", "empty", "drawn"])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_diagram_of_a_choreography_stays_and_the_process_beside_it_is_laid_out(
    other: tuple[str, ...], *, is_first: bool
) -> None:
    kept = diagram("ch", "ct", "x", "x")
    diagrams = [kept, *([diagram(*other)] if other else [])]
    text, notes = laid_out(CHOREOGRAPHY, PROCESS, *(diagrams if is_first else diagrams[::-1]))

    assert notes == [("kept-diagram", "ch")]
    assert text.count(kept) == 1
    assert text.count("<bpmndi:BPMNDiagram") == 2
    assert check_bpmn_layout(text.encode()).is_clean
    assert lay_out_bpmn(text.encode()).data.decode() == text


def test_a_file_with_a_choreography_only_stays_as_it_is() -> None:
    kept = diagram("ch", "ct", "x")

    assert laid_out(CHOREOGRAPHY, kept) == (f"{MODEL}{CHOREOGRAPHY}{kept}\n</definitions>", [("kept-diagram", "ch")])


def test_a_diagram_of_conversations_gets_no_second_one_of_its_black_boxes() -> None:
    kept = diagram("c", "x", "y", "k")
    file = CONVERSATION.format(process="")

    assert laid_out(file, kept) == (f"{MODEL}{file}{kept}\n</definitions>", [("kept-diagram", "c")])


def test_a_diagram_of_conversations_stays_beside_that_of_the_processes() -> None:
    kept = diagram("c", "x", "y", "k")
    text, notes = laid_out(CONVERSATION.format(process=' processRef="p"'), PROCESS, kept)

    assert notes == [("kept-diagram", "c")]
    assert kept in text
    assert {f'bpmnElement="{id_}"' in text.replace(kept, "") for id_ in ("a", "b", "f", "m", "x", "y")} == {True}
    assert check_bpmn_layout(text.encode()).is_clean


def test_the_ids_of_what_stays_are_not_given_again() -> None:
    kept = diagram("ch", "ct").replace("ch_ct", "a_di")
    text, _ = laid_out(CHOREOGRAPHY, PROCESS, kept)

    assert text.count('id="a_di"') == 1


def test_a_conversation_that_no_diagram_shows_is_named() -> None:
    _, notes = laid_out(CONVERSATION.format(process=""), diagram("c", "x", "y"))

    assert notes == [("not-supported", "k")]


@pytest.mark.parametrize("name", ["signavio-choreography", "aris-conversation"])
def test_nothing_that_a_tool_has_drawn_of_an_exchange_is_lost(name: str) -> None:
    data = (FOREIGN / f"{name}.bpmn").read_bytes()
    encoding = "utf-16" if name.startswith("aris") else "utf-8"
    text = data.decode(encoding)
    drawn = text[text.index("<bpmndi:BPMNDiagram") : text.index("</bpmndi:BPMNDiagram>")]

    assert drawn in lay_out_bpmn(data).data.decode(encoding)
