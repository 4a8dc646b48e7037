"""What is suggested on small models, and what is not."""

from __future__ import annotations

import pytest

import ankunft_model as am

from ..rules.cases import HEAD, case, model_of

ASK_TWICE = (
    "first: {{name: Antrag aufnehmen, actor: sozialamt, collects: [bank], next: then}}\n"
    "then: {{name: Antrag prüfen, actor: jobcenter, {word}: [bank], next: ende}}"
)
AZR = (
    "systems:\n  azr: {{name: AZR, operated_by: bva, kind: register, holds: [school_education], readers: {readers}}}\n"
)


def asked_twice(word: str = "collects", *, handovers: str = "none", more: str = "") -> am.ArrivalModel:
    return case(ASK_TWICE.format(word=word), handovers=handovers, more=more)


def register(readers: str, *, as_of: str = "2025-06-01", bases: str = "") -> am.ArrivalModel:
    """Return a model whose Jobcenter asks for what a register holds."""
    return model_of(
        f"""\
format: ankunft/1
id: fall
title: Fall
state: as_is
as_of: {as_of}
actors:
  person:    {{name: Zugewanderte Person, kind: person}}
  bva:       {{name: Bundesverwaltungsamt, kind: federal_admin_office}}
  jobcenter: {{name: Jobcenter, kind: jobcenter}}
data:
  school_education: {{name: Schulbildung, category: education_work}}
{bases}{AZR.format(readers=readers)}processes:
  p:
    name: Ablauf
    nodes:
      beginn: {{type: start, name: Beginn, actor: person, next: ask}}
      ask:    {{name: Antrag aufnehmen, actor: jobcenter, collects: [school_education], next: ende}}
      ende:   {{type: end, name: Ende}}
    handovers: none
"""
    )


def test_what_a_body_knows_itself_is_only_confirmed() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [both], next: then}\n"
        "then: {name: Noch einmal fragen, actor: sozialamt, collects: [both], next: ende}"
    )

    (one,) = model.suggest().suggestions

    assert (one.id, one.kind, one.lawfulness, one.size) == ("own_file:then", "own_file", "same_body", 0)
    assert one.cures == ("avoidable-collection:then+name", "avoidable-collection:then+bank")
    assert (
        one.text.de
        == "Sozialamt hat „Stammdaten“ bei „Noch einmal fragen“ schon: nicht mehr abfragen, nur bestätigen lassen."
    )
    changed = one.apply(model).nodes["then"]
    assert (changed.collects, changed.confirms) == ((), ("name", "bank"))


def test_the_rest_of_a_group_is_still_asked() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [name], next: then}\n"
        "then: {name: Noch einmal fragen, actor: sozialamt, collects: [both], records_in: [akte], next: ende}",
        more="systems:\n  akte: {name: Akte, operated_by: sozialamt, holds: none, readers: [sozialamt]}\n",
    )

    changed = model.suggest().model

    step = changed.nodes["then"]
    assert [entry.item for entry in step.collects] == ["bank"]
    assert step.confirms == ("name",)
    assert changed.who_knows("name", at="ende").always == ("sozialamt", "akte")


def test_between_bodies_without_a_legal_basis_it_takes_consent_and_an_agreement() -> None:
    model = asked_twice()

    found = model.suggest()

    (one,) = found.suggestions
    assert (one.kind, one.lawfulness, one.size) == ("handover", "consent", 3)
    assert "Ohne Einwilligung wird bei „Antrag prüfen“ gefragt wie bisher." in one.condition.de
    assert "nur mit Einwilligung" in one.law.de
    changed = found.model
    (handover,) = changed.handovers.values()
    assert (handover.from_node, handover.to_node, handover.data) == ("first", "then", ("bank",))
    assert changed.agreements[handover.agreement].parties == ("sozialamt", "jobcenter")
    consent = changed.consents[handover.consent]
    assert (consent.given_at, consent.recipients, consent.refused_at) == (("first",), ("jobcenter",), "then")
    assert {one.rule for one in found.brings_up} == {"missing-governance", "missing-evaluation"}


@pytest.mark.parametrize(
    ("agreement", "size"), [("parties: [sozialamt, jobcenter]", 2), ("parties: [sozialamt, agentur]", 3)]
)
def test_an_agreement_between_the_two_is_used(agreement: str, size: int) -> None:
    model = asked_twice(more=f"agreements:\n  koop: {{name: Kooperation, {agreement}}}\n")

    assert model.suggest().size == size


