"""The verdicts on all processes of a model or file, for programs and for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ankunft_model.graph.cross_process_deadlock import CrossPoolDeadlock
from ankunft_model.graph.limit_wording import LIMIT_SENTENCES, limits_to_dict
from ankunft_model.graph.soundness import Soundness
from ankunft_model.graph.soundness_wording import KIND_NAMES, describe_problem, suggest_repair
from ankunft_model.wording import Language, Wording

SOUNDNESS_FORMAT: Final = "ankunft-soundness/1"


@dataclass(frozen=True, slots=True)
class SoundnessOverview:
    """The verdict on each process.

    Attributes:
        verdicts: By id of the process, in the order of the file.
        names: Names of processes and nodes by id, as far as they have any.
        between: What blocks the processes of a file together.
    """

    verdicts: Mapping[str, Soundness]
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    between: tuple[CrossPoolDeadlock, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the overview in the shape of `ankunft-soundness/1`."""
        return {
            "format": SOUNDNESS_FORMAT,
            "processes": {id_: self._verdict(verdict) for id_, verdict in self.verdicts.items()},
            "between_processes": [
                {
                    "kind": "deadlock",
                    "nodes": list(found.nodes),
                    "witness": list(found.witness),
                    "certainty": found.certainty,
                    "message": _both(self._between(found)),
                }
                for found in self.between
            ],
        }

    def _verdict(self, verdict: Soundness) -> dict[str, Any]:
        return {
            "sound": verdict.sound,
            "limits": limits_to_dict(verdict.limits),
            "problems": [
                {
                    "kind": problem.kind,
                    "nodes": list(problem.nodes),
                    "witness": list(problem.witness),
                    "message": _both(describe_problem(problem, self.names)),
                    "repair": _both(suggest_repair(problem)),
                }
                for problem in verdict.problems
            ],
        }

    def to_text(self, language: Language = "de") -> str:
        """Return the overview as lines for people."""
        lines: list[str] = []
        for id_, verdict in self.verdicts.items():
            said = _ENDLESS if verdict.may_go_round_for_ever else _VERDICTS[verdict.sound]
            lines.append(f"{self._title(id_)}: {said.in_language(language)}")
            for problem in verdict.problems:
                kind = KIND_NAMES[problem.kind].in_language(language)
                lines.append(f"  {kind}: {describe_problem(problem, self.names).in_language(language)}")
                if problem.witness:
                    way = " → ".join(self.names.get(node) or node for node in problem.witness)
                    lines.append(f"    {_WAY.in_language(language)}: {way}")
                lines.append(f"    {_REPAIR.in_language(language)}: {suggest_repair(problem).in_language(language)}")
            lines += [f"  {_OPEN.in_language(language)}: {said.in_language(language)}" for said in _said(verdict)]
        for found in self.between:
            lines.append(self._between(found).in_language(language))
            way = " → ".join(self.names.get(node) or node for node in found.witness)
            lines += [f"    {_WAY.in_language(language)}: {way}"] if way else []
        return "\n".join(lines or [_NOTHING.in_language(language)])

    def _title(self, id_: str) -> str:
        """Return the name of a process, with its id if another process has the same name."""
        name = self.names.get(id_) or id_
        is_shared = sum((self.names.get(other) or other) == name for other in self.verdicts) > 1
        return f"{name} ({id_})" if is_shared else name

    def _between(self, found: CrossPoolDeadlock) -> Wording:
        german = ", ".join(f"„{self.names.get(node) or node}“" for node in found.nodes)
        english = ", ".join(f"“{self.names.get(node) or node}”" for node in found.nodes)
        runs = (
            Wording(de="in jedem Ablauf", en="on every run")
            if found.certainty == "definite"
            else Wording(de="in manchen Abläufen", en="on some runs")
        )
        return Wording(
            de=f"Prozesse blockieren sich {runs.de}: Vergeblich gewartet wird bei {german}; die Nachricht kommt nie.",
            en=f"Processes block each other {runs.en}: waiting is in vain at {english}; the message never comes.",
        )


_VERDICTS: Final[Mapping[bool | None, Wording]] = {
    True: Wording(de="in Ordnung, jeder Ablauf kommt zu einem Ende", en="sound, every run comes to an end"),
    False: Wording(de="nicht in Ordnung", en="not sound"),
    None: Wording(de="nicht entschieden", en="not decided"),
}
_ENDLESS: Final = Wording(
    de="in Ordnung, kein Ablauf bleibt stehen; doch aus einer Schleife führt kein Weg zu einem Ende",
    en="sound, no run gets stuck; but out of a loop no way leads to an end",
)
_WAY: Final = Wording(de="Weg", en="way")
_REPAIR: Final = Wording(de="Vorschlag", en="suggestion")
_OPEN: Final = Wording(de="Grenze", en="limit")
_NOTHING: Final = Wording(de="Die Datei enthält keinen Prozess.", en="The file has no process.")


def _said(verdict: Soundness) -> list[Wording]:
    return [LIMIT_SENTENCES[limit] for limit in verdict.limits]


def _both(wording: Wording) -> dict[str, str]:
    return {"de": wording.de, "en": wording.en}
