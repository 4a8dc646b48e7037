"""What holds for every rule, also for those that are still to be written."""

from __future__ import annotations

from pathlib import Path

import pytest

import ankunft_model.analysis.rules as rules_room
from ankunft_model.analysis import ALL_RULES, Rule, check
from ankunft_model.analysis.rule_pages import DIMENSION_NAMES, rule_pages
from ankunft_model.findings import MAX_WITNESS, Finding
from ankunft_model.model import ArrivalModel

from .rules.cases import model_of

ROOT = Path(__file__).resolve().parents[2]
every_rule = pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)

REGISTRY_OF_KIND = {
    "actor": "actors", "system": "systems", "data": "data", "document": "documents", "legal_basis": "legal_bases",
    "agreement": "agreements", "consent": "consents", "benefit": "benefits", "cohort": "cohorts", "case": "cases",
    "node": "nodes", "handover": "handovers", "process": "processes", "information_duty": "information_duties",
}  # fmt: skip


def findings_in_broken(rule: Rule) -> tuple[ArrivalModel, tuple[Finding, ...]]:
    model = model_of(rule.broken)
    return model, tuple(check(model, select=[rule.id]))


def reordered(model: ArrivalModel) -> ArrivalModel:
    """Return the model with registries, nodes and handovers the other way round, and other names."""
    changes: dict[str, object] = {}
    for name in ("actors", "systems", "data", "documents", "benefits", "consents", "agreements"):
        entries = [
            entry.changed(name=f"{entry.name} (neu)") if entry.name else entry
            for entry in getattr(model, name).values()
        ]
        if entries:
            changes[name] = entries[::-1]
    processes = [
        process.changed(
            nodes=[node.changed(name="Anders") if node.name else node for node in process.nodes.values()][::-1],
            handovers=None if process.handovers is None else process.handovers[::-1],
        )
        for process in model.processes.values()
    ]
    return model.changed(**changes, processes=processes)


def test_every_module_with_a_rule_is_listed() -> None:
    folder = Path(rules_room.__file__).parent
    modules = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}

    assert {rule.id for rule in ALL_RULES} == modules


@every_rule
def test_every_rule_has_tests_of_its_own(rule: Rule) -> None:
    assert (Path(__file__).parent / "rules" / f"test_{rule.id.replace('-', '_')}.py").is_file()


@every_rule
def test_every_rule_is_explained_in_both_languages(rule: Rule) -> None:
    for wording in (rule.title, rule.finds, rule.matters, rule.resolve):
        assert wording.de.strip()
        assert wording.en.strip()
        assert wording.de != wording.en
    assert "Nicht gemeldet" in rule.finds.de
    assert "Not reported" in rule.finds.en


@every_rule
def test_the_docstring_says_what_why_and_how(rule: Rule) -> None:
    module = __import__(f"ankunft_model.analysis.rules.{rule.id.replace('-', '_')}", fromlist=["x"])

    for heading in ("What it finds:", "Why it matters:", "How to resolve it:"):
        assert heading in (module.__doc__ or "")


@pytest.mark.parametrize("path", list(rule_pages()))
def test_every_page_is_up_to_date(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == rule_pages()[path], "run: make generate"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/reference/rules").glob("*.md")}

    assert pages == set(rule_pages()) | {"docs/reference/rules/coverage.md"}


def test_the_table_of_rules_has_no_empty_cell() -> None:
    text = (ROOT / "docs/reference/rules/coverage.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]

    assert [cells[0] for cells in rows[2:]] == [f"`{rule.id}`" for rule in ALL_RULES]
    assert all(len(cells) == len(rows[0]) for cells in rows)
    assert all(cell not in ("", "–", "**missing**", "0") for cells in rows for cell in cells)


@every_rule
def test_every_rule_is_linked_to_measures_and_names_its_sources(rule: Rule) -> None:
    assert rule.measures
    assert rule.sources
    assert rule.dimension in DIMENSION_NAMES
    assert all(rule.id in measure.resolves for measure in rule.measures)


@every_rule
def test_the_broken_example_shows_a_finding(rule: Rule) -> None:
    _, findings = findings_in_broken(rule)

    assert findings
    assert {finding.rule for finding in findings} == {rule.id}


@every_rule
def test_the_sound_example_shows_none(rule: Rule) -> None:
    assert not check(model_of(rule.sound), select=[rule.id])


@every_rule
def test_findings_name_existing_elements_only(rule: Rule) -> None:
    model, findings = findings_in_broken(rule)

    for finding in findings:
        assert finding.elements
        for element in finding.elements:
            assert element.id in getattr(model, REGISTRY_OF_KIND[element.kind])
        assert set(finding.data) <= set(model.data)


@every_rule
def test_witnesses_are_short_and_name_nodes(rule: Rule) -> None:
    model, findings = findings_in_broken(rule)

    for finding in findings:
        assert len(finding.witness) <= MAX_WITNESS
        assert set(finding.witness) <= set(model.nodes)
        assert set(finding.run()) <= set(model.nodes)
        assert set(finding.witness) <= set(finding.run())


@every_rule
def test_what_depends_on_an_unknown_fact_is_only_possible(rule: Rule) -> None:
    _, findings = findings_in_broken(rule)

    assert all(finding.certainty == "possible" for finding in findings if finding.depends_on)


@every_rule
def test_ids_stay_under_renaming_and_reordering(rule: Rule) -> None:
    model, findings = findings_in_broken(rule)

    again = check(reordered(model), select=[rule.id])

    assert {finding.id for finding in again} == {finding.id for finding in findings}


@every_rule
def test_ids_are_unique(rule: Rule) -> None:
    _, findings = findings_in_broken(rule)

    assert len({finding.id for finding in findings}) == len(findings)


@every_rule
def test_messages_are_sentences_in_both_languages(rule: Rule) -> None:
    _, findings = findings_in_broken(rule)

    for finding in findings:
        for wording in (finding.message, finding.recommendation):
            for text in wording:
                assert text[0].isupper() or not text[0].isalpha(), text
                assert text.rstrip().endswith((".", "?")), text
                assert "  " not in text
        for word in ("fuer ", "ueber", "Luecke", "waehrend", "moeglich", "Massnahme"):
            assert word not in finding.message.de + finding.recommendation.de


ABOUT_RUNS = {
    "deadlock", "lack-of-synchronization", "improper-completion", "benefit-gap", "payment-gap", "proof-gap",
    "regime-change-without-safeguard", "impossible-deadline", "tight-deadline", "document-expires",
    "representation-gap", "transition-at-majority", "person-carried-handover", "missing-information", "opaque-path",
    "duplicate-collection", "avoidable-collection", "asked-twice-by-same-actor", "needed-but-unavailable",
    "not-shareable", "redundant-exchange", "repeated-document", "repeated-biometrics", "repeated-examination",
    "prefill-possible",
}  # fmt: skip
"""What these rules find happens on a run, which they show in full; the others look at what is stated."""


@every_rule
def test_what_happens_on_a_run_shows_the_run_and_what_tells_it_apart(rule: Rule) -> None:
    model, findings = findings_in_broken(rule)

    for finding in findings:
        assert bool(finding.full_run) is (rule.id in ABOUT_RUNS)
        if finding.full_run:
            assert finding.witness
            assert model.nodes[finding.full_run[0]].type == "start"
            assert finding.witness[0] == finding.full_run[0]