def test_a_legal_basis_of_the_model_that_names_receiver_and_datum_is_to_be_examined() -> None:
    basis = "{cite: Gesetz § 1, kind: statute, allows: {recipients: [jobcenter], data: [bank]}, source: 'LAW:G § 1'}"
    model = asked_twice("needs", more=f"legal_bases:\n  norm: {basis}\n")

    (one,) = model.suggest().suggestions

    assert (one.lawfulness, one.size) == ("to_be_examined", 2)
    assert one.because[0] == am.Reason("legal_basis", "norm")
    assert "Gesetz § 1 (Quelle: LAW:G § 1)" in one.law.de
    assert "zu prüfen" in one.law.de
    assert one.cures == ("needed-but-unavailable:then+bank",)


@pytest.mark.parametrize("unusable", ["stage: draft", "stage: repealed", "valid_to: 2020-01-01"])
def test_law_that_is_not_in_force_carries_nothing(unusable: str) -> None:
    basis = f"{{cite: Gesetz § 1, kind: statute, allows: {{recipients: any, data: any}}, {unusable}}}"
    model = asked_twice(more=f"as_of: 2025-06-01\nlegal_bases:\n  norm: {basis}\n")

    (one,) = model.suggest().suggestions

    assert one.lawfulness == "consent"


def test_an_obligation_needs_no_agreement() -> None:
    basis = "{cite: Gesetz § 1, kind: statute, mandatory: true, allows: {recipients: any, data: any}, confidence: fact}"
    model = asked_twice(more=f"legal_bases:\n  norm: {basis}\n")

    found = model.suggest()

    assert (found.size, found.model.handovers["first_to_jobcenter"].agreement) == (1, "not_needed")


def test_a_handover_that_is_there_is_extended_on_its_own_basis() -> None:
    basis = "{cite: Gesetz § 1, kind: statute, allows: {recipients: [jobcenter], data: any}, confidence: fact}"
    model = asked_twice(
        handovers="[{id: h, from: first, to: then, channel: email, data: [name], legal_basis: norm, agreement: none}]",
        more=f"legal_bases:\n  norm: {basis}\n",
    )

    found = model.suggest()

    (one,) = found.suggestions
    assert (one.kind, one.lawfulness, one.size) == ("extended_handover", "legal_basis", 1)
    assert found.model.handovers["h"].data == ("name", "bank")


def test_nothing_is_built_on_a_transfer_without_basis_and_consent() -> None:
    handover = "[{id: h, from: first, to: then, channel: email, data: [bank], legal_basis: none, consent: none}]"
    model = asked_twice(handovers=handover)

    found = model.suggest()

    (one,) = found.suggestions
    assert (one.id, one.lawfulness) == ("extended_handover:h:first", "consent")
    assert found.model.consents[found.model.handovers["h"].consent].data == ("bank",)
    assert "transfer-without-consent:h+first+then" in found.resolves


def test_what_rests_on_a_transfer_without_a_stated_basis_is_marked_unknown() -> None:
    model = asked_twice(handovers="[{id: h, from: first, to: then, channel: email, data: [bank], agreement: none}]")

    (one,) = model.suggest().suggestions

    assert (one.id, one.lawfulness) == ("own_file:then:unknown", "unknown")
    assert "klären" in one.law.de


def test_extending_a_transfer_without_a_stated_basis_comes_after_consent() -> None:
    model = asked_twice(handovers="[{id: h, from: first, to: then, channel: email, data: [name], agreement: none}]")

    (one,) = model.suggest().suggestions

    assert (one.kind, one.lawfulness) == ("handover", "consent")


def test_the_registry_of_retrieval_rights_gives_the_right_with_its_law() -> None:
    found = register("none").suggest()

    (one,) = found.suggestions
    assert (one.id, one.lawfulness, one.size) == ("retrieval:ask:azr", "legal_basis", 2)
    assert "AZRG § 18b Abs. 1 Nr. 10 (Quelle: LAW:AZRG § 18b" in one.law.de
    (access,) = found.model.systems["azr"].readers
    assert (access.actor, access.data, access.legal_basis) == ("jobcenter", ("school_education",), "azrg_18b")
    assert found.model.nodes["ask"].retrieves[0].legal_basis == "azrg_18b"
    assert am.read_text(found.model.to_yaml(), suffix=".yaml") == found.model


