"""Problems of soundness in a plain sentence, with what would repair them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ankunft_model.graph.soundness import ProblemKind, SoundnessProblem
from ankunft_model.wording import Wording

KIND_NAMES: Final[Mapping[ProblemKind, Wording]] = {
    "deadlock": Wording(de="Verklemmung", en="deadlock"),
    "lack_of_synchronization": Wording(de="fehlende Synchronisierung", en="lack of synchronisation"),
    "dead_node": Wording(de="toter Knoten", en="dead node"),
    "improper_completion": Wording(de="mehrfaches Ende", en="improper completion"),
}

_SENTENCES: Final[Mapping[ProblemKind, Wording]] = {
    "deadlock": Wording(
        de="Der Ablauf bleibt stehen: {nodes} wartet auf etwas, das auf diesem Weg nie kommt.",
        en="The run gets stuck: {nodes} waits for something that never comes on this way.",
    ),
    "lack_of_synchronization": Wording(
        de="Nach {nodes} läuft derselbe Weg zweimal gleichzeitig: "
        "Zwei parallele Zweige kommen dort an, ohne aufeinander zu warten.",
        en="Behind {nodes} the same way is taken twice at once: "
        "two parallel branches arrive there without waiting for each other.",
    ),
    "dead_node": Wording(de="{nodes} wird in keinem Ablauf erreicht.", en="{nodes} is reached on no run."),
    "improper_completion": Wording(
        de="Das Ende {nodes} wird in einem Ablauf mehrfach erreicht.", en="The end {nodes} is reached twice in one run."
    ),
}

_REPAIRS: Final[Mapping[ProblemKind, Wording]] = {
    "deadlock": Wording(
        de="Prüfen, welcher Zweig dort fehlt: Nach einer Entscheidung (exklusiv) gehört eine exklusive Zusammenführung "
        "statt einer parallelen, oder die Verzweigung davor muss parallel sein.",
        en="Look which branch is missing there: behind a decision (exclusive) belongs an exclusive join instead of a "
        "parallel one, or the split before it must be parallel.",
    ),
    "lack_of_synchronization": Wording(
        de="Die parallelen Zweige vor diesem Knoten mit einem parallelen Gateway zusammenführen.",
        en="Join the parallel branches before this node with a parallel gateway.",
    ),
    "dead_node": Wording(
        de="Einen Weg vom Beginn dorthin legen, die Verklemmung davor lösen, oder den Knoten streichen.",
        en="Lead a way from the beginning there, resolve the deadlock before it, or remove the node.",
    ),
    "improper_completion": Wording(
        de="Die parallelen Zweige vor dem Ende zusammenführen oder jedem Zweig ein eigenes Ende geben.",
        en="Join the parallel branches before the end, or give each branch an end of its own.",
    ),
}


def describe_problem(problem: SoundnessProblem, names: Mapping[str, str]) -> Wording:
    """Return the sentence that says what is wrong.

    Args:
        problem: The problem.
        names: Names of the nodes by id; a node without a name is called by its id.
    """
    nodes = ", ".join(f"„{names.get(id_) or id_}“" for id_ in problem.nodes) or "?"
    english = ", ".join(f"“{names.get(id_) or id_}”" for id_ in problem.nodes) or "?"
    sentence = _SENTENCES[problem.kind]
    return Wording(de=sentence.de.format(nodes=nodes), en=sentence.en.format(nodes=english))


def suggest_repair(problem: SoundnessProblem) -> Wording:
    """Return what would repair the problem."""
    return _REPAIRS[problem.kind]
