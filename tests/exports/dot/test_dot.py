"""Graphs for Graphviz: what they show, and that no text of a model becomes anything but text."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.strategies import WHOLE_MODELS, models

from ankunft_model.errors import ExportError, MissingProgramError
from ankunft_model.exports.dot import render_dot, to_dot
from ankunft_model.findings import ElementRef, Finding
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Wording

HOSTILE = ("<b>x</b>", "a\\", "\\N", '"];x[', "a:b", "zwei\nZeilen", "&lt;b&gt;", "}", "<", "\\", "ÄÖÜß €", "\u202etxt")
ACTIVE = ("URL", "href", "image", "shapefile", "target", "fontpath", "stylesheet")


def model(*, name: str = "Antrag", **handover: object) -> ArrivalModel:
    """Return a model of three organisations, one with a unit, a decision and one handover."""
    return ArrivalModel.model_validate(
        {
            "id": "m",
            "title": name,
            "state": "as_is",
            "actors": {
                "person": {"name": "Person", "kind": "person"},
                "kreis": {"name": name, "kind": "district_administration"},
                "abh": {"name": "Ausländerbehörde", "kind": "immigration_office", "part_of": "kreis"},
                "jobcenter": {"name": "Jobcenter", "kind": "jobcenter"},
            },
            "agreements": {"koop": {"name": "Kooperation", "parties": ["abh", "jobcenter"], "covers": ["h2"]}},
            "processes": {
                "p": {
                    "name": "P",
                    "nodes": {
                        "start": {"type": "start", "name": "Beginn", "actor": "person", "next": "titel"},
                        "titel": {"name": name, "actor": "abh", "next": "erteilt"},
                        "erteilt": {
                            "type": "exclusive",
                            "name": "Erteilt?",
                            "next": [{"to": "antrag", "when": name}, {"to": "ende", "when": "nein", "default": True}],
                        },
                        "antrag": {"name": "Antrag aufnehmen", "actor": "jobcenter", "next": "ende"},
                        "ende": {"type": "end", "name": "Ende"},
                    },
                    "handovers": [
                        {"id": "h1", "from": "titel", "to": "antrag", "legal_basis": "not_needed", **handover},
                        {"id": "h2", "from": "antrag", "to": "titel", "channel": "email", "legal_basis": "not_needed"},
                    ],
                }
            },
        }
    )


def edge_with(source: str, words: str) -> str:
    (line,) = [line for line in source.splitlines() if "->" in line and words in line]
    return line


def words_drawn(source: str) -> list[str]:
    root = etree.fromstring(render_dot(source, "svg"))
    return ["".join(map(str, text.itertext())) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def test_actors_are_frames_and_units_stand_inside_of_their_organisation() -> None:
    source = to_dot(model())

    frames = [line.strip().split(" ")[0] for line in source.splitlines() if "subgraph" in line or line.strip() == "}"]
    assert frames == ["subgraph", "}", "subgraph", "subgraph", "}", "}", "subgraph", "}", "}"]


def test_kinds_of_nodes_have_shapes_of_their_own() -> None:
    source = to_dot(model())

    assert source.count("shape=diamond") == 1
    assert source.count("shape=oval") == 2
    assert source.count("shape=box") == 2


def test_the_process_map_shows_answers_and_handovers() -> None:
    source = to_dot(model(name="ja", channel="email", agreement="none"))

    assert "style=bold" in edge_with(source, "label=nein")
    assert "style=dashed" in edge_with(source, "n1 -> n3")


def test_a_handover_along_a_flow_is_one_line() -> None:
    changed = model().model_dump(by_alias=True, mode="python", exclude_none=True)
    changed["processes"]["p"]["nodes"]["titel"]["next"] = "antrag"
    changed["processes"]["p"]["nodes"] = {
        key: node for key, node in changed["processes"]["p"]["nodes"].items() if key != "erteilt"
    }
    source = to_dot(ArrivalModel.model_validate(changed))

    assert source.count("->") == 4


@pytest.mark.parametrize(
    ("handover", "words", "style"),
    [
        ({"channel": "email", "agreement": "none"}, "ohne Vereinbarung", "dashed"),
        ({"channel": "email"}, "Vereinbarung unbekannt", "dashed"),
        ({"channel": "email", "agreement": "koop", "legal_basis": "none"}, "ohne\\nRechtsgrundlage", "dashed"),
        ({"channel": "paper_carried"}, "trägt die Person", "dotted"),
        ({"channel": "none"}, "nichts wird übergeben", "dotted"),
        ({"channel": "paper_letter", "agreement": "koop"}, "Brief", "solid"),
        ({}, "Weg unbekannt", "dashed"),
    ],
)
def test_the_network_says_in_words_what_a_handover_lacks(handover: dict[str, object], words: str, style: str) -> None:
    source = to_dot(model(**handover), view="handovers").replace("ohne Rechtsgrundlage", "ohne\\nRechtsgrundlage")

    assert f"style={style}" in edge_with(source, words)


def test_an_agreement_that_names_the_handover_counts() -> None:
    source = to_dot(model(channel="phone", agreement="koop"), view="handovers")

    assert "style=solid" in edge_with(source, "E-Mail")


def test_handovers_of_one_pair_are_counted() -> None:
    plain = model(channel="phone").model_dump(by_alias=True, exclude_none=True)
    handovers = plain["processes"]["p"]["handovers"]
    plain["processes"]["p"]["handovers"] = (*handovers, {**handovers[0], "id": "h3", "channel": ("email",)})

    source = to_dot(ArrivalModel.model_validate(plain), view="handovers")

    assert "Telefon, E-Mail" in edge_with(source, "2 Übergaben")


def test_findings_show_in_words() -> None:
    found = Finding(
        id="f",
        rule="r",
        model="m",
        severity="error",
        certainty="definite",
        elements=(ElementRef("node", "titel"), ElementRef("handover", "h1")),
        message=Wording(de="", en=""),
        recommendation=Wording(de="", en=""),
    )

    assert to_dot(model(), findings=[found]).count("kritisch · 1 Befund") == 2
    assert "error · 1 finding" in to_dot(model(), findings=[found], language="en")


@pytest.mark.parametrize("view", ["process", "handovers"])
def test_is_the_same_every_time(view: str) -> None:
    assert to_dot(model(), view=view) == to_dot(model(), view=view)  # type: ignore[arg-type]


@pytest.mark.dot
@pytest.mark.parametrize("view", ["process", "handovers"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_drawn_as_they_are(name: str, view: str) -> None:
    drawn = " ".join(words_drawn(to_dot(model(name=name, channel="email"), view=view)))  # type: ignore[arg-type]

    assert " ".join(name.replace("\u202e", "").split()) in drawn


@pytest.mark.parametrize("name", HOSTILE)
def test_no_attribute_that_loads_or_links_comes_from_a_name(name: str) -> None:
    source = to_dot(model(name=f'{name}" URL="javascript:1" image="/etc/passwd'))

    bare = source.replace('\\"', "")
    outside_of_strings = "".join(part for place, part in enumerate(bare.split('"')) if place % 2 == 0)
    assert not any(f"{attribute}=" in outside_of_strings for attribute in ACTIVE)


@pytest.mark.dot
@settings(max_examples=15)
@given(
    ends=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=8),
    actors=st.lists(st.sampled_from(["person", "kreis", "abh", "jobcenter"]), min_size=7, max_size=7),
)
def test_dot_draws_whatever_hands_over_to_whom(ends: list[tuple[int, int]], actors: list[str]) -> None:
    plain = model().model_dump(by_alias=True, exclude_none=True)
    nodes: dict[str, object] = {"start": {"type": "start", "name": "Beginn", "actor": "person", "next": "s0"}}
    for place, actor in enumerate(actors):
        nodes[f"s{place}"] = {"name": f"S{place}", "actor": actor, "next": f"s{place + 1}" if place < 6 else "ende"}
    nodes["ende"] = {"type": "end", "name": "Ende"}
    handovers = [
        {"id": f"h{place}", "from": f"s{one}", "to": f"s{other}", "channel": "email"}
        for place, (one, other) in enumerate(ends)
        if one != other
    ]
    plain["agreements"] = {}
    plain["processes"] = {"p": {"name": "P", "nodes": nodes, "handovers": handovers or "none"}}
    made = ArrivalModel.model_validate(plain)

    assert render_dot(to_dot(made), "svg").startswith(b"<?xml")
    assert render_dot(to_dot(made, view="handovers"), "svg").startswith(b"<?xml")


@pytest.mark.dot
@settings(WHOLE_MODELS, max_examples=10)
@given(model=models)
def test_any_model_can_be_drawn(model: ArrivalModel) -> None:
    assert render_dot(to_dot(model), "svg").startswith(b"<?xml")
    assert render_dot(to_dot(model, view="handovers"), "svg").startswith(b"<?xml")


@pytest.mark.dot
def test_a_picture_has_the_wanted_format() -> None:
    assert render_dot(to_dot(model()), "png").startswith(b"\x89PNG")


@pytest.mark.dot
def test_a_graph_that_dot_does_not_understand_is_an_error() -> None:
    with pytest.raises(ExportError, match="could not draw"):
        render_dot("digraph {", "svg")


@pytest.mark.dot
def test_dot_is_stopped_after_the_time_limit() -> None:
    edges = "".join(f"n{one} -> n{other};" for one in range(60) for other in range(60))

    with pytest.raises(ExportError, match="stopped"):
        render_dot(f"digraph {{{edges}}}", "svg", time_limit=0.05)


def test_without_the_program_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)

    with pytest.raises(MissingProgramError, match="apt-get install graphviz"):
        render_dot("digraph {}", "svg")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="known are svg, png, pdf"):
        render_dot("digraph {}", "gif:cairo")  # type: ignore[arg-type]
