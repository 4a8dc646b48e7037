"""The data overview for people: a table, then where something is missing and who already knows what."""

from __future__ import annotations

from typing import Final

from ankunft_model.analysis.data_overview import DataFigures, DataOverview
from ankunft_model.cli.text_layout import CommandText
from ankunft_model.graph.limit_wording import LIMIT_SENTENCES
from ankunft_model.graph.limits import Limit
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language

_NONE: Final = "–"


def as_text(model: ArrivalModel, overview: DataOverview, *, language: Language, width: int) -> str:
    """Return the overview as text: figures per item, then gaps, then who knows what is asked again.

    Items come in the order of the model; those that nobody asks for or misses are named at the end.
    """
    return "\n".join(_DataText(model, overview, language, width).lines())


class _DataText(CommandText):
    """The overview of one model in one language."""

    def __init__(self, model: ArrivalModel, overview: DataOverview, language: Language, width: int) -> None:
        self.model = model
        super().__init__(language, width)
        self.members = {
            member.id: member.label(language) for cohort in model.cohorts.values() for member in cohort.members.values()
        }
        self.figures: dict[str, DataFigures] = {}
        self.silent: list[str] = []
        for item, figures in overview.by_item.items():
            name = model.data[item].label(language)
            of_members = overview.by_member.get(item, {})
            if not _says_something(figures) and not any(map(_says_something, of_members.values())):
                self.silent.append(name)
                continue
            self._add(name, figures)
            for member, of_member in of_members.items():
                if _says_something(of_member):
                    self._add(f"{name} ({self.members.get(member, member)})", of_member)

    def _add(self, name: str, figures: DataFigures) -> None:
        while name in self.figures:  # two items may be called the same
            name += " "
        self.figures[name] = figures

    def lines(self) -> list[str]:
        """Return all lines."""
        lines = [*self.wrapped(self.model.label(self.language)), ""]
        if self.figures:
            lines += self._table()
        lines += [*self._gaps(), *self._knowers()]
        if self.silent:
            title = self.say("Weder erfragt noch vermisst", "Neither asked for nor missed")
            lines += ["", *self.labelled(title, ", ".join(self.silent), indent="")]
        return lines

    def _table(self) -> list[str]:
        head = (
            self.say("Angabe", "data item"),
            self.say("erfragt je Ablauf", "asked per run"),
            self.say("davon vermeidbar an", "avoidable at"),
            self.say("fehlt an", "missing at"),
        )
        rows = [
            (name, _span(figures), str(len(figures.avoidable) or _NONE), str(len(figures.gaps) or _NONE))
            for name, figures in self.figures.items()
        ]
        note = self.say("vermeidbar, fehlt: Zahl der Schritte", "avoidable, missing: number of steps")
        return [*self.table([head, *rows]), "", f"({note})", *self._limits()]

    def _limits(self) -> list[str]:
        """Return why figures are not exact, for each reason with the items that it is about."""
        names_of: dict[Limit, list[str]] = {}
        for name, figures in self.figures.items():
            for limit in figures.limits:
                names_of.setdefault(limit, []).append(name.strip())
        lines: list[str] = []
        for limit, names in names_of.items():
            title = self.say("Nicht genau", "Not exact") + f" ({', '.join(names)})"
            lines += self.labelled(title, self.words(LIMIT_SENTENCES[limit]), indent="")
        return lines

    def _gaps(self) -> list[str]:
        lines: list[str] = []
        for name, figures in self.figures.items():
            for gap in figures.gaps:
                when = self.say("immer", "always")
                if gap.as_stated == "possible":
                    when = self.say("in manchen Abläufen", "in some runs")
                elif gap.depends_on:
                    when = self.say("soweit bekannt immer", "always, as far as known")
                step = self.model.nodes[gap.node].label(self.language)
                quoted = self.say(f"„{step}“", f"“{step}”")
                text = f"{name.rstrip()}: {self._knower(gap.actor)}, {quoted} ({when})"
                lines += self.wrapped(text, first="  ", rest="    ")
                for fact in gap.depends_on:
                    question = figures.questions[fact]
                    asked = f"{self.words(question.question)} ({question.path})"
                    lines += self.labelled(self.say("offen", "open"), asked, indent="    ")
        return ["", self.say("Fehlt, wo es gebraucht wird:", "Missing where it is needed:"), *lines] if lines else []

    def _knowers(self) -> list[str]:
        """Return who knows items before they are asked for again; items with the same knowers stand together."""
        names_of: dict[tuple[str, ...], list[str]] = {}
        for name, figures in self.figures.items():
            known_to = dict.fromkeys(knower for found in figures.avoidable for knower in found.known_to)
            if known_to:
                names_of.setdefault(tuple(known_to), []).append(name.rstrip())
        lines: list[str] = []
        for knowers, names in names_of.items():
            known = ", ".join(self._knower(knower) for knower in knowers)
            lines += self.labelled(", ".join(names), known, indent="  ")
        title = self.say("Schon bekannt, bevor wieder gefragt wird:", "Known before it is asked for again:")
        return ["", title, *lines] if lines else []

    def _knower(self, id_: str | None) -> str:
        """Return the name of an actor or a system."""
        if id_ is not None:
            known = self.model.actors.get(id_) or self.model.systems.get(id_)
            if known is not None:
                return known.label(self.language)
        return self.say("eine nicht benannte Stelle", "an unnamed body")


def _says_something(figures: DataFigures) -> bool:
    return bool(figures.collected_at or figures.gaps or figures.avoidable)


def _span(figures: DataFigures) -> str:
    least, most = figures.collections
    if most is None:
        return f"{least}–∞"
    return str(least) if least == most else f"{least}–{most}"
