"""What the rule `opaque-path` reports, and what it must not report."""

from __future__ import annotations

import pytest

from ankunft_model.model import ArrivalModel

from .cases import found, model_of

RULE = "opaque-path"


def walked(*, first: str = "kind: registration", last: str = "channel: in_person", begin: str = "eins") -> ArrivalModel:
    return model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\n"
        "actors:\n  person: {name: Person, kind: person}\n  a: {name: Meldeamt, kind: registration_office}\n"
        "  b: {name: Bank, kind: bank}\n  c: {name: Krankenkasse, kind: health_insurer}\n"
        "  d: {name: Ausländerbehörde, kind: immigration_office}\n"
        "  e: {name: Team der Behörde, kind: immigration_office, part_of: d}\n"
        "processes:\n  p:\n    name: Ablauf\n    nodes:\n"
        f"      beginn: {{type: start, name: Beginn, actor: person, next: {begin}}}\n"
        "      wahl: {type: exclusive, name: Wer?, next: [{to: eins, when: a}, {to: vier, when: b}]}\n"
        f"      eins: {{name: Anmelden, actor: a, channel: in_person, {first}, next: zwei}}\n"
        "      zwei: {name: Konto eröffnen, actor: b, channel: in_person, next: drei}\n"
        "      drei: {name: Kasse wählen, actor: c, channel: phone, next: vier}\n"
        f"      vier: {{name: Titel beantragen, actor: d, {last}, next: ende}}\n"
        "      ende: {type: end, name: Ende}\n    handovers: none\n"
    )


def test_reports_more_than_three_bodies_without_counselling() -> None:
    (finding,) = found(RULE, walked())

    assert [element.id for element in finding.elements] == ["p", "eins", "zwei", "drei", "vier"]
    assert (finding.severity, finding.certainty) == ("hint", "definite")


def test_is_only_possible_where_a_shorter_way_exists() -> None:
    (finding,) = found(RULE, walked(begin="wahl"))

    assert finding.certainty == "possible"
    assert finding.witness[:3] == ("beginn", "wahl", "eins")


@pytest.mark.parametrize("kind", ["counsel", "inform", "case_conference"])
def test_is_silent_where_somebody_explains_the_way(kind: str) -> None:
    assert not found(RULE, walked(first=f"kind: {kind}"))


def test_is_silent_about_steps_that_the_person_does_not_notice() -> None:
    assert not found(RULE, walked(last="channel: interface_xoev"))


def test_counts_units_of_one_body_once() -> None:
    model = walked(last="channel: interface_xoev")
    text = model.to_yaml().replace("actor: c", "actor: e").replace("channel: interface_xoev", "channel: in_person")

    assert "actor: e" in text
    assert not found(RULE, model_of(text))
