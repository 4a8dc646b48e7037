"""Rules that installed packages add."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.command_line import ankunft

from ankunft_model.analysis import ALL_RULES, check
from ankunft_model.analysis.installed_rules import groups, installed_rules, rules_named
from ankunft_model.errors import PluginError, UnknownElementError

from .rules.cases import case

RULE = """\
from ankunft_model.analysis import Observation, Rule, rule_by_id
from ankunft_model.findings import ElementRef
from ankunft_model.wording import Wording

def find(computed):
    for node in computed.model.nodes.values():
        if node.id == "first":
            yield Observation(Wording("Erster.", "First."), Wording("So.", "So."), (ElementRef("node", node.id),))

text = Wording("Nicht gemeldet: nichts.", "Not reported: nothing.")
RULE = Rule(id="{id}", codes=(), title=text, group="modelling", severity="warning", dimension="transparent",
            finds=text, matters=text, resolve=text, sources=("own",), sound="", broken="", find=find)
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Return a function that installs a package with a rule, as pip would, in a folder of its own."""

    def add(code: str, target: str = "their_rules:RULE") -> None:
        (tmp_path / "their_rules.py").write_text(code, encoding="utf-8")
        info = tmp_path / "their_rules-1.0.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: their-rules\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[ankunft_model.rules]\ntheirs = {target}\n", encoding="utf-8")
        installed_rules.cache_clear()

    monkeypatch.syspath_prepend(str(tmp_path))
    sys.modules.pop("their_rules", None)
    yield add
    sys.modules.pop("their_rules", None)
    installed_rules.cache_clear()


def test_a_plug_in_adds_its_rule_behind_ours(install) -> None:  # type: ignore[no-untyped-def]
    install(RULE.replace("{id}", "their-rule"))

    assert [rule.id for rule in installed_rules()] == [*(rule.id for rule in ALL_RULES), "their-rule"]
    model = case("first: {name: Prüfen, actor: sozialamt, next: ende}")
    assert [(f.rule, f.severity) for f in check(model, select=["their-rule"])] == [("their-rule", "warning")]
    assert "their-rule" in {finding.rule for finding in check(model)}
    assert "their-rule" not in {finding.rule for finding in check(model, ignore=["modelling"])}
    assert "their-rule" in ankunft("rules").out


@pytest.mark.parametrize(
    ("code", "target", "cause"),
    [
        ("raise ImportError('no')", "their_rules:RULE", "lässt sich nicht laden (no)"),
        ("RULE = 3", "their_rules:RULE", "ist weder eine Rule noch eine Liste davon"),
        ("x = 1", "their_rules:RULE", "lässt sich nicht laden"),
        (RULE.replace("{id}", "benefit-gap"), "their_rules:RULE", "die Regel „benefit-gap“ gibt es schon"),
    ],
)
def test_a_plug_in_that_cannot_be_used_is_named_with_its_package(install, code: str, target: str, cause: str) -> None:  # type: ignore[no-untyped-def]
    install(code, target)

    with pytest.raises(PluginError) as caught:
        installed_rules()

    assert cause in caught.value.in_language("de")
    assert "Paket their-rules" in caught.value.in_language("de")
    answer = ankunft("rules")
    assert (answer.status, answer.out) == (2, "")


def test_a_name_means_a_rule_or_a_group() -> None:
    assert [rule.id for rule in rules_named("label-style")] == ["label-style"]
    assert {rule.group for rule in rules_named("agreement-and-law")} == {"agreement_and_law"}
    assert rules_named("agreement_and_law") == rules_named("agreement-and-law")
    assert sorted(rule.id for group in groups() for rule in rules_named(group)) == sorted(rule.id for rule in ALL_RULES)
    with pytest.raises(UnknownElementError, match="flow"):
        rules_named("flows")
