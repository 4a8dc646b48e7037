"""The builder says all that a file can."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from ankunft_model.errors import SourceError
from ankunft_model.model import ArrivalModel, Duration, DurationRange
from ankunft_model.model.handovers import Handover
from ankunft_model.model.nodes import Activity, Event, Flow, Gateway
from ankunft_model.model.processes import Process
from ankunft_model.sources import builder_fields
from ankunft_model.sources.builder import Builder
from ankunft_model.sources.file_reader import read, read_text
from ankunft_model.sources.file_writer import to_yaml

ROOT = Path(__file__).resolve().parents[2]


def problems(b: Builder) -> list[tuple[str, str]]:
    with pytest.raises(SourceError) as caught:
        b.build()
    return [(problem.code, problem.location.path) for problem in caught.value.problems]


def test_the_dueren_example_is_the_same_from_python_and_from_its_file() -> None:
    place = Path(__file__).with_name("dueren_by_builder.py")
    spec = importlib.util.spec_from_file_location("dueren_by_builder", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    built = module.build(ROOT / "examples" / "dueren" / "common.yaml")

    assert built == read(ROOT / "examples" / "dueren" / "as_is.yaml")


def test_everything_that_a_flow_can_say_is_said_by_arrows() -> None:
    b = Builder("m", title={"de": "M", "en": "M"})
    abh = b.actor("abh", name="Ausländerbehörde", kind="immigration_office")
    with b.process("p", name="P"):
        start, ask = b.start(actor=abh), b.exclusive("Einig?")
        split, join = b.parallel(), b.parallel()
        left, right = b.step("Links", abh), b.step("Rechts", abh)
        start >> ask
        ask.when("ja", share=0.8, delay="P1D", id="yes", name="Ja") >> split >> (left, right) >> join >> b.end("Fertig")
        ask.when("nein", default=True, repeats={"max": 2}) >> b.step("Klären", abh) >> ask

    model = b.build()

    assert [(flow.source, flow.target) for flow in model.processes["p"].flows] == [
        ("start", "einig"),
        ("einig", "parallel"),
        ("einig", "klaeren"),
        ("parallel", "links"),
        ("parallel", "rechts"),
        ("parallel_2", "fertig"),
        ("links", "parallel_2"),
        ("rechts", "parallel_2"),
        ("klaeren", "einig"),
    ]
    yes = model.nodes["einig"].next[0]
    assert (yes.when, yes.share, yes.id, yes.name, str(yes.delay.single if yes.delay else "")) == (
        "ja", 0.8, "yes", "Ja", "P1D",
    )  # fmt: skip


def test_chains_join_chains_and_names() -> None:
    b = Builder("m", title="M")
    with b.process("p"):
        a, c = b.step("A"), b.step("C")
        first, second = b.start() >> a, c >> b.end()
        first >> second
        x = b.step("X")
        b.flow("X", "C")
        b.start() >> "X"
        assert x.id == "x"

    assert [(flow.source, flow.target) for flow in b.build().processes["p"].flows] == [
        ("a", "c"),
        ("c", "end"),
        ("start", "a"),
        ("x", "c"),
        ("start_2", "x"),
    ]


def test_handles_ids_and_unique_names_stand_for_elements() -> None:
    b = Builder("m", title="M")
    b.actor("Amt für Soziales", kind="social_welfare_office")
    status = b.data("status", name="Aufenthaltsstatus", category="residence_status")
    b.case("Fall A", choices={"Weiter?": "Ende gut"}, dates={"Prüfen": date(2025, 6, 1)})
    with b.process("p", name="Prozess"):
        check = b.step("Prüfen", "Amt für Soziales", collects=["Aufenthaltsstatus"], needs=status)
        gate, good, bad = b.exclusive("Weiter?"), b.end("Ende gut"), b.end("Ende schlecht")
        b.start() >> check >> gate
        gate.when("ja") >> good
        gate.when("nein") >> bad
        b.handover("Prüfen", {"actor": "Amt für Soziales"}, data="Aufenthaltsstatus")

    model = b.build()

    step = model.nodes["pruefen"]
    assert step.actor == "amt_fuer_soziales"
    assert model.cases["fall_a"].choices == {"weiter": ("ende_gut",)}
    assert list(model.cases["fall_a"].dates) == ["pruefen"]
    (handover,) = model.handovers.values()
    assert handover.data == ("status",)


def test_values_of_python_stand_for_those_of_the_file() -> None:
    b = Builder("m", title="M", as_of=date(2025, 6, 1))
    with b.process("p"):
        b.start() >> b.step("W", duration=Duration(hours=2), wait=DurationRange(min=Duration(days=1))) >> b.end()

    step: Any = b.build().nodes["w"]

    assert step.duration == DurationRange.exactly("PT2H")
    assert step.wait == DurationRange(min=Duration(days=1))


def test_sub_processes_events_and_none_are_said_too() -> None:
    b = Builder("m", title="M", state="reference")
    b.none("agreements", "consents")
    b.word("actor_kinds", "Sprachmittlung")
    with b.process("p", handovers="none"):
        with b.subprocess("Teil") as part:
            b.start() >> b.call("Anderswo") >> b.end()
        late = b.boundary(part, "Zu spät", at="P14D", interrupting=False)
        b.start(trigger="message") >> part >> b.throw("Melden") >> b.end(trigger="terminate")
        wait = b.event_based()
        late >> wait >> (b.catch("Antwort"), b.catch("Frist", trigger="timer")) >> b.end("Aus")

    model = b.build()

    assert model.agreements.is_stated
    assert not model.systems.is_stated
    assert model.processes["p"].handovers == ()
    assert list(model.vocabularies["actor_kinds"]) == ["sprachmittlung"]
    assert [node.id for node in model.processes["p"].all_nodes][:4] == ["teil", "start", "anderswo", "end"]
    assert read_text(to_yaml(model), suffix=".yaml") == model


def test_all_problems_are_reported_at_once_with_their_paths() -> None:
    b = Builder("m", title="M")
    b.actor("a", kind="other", part_of="nobody")
    b.actor("a", kind="other")
    b.data("d", category="identty")  # type: ignore[arg-type]  # the mistake is the point
    with b.process("p"):
        b.start() >> b.step("W", "Ausländerbehörde", wait="bald") >> b.step("W")
        b.step("X", colects=["d"])  # type: ignore[call-arg]
        b.flow("Nirgends", "X")

    assert problems(b) == [
        ("duplicate-id", "actors.a"),
        ("unknown-reference", "flow"),
        ("unknown-word", "data.d.category"),
        ("malformed-id", "processes.p.nodes.w.actor"),
        ("malformed-duration", "processes.p.nodes.w.wait"),
        ("unknown-key", "processes.p.nodes.x.colects"),
        ("missing-next", "processes.p.nodes.w_2"),
        ("missing-next", "processes.p.nodes.x"),
    ]


def test_a_name_that_two_elements_have_is_ambiguous() -> None:
    b = Builder("m", title="M")
    b.actor("a", name="Amt", kind="other")
    b.actor("b", name="Amt", kind="other")
    with b.process("p"):
        b.start() >> b.step("W", "Amt") >> b.end()

    assert problems(b)[0] == ("ambiguous-name", "processes.p.nodes.w.actor")


def test_calls_in_the_wrong_place_are_refused_at_once() -> None:
    b = Builder("m", title="M")

    with pytest.raises(SourceError, match=r"b\.step"):
        b.step("W")
    with pytest.raises(SourceError, match=r"b\.handover"):
        b.handover("a", "b")
    with b.process("p"), pytest.raises(SourceError, match=r"b\.process"), b.process("q"):
        pass


def test_control_characters_are_refused() -> None:
    b = Builder("m", title="M\x07")
    with b.process("p"):
        b.start() >> b.end()

    assert problems(b) == [("control-character", "title")]


def test_none_and_entries_contradict_each_other() -> None:
    b = Builder("m", title="M")
    b.none("actors")
    b.actor("a", kind="other")
    with b.process("p"):
        b.start() >> b.end()

    assert problems(b) == [("none-conflict", "actors")]


CLASS_BY_FIELDS: dict[str, Any] = {
    "Activity": Activity,
    "Event": Event,
    "Gateway": Gateway,
    "Handover": Handover,
    "Flow": Flow,
    "Process": Process,
    **{
        get_args(field.annotation)[0].__name__: get_args(field.annotation)[0]
        for name, field in ArrivalModel.model_fields.items()
        if "Registry" in repr(field.annotation) and name not in ("vocabularies", "processes")
    },
}
SAID_OTHERWISE = {"origin", "type", "next", "actor", "nodes", "trigger", "attached_to", "from_", "to"}


@pytest.mark.parametrize("name", sorted(CLASS_BY_FIELDS))
def test_every_field_of_the_model_can_be_said(name: str) -> None:
    stated = set(get_type_hints(getattr(builder_fields, f"{name}Fields")))

    assert stated | SAID_OTHERWISE == set(CLASS_BY_FIELDS[name].model_fields) | SAID_OTHERWISE
