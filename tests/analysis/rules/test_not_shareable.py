"""What the rule `not-shareable` reports, and what it must not report."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ankunft_model.model import ArrivalModel

from .cases import case, found, model_of

RULE = "not-shareable"


def needed(
    *, first: str = "collects: [health]", then: str = "needs: [health]", handovers: str = "none", more: str = ""
) -> list[tuple[tuple[str, ...], str]]:
    model = case(
        f"first: {{name: Fragen, actor: sozialamt, {first}, next: then}}\n"
        f"then: {{name: Planen, actor: jobcenter, {then}, next: ende}}",
        handovers=handovers,
        more=more,
    )
    return [(finding.data, finding.certainty) for finding in found(RULE, model)]


def test_reports_what_one_body_asked_and_another_one_lacks() -> None:
    assert needed() == [(("health",), "definite")]


def test_names_the_handover_over_which_it_ought_to_pass() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [health], next: then}\n"
        "then: {name: Planen, actor: jobcenter, needs: [health], next: ende}",
        handovers="[{id: h, from: first, to: then, channel: none, data: none, wanted: [health]}]",
    )

    (finding,) = found(RULE, model)

    assert [element.id for element in finding.elements] == ["then", "first", "h"]


@pytest.mark.parametrize(
    "more",
    [
        "legal_bases:\n  norm: {cite: Norm, kind: statute, allows: {recipients: [jobcenter], data: any}}\n",
        "consents:\n  ja: {given_at: first, data: [health], recipients: [jobcenter]}\n",
        "systems:\n  akte: {name: Akte, holds: none, readers: [{actor: jobcenter, data: [health], used: false}]}\n",
    ],
)
def test_is_silent_where_a_basis_or_a_right_exists(more: str) -> None:
    assert needed(more=more) == []


def test_is_silent_where_it_passes_even_if_too_late_or_on_paper() -> None:
    late = "[{id: h, from: then, to: {actor: jobcenter}, channel: email, data: [health]}]"
    carried = "[{id: h, from: first, to: then, channel: paper_carried, data: [health]}]"

    assert needed(handovers=late) == []
    assert needed(handovers=carried) == []


def test_is_silent_where_nobody_has_asked_or_the_body_asks_itself() -> None:
    assert needed(first="collects: [name]") == []
    assert needed(then="collects: [health], needs: [health]") == []


def test_is_only_possible_while_it_is_open_what_passes() -> None:
    handover = "[{id: h, from: first, to: then, channel: email}]"

    assert needed(handovers=handover) == [(("health",), "possible")]


@pytest.mark.parametrize(
    ("system", "asked"),
    [
        ("readers: [jobcenter]", ["systems.akte.holds"]),
        ("readers: [jobcenter], stores: [name]", []),
        ("readers: [jobcenter], holds: none", []),
        ("readers: [sozialamt]", []),
        ("readers: none", []),
        ("holds: none, stores: [name]", []),
    ],
)
def test_asks_what_a_system_holds_only_if_the_body_could_read_it_there(system: str, asked: list[str]) -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [health], next: then}\n"
        "then: {name: Planen, actor: jobcenter, needs: [health], next: ende}",
        more=f"systems:\n  akte: {{name: Akte, {system}}}\n",
    )

    (finding,) = found(RULE, model)

    assert [fact.path for fact in finding.depends_on] == asked


def test_is_only_possible_where_the_question_comes_on_some_runs_only() -> None:
    model = case(
        "first: {type: exclusive, name: Krank?, next: [{to: ask, when: ja}, {to: then, when: nein}]}\n"
        "ask: {name: Fragen, actor: sozialamt, collects: [health], next: then}\n"
        "then: {name: Planen, actor: jobcenter, needs: [health], next: ende}",
    )

    assert [finding.certainty for finding in found(RULE, model)] == ["possible"]


PAPER = "documents:\n  befund: {name: Befund, issuer: sozialamt, prints: [health]}\n"


@pytest.mark.parametrize(
    ("first", "then", "handovers"),
    [
        ("collects: [health]", "needs: [health], documents_in: [befund]", "none"),
        ("collects: [health]", "needs: [health], documents_in: [{any_of: [befund]}]", "none"),
        ("collects: [health]", "needs: [health]",
         "[{id: h, from: then, to: {actor: jobcenter}, channel: email, data: none, documents: [befund]}]"),
    ],
)  # fmt: skip
def test_is_silent_where_a_document_could_bring_it(first: str, then: str, handovers: str) -> None:
    assert needed(first=first, then=then, handovers=handovers, more=PAPER) == []


@pytest.mark.parametrize(
    ("first", "readers", "expected"),
    [
        ("collects: [health], records_in: [akte]", "[{actor: jobcenter, used: false}]", []),
        ("collects: [health], records_in: [{system: akte, data: [health]}]", "[{actor: jobcenter, used: false}]", []),
        ("collects: [health], records_in: [{system: akte, data: [name]}]", "[{actor: jobcenter, used: false}]",
         [(("health",), "definite")]),
        ("collects: [health], records_in: [akte]", "[{actor: agentur, used: false}]", [(("health",), "definite")]),
        ("collects: [health], records_in: [akte]", "[{actor: jobcenter, data: [name], used: false}]",
         [(("health",), "definite")]),
    ],
)  # fmt: skip
def test_a_right_to_read_is_a_way_to_what_the_system_keeps(
    first: str, readers: str, expected: list[tuple[tuple[str, ...], str]]
) -> None:
    system = f"systems:\n  akte: {{name: Akte, holds: none, readers: {readers}}}\n"

    assert needed(first=first, more=system) == expected


def test_asks_who_reads_a_system_in_which_it_is_kept() -> None:
    def asked(system: str, first: str = "collects: [health], records_in: [akte]") -> list[str]:
        model = case(
            f"first: {{name: Fragen, actor: sozialamt, {first}, next: then}}\n"
            "then: {name: Planen, actor: jobcenter, needs: [health], next: ende}",
            more=f"systems:\n  akte: {{name: Akte, {system}}}\n",
        )
        return [fact.path for finding in found(RULE, model) for fact in finding.depends_on]

    assert asked("holds: none") == ["systems.akte.readers"]
    assert asked("holds: [health]", "collects: [health]") == ["systems.akte.readers"]
    assert asked("holds: [name]", "collects: [health]") == []
    assert asked("operated_by: sozialamt", "collects: [health]") == [
        "systems.akte.readers",
        "systems.akte.holds",
    ]


def test_what_is_asked_by_units_of_the_same_body_is_not_stuck() -> None:
    text = case(
        "first: {name: Fragen, actor: sozialamt, collects: [health], next: then}\n"
        "then: {name: Planen, actor: jobcenter, needs: [health], next: ende}"
    ).to_yaml()

    assert found(RULE, model_of(text))
    assert not found(RULE, model_of(text.replace("kind: jobcenter", "kind: social_welfare_office, part_of: sozialamt")))


def test_names_all_who_have_asked_and_the_order_of_items() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [health, bank], next: mid}\n"
        "mid: {name: Nachfragen, actor: agentur, collects: [health], next: then}\n"
        "then: {name: Planen, actor: jobcenter, needs: [bank, health], next: ende}"
    )

    findings = tuple(found(RULE, model))

    assert [(finding.data, [e.id for e in finding.elements]) for finding in findings] == [
        (("bank", "health"), ["then", "first", "mid"])
    ]
    assert "Sozialamt und Agentur für Arbeit haben danach gefragt" in findings[0].message.de
    assert findings[0].witness[-1] == "then"
    assert "mid" in findings[0].run()


def test_the_steps_come_in_the_order_of_the_model() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [health, name], next: z}\n"
        "z: {name: Planen, actor: jobcenter, needs: [name], next: a}\n"
        "a: {name: Fördern, actor: jobcenter, needs: [health], next: ende}"
    )

    assert [finding.elements[0].id for finding in found(RULE, model)] == ["z", "a"]


def test_a_datum_that_has_changed_since_it_was_asked_is_not_stuck_there() -> None:
    changed = "collects: [health], next: mid}\nmid: {name: Verwerfen, actor: agentur, changes: [health]"

    assert needed(first=changed) == []


def test_where_ways_cross_it_is_stuck_if_a_run_passes_one_who_asks() -> None:
    nodes = (
        "first: {name: Anfangen, actor: agentur, next: w1}\n"
        "w1: {type: exclusive, name: Wo?, next: [{to: b, when: x}, {to: c, when: y}]}\n"
        "b: {name: Fragen, actor: sozialamt, %snext: w2}\n"
        "w2: {type: exclusive, name: Wohin?, next: [{to: c, when: x}, {to: then, when: y}]}\n"
        "c: {name: Prüfen, actor: agentur, next: w3}\n"
        "w3: {type: exclusive, name: Fertig?, next: [{to: then, when: x}, {to: d, when: y}]}\n"
        "then: {name: Planen, actor: jobcenter, needs: [health], next: d}\n"
        "d: {name: Ablegen, actor: agentur, next: ende}"
    )

    (finding,) = found(RULE, case(nodes % "collects: [health], "))

    assert finding.certainty == "possible"
    assert "b" in finding.run()
    assert not found(RULE, case(nodes % ""))


@pytest.mark.parametrize("kind", ["parallel", "exclusive", "inclusive"])
def test_the_witness_has_every_step_that_the_finding_names(kind: str) -> None:
    ways = "[a, b]" if kind == "parallel" else "[{to: a, when: x}, {to: b, when: y}]"
    model = case(
        f"first: {{type: {kind}, name: Was?, next: {ways}}}\n"
        "a: {name: A, actor: sozialamt, collects: [bank], next: zu}\n"
        "b: {name: B, actor: agentur, collects: [health], next: zu}\n"
        f"zu: {{type: {kind}, next: then}}\n"
        "then: {name: Planen, actor: jobcenter, needs: [bank, health], next: ende}"
    )

    findings = found(RULE, model)

    named = [[element.id for element in finding.elements] for finding in findings]
    if kind == "parallel":
        assert named == [["then", "a", "b"]]
    else:
        assert named == [["then", "a"], ["then", "b"]]
    for finding, ids in zip(findings, named, strict=True):
        assert set(ids) <= set(finding.witness) <= set(finding.run())


SLOW_DATA = [HealthCheck.too_slow, HealthCheck.data_too_large]


@st.composite
def askers(draw: st.DrawFn) -> ArrivalModel:
    """Draw a process made of blocks in which offices ask for, and the last one needs, several items."""
    lines: list[str] = []

    def block(prefix: str, after: str, depth: int) -> str:
        kind = draw(st.sampled_from(("step", "step", "parallel", "exclusive", "row")[: 5 if depth else 2]))
        if kind == "row":
            return block(f"{prefix}a", block(f"{prefix}b", after, depth - 1), depth - 1)
        if kind == "step":
            what = draw(st.lists(st.sampled_from(("name", "bank", "health")), max_size=2, unique=True))
            actor = draw(st.sampled_from(("sozialamt", "agentur")))
            asks = f", collects: [{', '.join(what)}]" if what else ""
            lines.append(f"{prefix}: {{name: S, actor: {actor}{asks}, next: {after}}}")
            return prefix
        entries = [block(f"{prefix}{way}", f"{prefix}z", depth - 1) for way in "ab"]
        lines.append(f"{prefix}z: {{type: {kind}, next: {after}}}")
        ways = entries if kind == "parallel" else [f"{{to: {entry}, when: w}}" for entry in entries]
        lines.append(f"{prefix}: {{type: {kind}, name: W, next: [{', '.join(ways)}]}}")
        return prefix

    begin = block("s", "then", 3)
    lines.append(f"first: {{name: Los, actor: jobcenter, next: {begin}}}")
    lines.append("then: {name: Planen, actor: jobcenter, needs: [name, bank, health], next: ende}")
    return case("\n".join(lines))


@settings(max_examples=60, suppress_health_check=SLOW_DATA)
@given(askers())
def test_who_asked_is_in_the_witness_of_random_models(model: ArrivalModel) -> None:
    for finding in found(RULE, model):
        named = {element.id for element in finding.elements if element.kind == "node"}
        assert named <= set(finding.witness) <= set(finding.run())
