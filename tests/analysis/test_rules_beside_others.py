"""A model that stands beside another one in a file is judged as it is by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
import yaml

from ankunft_model.analysis import ALL_RULES, Rule, check
from ankunft_model.findings import Finding
from ankunft_model.model import ArrivalModel

REGISTRIES: Final = (
    "actors", "systems", "data", "documents", "legal_bases", "agreements", "consents", "bodies", "benefits", "cohorts",
    "cases", "information_duties", "measures", "sources", "processes",
)  # fmt: skip
OF_IDS: Final = {*REGISTRIES, "nodes", "members", "handovers", "choices", "dates", "paid_until"}
"""What stands under these keys has ids as keys."""
WORDS: Final = {"kind", "type", "category", "regime", "covers", "channel", "name", "title", "role", "group", "domain"}
"""What stands under these keys is a word, also where it is written like an id."""
ABOUT_THE_WHOLE: Final = {
    "access-mismatch": "an offer of the other model is open to the group",
    "capacity-gap": "cases of all target groups come to a step that does not say for whom it is",
    "equivalent-items": "items of both models have the same name",
    "group-without-path": "the other model has a way for the group",
    "representation-gap": "a step that does not say for whom it is concerns the minors of both models",
}

local_rules = pytest.mark.parametrize(
    "rule", [rule for rule in ALL_RULES if rule.id not in ABOUT_THE_WHOLE], ids=lambda rule: rule.id
)


class _Loader(yaml.SafeLoader):
    """Days stay text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plain(text: str) -> dict[str, Any]:
    found = yaml.load(text, _Loader)
    assert isinstance(found, dict)
    return found


def ids_in(part: Any, key: str = "") -> Iterator[str]:
    """Yield the ids of everything that the part defines."""
    if isinstance(part, dict):
        for name, value in part.items():
            if key in OF_IDS:
                yield name
            yield from ids_in(value, name if key not in OF_IDS else "")
    elif isinstance(part, list):
        for entry in part:
            if key == "handovers" and isinstance(entry, dict):
                yield entry.get("id", "")
            yield from ids_in(entry)


def renamed(value: Any, ids: frozenset[str], key: str = "") -> Any:
    """Return the part with other ids."""
    if isinstance(value, dict):
        return {
            f"other_{name}" if key in OF_IDS and name in ids else name: renamed(
                entry, ids, name if key not in OF_IDS else ""
            )
            for name, entry in value.items()
        }
    if isinstance(value, list):
        return [renamed(entry, ids, "" if key in OF_IDS else key) for entry in value]
    return f"other_{value}" if isinstance(value, str) and value in ids and key not in WORDS else value


def with_other_ids(model: dict[str, Any]) -> dict[str, Any]:
    """Return the model with other ids; there can be but one person."""
    persons = {id_ for id_, actor in model["actors"].items() if actor["kind"] == "person"}
    return dict(renamed(model, frozenset(ids_in(model)) - persons))


def beside(first: dict[str, Any], second: dict[str, Any]) -> ArrivalModel:
    """Return one model with the content of both, the first one's before the second one's."""
    together = dict(second)
    for name in REGISTRIES:
        earlier, later = first.get(name, "none"), second.get(name, "none")
        if earlier == "none":
            continue
        if later == "none":
            together[name] = earlier
        else:
            together[name] = [*earlier, *later] if isinstance(earlier, list) else {**earlier, **later}
    return ArrivalModel.model_validate(together)


def said(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
    return {(finding.id, finding.certainty, finding.message.de) for finding in findings}


def found(rule: Rule, model: ArrivalModel) -> tuple[Finding, ...]:
    return tuple(check(model, select=[rule.id]))


@local_rules
def test_a_broken_model_behind_a_sound_one_has_the_findings_that_it_has_by_itself(rule: Rule) -> None:
    broken = with_other_ids(plain(rule.broken))

    alone = found(rule, ArrivalModel.model_validate(broken))

    assert alone
    assert said(found(rule, beside(plain(rule.sound), broken))) == said(alone)


@local_rules
def test_two_broken_models_have_the_findings_of_both(rule: Rule) -> None:
    first, second = plain(rule.broken), with_other_ids(plain(rule.broken))

    apart = [said(found(rule, ArrivalModel.model_validate(one))) for one in (first, second)]

    assert said(found(rule, beside(first, second))) == apart[0] | apart[1]
