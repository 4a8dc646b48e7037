"""Arrival processes as graphs of actors, steps and handovers: gaps and duplicated data collection found exactly.

Everything is computed from one frozen `ArrivalModel`; nothing prints, nothing touches the network.

Example:
    >>> import ankunft_model as am
    >>> b = am.Builder("school", title="Weg in die Schule")
    >>> office = b.actor("school_office", name="Schulamt", kind="school_authority")
    >>> school = b.actor("school", name="Schule", kind="school")
    >>> history = b.data("school_history", name="Schulbiografie", category="education_record")
    >>> with b.process("enrol", name="Einschulung", domain="education"):
    ...     ask = b.step("Seiteneinsteiger beraten", office, collects=[history])
    ...     enrol = b.step("Kind aufnehmen", school, needs=[history])
    ...     _ = b.start("Angekommen") >> ask >> enrol >> b.end("Kind geht zur Schule")
    >>> [finding.rule for finding in b.build().check()]
    ['needed-but-unavailable']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ankunft_model._version import __version__

if TYPE_CHECKING:
    from ankunft_model.doors import read
    from ankunft_model.errors import (
        AnkunftError,
        ExportError,
        Location,
        MissingProgramError,
        OutputError,
        Problem,
        SourceError,
        UnknownElementError,
    )
    from ankunft_model.findings import ElementRef, Finding, Findings, OpenFact, Reason
    from ankunft_model.model import ArrivalModel, Duration, DurationRange, Registry, Translations
    from ankunft_model.sources import Builder, read_bpmn, read_json, read_text, read_yaml
    from ankunft_model.wording import Wording

_ROOM_OF = {
    "AnkunftError": "errors",
    "ArrivalModel": "model",
    "Builder": "sources",
    "Duration": "model",
    "DurationRange": "model",
    "ElementRef": "findings",
    "ExportError": "errors",
    "Finding": "findings",
    "Findings": "findings",
    "Location": "errors",
    "MissingProgramError": "errors",
    "OpenFact": "findings",
    "OutputError": "errors",
    "Problem": "errors",
    "Reason": "findings",
    "Registry": "model",
    "SourceError": "errors",
    "Translations": "model",
    "UnknownElementError": "errors",
    "Wording": "wording",
    "read": "doors",
    "read_bpmn": "sources",
    "read_json": "sources",
    "read_text": "sources",
    "read_yaml": "sources",
}
"""The room of each public name; it is loaded when the name is first used (PEP 562)."""

__all__ = [
    "AnkunftError",
    "ArrivalModel",
    "Builder",
    "Duration",
    "DurationRange",
    "ElementRef",
    "ExportError",
    "Finding",
    "Findings",
    "Location",
    "MissingProgramError",
    "OpenFact",
    "OutputError",
    "Problem",
    "Reason",
    "Registry",
    "SourceError",
    "Translations",
    "UnknownElementError",
    "Wording",
    "__version__",
    "read",
    "read_bpmn",
    "read_json",
    "read_text",
    "read_yaml",
]


def __getattr__(name: str) -> Any:
    """Return a public name from its room."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
