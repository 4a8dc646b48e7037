"""Runs in words: what happens, step by step, and which answer was given at each decision."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from ankunft_model.model import ArrivalModel, Gateway, text_in
from ankunft_model.wording import Language


def steps_of_run(model: ArrivalModel, run: Sequence[str], language: Language) -> tuple[str, ...]:
    """Return the names of the nodes of a run, in its order.

    A decision is followed by its answer where the run goes on with the branch. What has no name is left out, as a
    merge tells nobody anything; a run without any name is told by its ids.

    Args:
        model: The model that the run belongs to.
        run: Ids of nodes, all of a run or those that tell it apart.
        language: The language of names and answers.

    Example:
        >>> from ankunft_model import Builder
        >>> b = Builder("m", title="M")
        >>> with b.process("p"):
        ...     asked = b.exclusive("Ausweis da?", id="ausweis")
        ...     _ = b.start("Beginn") >> asked
        ...     _ = asked.when("ja") >> b.end("Fertig", id="fertig")
        ...     _ = asked.when("nein", default=True) >> b.end("Vertagt", id="vertagt")
        >>> steps_of_run(b.build(), ("ausweis", "vertagt"), "de")
        ('Ausweis da? – nein', 'Vertagt')
    """
    steps: list[str] = []
    for id_, following in zip_longest(run, run[1:]):
        node = model.nodes.get(id_)
        if node is None or node.name is None:
            continue
        name = node.label(language)
        answer = _answer(node, following, language) if isinstance(node, Gateway) else None
        steps.append(name if answer is None else f"{name} – {answer}")
    return tuple(steps) or tuple(run)


def _answer(gateway: Gateway, following: str | None, language: Language) -> str | None:
    """Return what stands at the only flow from a gateway to the node that follows."""
    flows = [flow for flow in gateway.next if flow.to == following]
    if len(flows) != 1:
        return None
    text = flows[0].when or flows[0].name
    return None if text is None else text_in(text, language)