def test_a_right_of_before_its_time_is_none() -> None:
    (unsolved,) = register("none", as_of="2010-01-01").suggest().unsolved

    assert unsolved.reason == "no_way"


def test_a_right_that_lies_idle_is_used() -> None:
    basis = "legal_bases:\n  norm: {cite: Gesetz § 2, kind: statute, confidence: fact}\n"

    found = register("[{actor: jobcenter, legal_basis: norm, used: false}]", bases=basis).suggest()

    (one,) = found.suggestions
    assert (one.size, one.lawfulness, one.because) == (1, "legal_basis", (am.Reason("legal_basis", "norm"),))


def test_a_norm_that_is_only_assumed_is_to_be_examined() -> None:
    basis = "legal_bases:\n  norm: {cite: Gesetz § 2, kind: statute, source: GK, confidence: source_needed}\n"

    (one,) = register("[{actor: jobcenter, legal_basis: norm, used: false}]", bases=basis).suggest().suggestions

    assert one.lawfulness == "to_be_examined"
    assert "noch zu belegen" in one.law.de


def test_a_question_that_a_provision_demands_stays() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [bank], next: then}\n"
        "then: {name: Noch einmal, actor: sozialamt, collects: [{item: bank, justified_by: norm}], next: ende}",
        more="legal_bases:\n  norm: {cite: Gesetz § 1, kind: statute}\n",
    )

    found = model.suggest()

    assert found.suggestions == ()
    assert [(one.reason, one.finding) for one in found.unsolved] == [
        ("demanded_by_law", "avoidable-collection:then+bank")
    ]


def test_what_only_the_person_brings_is_no_own_file() -> None:
    model = case(
        "first: {name: Ausstellen, actor: sozialamt, collects: [bank], documents_out: [karte], next: then}\n"
        "then: {name: Annehmen, actor: jobcenter, documents_in: [karte], collects: [bank], next: ende}",
        more="documents:\n  karte: {name: Karte, prints: [bank]}\n",
    )

    found = model.suggest()

    assert [one.reason for one in found.unsolved] == ["only_carried"]
    assert found.model == model


def test_what_nobody_knows_is_asked_or_dropped() -> None:
    model = case("first: {name: Prüfen, actor: jobcenter, needs: [bank], next: ende}")

    found = model.suggest()

    (one,) = found.unsolved
    assert one.reason == "nobody_knows"
    assert one.text.de.startswith("Bei „Prüfen“ fehlt weiter „Bankverbindung“: niemand kennt sie vorher;")


def test_where_two_know_it_on_different_ways_both_hand_over() -> None:
    model = case(
        "first: {type: exclusive, name: Wohin?, actor: sozialamt, next: [{to: here, when: a}, {to: there, when: b}]}\n"
        "here: {name: Hier fragen, actor: sozialamt, collects: [bank], next: both_ways}\n"
        "there: {name: Dort fragen, actor: agentur, collects: [bank], next: both_ways}\n"
        "both_ways: {type: exclusive, actor: jobcenter, next: then}\n"
        "then: {name: Prüfen, actor: jobcenter, needs: [bank], next: ende}"
    )

    found = model.suggest()

    (one,) = found.suggestions
    assert (one.kind, one.size, one.cures) == ("several_ways", 6, ("needed-but-unavailable:then+bank",))
    assert {handover.from_node for handover in found.model.handovers.values()} == {"here", "there"}


def test_one_handover_serves_several_steps_and_data() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [both], next: then}\n"
        "then: {name: Prüfen, actor: jobcenter, collects: [name], next: more}\n"
        "more: {name: Bewilligen, actor: jobcenter, needs: [both], next: ende}"
    )

    found = model.suggest()

    assert (len(found), found.size, found.exact) == (1, 3, True)
    assert found.model.handovers["first_to_jobcenter"].to_node == "then"
    assert found.unsolved == ()


