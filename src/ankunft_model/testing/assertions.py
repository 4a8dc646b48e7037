"""Assertions about a model in words; each says nothing if it holds, and shows the run that breaks it if not."""

from __future__ import annotations

from ankunft_model.analysis import Computations, check
from ankunft_model.analysis.data_overview import data_overview
from ankunft_model.analysis.run_statements import (
    Verdict,
    happens_at_least,
    happens_at_most,
    happens_sometimes,
    is_always_before,
    is_never_without,
)
from ankunft_model.analysis.run_wording import steps_of_run
from ankunft_model.errors import UnknownElementError
from ankunft_model.findings import Findings
from ankunft_model.model import ArrivalModel, nearest
from ankunft_model.wording import Language, Wording


class UnmetExpectationError(AssertionError):
    """What was expected of a model does not hold; `wording` says what, and on which run.

    `run` has the ids of the nodes of that run, in order; empty where no run shows it.
    """

    def __init__(self, wording: Wording, *, run: tuple[str, ...] = (), language: Language = "en") -> None:
        super().__init__(wording.in_language(language))
        self.wording = wording
        self.run = run


def assert_that(model: ArrivalModel, *, language: Language = "en") -> ModelAssertions:
    """Return the words with which something can be asserted about `model`; failures speak `language`.

    Everything is computed at most once for all assertions on the returned object.
    """
    return ModelAssertions(model, language)


class ModelAssertions:
    """What can be said about a model as a whole, and the way to its steps and data."""

    def __init__(self, model: ArrivalModel, language: Language) -> None:
        self._computed = Computations(model)
        self._language: Language = language
        self._found: dict[str, Findings] = {}

    def step(self, node: str) -> StepAssertions:
        """Return what can be said about a step, event or gateway.

        Raises:
            UnknownElementError: the model has no such node.
        """
        nodes = self._computed.model.nodes
        if node not in nodes:
            raise _unknown(node, nearest(node, nodes), Wording("keinen Schritt", "no step"))
        return StepAssertions(self._computed, self._language, node)

    def data(self, item: str) -> DataAssertions:
        """Return what can be said about a data item.

        Raises:
            UnknownElementError: the model has no such item.
        """
        data = self._computed.model.data
        if item not in data:
            raise _unknown(item, nearest(item, data), Wording("keine Angabe", "no data item"))
        return DataAssertions(self._computed, self._language, item)

    def is_sound(self) -> None:
        """Assert that every process can always be completed properly.

        Raises:
            UnmetExpectationError: it is not so, or a limit kept it from being decided.
        """
        for process, verdict in self._computed.soundness.items():
            if verdict.sound:
                continue
            name = self._computed.model.processes[process]
            if not verdict.problems:
                raise self._failed(
                    Wording(
                        f"„{name.label('de')}“ ist zu groß, um zu entscheiden, ob der Prozess korrekt abläuft.",
                        f"“{name.label('en')}” is too large to decide whether the process is sound.",
                    )
                )
            first = verdict.problems[0]
            nodes = ", ".join(first.nodes)
            raise self._failed(
                Wording(
                    f"„{name.label('de')}“ läuft nicht immer korrekt ab: {first.kind} bei {nodes}.",
                    f"“{name.label('en')}” is not sound: {first.kind} at {nodes}.",
                ),
                first.witness,
            )

    def has_no(self, *rules: str) -> None:
        """Assert that the rules find nothing.

        Raises:
            UnmetExpectationError: one finds something; all its findings are listed.
            UnknownElementError: there is no such rule.
        """
        for rule in rules:
            self.has(rule, at_most=0)

    def has(self, rule: str, *, at_least: int = 0, at_most: int | None = None) -> None:
        """Assert how many findings a rule has; without bounds nothing is asserted but that the rule exists.

        Raises:
            UnmetExpectationError: there are fewer, or more.
            UnknownElementError: there is no such rule.
        """
        findings = self._findings(rule)
        if at_least <= len(findings) and (at_most is None or len(findings) <= at_most):
            return
        wanted = _bounds(at_least, at_most)
        listed = {
            language: "".join(f"\n  {finding.message.in_language(language)}" for finding in findings)
            for language in ("de", "en")
        }
        raise self._failed(
            Wording(
                f"{rule}: {len(findings)} Befunde, erwartet {wanted.de}.{listed['de']}",
                f"{rule}: {len(findings)} findings, expected {wanted.en}.{listed['en']}",
            ),
            findings[0].run() if findings else (),
        )

    def _findings(self, rule: str) -> Findings:
        if rule not in self._found:
            self._found[rule] = check(self._computed.model, select=[rule], computations=self._computed)
        return self._found[rule]

    def _failed(self, wording: Wording, run: tuple[str, ...] = ()) -> UnmetExpectationError:
        return failed(self._computed, self._language, wording, run)


