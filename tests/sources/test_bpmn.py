"""Reading BPMN of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from tests.strategies import WHOLE_MODELS, models

from ankunft_model.bpmn_xml.elements import Collaboration, Definitions, ExtensionElement
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.bpmn_xml.writer import write_definitions
from ankunft_model.errors import SourceError
from ankunft_model.model import ArrivalModel
from ankunft_model.sources.bpmn import PAYLOAD_NAME, read_bpmn
from ankunft_model.sources.file_reader import read
from ankunft_model.sources.file_writer import to_json


def bpmn(*payloads: str, namespace: str = ANKUNFT) -> bytes:
    """Return a file whose collaboration carries `payloads`."""
    extensions = tuple(ExtensionElement(namespace=namespace, name=PAYLOAD_NAME, text=payload) for payload in payloads)
    collaboration = Collaboration(id="c", extension_elements=extensions)
    return write_definitions(Definitions(id="d", target_namespace="urn:x", root_elements=(collaboration,)))


def codes(data: bytes) -> list[str]:
    with pytest.raises(SourceError) as caught:
        read_bpmn(data)
    return [problem.code for problem in caught.value.problems]


@WHOLE_MODELS
@given(models)
def test_the_model_that_the_file_carries_is_read(model: ArrivalModel) -> None:
    assert read_bpmn(bpmn(to_json(model))) == model


def test_the_suffix_leads_here(tmp_path: Path) -> None:
    nodes = {"s": {"type": "start", "next": "e"}, "e": {"type": "end"}}
    processes = {"p": {"name": "P", "nodes": nodes}}
    plain = {"format": "ankunft/1", "id": "m", "title": "M", "state": "as_is", "processes": processes}
    path = tmp_path / "model.bpmn"
    path.write_bytes(bpmn(json.dumps(plain)))

    assert read(path).id == "m"


def test_two_models_in_one_file_are_refused() -> None:
    assert codes(bpmn("{}", "{}")) == ["several-models"]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("[" * 200, "nested-too-deep"),
        ('{"format": "ankunft/1", "include": ["/etc/passwd"]}', "include-without-file"),
        ('{"format": "ankunft/9"}', "newer-format"),
    ],
)
def test_the_payload_is_checked_like_any_file(payload: str, code: str) -> None:
    assert code in codes(bpmn(payload))