def test_two_handovers_that_another_datum_needs_anyway_are_fewer_than_a_third() -> None:
    model = case(
        "first: {name: Aufnehmen, actor: sozialamt, collects: [name], next: x}\n"
        "x: {type: exclusive, actor: sozialamt, next: [{to: a, when: a}, {to: b, when: b}]}\n"
        "a: {name: Prüfen, actor: sozialamt, collects: [name, bank], next: y}\n"
        "y: {type: exclusive, actor: sozialamt, next: [{to: b, when: a}, {to: last, when: b}]}\n"
        "b: {name: Bescheiden, actor: sozialamt, collects: [name, bank], next: last}\n"
        "last: {name: Zahlen, actor: jobcenter, needs: [name, bank], next: ende}"
    )

    found = model.suggest()

    sent = {c.part.from_node: set(c.items) for one in found.suggestions for c in one.changes if c.kind == "handover"}
    assert sent == {"a": {"name", "bank"}, "b": {"name", "bank"}}
    assert found.exact


def test_nothing_to_do_says_so() -> None:
    model = case("first: {name: Fragen, actor: sozialamt, collects: [bank], next: ende}")

    found = model.suggest()

    assert (found.suggestions, found.unsolved, found.model, found.exact) == ((), (), model, True)


def test_following_a_suggestion_twice_does_no_harm() -> None:
    model = asked_twice()
    (one,) = model.suggest().suggestions

    assert one.apply(one.apply(model)) == one.apply(model)


def test_beyond_the_budget_it_says_so() -> None:
    from ankunft_model.analysis import suggest

    found = suggest(asked_twice(), state_budget=0)

    assert not found.exact
    assert [one.reason for one in found.unsolved] == ["limit"]


@pytest.mark.parametrize(
    ("readers", "sender"),
    [
        ("[sozialamt]", "first"),
        ("[{actor: sozialamt, data: [bank]}]", "first"),
        ("[{actor: sozialamt, data: [name]}]", None),
        ("[{actor: sozialamt, used: false}]", None),
        ("[agentur]", None),
    ],
)
def test_who_reads_a_system_that_holds_it_can_hand_it_over(readers: str, sender: str | None) -> None:
    model = asked_twice("needs").to_yaml().replace("collects: [bank], ", "")
    system = f"systems:\n  akte: {{name: Akte, operated_by: agentur, holds: [bank], readers: {readers}}}\n\n"

    found = model_of(model.replace("processes:\n", f"{system}processes:\n")).suggest()

    handed_over = [one.id for one in found.suggestions if one.kind == "handover"]
    assert handed_over == ([] if sender is None else [f"handover:{sender}:jobcenter"])


def test_every_way_is_said_in_both_languages_with_its_law_and_its_effect() -> None:
    norm = "legal_bases:\n  norm: {cite: X § 1, kind: statute, allows: {recipients: [jobcenter], data: any}}\n"
    there = "[{id: h, from: first, to: then, channel: email, data: [name], legal_basis: [norm]}]"
    (extended,) = asked_twice("needs", handovers=there, more=norm).suggest().suggestions
    (handed_over,) = asked_twice("needs").suggest().suggestions

    assert extended.text.de == (
        "Sozialamt gibt Jobcenter nach „Antrag aufnehmen“ auch „Bankverbindung“ mit (Übergabe h). Nicht mehr fehlen "
        "wird es bei „Antrag prüfen“."
    )
    assert extended.text.en.startswith("Sozialamt also passes “Bankverbindung” to Jobcenter after “Antrag aufnehmen”")
    assert "(handover h)" in extended.text.en
    assert extended.law.de == "Rechtsgrundlage: X § 1."
    assert handed_over.text.de.startswith(
        "Sozialamt gibt „Bankverbindung“ nach „Antrag aufnehmen“ an Jobcenter weiter."
    )
    assert handed_over.text.en.startswith("Sozialamt passes “Bankverbindung” on to Jobcenter after “Antrag aufnehmen”.")
    assert handed_over.condition is not None
    assert extended.condition is None


def test_the_written_answer_has_what_is_changed_and_on_what_it_depends() -> None:
    written = asked_twice("needs").suggest().to_dict()

    (one,) = written["suggestions"]
    assert [change["kind"] for change in one["changes"]] == ["consent", "agreement", "handover"]
    assert all(change["part"]["confidence"] == "assumption" for change in one["changes"])
    assert (written["exact"], written["size"], one["size"], one["cures"]) == (
        True, 3, 3, ["needed-but-unavailable:then+bank"],
    )  # fmt: skip
    assert one["condition"]["de"].startswith("Gilt, wenn die Person einwilligt")
    assert [reason["kind"] for reason in one["because"]] == ["agreement", "consent"]
    assert "needed-but-unavailable:then+bank" in written["resolves"]


