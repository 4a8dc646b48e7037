"""The rules that there are: those of the library, then those that installed packages add as plug-ins.

A package adds rules through an entry point of the group `ankunft_model.rules` that names a `Rule` or a list of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Final, cast

from ankunft_model.analysis.rule import GROUPS, Rule
from ankunft_model.analysis.rules import ALL_RULES
from ankunft_model.errors import PluginError, UnknownElementError
from ankunft_model.model import nearest
from ankunft_model.wording import Wording

ENTRY_POINTS: Final = "ankunft_model.rules"
"""The group of entry points that add rules."""


@cache
def installed_rules() -> tuple[Rule, ...]:
    """Return all rules, those of plug-ins last, by the name of their entry point.

    Raises:
        PluginError: a plug-in cannot be loaded, names no rule, or uses the id of another rule.
    """
    found = list(ALL_RULES)
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: (point.name, point.value)):
        for rule in _loaded(point):
            if any(rule.id == other.id for other in found):
                raise _unusable(
                    point,
                    Wording(de=f"die Regel „{rule.id}“ gibt es schon", en=f"there is a rule '{rule.id}' already"),
                )
            found.append(rule)
    return tuple(found)


def groups() -> tuple[str, ...]:
    """Return the names of the groups of rules, in the order of the catalogue.

    Example:
        >>> groups()[:3]
        ('flow', 'responsibility', 'agreement-and-law')
    """
    return tuple(group.replace("_", "-") for group in GROUPS)


def rule_by_id(id_: str) -> Rule:
    """Return the rule with this id.

    Raises:
        UnknownElementError: there is none; the message names the nearest.
    """
    for rule in installed_rules():
        if rule.id == id_:
            return rule
    raise _unknown(id_, (rule.id for rule in installed_rules()))


def rules_named(name: str) -> tuple[Rule, ...]:
    """Return the rule of this id, or the rules of this group.

    Raises:
        UnknownElementError: there is neither; the message names the nearest.

    Example:
        >>> [rule.id for rule in rules_named("benefit-gap")]
        ['benefit-gap']
    """
    group = name.replace("-", "_")
    if group in GROUPS:
        return tuple(rule for rule in installed_rules() if rule.group == group)
    for rule in installed_rules():
        if rule.id == name:
            return (rule,)
    raise _unknown(name, (*(rule.id for rule in installed_rules()), *groups()))


def _unknown(name: str, known: Iterable[str]) -> UnknownElementError:
    near = nearest(name, known)
    return UnknownElementError(
        Wording(
            de=f"Es gibt keine Regel „{name}“." + (f" Gemeint: „{near}“?" if near else ""),
            en=f"there is no rule '{name}'." + (f" Did you mean '{near}'?" if near else ""),
        ),
        element_id=name,
    )


def _loaded(point: EntryPoint) -> tuple[Rule, ...]:
    try:
        loaded: object = point.load()
    except Exception as error:
        raise _unusable(
            point, Wording(de=f"lässt sich nicht laden ({error})", en=f"cannot be loaded ({error})")
        ) from error
    rules = (loaded,) if isinstance(loaded, Rule) else loaded
    if isinstance(rules, list | tuple) and all(isinstance(rule, Rule) for rule in cast("tuple[object, ...]", rules)):
        return tuple(cast("tuple[Rule, ...]", rules))
    raise _unusable(
        point, Wording(de="ist weder eine Rule noch eine Liste davon", en="is neither a Rule nor a list of them")
    )


def _unusable(point: EntryPoint, reason: Wording) -> PluginError:
    package = point.dist.name if point.dist is not None else "?"
    return PluginError(
        Wording(
            de=f"Die Regel-Erweiterung „{point.name}“ ({point.value}, Paket {package}) kann nicht benutzt werden: "
            f"{reason.de}. Das Paket berichtigen oder deinstallieren.",
            en=f"the rule plug-in '{point.name}' ({point.value}, package {package}) cannot be used: {reason.en}; "
            "repair the package or uninstall it.",
        ),
        element_id=point.name,
    )
