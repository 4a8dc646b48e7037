"""What the rule `repeated-biometrics` reports, and what it must not report."""

from __future__ import annotations

from ankunft_model.model import ArrivalModel

from .cases import found, model_of

RULE = "repeated-biometrics"


def taken(*, again: str = "collects: [prints]", wait: str = "PT0S", valid_for: str = "unknown") -> ArrivalModel:
    return model_of(
        "format: ankunft/1\nid: fall\ntitle: Fall\nstate: as_is\n"
        "actors:\n  ae: {name: Aufnahmeeinrichtung, kind: reception_centre}\n"
        "  abh: {name: Ausländerbehörde, kind: immigration_office}\n"
        f"data:\n  prints: {{name: Fingerabdrücke, category: biometric, valid_for: {valid_for}}}\n"
        "  name: {name: Name, category: identity}\n"
        "legal_bases:\n  norm: {cite: Beispielgesetz § 1, kind: statute}\n"
        "processes:\n  p:\n    name: Ablauf\n    nodes:\n"
        "      beginn: {type: start, name: Beginn, actor: ae, next: first}\n"
        "      first: {name: Registrieren, actor: ae, collects: [prints, name], next: then}\n"
        f"      then: {{name: Titel beantragen, actor: abh, wait: {wait}, {again}, next: ende}}\n"
        "      ende: {type: end, name: Ende}\n    handovers: none\n"
    )


def seen(model: ArrivalModel) -> list[tuple[tuple[str, ...], str, str]]:
    return [(finding.data, finding.severity, finding.certainty) for finding in found(RULE, model)]


def test_warns_about_fingerprints_taken_twice() -> None:
    assert seen(taken()) == [(("prints",), "warning", "definite")]


def test_informs_only_where_a_norm_demands_it() -> None:
    model = taken(again="collects: [{item: prints, justified_by: norm}]")

    (finding,) = found(RULE, model)

    assert finding.severity == "info"
    assert [reason.id for reason in finding.because] == ["norm"]


def test_is_silent_about_other_data() -> None:
    assert seen(taken(again="collects: [name]")) == []


def test_is_silent_about_what_has_surely_expired_and_reports_what_may_still_be_valid() -> None:
    assert seen(taken(wait="P7M", valid_for="P6M")) == []
    assert seen(taken(wait="{min: P5M, max: P9M}", valid_for="P6M")) == [(("prints",), "warning", "definite")]
