"""Reading BPMN of our own: the model that an export carries inside the collaboration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankunft_model.bpmn_xml.elements import Definitions, ExtensionElement
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.errors import Location, Problem, SourceError
from ankunft_model.model.arrival_model import ArrivalModel
from ankunft_model.sources.file_bytes import FilePath, checked_text, read_bytes, shown_name
from ankunft_model.sources.text_reader import model_of_text
from ankunft_model.wording import Wording

PAYLOAD_NAME: Final = "model"
"""Local name of the extension element, in our namespace, whose text is the model as JSON."""


def read_bpmn(source: FilePath | bytes) -> ArrivalModel:
    """Return the model that a BPMN file of our own carries.

    The payload is checked like any JSON file; what was changed in the diagram by hand is not read back.

    Args:
        source: A path, or the content of the file.

    Raises:
        SourceError: the file cannot be used; a foreign file without our payload is refused with advice.
    """
    if isinstance(source, bytes):
        data, file = source, None
    else:
        data, file = read_bytes(source), shown_name(source)
    definitions = read_definitions(data, file=file)
    payloads = list(_payloads(definitions))
    if len(payloads) != 1:
        raise SourceError([Problem(*_refusal(len(payloads)), Location(file))])
    inside = f"{file or 'BPMN'} (ankunft:{PAYLOAD_NAME})"
    return model_of_text(checked_text(payloads[0].text, file=inside), suffix=".json", file=inside)


def _payloads(definitions: Definitions) -> Iterator[ExtensionElement]:
    for element in definitions.root_elements:
        for extension in element.extension_elements:
            if extension.namespace == ANKUNFT and extension.name == PAYLOAD_NAME:
                yield extension


def _refusal(payloads: int) -> tuple[str, Wording]:
    if payloads:
        return "several-models", Wording(
            de="Die BPMN-Datei enthält mehrere Modelle von ankunft-model; gelesen wird genau eines",
            en="the BPMN file carries several models of ankunft-model; exactly one is read",
        )
    return "foreign-bpmn", Wording(
        de="Diese Version liest nur BPMN-Dateien, die ankunft-model selbst geschrieben hat. Legen Sie das Modell als "
        "YAML an (ankunft init); das Bild dieser Datei zeigt Ihnen, was hineingehört.",
        en="this version reads only BPMN files that ankunft-model itself has written. Write the model as YAML "
        "(ankunft init); the picture of this file shows what belongs into it.",
    )
