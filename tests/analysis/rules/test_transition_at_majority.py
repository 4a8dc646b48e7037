"""What the rule `transition-at-majority` reports, and what it must not report."""

from __future__ import annotations

from ankunft_model.model import ArrivalModel

from .cases import found, model_of

RULE = "transition-at-majority"
AGREED = "agreements:\n  koop: {name: Vereinbarung, parties: [jugendamt, jobcenter]}\n"


def grown(
    *,
    before: str = "planen",
    after: str = "bewilligen",
    age: str = "P18Y",
    more: str = AGREED,
    covers: str = "subsistence",
) -> ArrivalModel:
    return model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\n"
        "actors:\n  person: {name: Junger Mensch, kind: person}\n  jugendamt: {name: Jugendamt, kind: youth_office}\n"
        "  jobcenter: {name: Jobcenter, kind: jobcenter}\n"
        f"benefits:\n  hilfe: {{name: Hilfe, regime: sgb8, payer: jugendamt, covers: [{covers}]}}\n"
        "  danach: {name: Grundsicherung, regime: sgb2, payer: jobcenter, covers: [subsistence]}\n"
        f"{more}processes:\n  p:\n    name: Hilfe\n    nodes:\n"
        f"      beginn: {{type: start, name: Beginn, actor: person, next: {before}}}\n"
        "      planen: {name: Übergang planen, actor: jugendamt, kind: transition, next: achtzehn}\n"
        f"      achtzehn: {{type: catch, trigger: timer, at: {{age: {age}}}, name: Geburtstag, next: beenden}}\n"
        f"      beenden: {{name: Beenden, actor: jugendamt, stops: [hilfe], next: {after}}}\n"
        "      wahl: {type: exclusive, name: Antrag?, next: [{to: bewilligen, when: ja}, {to: ende, when: nein}]}\n"
        "      bewilligen: {name: Bewilligen, actor: jobcenter, starts: [danach], next: ende}\n"
        "      ende: {type: end, name: Ende}\n    handovers: none\n"
    )


def seen(model: ArrivalModel) -> list[tuple[str, str]]:
    return [(finding.severity, finding.certainty) for finding in found(RULE, model)]


def test_reports_a_need_that_nothing_covers_afterwards() -> None:
    (finding,) = found(RULE, grown(after="ende"))

    assert [element.id for element in finding.elements] == ["achtzehn", "beenden", "hilfe"]
    assert (finding.severity, finding.certainty) == ("error", "definite")
    assert "bewilligen" not in finding.run()


def test_is_only_possible_where_some_runs_go_on_with_another_benefit() -> None:
    assert seen(grown(after="wahl")) == [("error", "possible")]


def test_warns_where_the_bodies_have_not_agreed_or_nothing_prepares() -> None:
    assert seen(grown(more="agreements: none\n")) == [("warning", "definite")]
    assert seen(grown(more="")) == [("warning", "possible")]
    assert seen(grown(before="achtzehn")) == [("warning", "definite")]


def test_is_silent_where_everything_is_arranged() -> None:
    assert seen(grown()) == []


def test_is_silent_about_the_end_of_representation_and_about_other_birthdays() -> None:
    assert seen(grown(covers="representation", after="ende")) == []
    assert seen(grown(after="ende", age="P27Y")) == []


def test_a_benefit_that_ended_before_the_birthday_covers_nothing_after_it() -> None:
    text = grown(after="ende").to_yaml()
    early = text.replace("kind: transition", "kind: transition, starts: [danach], stops: [danach]")

    assert early != text
    assert seen(model_of(early)) == [("error", "definite")]


def test_the_end_of_representation_does_not_hide_the_needs_beside_it() -> None:
    assert seen(grown(covers="representation, subsistence", after="ende")) == [("error", "definite")]


def test_counts_what_ends() -> None:
    (one,) = found(RULE, grown(after="ende"))
    two = grown(after="ende").to_yaml().replace("stops: [hilfe]", "stops: [hilfe, geld]")
    benefit = "benefits:\n  geld: {name: Geld, regime: sgb8, payer: jugendamt, covers: [subsistence]}\n"
    (both,) = found(RULE, model_of(two.replace("benefits:\n", benefit)))

    assert "Mit 18 endet „Hilfe“" in one.message.de
    assert "“Hilfe” ends" in one.message.en
    assert "Mit 18 enden " in both.message.de
    assert " end: " in both.message.en


def test_is_silent_where_nothing_ends_after_the_birthday() -> None:
    text = grown(more="agreements: none\n").to_yaml()

    assert not found(RULE, model_of(text.replace("stops: [hilfe], ", "")))


def test_a_deadline_that_counts_back_from_the_birthday_prepares() -> None:
    text = grown(before="achtzehn").to_yaml()
    line = "name: Beenden, deadlines: [{within: P1Y, before: ANCHOR, until: beginn}],"

    assert seen(model_of(text.replace("name: Beenden,", line.replace("ANCHOR", "achtzehn")))) == []
    assert seen(model_of(text.replace("name: Beenden,", line.replace("ANCHOR", "bewilligen")))) == [
        ("warning", "definite")
    ]


def test_says_what_is_missing_in_both_languages() -> None:
    (finding,) = found(RULE, grown(before="achtzehn", more="agreements: none\n"))

    assert "zwischen Jugendamt und Jobcenter gibt es keine Vereinbarung; kein Schritt bereitet den Übergang vor." in (
        finding.message.de
    )
    assert "there is no agreement between Jugendamt and Jobcenter; no step prepares the transition." in (
        finding.message.en
    )


def test_a_benefit_that_began_before_and_goes_on_covers_the_time_after() -> None:
    text = grown(after="ende").to_yaml()
    lasting = text.replace("kind: transition", "kind: transition, starts: [danach]")

    assert lasting != text
    assert seen(model_of(lasting)) == []
