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
    ['needed-but-unavailable', 'not-shareable']
"""

import importlib
from typing import TYPE_CHECKING

from ankunft_model._version import __version__

if TYPE_CHECKING:
    from ankunft_model.analysis import BurdenParameters, MetricsOverview, Suggestion, Suggestions, TimeOverview
    from ankunft_model.diagrams import (
        BpmnLayout,
        CheckedDiagram,
        LayoutDefect,
        LayoutFigures,
        LayoutNote,
        LayoutReport,
    )
    from ankunft_model.doors import check_bpmn_layout, lay_out_bpmn, merge, read, read_bpmn, render_bpmn
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
    from ankunft_model.model import (
        Actor,
        Agreement,
        ArrivalModel,
        Benefit,
        Body,
        Case,
        Cohort,
        Consent,
        DataItem,
        Document,
        Duration,
        DurationRange,
        Event,
        Flow,
        Gateway,
        Handover,
        InformationDuty,
        LegalBasis,
        Measure,
        Process,
        Registry,
        Source,
        Step,
        SubProcess,
        System,
        Translations,
    )
    from ankunft_model.sources import Builder, Merge, read_json, read_text, read_yaml
    from ankunft_model.wording import Wording

_ROOM_OF = {
    "Actor": "model",
    "Agreement": "model",
    "AnkunftError": "errors",
    "ArrivalModel": "model",
    "Benefit": "model",
    "Body": "model",
    "BpmnLayout": "diagrams",
    "BurdenParameters": "analysis",
    "Builder": "sources",
    "Case": "model",
    "CheckedDiagram": "diagrams",
    "Cohort": "model",
    "Consent": "model",
    "DataItem": "model",
    "Document": "model",
    "Duration": "model",
    "DurationRange": "model",
    "ElementRef": "findings",
    "Event": "model",
    "ExportError": "errors",
    "Finding": "findings",
    "Findings": "findings",
    "Flow": "model",
    "Gateway": "model",
    "Handover": "model",
    "InformationDuty": "model",
    "LayoutDefect": "diagrams",
    "LayoutFigures": "diagrams",
    "LayoutNote": "diagrams",
    "LayoutReport": "diagrams",
    "LegalBasis": "model",
    "Location": "errors",
    "Measure": "model",
    "Merge": "sources",
    "MetricsOverview": "analysis",
    "MissingProgramError": "errors",
    "OpenFact": "findings",
    "OutputError": "errors",
    "Problem": "errors",
    "Process": "model",
    "Reason": "findings",
    "Registry": "model",
    "Source": "model",
    "SourceError": "errors",
    "Step": "model",
    "SubProcess": "model",
    "Suggestion": "analysis",
    "Suggestions": "analysis",
    "System": "model",
    "TimeOverview": "analysis",
    "Translations": "model",
    "UnknownElementError": "errors",
    "Wording": "wording",
    "check_bpmn_layout": "doors",
    "lay_out_bpmn": "doors",
    "merge": "doors",
    "read": "doors",
    "read_bpmn": "doors",
    "read_json": "sources",
    "read_text": "sources",
    "read_yaml": "sources",
    "render_bpmn": "doors",
}
"""The room of each public name; it is loaded when the name is first used (PEP 562)."""

__all__ = [
    "Actor",
    "Agreement",
    "AnkunftError",
    "ArrivalModel",
    "Benefit",
    "Body",
    "BpmnLayout",
    "Builder",
    "BurdenParameters",
    "Case",
    "CheckedDiagram",
    "Cohort",
    "Consent",
    "DataItem",
    "Document",
    "Duration",
    "DurationRange",
    "ElementRef",
    "Event",
    "ExportError",
    "Finding",
    "Findings",
    "Flow",
    "Gateway",
    "Handover",
    "InformationDuty",
    "LayoutDefect",
    "LayoutFigures",
    "LayoutNote",
    "LayoutReport",
    "LegalBasis",
    "Location",
    "Measure",
    "Merge",
    "MetricsOverview",
    "MissingProgramError",
    "OpenFact",
    "OutputError",
    "Problem",
    "Process",
    "Reason",
    "Registry",
    "Source",
    "SourceError",
    "Step",
    "SubProcess",
    "Suggestion",
    "Suggestions",
    "System",
    "TimeOverview",
    "Translations",
    "UnknownElementError",
    "Wording",
    "__version__",
    "check_bpmn_layout",
    "lay_out_bpmn",
    "merge",
    "read",
    "read_bpmn",
    "read_json",
    "read_text",
    "read_yaml",
    "render_bpmn",
]


if not TYPE_CHECKING:  # for a type checker, a name that is not imported above is a mistake

    def __getattr__(name: str) -> object:
        """Return a public name from its room."""
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
