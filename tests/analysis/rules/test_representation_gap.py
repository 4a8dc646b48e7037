"""What the rule `representation-gap` reports, and what it must not report."""

from __future__ import annotations

import pytest

from ankunft_model.model import ArrivalModel

from .cases import found, model_of

RULE = "representation-gap"


BENEFITS = """\
benefits:
  vormundschaft: {name: Vormundschaft, regime: sgb8, payer: vormund, covers: [representation]}
  notvertretung: {name: Notvertretung, regime: sgb8, payer: jugendamt, covers: [representation]}
"""


def minor(
    *,
    order: tuple[str, str] = ("antrag", "bestellen"),
    cohort: str = "group: unaccompanied_minor",
    protect: str = "",
    apply: str = "actor: bamf, kind: application",
    benefits: str = BENEFITS,
) -> ArrivalModel:
    first, second = order
    after = {first: second, second: "ende"}
    start = ", starts: [vormundschaft]" if benefits else ""
    return model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\n"
        "actors:\n  person: {name: Junger Mensch, kind: person}\n  jugendamt: {name: Jugendamt, kind: youth_office}\n"
        "  gericht: {name: Familiengericht, kind: family_court}\n  vormund: {name: Vormund, kind: guardian}\n"
        "  bamf: {name: BAMF, kind: federal_migration_office}\n"
        f"cohorts:\n  gruppe: {{name: Kinder, {cohort}}}\n{benefits}"
        "processes:\n  p:\n    name: Schutz\n    nodes:\n"
        "      beginn: {type: start, name: Beginn, actor: person, next: obhut}\n"
        f"      obhut: {{name: In Obhut nehmen, actor: jugendamt, kind: protect{protect}, next: {first}}}\n"
        f"      bestellen: {{name: Bestellen, actor: gericht, kind: decide{start}, next: {after['bestellen']}}}\n"
        f"      antrag: {{name: Asylantrag aufnehmen, {apply}, next: {after['antrag']}}}\n"
        "      ende: {type: end, name: Ende}\n    handovers: none\n"
    )


def seen(model: ArrivalModel) -> list[tuple[tuple[str, ...], str, str]]:
    return [(tuple(e.id for e in f.elements), f.severity, f.certainty) for f in found(RULE, model)]


def test_reports_an_application_before_anybody_represents_the_minor() -> None:
    assert seen(minor()) == [(("antrag", "gruppe"), "error", "definite")]


def test_is_silent_once_the_guardian_is_appointed() -> None:
    assert seen(minor(order=("bestellen", "antrag"))) == []


def test_is_silent_where_the_youth_office_represents_until_then() -> None:
    assert seen(minor(protect=", starts: [notvertretung]")) == []


@pytest.mark.parametrize(
    "apply",
    [
        "actor: vormund, kind: application",
        "actor: bamf, with: [jugendamt], kind: application",
        "actor: bamf, kind: registration",
    ],
)
def test_is_silent_about_steps_with_a_representative_and_about_other_steps(apply: str) -> None:
    assert seen(minor(apply=apply)) == []


@pytest.mark.parametrize(
    "cohort",
    [
        "group: third_country_national",
        "members: {kind: {name: Kind, age: 16, role: applicant}, mutter: {name: Mutter, role: parent}}",
    ],
)
def test_is_silent_about_adults_and_children_with_parents(cohort: str) -> None:
    assert seen(minor(cohort=cohort)) == []


def test_recognises_a_minor_by_age_and_asks_where_representation_is_not_modelled() -> None:
    (finding,) = found(RULE, minor(cohort="members: {kind: {name: Kind, age: 16, role: applicant}}", benefits=""))

    assert finding.certainty == "possible"
    assert [fact.path for fact in finding.depends_on] == ["benefits"]
