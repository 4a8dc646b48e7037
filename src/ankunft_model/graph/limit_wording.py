"""What kept an answer about runs from being exact, in a plain sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ankunft_model.graph.limits import Limit
from ankunft_model.wording import Wording

LIMIT_SENTENCES: Final[Mapping[Limit, Wording]] = {
    "states": Wording(
        de="Es gibt mehr Zustände, als betrachtet werden.", en="There are more states than are looked at."
    ),
    "tokens": Wording(
        de="Auf demselben Weg treffen sich mehr als zwei parallele Abläufe, oder ein Schritt beginnt erneut, "
        "während er noch läuft; was danach geschieht, bleibt offen.",
        en="More than two parallel runs meet on one way, or a step begins again while it is going on; what happens "
        "afterwards is left open.",
    ),
    "instances": Wording(
        de="Ein Prozess, den eine Schleife anstößt, kann mehrfach gleichzeitig laufen; was mehr davon auf einmal "
        "bewirken, als unterschieden wird, gilt als möglich.",
        en="A process that a loop starts may run several times at once; what more of them at once than are told apart "
        "could bring about is taken as possible.",
    ),
    "starts": Wording(
        de="Prozesse stoßen einander ohne Ende an, oder öfter, als unterschieden wird.",
        en="Processes start each other without end, or more often than is told apart.",
    ),
    "marks": Wording(
        de="Auf eine Übergabe warten mehr Nachrichten, als unterschieden werden.",
        en="More messages of a handover wait than are told apart.",
    ),
    "inclusive_ways": Wording(
        de="Ein inklusives Gateway hat mehr Wege, als miteinander verbunden werden.",
        en="An inclusive gateway has more ways than are combined.",
    ),
    "repetitions": Wording(
        de="Eine Wiederholung ist öfter erlaubt, als gezählt wird; sie gilt als unbegrenzt.",
        en="A repetition is allowed more often than is counted; it is taken as unbounded.",
    ),
    "asker_sets": Wording(
        de="Es gibt mehr Verbindungen fragender Stellen, als unterschieden werden.",
        en="There are more combinations of asking bodies than are told apart.",
    ),
    "no_end": Wording(
        de="Kein Ablauf kommt zu einem Ende; gezählt wird in denen, die stehen bleiben.",
        en="No run comes to an end; counts are those of runs that get stuck.",
    ),
    "runs": Wording(
        de="Es gibt mehr Kombinationen von Entscheidungen, als einzeln betrachtet werden.",
        en="There are more combinations of decisions than are looked at one by one.",
    ),
    "single_ways": Wording(
        de="Die Zeiten sind die der einzelnen Wege; was auf demselben Ablauf zusammentrifft, ist nicht unterschieden.",
        en="Times are those of single ways; what comes together on one run is not told apart.",
    ),
    "several_ways": Wording(
        de="Mehrere Wege nebeneinander entscheiden, wie lange es dauert; die Grenzen können zu weit sein.",
        en="Several ways beside each other decide how long it takes; the bounds may be too wide.",
    ),
    "beginnings": Wording(
        de="Wann ein Schritt beginnt, folgt nicht aus seinen Zeiten; die Grenzen können zu weit sein.",
        en="When a step begins does not follow from its times; the bounds may be too wide.",
    ),
}


def limits_to_dict(limits: Iterable[Limit]) -> list[dict[str, Any]]:
    """Return the limits with their sentences, for programs."""
    sentences = [(limit, LIMIT_SENTENCES[limit]) for limit in limits]
    return [{"limit": limit, "message": {"de": said.de, "en": said.en}} for limit, said in sentences]
