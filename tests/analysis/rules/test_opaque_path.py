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


def test_three_bodies_are_not_too_many() -> None:
    text = walked().to_yaml().replace("actor: b", "actor: a")

    assert not found(RULE, model_of(text))


@pytest.mark.parametrize(
    ("last", "is_found"),
    [
        ("channel: phone", True),
        ("channel: video", True),
        ("channel: online_service", True),
        ("channel: paper_carried", True),
        ("channel: email", False),
        ("channel: email, collects: [angabe]", True),
        ("channel: email, documents_in: [papier]", True),
    ],
)
def test_the_person_deals_with_who_meets_asks_or_wants_papers_of_her(last: str, is_found: bool) -> None:
    text = walked(last="channel: in_person").to_yaml()
    more = (
        "data:\n  angabe: {name: Angabe, category: identity}\n"
        "documents:\n  papier: {name: Papier, issuer: a, prints: [angabe]}\n"
    )
    head, nodes = text.split("processes:\n")
    before, vier = nodes.split("      vier:")
    line, after = vier.split("\n", 1)
    line = line.replace("channel: [in_person]", last).replace("channel: in_person", last)

    assert bool(found(RULE, model_of(f"{head}{more}processes:\n{before}      vier:{line}\n{after}"))) is is_found


def tangled(*, guide: str = "", extra: str = "next: vier") -> ArrivalModel:
    """Return a model whose branches cross, so that it is not made of blocks."""
    return model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\n"
        "actors:\n  person: {name: Person, kind: person}\n  a: {name: Meldeamt, kind: registration_office}\n"
        "  b: {name: Bank, kind: bank}\n  c: {name: Krankenkasse, kind: health_insurer}\n"
        "  d: {name: Ausländerbehörde, kind: immigration_office}\n  e: {name: Schule, kind: school}\n"
        "processes:\n  p:\n    name: Ablauf\n    nodes:\n"
        "      beginn: {type: start, name: Beginn, actor: person, next: eins}\n"
        f"      eins: {{name: Anmelden, actor: a, channel: in_person{guide}, next: w1}}\n"
        "      w1: {type: exclusive, name: Wo?, next: [{to: zwei, when: a}, {to: drei, when: b}]}\n"
        "      zwei: {name: Konto eröffnen, actor: b, channel: in_person, next: w2}\n"
        "      w2: {type: exclusive, name: Wohin?, next: [{to: drei, when: a}, {to: vier, when: b}]}\n"
        "      drei: {name: Kasse wählen, actor: c, channel: phone, next: w3}\n"
        "      w3: {type: exclusive, name: Fertig?, next: [{to: vier, when: a}, {to: fuenf, when: b}]}\n"
        f"      vier: {{name: Titel beantragen, actor: d, channel: in_person, {extra.replace('vier', 'fuenf')}}}\n"
        "      fuenf: {name: Kind anmelden, actor: e, channel: in_person, next: ende}\n"
        "      ende: {type: end, name: Ende}\n    handovers: none\n"
    )


def test_finds_the_longest_way_where_ways_cross() -> None:
    (finding,) = found(RULE, tangled())

    assert [element.id for element in finding.elements] == ["p", "eins", "zwei", "drei", "vier", "fuenf"]
    assert "5 Stellen nacheinander" in finding.message.de
    assert finding.message.de.startswith("In manchen Abläufen: ")
    assert finding.certainty == "possible"
    assert [node for node in finding.run() if node in ("eins", "zwei", "drei", "vier", "fuenf")] == [
        "eins", "zwei", "drei", "vier", "fuenf"
    ]  # fmt: skip


def test_somebody_who_explains_the_way_helps_where_ways_cross_too() -> None:
    assert not found(RULE, tangled(guide=", kind: counsel"))


def test_guidance_on_one_of_the_ways_leaves_the_longest_way_round_it() -> None:
    text = tangled().to_yaml().replace("name: Titel beantragen,", "name: Titel beantragen, kind: counsel,")

    (finding,) = found(RULE, model_of(text))

    assert [element.id for element in finding.elements] == ["p", "eins", "zwei", "drei", "fuenf"]
    assert "vier" not in finding.run()
