"""The replay of a case for people; the case itself is not named."""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis.replay.replay import Replay
from ankunft_model.analysis.time_wording import day_of, days
from ankunft_model.cli.text_layout import CommandText
from ankunft_model.graph.limit_wording import LIMIT_SENTENCES
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language, Wording

_WITHOUT = {
    "entitlement": Wording(de="ohne Anspruch", en="without entitlement"),
    "payment": Wording(de="ohne Auszahlung", en="without payment"),
    "proof": Wording(de="ohne Nachweis", en="without proof"),
}


def as_text(model: ArrivalModel, replay: Replay, *, language: Language, width: int) -> str:
    """Return the replay as text: the steps, then what the case ran into."""
    return "\n".join(_ReplayText(model, replay, language, width).lines())


class _ReplayText(CommandText):
    """The replay of one case in one language."""

    def __init__(self, model: ArrivalModel, replay: Replay, language: Language, width: int) -> None:
        self.model = model
        self.replay = replay
        super().__init__(language, width)

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        yield from self.wrapped(self.model.label(self.language))
        yield ""
        for step in self.replay.steps:
            name = self._node(step.node) if step.node is not None else step.name or ""
            day = "" if step.on is None else f" ({self.words(day_of(step.on))})"
            mark = "" if step.fits else self.say(" – hier nicht vorgesehen", " – not foreseen here")
            yield from self.wrapped(f"{name}{day}{mark}", first="  ", rest="    ")
            if step.skipped:
                title = self.say("davor nicht erwähnt", "not mentioned before")
                names = ", ".join(map(self._node, step.skipped))
                yield from self.labelled(title, names, indent="    ")
        yield ""
        yield from self.wrapped(self._verdict())
        if self.replay.limits and self._may_have_a_run():
            reasons = " ".join(self.words(LIMIT_SENTENCES[limit]) for limit in self.replay.limits)
            title = self.say(
                "Nicht sicher, weil nicht alle Abläufe betrachtet sind", "Not certain, as not all runs were looked at"
            )
            yield from self.labelled(title, reasons, indent="")
        if self.replay.out_of_order:
            title = self.say("Tage in anderer Reihenfolge als die Schritte", "days in another order than the steps")
            yield from self.labelled(title, ", ".join(map(self._node, self.replay.out_of_order)), indent="")
        for timeline, gaps in self.replay.gaps.items():
            for gap in gaps:
                first, last = (self.words(day_of(day)) for day in (gap.first_day, gap.last_day))
                what = self.words(_WITHOUT[timeline])
                count = self.words(days(gap.days))
                yield self.say(f"{count} {what} ({first} bis {last})", f"{count} {what} ({first} to {last})")
        for path, dated in self.replay.deadlines:
            if not dated.is_kept:
                done, last = (self.words(day_of(day)) for day in (dated.done_on, dated.last_day))
                text = self.say(
                    f"Frist versäumt: erledigt am {done}, letzter Tag {last} ({path})",
                    f"deadline missed: done on {done}, last day {last} ({path})",
                )
                yield from self.wrapped(text)
        if self.replay.findings:
            yield ""
            yield self.say("Befunde an den Schritten des Falls:", "Findings at the steps of the case:")
            for finding in self.replay.findings:
                text = f"{finding.rule}: {self.words(finding.message)}"
                yield from self.wrapped(text, first="  ", rest="    ")

    def _may_have_a_run(self) -> bool:
        """Return whether a run that was overlooked could fit; to what the model does not know, none does."""
        left_at = self.replay.left_at
        return left_at is None or self.replay.steps[left_at].node is not None

    def _verdict(self) -> str:
        replay = self.replay
        if replay.left_at is not None:
            step = replay.steps[replay.left_at]
            name = self._node(step.node) if step.node is not None else step.name or ""
            return self.say(f"Der Fall verlässt das Modell bei: {name}.", f"The case leaves the model at: {name}.")
        if replay.missing_at_end == ():
            return self.say("Der Fall folgt dem Modell bis zum Ende.", "The case follows the model to its end.")
        return self.say(
            "Der Fall folgt dem Modell und ist nicht zu Ende.", "The case follows the model and is not over."
        )

    def _node(self, id_: str) -> str:
        return self.model.nodes[id_].label(self.language)
