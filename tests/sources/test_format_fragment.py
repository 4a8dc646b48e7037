"""The fragment that fixes the file format is read as it stands, checked, exported and written back."""

from pathlib import Path

import ankunft_model as am

FRAGMENT = Path(__file__).resolve().parents[1] / "fixtures" / "change_of_regime.every_notation_of_the_format.yaml"


def test_it_is_read_with_every_notation() -> None:
    model = am.read(FRAGMENT)

    apply = model.nodes["apply"]
    assert isinstance(apply, am.Step)
    assert [(entry.item, entry.justified_by) for entry in apply.collects or ()] == [
        ("bank_account", None),
        ("qualification", "none"),
    ]
    assert model.systems["sgb2_file"].holds == ()
    assert model.handovers["h_told"].agreement == "none"
    assert model.handovers["h_told"].is_carried_by_person
    assert model.handovers["h_file"].legal_basis is None


def test_it_comes_back_from_every_form(tmp_path: Path) -> None:
    model = am.read(FRAGMENT)

    for suffix, write in ((".yaml", model.to_yaml), (".json", model.to_json), (".bpmn", model.to_bpmn)):
        write(tmp_path / f"model{suffix}")
        assert am.read(tmp_path / f"model{suffix}") == model


def test_what_falls_through_is_found_and_what_does_not_is_not() -> None:
    findings = am.read(FRAGMENT).check()

    rules = {finding.rule for finding in findings}
    assert rules == {
        "payment-gap",
        "media-break",
        "person-carried-handover",
        "avoidable-collection",
        "missing-governance",
        "missing-evaluation",
        "missing-retention",
    }
