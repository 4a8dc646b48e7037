"""Small models for the cases of rules: a head with actors, then what the case is about."""

from __future__ import annotations

import re
from typing import Final

from ankunft_model.analysis import check, rule_by_id
from ankunft_model.findings import Findings
from ankunft_model.model import ArrivalModel
from ankunft_model.sources import read_text

HEAD = """\
format: ankunft/1
id: fall
title: Fall
state: as_is
actors:
  person:    {name: Zugewanderte Person, kind: person}
  sozialamt: {name: Sozialamt, kind: social_welfare_office}
  jobcenter: {name: Jobcenter, kind: jobcenter}
  agentur:   {name: Agentur für Arbeit, kind: employment_agency}
data:
  name:   {name: Familienname, category: identity}
  bank:   {name: Bankverbindung, category: financial}
  health: {name: Befund, category: health}
  both:   {name: Stammdaten, contains: [name, bank]}
"""


def model_of(text: str) -> ArrivalModel:
    """Return the model of a whole YAML text."""
    return read_text(text, suffix=".yaml")


def case(nodes: str, *, handovers: str = "none", more: str = "") -> ArrivalModel:
    """Return a model with one process of the given nodes, between a start and an end that are there already.

    The nodes begin at `first` and lead to `ende`.
    """
    body = "\n".join(f"      {line}" for line in nodes.strip().splitlines())
    return model_of(
        f"{HEAD}{more}processes:\n  p:\n    name: Ablauf\n    nodes:\n"
        "      beginn: {type: start, name: Beginn, actor: person, next: first}\n"
        f"{body}\n      ende: {{type: end, name: Ende}}\n    handovers: {handovers}\n"
    )


SAME_SENSE: Final = (
    (r"\bmanche[mn]\b|nicht (auf|in) jedem", r"\b(on|in) some\b|not\b[^.]* on every"),
    (r"\b(kann|können)\b", r"\b(can|may)\b"),
    (r"\bnie\b", r"\bnever\b"),
    (r"\bmindestens\b", r"\bat least\b"),
    (r"\bbekannt\b", r"\bknown\b"),
)
"""Words of a message that are there in both languages or in neither: they say how sure it is."""


def found(rule: str, model: ArrivalModel) -> Findings:
    """Return the findings of one rule, which are equally sure in both languages."""
    findings = check(model, select=[rule_by_id(rule).id])
    for finding in findings:
        german, english = (re.sub("[„“][^“”]*[“”]", "", text) for text in finding.message)
        for one, other in SAME_SENSE:
            assert bool(re.search(one, german, re.I)) == bool(re.search(other, english, re.I)), (german, english)
    return findings


def handed(handover: str, *, more: str = "", first: str = "", then: str = "") -> ArrivalModel:
    """Return a model in which the Sozialamt hands over to the Jobcenter."""
    return case(
        f"first: {{name: Akte übergeben, actor: sozialamt{first}, next: then}}\n"
        f"then: {{name: Fall annehmen, actor: jobcenter{then}, next: ende}}",
        handovers=f"[{{id: h, from: first, to: then, {handover}}}]",
        more=more,
    )
