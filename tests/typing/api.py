"""The public names as a user has them, in a script; it is only type-checked, by mypy and pyright, both strict."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, assert_type

import ankunft_model as am
from ankunft_model import ArrivalModel, Builder, Finding, Findings, SourceError


def from_a_file(path: Path) -> ArrivalModel | None:
    """Read, and say what is wrong with the file."""
    try:
        model = am.read(path)
    except SourceError as error:
        for problem in error.problems:
            assert_type(problem, am.Problem)
            place: am.Location = problem.location
            print(place.file, place.line, place.column, place.path, problem.code, problem.in_language("de"))
        return None
    except am.AnkunftError as error:
        print(error.code, error.wording.en, error.in_language("en"))
        return None
    assert_type(model, ArrivalModel)
    return model


def in_other_forms(text: str) -> tuple[ArrivalModel, ...]:
    """Read each form by its own name."""
    return (
        am.read_yaml("a.yaml"),
        am.read_json(Path("a.json")),
        am.read_text(text, suffix=".yaml"),
        am.read_bpmn("a.bpmn"),
        am.read_bpmn(b"<definitions/>"),
    )


def what_was_found(model: ArrivalModel) -> list[str]:
    """Go through findings and their parts."""
    findings = model.check()
    assert_type(findings, Findings)
    assert_type(findings[0], Finding)
    assert_type(findings[:3], Findings)
    assert_type(findings.errors, tuple[Finding, ...])
    assert_type(findings.by_rule("benefit-gap"), Findings)
    assert_type(findings.about("apply"), Findings)
    assert_type(findings.reach("warning"), bool)
    chosen = model.check(select=["benefit-gap"], ignore=("payment-gap",))
    lines: list[str] = []
    for finding in chosen:
        severity: Literal["info", "hint", "warning", "error"] = finding.severity
        certainty: Literal["definite", "possible"] = finding.certainty
        assert_type(finding.witness, tuple[str, ...])
        assert_type(finding.run(), tuple[str, ...])
        assert_type(finding.elements[0], am.ElementRef)
        lines.append(f"{severity} {certainty} {finding.rule}: {finding.message.de} / {finding.message.en}")
        lines += [fact.question.in_language("de") for fact in finding.depends_on]
        lines += [f"{reason.kind} {reason.id}" for reason in finding.because]
    records = findings.to_records(language="en")
    return [*lines, *(str(record["message"]) for record in records)]


def outputs(model: ArrivalModel, folder: Path) -> None:
    """Ask for every output, returned and written."""
    assert_type(model.to_bpmn(), bytes)
    assert_type(model.to_svg(), str)
    model.to_bpmn(folder / "a.bpmn", view="journey", language="en")
    model.to_bpmn("a.bpmn", view="collaboration", only=["jobcenter"])
    model.to_svg(folder / "a.svg", findings=model.check(), only=("jobcenter",))
    assert_type(model.to_dot(view="handovers"), str)
    assert_type(model.to_yaml("a.yaml"), str)
    assert_type(model.to_json(), str)
    page: str = model.report(folder / "a.html", to_be=model, language="de")
    graph = model.only_process("enrol").to_networkx()
    print(len(page), graph.number_of_nodes())


def a_look_inside(model: ArrivalModel) -> dict[str, str | None]:
    """Walk through the elements."""
    for actor in model.actors.values():
        assert_type(actor, am.Actor)
        kind: str | None = actor.kind
        print(actor.id, actor.label("en"), kind)
    for handover in model.handovers.values():
        assert_type(handover, am.Handover)
    for node in model.nodes.values():
        if isinstance(node, am.Step):
            duration: am.Duration | am.DurationRange | None = node.duration
            print(node.id, node.actor, duration)
        elif isinstance(node, am.Gateway | am.Event):
            print(node.type)
    person: am.Actor | None = model.person
    other: ArrivalModel = model.changed(id="other", title={"de": "Anderes"})
    print(other.label(), person)
    return {process.id: process.domain for process in model.processes.values()}


def built() -> ArrivalModel:
    """Say a model in Python."""
    b = Builder("school", title={"de": "Weg in die Schule", "en": "The way to school"}, state="as_is")
    office = b.actor("school_office", name="Schulamt", kind="school_authority")
    school = b.actor("school", name="Schule", kind="school")
    history = b.data("school_history", name="Schullaufbahn", category="education_work")
    with b.process("enrol", name="Einschulung", domain="education"):
        ask = b.step("Beraten", office, collects=[history], duration="PT1H")
        enrol = b.step("Kind aufnehmen", school, needs=[history], wait={"min": "P1D", "max": "P14D"})
        _ = b.start("Angekommen") >> ask >> enrol >> b.end("Kind geht zur Schule")
        b.handover(ask, "Kind aufnehmen", channel="email", data=[history], agreement="none")
    return b.build()