def test_what_is_added_gets_an_id_that_is_not_taken() -> None:
    taken = "agreements:\n  agreement_sozialamt_jobcenter: {name: Andere, parties: [sozialamt, agentur]}\n"
    there = "[{id: first_to_jobcenter, from: then, to: {actor: agentur}, channel: email, data: [name]}]"

    (one,) = asked_twice("needs", more=taken, handovers=there).suggest().suggestions

    assert {change.kind: change.element for change in one.changes} == {
        "consent": "consent_first_jobcenter",
        "agreement": "agreement_sozialamt_jobcenter_2",
        "handover": "first_to_jobcenter_2",
    }


def test_one_handover_with_one_consent_passes_two_data() -> None:
    model = case(
        "first: {name: Fragen, actor: sozialamt, collects: [bank, health], next: then}\n"
        "then: {name: Prüfen, actor: jobcenter, needs: [bank, health], next: ende}"
    )

    found = model.suggest()

    (one,) = found.suggestions
    assert (one.id, sorted(one.items), one.size, found.size) == (
        "handover:first:jobcenter", ["bank", "health"], 3, 3,
    )  # fmt: skip


@pytest.mark.parametrize("stated", ["recipients: [agentur]", "recipients: [jobcenter], purpose: Beratung"])
def test_a_consent_whose_name_the_new_one_would_have_stays_as_it_is(stated: str) -> None:
    consent = f"{{given_at: first, data: [health], {stated}}}"
    model = asked_twice(more=f"consents:\n  consent_first_jobcenter: {consent}\n")

    found = model.suggest()

    (handover,) = found.model.handovers.values()
    assert handover.consent == "consent_first_jobcenter_2"
    assert found.model.consents["consent_first_jobcenter"] == model.consents["consent_first_jobcenter"]
    new = found.model.consents["consent_first_jobcenter_2"]
    assert (new.data, new.recipients) == (("bank",), ("jobcenter",))


@pytest.mark.parametrize(
    ("recipients", "is_extended"), [("[jobcenter]", True), ("[agentur]", False), ("[jobcenter, agentur]", False)]
)
def test_a_consent_is_only_extended_for_its_one_recipient_and_the_text_says_so(
    recipients: str, *, is_extended: bool
) -> None:
    handover = "{id: h, from: first, to: then, channel: email, data: [name, health], legal_basis: none, consent: ja}"
    consent = f"{{name: Ja, given_at: beginn, data: [name], recipients: {recipients}}}"
    model = asked_twice(handovers=f"[{handover}]", more=f"consents:\n  ja: {consent}\n")

    found = model.suggest()

    (one,) = found.suggestions
    assert (one.kind, one.lawfulness) == ("extended_handover", "consent")
    used = found.model.handovers["h"].consent
    assert (used == "ja") is is_extended
    assert found.model.consents["ja"].data == (("name", "bank") if is_extended else ("name",))
    assert found.model.consents["ja"].recipients == model.consents["ja"].recipients
    assert ("„Ja“ muss dafür auch „Bankverbindung“ umfassen" in one.text.de) is is_extended
    assert "bank" in found.model.consents[used].data


def test_agreements_between_others_with_the_same_first_letters_do_not_share_an_id() -> None:
    long = "jobcenter_mit_einem_langen_namen"
    actors = "".join(f"  {long}_{end}: {{name: J{end}, kind: jobcenter}}\n" for end in "ab")
    body = (
        "processes:\n  p:\n    name: Ablauf\n    nodes:\n"
        "      beginn: {type: start, name: Beginn, actor: person, next: first}\n"
        "      first: {name: Antrag aufnehmen, actor: sozialamt, collects: [bank], next: then}\n"
        f"      then: {{name: Prüfen, actor: {long}_a, needs: [bank], next: again}}\n"
        f"      again: {{name: Noch einmal prüfen, actor: {long}_b, needs: [bank], next: ende}}\n"
        "      ende: {type: end, name: Ende}\n    handovers: none\n"
    )

    changed = model_of(HEAD.replace("data:\n", f"{actors}data:\n") + body).suggest().model

    agreements = [changed.agreements[one.agreement].parties for one in changed.handovers.values()]
    consents = [changed.consents[one.consent].recipients for one in changed.handovers.values()]
    assert agreements == [("sozialamt", f"{long}_{end}") for end in "ab"]
    assert consents == [(f"{long}_{end}",) for end in "ab"]