class StepAssertions:
    """What can be said about one node, over all runs."""

    def __init__(self, computed: Computations, language: Language, node: str) -> None:
        self._computed = computed
        self._language: Language = language
        self._node = node

    def is_always_before(self, later: str) -> None:
        """Assert that whenever `later` executes, this was executed before.

        Raises:
            UnmetExpectationError: on some run it is not so.
            UnknownElementError: the model has no node `later`.
        """
        this, other = self._named(self._node), self._named(later)
        self._judge(
            is_always_before(self._computed, self._node, later),
            Wording(f"{this.de} kommt nicht immer vor {other.de}.", f"{this.en} is not always before {other.en}."),
        )

    def is_always_after(self, earlier: str) -> None:
        """Assert that whenever this executes, `earlier` was executed before.

        Raises:
            UnmetExpectationError: on some run it is not so.
            UnknownElementError: the model has no node `earlier`.
        """
        this, other = self._named(self._node), self._named(earlier)
        self._judge(
            is_always_before(self._computed, earlier, self._node),
            Wording(f"{this.de} kommt nicht immer nach {other.de}.", f"{this.en} is not always after {other.en}."),
        )

    def is_never_without(self, other: str) -> None:
        """Assert that every complete run with this step also has the other one, in whatever order.

        Raises:
            UnmetExpectationError: some complete run has this without the other.
            UnknownElementError: the model has no node `other`.
        """
        this, named = self._named(self._node), self._named(other)
        self._judge(
            is_never_without(self._computed, self._node, other),
            Wording(f"{this.de} kommt auch ohne {named.de} vor.", f"{this.en} also happens without {named.en}."),
        )

    def happens_at_most_once(self) -> None:
        """Assert that no run executes this twice.

        Raises:
            UnmetExpectationError: some run does.
        """
        self.happens(at_most=1)

    def happens(self, *, at_least: int = 0, at_most: int | None = None) -> None:
        """Assert how often every complete run executes this; a run in progress counts for `at_most`.

        Raises:
            UnmetExpectationError: some run executes it less often, or more often.
        """
        this = self._named(self._node)
        if at_most is not None:
            self._judge(
                happens_at_most(self._computed, self._node, at_most),
                Wording(
                    f"{this.de} kommt in einem Ablauf öfter als {at_most}-mal vor.",
                    f"on some run {this.en} happens more often than {_times(at_most)}.",
                ),
            )
        if at_least > 0:
            seldom = Wording("nicht vor", "does not happen")
            if at_least > 1:
                seldom = Wording(f"seltener als {at_least}-mal vor", f"happens less often than {_times(at_least)}")
            self._judge(
                happens_at_least(self._computed, self._node, at_least),
                Wording(
                    f"{this.de} kommt in einem Ablauf {seldom.de}.",
                    f"on some run {this.en} {seldom.en}.",
                ),
            )

    def happens_always(self) -> None:
        """Assert that every complete run executes this.

        Raises:
            UnmetExpectationError: some complete run does not.
        """
        self.happens(at_least=1)

    def happens_sometimes(self) -> None:
        """Assert that some run executes this.

        Raises:
            UnmetExpectationError: none does.
        """
        this = self._named(self._node)
        self._judge(
            happens_sometimes(self._computed, self._node),
            Wording(f"{this.de} kommt in keinem Ablauf vor.", f"{this.en} happens on no run."),
        )

    def _named(self, node: str) -> Wording:
        return self._computed.names.node(node) if node in self._computed.model.nodes else Wording(node, node)

    def _judge(self, verdict: Verdict, wording: Wording) -> None:
        if verdict.holds:
            return
        if verdict.holds is None:
            wording = Wording(
                f"Das Modell ist zu groß, um zu entscheiden, ob gilt: {wording.de}",
                f"The model is too large to decide whether: {wording.en}",
            )
        run = tuple(verdict.run.ids) if verdict.run else ()
        raise failed(self._computed, self._language, wording, run)


