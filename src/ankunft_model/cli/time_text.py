"""The time overview for people: how long, on which way, what is missing, which deadlines are in danger."""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis import Computations, TimeOverview
from ankunft_model.analysis.coverage_wording import describe_case
from ankunft_model.analysis.deadline_wording import name_of_deadline, words_of_deadline
from ankunft_model.analysis.run_wording import steps_of_run
from ankunft_model.analysis.time_wording import day_of, days_between, length
from ankunft_model.analysis.timing.coverage import CoverageGap
from ankunft_model.analysis.timing.deadlines import DeadlineTimes
from ankunft_model.analysis.timing.process_times import ProcessTimes
from ankunft_model.analysis.timing.proof import ProofGap
from ankunft_model.cli.text_layout import CommandText
from ankunft_model.graph.limit_wording import LIMIT_SENTENCES
from ankunft_model.wording import Language, Wording

_WITHOUT = {
    "entitlement": Wording(de="ohne Anspruch", en="without entitlement"),
    "payment": Wording(de="ohne Auszahlung", en="without payment"),
    "proof": Wording(de="ohne Nachweis", en="without proof"),
}
_TIMELINES = {
    "entitlement": Wording(de="Anspruch", en="entitlement"),
    "payment": Wording(de="Auszahlung", en="payment"),
    "proof": Wording(de="Nachweis", en="proof"),
}
_VERDICTS = {
    "kept": Wording(de="zu halten", en="can be kept"),
    "tight": Wording(de="knapp", en="tight"),
    "impossible": Wording(de="unerfüllbar", en="impossible"),
    "unknown": Wording(de="offen, weil Zeiten nicht angegeben sind", en="open, as times are not stated"),
}


def as_text(computed: Computations, overview: TimeOverview, *, language: Language, width: int) -> str:
    """Return the overview as text: processes, gaps, deadlines, dated cases."""
    return "\n".join(_TimeText(computed, overview, language, width).lines())


