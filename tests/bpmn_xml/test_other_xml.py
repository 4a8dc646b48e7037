"""XML files and pictures that are not BPMN 2.0 are refused with what they are, in every command."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import ankunft_model as am
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.bpmn_xml.workflow_reading import read_workflows
from ankunft_model.errors import SourceError

DMN = b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Entscheidung"/>'
OLD = b'<definitions xmlns="http://schema.omg.org/spec/BPMN/1.1"/>'
READERS: tuple[Callable[[bytes], object], ...] = (
    read_definitions,
    read_workflows,
    am.lay_out_bpmn,
    am.check_bpmn_layout,
    am.render_bpmn,
)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("data", "german"),
    [(DMN, "sondern DMN"), (OLD, "ältere Fassung von BPMN"), (b"<definitions/>", "ohne Namensraum")],
)
def test_a_file_of_another_kind_is_called_what_it_is(
    reader: Callable[[bytes], object], data: bytes, german: str
) -> None:
    with pytest.raises(SourceError) as caught:
        reader(data)

    assert german in caught.value.in_language("de")
    assert "statt mit „definitions“" not in caught.value.in_language("de")


@pytest.mark.parametrize(("data", "name"), [(b"\x89PNG\r\n\x1a\n\x00", "PNG"), (b"\xff\xd8\xff\xe0\x00", "JPEG")])
def test_a_picture_is_called_a_picture(data: bytes, name: str) -> None:
    with pytest.raises(SourceError, match=name):
        read_definitions(data)
