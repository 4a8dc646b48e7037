"""The metrics for people: figures per case, parts of the whole, once-only factors, burden."""

from __future__ import annotations

from collections.abc import Iterator

from ankunft_model.analysis import MetricsOverview
from ankunft_model.analysis.metrics.burden import Burden
from ankunft_model.analysis.metrics.process_metrics import ProcessMetrics, Share
from ankunft_model.analysis.metrics.run_counts import Count
from ankunft_model.analysis.metrics_overview import COUNT_NAMES
from ankunft_model.analysis.time_wording import length
from ankunft_model.cli.text_layout import CommandText
from ankunft_model.graph.limit_wording import LIMIT_SENTENCES
from ankunft_model.model import ArrivalModel
from ankunft_model.wording import Language, Wording

_NONE = "–"


def as_text(model: ArrivalModel, overview: MetricsOverview, *, language: Language, width: int) -> str:
    """Return the metrics as text, a table per process."""
    return "\n".join(_MetricsText(model, overview, language, width).lines())


class _MetricsText(CommandText):
    """The metrics of one model in one language."""

    def __init__(self, model: ArrivalModel, overview: MetricsOverview, language: Language, width: int) -> None:
        self.model = model
        self.overview = overview
        super().__init__(language, width)

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        title = self.model.label(self.language)
        yield from self.wrapped(title)
        for id_, metrics in self.overview.processes.items():
            name = self.model.processes[id_].label(self.language)
            if heading := self.heading(name, beneath=title, of=len(self.overview.processes)):
                yield from ("", *heading)
            yield ""
            yield from self._counts(metrics)
            yield ""
            yield from self._shares(metrics)
            yield ""
            yield from self._milestones(metrics)
            yield from self._gap_costs(metrics)
            if not metrics.exact:
                note = self.say(
                    "(Eine Grenze der Berechnung wurde erreicht; die Zahlen sind unvollständig.)",
                    "(A limit of the computation was reached; the figures are not complete.)",
                )
                reasons = " ".join(LIMIT_SENTENCES[limit].in_language(self.language) for limit in metrics.limits)
                yield from self.wrapped(f"{note} {reasons}")

    def _counts(self, metrics: ProcessMetrics) -> list[str]:
        head = (
            self.say("je Fall", "per case"),
            self.say("mindestens", "at least"),
            self.say("höchstens", "at most"),
            self.say("erwartet", "expected"),
        )
        counts = {COUNT_NAMES[name]: count for name, count in metrics.counts.items()}
        counts[Wording("beteiligte Stellen", "bodies involved")] = metrics.bodies
        if self.model.sites:
            counts[Wording("aufgesuchte Orte", "places to go to")] = metrics.sites
        once = metrics.once_only
        counts[Wording("vermeidbare Fragen", "avoidable questions")] = once.avoidable_questions
        counts[Wording("fehlende Angaben", "missing data")] = once.gaps
        rows = [(self.words(name), *self._figures(count)) for name, count in counts.items()]
        factor = Count(once.least_factor or 0.0, once.most_factor, once.factor)
        if once.least_factor is not None:
            name = self.say("Fragen je Angabe (1 = nur einmal)", "questions per item (1 = once only)")
            rows.append((name, *self._figures(factor)))
        if metrics.burden is not None:
            rows += self._burden(metrics.burden)
        return self.table([head, *rows])

    def _burden(self, burden: Burden) -> list[tuple[str, str, str, str]]:
        named = (
            (Wording("Minuten", "minutes"), burden.minutes),
            (Wording("davon vermeidbar", "of these avoidable"), burden.avoidable_minutes),
            (Wording("Euro", "euros"), burden.euros),
            (Wording("Minuten im Jahr", "minutes per year"), burden.minutes_per_year),
            (Wording("Euro im Jahr", "euros per year"), burden.euros_per_year),
        )
        return [(self.words(name), *self._figures(count)) for name, count in named if count is not None]

    def _figures(self, count: Count) -> tuple[str, str, str]:
        expected = _NONE if count.expected is None else self._number(count.expected)
        return self._number(count.least), "∞" if count.most is None else self._number(count.most), expected

    def _number(self, number: float) -> str:
        text = f"{number:.1f}".removesuffix(".0")
        return text.replace(".", ",") if self.language == "de" else text

    def _shares(self, metrics: ProcessMetrics) -> Iterator[str]:
        named = (
            (Wording("Übermittlungen mit Vereinbarung", "transfers with an agreement"), metrics.with_agreement),
            (Wording("mit Rechtsgrundlage", "with a legal basis"), metrics.with_legal_basis),
            (Wording("mit Einwilligung oder ohne Bedarf", "with consent, or none needed"), metrics.with_consent),
            (Wording("Kontakte, die die Stelle beginnt", "contacts that the body begins"), metrics.proactive),
            (Wording("Angaben, die ein Schritt braucht", "items that a step needs"), metrics.needed),
            (Wording("bestätigte Schritte und Übergaben", "steps and handovers confirmed"), metrics.validated),
            (Wording("nicht angegebene Tatsachen", "facts that nobody stated"), metrics.unknown),
        )
        for name, share in named:
            yield from self.labelled(self.words(name), self._share(share), indent="")
        once = metrics.once_only
        low, high = once.covered_needs
        covered = str(low) if low == high else f"{low}–{high}"
        yield from self.labelled(
            self.say("durch Übergaben gedeckter Bedarf", "needs that handovers supply"),
            self.say(f"{covered} von {once.needs}", f"{covered} of {once.needs}"),
            indent="",
        )
        yield from self.labelled(
            self.say("nur einmal erfragt", "asked once only"),
            f"{once.asked_once} " + self.say(f"von {once.asked_items} Angaben", f"of {once.asked_items} items"),
            indent="",
        )

    def _share(self, share: Share) -> str:
        if share.of == 0:
            return _NONE
        low, high = round(100 * share.least), round(100 * share.most)
        span = f"{low} %" if low == high else self.say(f"{low} bis {high} %", f"{low} to {high} %")
        return self.say(f"{span} von {share.of}", f"{span} of {share.of}")

    def _milestones(self, metrics: ProcessMetrics) -> Iterator[str]:
        times = metrics.times
        share = times.slowest.waiting_share
        if share is not None:
            yield self.say(
                f"Anteil des Wartens am längsten Weg: {round(100 * share)} %",
                f"part of waiting on the longest way: {round(100 * share)} %",
            )
        for node, when in metrics.milestones.items():
            if when.earliest is None:
                continue
            early = self.words(length(when.earliest))
            span = self.say(f"frühestens {early}", f"{early} at the earliest")
            if when.latest is not None:
                late = self.words(length(when.latest))
                span += self.say(f", spätestens {late}", f", {late} at the latest")
            if when.waiting:
                waited = self.words(length(when.waiting))
                span += self.say(f", davon Warten bis zu {waited}", f", of these up to {waited} of waiting")
            yield from self.labelled(self.model.nodes[node].label(self.language), span, indent="")

    def _gap_costs(self, metrics: ProcessMetrics) -> Iterator[str]:
        for cost in metrics.gap_costs:
            benefit = self.model.benefits[cost.benefit].label(self.language)
            low, high = round(cost.least), None if cost.most is None else round(cost.most)
            span = self.say(f"{low} bis {high}", f"{low} to {high}") if high is not None else f"≥ {low}"
            kind = (
                self.say("Anspruch", "entitlement")
                if cost.timeline == "entitlement"
                else self.say("Zahlung", "payment")
            )
            text = f"{span if low != high else low} {cost.currency}"
            for case, amount in cost.cases.items():
                name = self.model.cases[case].label(self.language)
                text += self.say(f"; im Fall {name}: {round(amount)}", f"; in the case {name}: {round(amount)}")
            label = self.say(f"Fehlbetrag {benefit} ({kind})", f"missing {benefit} ({kind})")
            yield from self.labelled(label, text, indent="")
