"""What the rule `avoidable-collection` reports, and what it must not report."""

from __future__ import annotations

from ankunft_model.analysis import rule_by_id

from .cases import case, found, model_of

ASKED_TWICE = (
    "first: {name: Antrag aufnehmen, actor: sozialamt, collects: [bank], next: then}\n"
    "then: {name: Auszahlen, actor: jobcenter, collects: [%s], next: ende}"
)


def test_says_who_knows_it_since_when_and_on_what_basis_it_could_pass() -> None:
    (finding,) = found("avoidable-collection", case(ASKED_TWICE % "bank"))

    assert finding.message.de == (
        "Jobcenter fragt „Bankverbindung“ bei „Auszahlen“ erneut ab, obwohl Sozialamt die Angabe schon seit "
        "„Antrag aufnehmen“ kennt. Rechtsgrundlage für eine Übermittlung: nicht angegeben."
    )
    assert finding.severity == "hint"
    assert finding.certainty == "definite"
    assert finding.witness == ("beginn", "first", "then")


def test_names_the_basis_of_the_model() -> None:
    law = "legal_bases:\n  b: {cite: SGB X § 69, kind: statute, allows: {recipients: [jobcenter], data: [bank]}}\n"

    (finding,) = found("avoidable-collection", case(ASKED_TWICE % "bank", more=law))

    assert "SGB X § 69" in finding.message.de
    assert [(reason.kind, reason.id) for reason in finding.because] == [("legal_basis", "b")]


def test_a_system_that_could_be_read_is_a_warning() -> None:
    right = "{actor: jobcenter, used: false}"
    systems = f"systems:\n  azr: {{name: Register, operated_by: agentur, readers: [{right}], holds: [bank]}}\n"

    (finding,) = found(
        "avoidable-collection", case("first: {name: A, actor: jobcenter, collects: [bank], next: ende}", more=systems)
    )

    assert finding.severity == "warning"
    assert "Register" in finding.recommendation.de


def test_a_provision_that_demands_asking_again_lowers_it_to_information() -> None:
    law = "legal_bases:\n  b: {cite: SGB I § 60, kind: statute}\n"

    (finding,) = found("avoidable-collection", case(ASKED_TWICE % "{item: bank, justified_by: b}", more=law))

    assert finding.severity == "info"


def test_is_silent_about_the_first_question() -> None:
    assert not found("avoidable-collection", case("first: {name: A, actor: jobcenter, collects: [bank], next: ende}"))


def test_is_silent_about_what_must_be_given_anew_each_time() -> None:
    model = model_of(
        rule_by_id("avoidable-collection").broken.replace("category: financial", "category: financial, reusable: false")
    )

    assert not found("avoidable-collection", model)


def test_is_silent_about_an_old_value() -> None:
    model = case(
        "first: {name: A, actor: sozialamt, collects: [bank], next: move}\n"
        "move: {name: Umzug, actor: person, changes: [bank], next: then}\n"
        "then: {name: B, actor: jobcenter, collects: [bank], next: ende}"
    )

    assert not found("avoidable-collection", model)


def test_names_the_basis_on_which_the_asking_body_reads_not_that_of_others() -> None:
    law = "legal_bases:\n  mine: {cite: AZRG § 15, kind: statute}\n  theirs: {cite: AZRG § 16, kind: statute}\n"
    readers = (
        "[{actor: agentur, legal_basis: theirs}, {actor: jobcenter, legal_basis: mine, used: false}, "
        "{actor: sozialamt, used: false}]"
    )
    systems = f"systems:\n  azr: {{name: Register, operated_by: agentur, readers: {readers}, holds: [bank]}}\n"

    def reasons(actor: str) -> list[str]:
        step = f"first: {{name: A, actor: {actor}, collects: [bank], next: ende}}"
        (finding,) = found("avoidable-collection", case(step, more=law + systems))
        return [reason.id for reason in finding.because]

    assert reasons("jobcenter") == ["mine"]
    assert reasons("sozialamt") == []


def test_whoever_deletes_it_could_be_the_one_who_knows_it() -> None:
    def known(actor: str) -> list[tuple[str, list[str]]]:
        model = case(
            "first: {name: Fragen, actor: sozialamt, collects: [name], next: mid}\n"
            f"mid: {{name: Löschen, {actor}discards: [name], next: then}}\n"
            "then: {name: Wieder fragen, actor: jobcenter, collects: [name], next: ende}"
        )
        return [
            (finding.certainty, [fact.path for fact in finding.depends_on])
            for finding in found("avoidable-collection", model)
        ]

    assert known("") == [("possible", ["processes.p.nodes.mid.actor"])]
    assert known("actor: agentur, ") == [("definite", [])]
    assert known("actor: sozialamt, ") == []