class DataAssertions:
    """What can be said about one data item, over all runs."""

    def __init__(self, computed: Computations, language: Language, item: str) -> None:
        self._computed = computed
        self._language: Language = language
        self._item = item

    def is_asked_at_most_once(self) -> None:
        """Assert that no run asks the person for it twice.

        Raises:
            UnmetExpectationError: some run does.
        """
        self.is_asked(at_most=1)

    def is_asked(self, *, at_least: int = 0, at_most: int | None = None) -> None:
        """Assert how often every run asks the person for it, as `ankunft data` counts; a group means each member.

        Raises:
            UnmetExpectationError: some run asks less often, or more often.
        """
        overview = data_overview(self._computed)
        wanted = _bounds(at_least, at_most)
        for item in self._computed.model.items_of([self._item]):
            least, most = overview.by_item[item].collections
            if least >= at_least and (at_most is None or (most is not None and most <= at_most)):
                continue
            name = self._computed.names.item(item)
            upper = Wording("beliebig oft", "any number of times") if most is None else Wording(str(most), str(most))
            raise failed(
                self._computed,
                self._language,
                Wording(
                    f"{name.de} wird je Ablauf {least} bis {upper.de} mal erfragt, erwartet {wanted.de}.",
                    f"{name.en} is asked {least} to {upper.en} times per run, expected {wanted.en}.",
                ),
                self._longest(item),
            )

    def is_there_at(self, node: str) -> None:
        """Assert that the actor of `node` has it there on every run, as its `needs` demand.

        Raises:
            UnmetExpectationError: on some run the actor does not have it, or the step does not need it at all.
            UnknownElementError: the model has no such node.
        """
        model = self._computed.model
        if node not in model.nodes:
            raise _unknown(node, nearest(node, model.nodes), Wording("keinen Schritt", "no step"))
        step, what = self._computed.names.node(node), self._computed.names.item(self._item)
        needs = {model.canonical(item) for item in model.items_of(getattr(model.nodes[node], "needs", None) or ())}
        wanted = {model.canonical(item) for item in model.items_of([self._item])}
        if not wanted <= needs:
            raise failed(
                self._computed,
                self._language,
                Wording(
                    f"{step.de} braucht {what.de} nicht; unter „needs“ steht davon nichts.",
                    f"{step.en} does not need {what.en}; its 'needs' do not say so.",
                ),
            )
        for knowledge in self._computed.knowledge:
            for item in knowledge.items.values():
                for gap in item.gaps:
                    if gap.node == node and gap.key.item in wanted:
                        raise failed(
                            self._computed,
                            self._language,
                            Wording(f"{what.de} fehlt bei {step.de}.", f"{what.en} is missing at {step.en}."),
                            tuple(gap.run.ids),
                        )

    def _longest(self, item: str) -> tuple[str, ...]:
        main = self._computed.model.canonical(item)
        for knowledge in self._computed.knowledge:
            for key, known in knowledge.items.items():
                if key.item == main and known.collected_at:
                    return tuple(known.longest.ids)
        return ()


def failed(
    computed: Computations, language: Language, wording: Wording, run: tuple[str, ...] = ()
) -> UnmetExpectationError:
    """Return the failure with the run that shows it written out."""
    if run:
        wording = Wording(
            f"{wording.de}\nAblauf: {' → '.join(steps_of_run(computed.model, run, 'de'))}",
            f"{wording.en}\nrun: {' → '.join(steps_of_run(computed.model, run, 'en'))}",
        )
    return UnmetExpectationError(wording, run=run, language=language)


def _bounds(at_least: int, at_most: int | None) -> Wording:
    if at_most is None:
        return Wording(f"mindestens {at_least}", f"at least {at_least}")
    if at_least == at_most:
        return Wording(f"genau {at_most}", f"exactly {at_most}")
    if at_least == 0:
        return Wording(f"höchstens {at_most}", f"at most {at_most}")
    return Wording(f"{at_least} bis {at_most}", f"{at_least} to {at_most}")


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _unknown(id_: str, near: str | None, what: Wording) -> UnknownElementError:
    return UnknownElementError(
        Wording(
            f"Es gibt {what.de} „{id_}“." + (f" Gemeint ist wohl „{near}“." if near else ""),
            f"there is {what.en} '{id_}'." + (f" Did you mean '{near}'?" if near else ""),
        ),
        element_id=id_,
    )