class _TimeText(CommandText):
    """The overview of one model in one language."""

    def __init__(self, computed: Computations, overview: TimeOverview, language: Language, width: int) -> None:
        self.computed = computed
        self.overview = overview
        super().__init__(language, width)

    def lines(self) -> list[str]:
        """Return all lines."""
        model = self.computed.model
        model_name = model.label(self.language)
        lines = list(self.wrapped(model_name))
        for id_, times in self.overview.processes.items():
            name = model.processes[id_].label(self.language)
            heading = self.heading(name, beneath=model_name, of=len(self.overview.processes))
            lines += ["", *heading, *self._process(times)]
        gaps = [*map(self._coverage, self.overview.coverage), *map(self._proof, self.overview.proof)]
        if gaps:
            lines += ["", self.say("Zeiten ohne Deckung:", "Times without cover:")]
            for text in gaps:
                lines += self.wrapped(text, first="  ", rest="    ")
        if self.overview.deadlines:
            lines += ["", self.say("Fristen:", "Deadlines:")]
            for deadline in self.overview.deadlines:
                lines += self.wrapped(self._deadline(deadline), first="  ", rest="    ")
        for case, timeline in self.overview.timelines.items():
            title = Wording(
                de=f"Fall „{model.cases[case].label('de')}“:", en=f"Case “{model.cases[case].label('en')}”:"
            )
            lines += ["", *self.wrapped(self.words(title))]
            for covered in timeline:
                registry = model.benefits if covered.kind == "benefit" else model.documents
                first = "…" if covered.first_day is None else self.words(day_of(covered.first_day))
                last = "…" if covered.last_day is None else self.words(day_of(covered.last_day))
                label, name = self.words(_TIMELINES[covered.timeline]), registry[covered.id].label(self.language)
                lines += self.wrapped(f"{label}: {name}, {first} – {last}", first="  ", rest="    ")
        return lines

    def _process(self, times: ProcessTimes) -> Iterator[str]:
        if times.least is None:
            elapsed = Wording("kein Ablauf kommt zu einem Ende", "no run comes to an end")
        elif times.most is None:
            elapsed = Wording(f"mindestens {length(times.least).de}", f"at least {length(times.least).en}")
        elif times.least == times.most:
            elapsed = length(times.least)
        else:
            low, high = length(times.least), length(times.most)
            elapsed = Wording(f"{low.de} bis {high.de}", f"{low.en} to {high.en}")
        yield from self._fact(Wording("Dauer", "time"), self.words(elapsed))
        if times.endless:
            yield from self._fact(
                Wording("nach oben offen, weil sich wiederholt", "open above, as this repeats"),
                self._nodes(times.endless),
            )
        path = times.slowest
        share = path.waiting_share
        of_it = (
            ""
            if share is None
            else self.say(f", davon {round(100 * share)} % Warten", f", {round(100 * share)} % of it waiting")
        )
        counted = Wording("längster Weg, soweit angegeben", "longest way, as far as stated")
        whole = Wording("längster Weg", "longest way")
        yield from self._fact(
            counted if times.unknown or times.endless else whole, self.words(length(path.seconds)) + of_it
        )
        yield from self._fact(
            Wording("er führt über", "it leads over"),
            " → ".join(steps_of_run(self.computed.model, path.nodes, self.language)),
        )
        unknown = dict.fromkeys(
            element.partition(":")[2] for element, _ in times.unknown if element.startswith("node:")
        )
        if unknown:
            yield from self._fact(
                Wording(
                    f"ohne angegebene Zeit ({len(unknown)} Schritte), deshalb nach oben offen",
                    f"without a stated time ({len(unknown)} steps), therefore open above",
                ),
                self._nodes(tuple(unknown)),
            )
        if not times.exact:
            note = Wording(
                "(Die Grenzen gelten für jeden Ablauf, können aber weiter sein als nötig.)",
                "(The bounds hold for every run, but may be wider than need be.)",
            )
            reasons = " ".join(self.words(LIMIT_SENTENCES[limit]) for limit in times.limits)
            yield from self.wrapped(f"{self.words(note)} {reasons}", first="  ")

    def _fact(self, label: Wording, text: str) -> list[str]:
        return self.labelled(self.words(label), text, indent="  ")

    def _nodes(self, nodes: tuple[str, ...]) -> str:
        model = self.computed.model
        named = [model.nodes[node] for node in nodes]
        shown = [node.label(self.language) for node in named if node.name is not None] or [node.id for node in named]
        return ", ".join(shown)

    def _coverage(self, gap: CoverageGap) -> str:
        names = self.computed.names
        without = _WITHOUT[gap.timeline]
        ended = self.words(names.node(gap.ended_at))
        if gap.started_at is None:
            never = Wording(
                f"{without.de}: nach {ended} auf keinem Ablauf mehr gedeckt",
                f"{without.en}: after {ended} covered again on no run",
            )
            return self.words(never)
        span, started = self.words(days_between(gap.least_days, gap.most_days)), self.words(names.node(gap.started_at))
        cases = "".join(f" {self.words(describe_case(self.computed, case, without))}" for case in gap.cases)
        to = self.say("bis", "to")
        return f"{span} {self.words(without)}, {ended} {to} {started}.{cases}"

    def _proof(self, gap: ProofGap) -> str:
        names = self.computed.names
        document, began = self.words(names.document(gap.document)), self.words(names.node(gap.began_at))
        without = _WITHOUT["proof"]
        if gap.issued_at is None:
            return self.say(f"{document}: nach {began} nie ausgestellt.", f"{document}: never issued after {began}.")
        span = self.words(days_between(gap.least_days, gap.most_days))
        bridge = ""
        if gap.bridged_by is not None:
            name = self.words(names.document(gap.bridged_by))
            bridge = self.say(f" Überbrückt durch {name}.", f" Bridged by {name}.")
        cases = "".join(f" {self.words(describe_case(self.computed, case, without))}" for case in gap.cases)
        to, issued = self.say("bis", "to"), self.words(names.node(gap.issued_at))
        return f"{span} {self.words(without)} ({document}), {began} {to} {issued}.{bridge}{cases}"

    def _deadline(self, times: DeadlineTimes) -> str:
        names = self.computed.names
        name, within = name_of_deadline(self.computed, times), words_of_deadline(times.stated.deadline)
        since = names.node(times.stated.since)
        verdict = self.words(_VERDICTS[times.verdict])
        if times.certainty == "possible" and times.verdict in ("tight", "impossible"):
            verdict += self.say(" (möglich)", " (possible)")
        head = self.say(f"{name.de}, {within.de} nach {since.de}", f"{name.en}, {within.en} after {since.en}")
        takes = ""
        if times.least is not None and times.verdict != "unknown":
            span = self.words(length(max(0, times.least)))
            takes = self.say(f"; der Weg dauert mindestens {span}", f"; the way takes at least {span}")
        missed = [case for case in times.cases if not case.is_kept]
        late = "".join(
            self.say(
                f"; im Fall „{self.computed.model.cases[case.case].label('de')}“ versäumt",
                f"; missed in the case “{self.computed.model.cases[case.case].label('en')}”",
            )
            for case in missed
        )
        return f"{head}: {verdict}{takes}{late}."
