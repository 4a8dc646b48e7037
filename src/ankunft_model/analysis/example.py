"""Small example models of the rules' pages: the same head for all, so that each shows only what matters."""

from __future__ import annotations

from typing import Final

_HEAD: Final = """\
format: ankunft/1
id: beispiel
title: Beispiel
state: as_is
"""

_ACTORS: Final = """\
actors:
  person:    {name: Zugewanderte Person, kind: person}
  sozialamt: {name: Sozialamt, kind: social_welfare_office}
  jobcenter: {name: Jobcenter, kind: jobcenter}
"""


def example_model(body: str) -> str:
    """Return a whole model as YAML: head, the actors `person`, `sozialamt`, `jobcenter`, then `body`."""
    return f"{_HEAD}{_ACTORS}{body}"
