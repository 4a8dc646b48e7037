"""The whole: one place, one state, its registries and processes."""

from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from pydantic import Field, ValidationError, ValidationInfo, model_validator
from pydantic_core import InitErrorDetails

from ankunft_model.model.actors import PERSON_KIND, Actor, Site
from ankunft_model.model.ancestry import note_descent
from ankunft_model.model.benefits import Benefit
from ankunft_model.model.consistency import find_inconsistencies
from ankunft_model.model.data import DataItem, Document
from ankunft_model.model.governance import Body, Measure, Source
from ankunft_model.model.handovers import Handover
from ankunft_model.model.identifiers import Id
from ankunft_model.model.law import Agreement, Consent, LegalBasis
from ankunft_model.model.nodes import AnyNode
from ankunft_model.model.part import Named, Part, Registry, Sourced
from ankunft_model.model.people import Case, Cohort, InformationDuty
from ankunft_model.model.plain import is_mapping
from ankunft_model.model.processes import Process
from ankunft_model.model.quantities import Count, Date
from ankunft_model.model.systems import System
from ankunft_model.model.texts import Text, text_in
from ankunft_model.model.vocabulary import ModelState, MunicipalityKind, OpenVocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from ankunft_model.analysis import BurdenParameters, MetricsOverview, TimeOverview
    from ankunft_model.analysis.knowledge.who_knows import KnownAt, Lineage
    from ankunft_model.analysis.suggestions.results import Suggestions
    from ankunft_model.findings import Findings
    from ankunft_model.graph.soundness_overview import SoundnessOverview
    from ankunft_model.wording import Language


MAX_INCONSISTENCIES: Final = 1000
"""So many inconsistencies of one model are named at most."""


class PopulationRange(Part):
    """A number of inhabitants with bounds."""

    min: Count
    max: Count


class Municipality(Sourced):
    """The place that the model is about."""

    name: Text
    kind: MunicipalityKind | None = None
    land: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    ags: Annotated[str, Field(pattern=r"^([0-9]{2}|[0-9]{5}|[0-9]{8})$")] | None = None
    population: Count | PopulationRange | None = None
    members: Count | None = None


class ArrivalModel(Part):
    """Arrival processes of one place in one state: registries and processes, frozen and checked.

    Every reference is known and every id unique; what the model does not know is kept apart from what it knows
    to be absent. All outputs are computed from it.

    Attributes:
        state: `as_is`, `to_be` or `reference`.
        as_of: The day at which law is judged; None: validity is not judged.
        based_on: The file that this model varies.
        carried: Text of the BPMN file that the model was read from, with all that has no word here; or the diagram
            as somebody drew it by hand. Written back on export.
    """

    format: Literal["ankunft/1"] = "ankunft/1"
    id: Id
    title: Text
    state: ModelState
    as_of: Date | None = None
    municipality: Municipality | None = None
    based_on: str | None = None
    vocabularies: dict[OpenVocabulary, Registry[Named]] = Field(default_factory=dict[OpenVocabulary, Registry[Named]])
    actors: Registry[Actor] = Registry()
    systems: Registry[System] = Registry()
    data: Registry[DataItem] = Registry()
    documents: Registry[Document] = Registry()
    legal_bases: Registry[LegalBasis] = Registry()
    agreements: Registry[Agreement] = Registry()
    consents: Registry[Consent] = Registry()
    bodies: Registry[Body] = Registry()
    benefits: Registry[Benefit] = Registry()
    cohorts: Registry[Cohort] = Registry()
    cases: Registry[Case] = Registry()
    information_duties: Registry[InformationDuty] = Registry()
    measures: Registry[Measure] = Registry()
    sources: Registry[Source] = Registry()
    sites: Registry[Site] = Registry()
    processes: Annotated[Registry[Process], Field(min_length=1)]
    carried: str | None = None

    @model_validator(mode="after")
    def _is_consistent(self, info: ValidationInfo) -> Self:
        if is_mapping(info.context) and info.context.get("references") == "unchecked":
            return self
        errors: list[InitErrorDetails] = list(islice(find_inconsistencies(self), MAX_INCONSISTENCIES))
        if errors:
            raise ValidationError.from_exception_data(type(self).__name__, errors, hide_input=True)
        return self

    def changed(self, **fields: Any) -> Self:
        """Return a copy in which `fields` have new values, checked like any new model.

        Raises:
            pydantic.ValidationError: the copy would not be well-formed.
        """
        made = super().changed(**fields)
        if self.carried is not None:
            note_descent(made, self)
        return made

    def label(self, language: str = "de") -> str:
        """Return the title in `language`."""
        return text_in(self.title, language)

    @cached_property
    def nodes(self) -> dict[str, AnyNode]:
        """All nodes of all processes by id, in the order of the file."""
        return {node.id: node for process in self.processes.values() for node in process.all_nodes}

    @cached_property
    def handovers(self) -> dict[str, Handover]:
        """All handovers of all processes by id, in the order of the file."""
        return {handover.id: handover for process in self.processes.values() for handover in process.handovers or ()}

    @cached_property
    def process_of(self) -> dict[str, Process]:
        """The process of each node, by the node's id."""
        return {node.id: process for process in self.processes.values() for node in process.all_nodes}

    @cached_property
    def senders_beside_the_flow(self) -> frozenset[str]:
        """The ids of the nodes whose handovers start another process or are waited for."""
        return frozenset(
            handover.from_node
            for handover in self.handovers.values()
            if handover.from_node is not None and (handover.triggers or handover.waits)
        )

    @cached_property
    def process_listing(self) -> dict[str, Process]:
        """The process under which the file lists each handover, by the handover's id."""
        return {handover.id: process for process in self.processes.values() for handover in process.handovers or ()}

    @cached_property
    def place_of_item(self) -> dict[str, int]:
        """The place of each data item in the order of the file, by its id."""
        return {item: place for place, item in enumerate(self.data)}

    @cached_property
    def person(self) -> Actor | None:
        """The person whose arrival the model follows, or None if the model has none."""
        return next((actor for actor in self.actors.values() if actor.kind == PERSON_KIND), None)

    def top_actor(self, actor_id: str) -> Actor:
        """Return the organisation at the top of the hierarchy above the actor: the one that is drawn as a pool."""
        actor = self.actors[actor_id]
        while actor.part_of is not None:
            actor = self.actors[actor.part_of]
        return actor

    def items_of(self, ids: "Iterable[str]") -> tuple[str, ...]:
        """Return the ids of the single data items that `ids` stand for, groups resolved, without duplicates.

        Order: that of `ids`; members of a group in the order of the group. Other names are kept as they are.
        """
        stack = list(ids)[::-1]
        if not stack:
            return ()
        seen: set[str] = set()
        found: list[str] = []
        while stack:
            id_ = stack.pop()
            if id_ in seen:
                continue
            seen.add(id_)
            item = self.data.get(id_)
            if item is not None and item.contains:
                stack.extend(reversed(item.contains))
            else:
                found.append(id_)
        return tuple(found)

    def canonical(self, item_id: str) -> str:
        """Return the id of the main name of a data item; items with the same main name are one item."""
        item = self.data.get(item_id)
        return item_id if item is None or item.canonical is None else item.canonical

    # --- doors: results of rooms above the model -----------------------------------------------------------------

    def check(self, *, select: "Iterable[str] | None" = None, ignore: "Iterable[str]" = ()) -> "Findings":
        """Return what the rules find in this model, in the order of the catalogue.

        Args:
            select: Names of rules, or of groups of rules, to ask; None: all.
            ignore: Names of rules or groups to leave out.
        """
        from ankunft_model import doors

        return doors.check(self, select=select, ignore=ignore)

    def soundness(self) -> "SoundnessOverview":
        """Return for each process whether every run of it comes to a proper end, with a run that shows what is wrong.

        `verdicts` has the answer by id of the process; `sound` is None where a limit was reached first.

        Example:
            >>> from ankunft_model.model import ArrivalModel
            >>> model = ArrivalModel.model_validate({
            ...     "id": "m", "title": "M", "state": "as_is", "processes": {"p": {"name": "P", "nodes": {
            ...         "start": {"type": "start", "next": "done"}, "done": {"type": "end"}}}}})
            >>> model.soundness().verdicts["p"].sound
            True
        """
        from ankunft_model import doors

        return doors.soundness(self)

    def who_knows(self, item: str, *, at: str) -> "KnownAt":
        """Return which actors and systems know `item` right before the node `at` executes, always or on some runs.

        Raises:
            UnknownElementError: the item or the node is not known.
        """
        from ankunft_model import doors

        return doors.who_knows(self, item, at=at)

    def lineage(self, item: str) -> "Lineage":
        """Return the way of `item`: where it is collected, recorded, handed over, retrieved, used.

        Raises:
            UnknownElementError: the item is not known.
        """
        from ankunft_model import doors

        return doors.lineage(self, item)

    def disclosure(self, *, with_open_facts: bool = False) -> dict[str, tuple[str, ...]]:
        """Return which actors and systems ever know each item on some run, by main name of the item.

        Args:
            with_open_facts: Whether those are added whom some answer to what is open would let know it.
        """
        from ankunft_model import doors

        return doors.disclosure(self, with_open_facts=with_open_facts)

    def to_bpmn(
        self,
        path: "str | Path | None" = None,
        *,
        view: Literal["collaboration", "journey"] | None = None,
        only: "Iterable[str]" = (),
        level: Literal["steps", "processes", "organisations"] = "steps",
        diagrams: Literal["one", "per-process"] = "one",
        notify: bool = False,
        findings: "Findings | None" = None,
        notes: bool = False,
        templates: bool = False,
        language: "Language" = "de",
    ) -> bytes:
        """Return the model as BPMN 2.0 XML with its diagram; with `path`, write it there too.

        Args:
            path: File to write.
            view: None: a pool per organisation if more than one acts, else the journey; a process that cannot be
                divided among organisations stays in one pool.
            only: Actors whose pools are drawn in full, the others closed; empty: all.
            level: `steps`: everything; `processes`: sub-processes closed; `organisations`: closed pools and messages.
            diagrams: `per-process`: an overview of the organisations, then a diagram for each process.
            notify: Whether whoever decides tells the organisations that wait when nothing more comes, by a message that
                the model does not have (rule `uninformed-participant`).
            findings: Shapes that they name are coloured.
            notes: Whether what the findings say also stands in notes.
            templates: Whether elements name the template with which Camunda Modeler shows their properties.
            language: Language of the names; the others are kept as translations.

        Raises:
            ExportError: the model cannot be shown in this view; the message says why and what to do.
        """
        from ankunft_model import doors

        return doors.to_bpmn(
            self,
            path,
            view=view,
            only=only,
            level=level,
            diagrams=diagrams,
            notify=notify,
            findings=findings,
            notes=notes,
            templates=templates,
            language=language,
        )

    def to_svg(
        self,
        path: "str | Path | None" = None,
        *,
        view: Literal["collaboration", "journey"] | None = None,
        only: "Iterable[str]" = (),
        level: Literal["steps", "processes", "organisations"] = "steps",
        findings: "Findings | None" = None,
        language: "Language" = "de",
    ) -> str:
        """Return the diagram as SVG, drawn from the same geometry as the BPMN; with `path`, write it there too."""
        from ankunft_model import doors

        return doors.to_svg(self, path, view=view, only=only, level=level, findings=findings, language=language)

    def to_dot(
        self,
        path: "str | Path | None" = None,
        *,
        view: Literal["process", "handovers"] = "process",
        language: "Language" = "de",
    ) -> str:
        """Return a Graphviz graph, the process map or the network of handovers; with `path`, write it there too."""
        from ankunft_model import doors

        return doors.to_dot(self, path, view=view, language=language)

    def to_yaml(self, path: "str | Path | None" = None) -> str:
        """Return the model in its canonical text form; with `path`, write it there too."""
        from ankunft_model import doors

        return doors.to_yaml(self, path)

    def to_json(self, path: "str | Path | None" = None) -> str:
        """Return the model as JSON of the same shape; with `path`, write it there too."""
        from ankunft_model import doors

        return doors.to_json(self, path)

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """Return nodes, flows and handovers as a networkx graph for analyses of your own."""
        from ankunft_model import doors

        return doors.to_networkx(self)

    def report(
        self, path: "str | Path | None" = None, *, to_be: "ArrivalModel | None" = None, language: "Language" = "de"
    ) -> str:
        """Return the report as one self-contained HTML page; with `path`, write it there too.

        Args:
            path: File to write.
            to_be: A second model to show beside this one.
            language: Language of the page.
        """
        from ankunft_model import doors

        return doors.report(self, path, to_be=to_be, language=language)

    def only_process(self, process: str) -> "ArrivalModel":
        """Return the part of the model with just one process, as a model of its own.

        Raises:
            UnknownElementError: the process is not known.
        """
        from ankunft_model import doors

        return doors.only_process(self, process)

    def for_cohort(self, cohort: str) -> "ArrivalModel":
        """Return the part of the model that is for one target group, as a model of its own.

        Branches and steps for other groups (`cohorts` of a node) are left out, and so are their cases and duties.

        Raises:
            UnknownElementError: the cohort is not known.
        """
        from ankunft_model import doors

        return doors.for_cohort(self, cohort)

    def for_case(self, case: str) -> "ArrivalModel":
        """Return the part of the model that a case can pass, with the decisions that it states, as a model of its own.

        Raises:
            UnknownElementError: the case is not known.
        """
        from ankunft_model import doors

        return doors.for_case(self, case)

    def time(self) -> "TimeOverview":
        """Return how long each process takes, where nobody is covered or can prove it, and which deadlines hold."""
        from ankunft_model import doors

        return doors.time(self)

    def metrics(self, parameters: "BurdenParameters | None" = None) -> "MetricsOverview":
        """Return the figures per case: contacts, questions, documents, handovers, once-only factors, burden.

        Args:
            parameters: Minutes and rates for the burden (Standard Cost Model); None: no burden.
        """
        from ankunft_model import doors

        return doors.metrics(self, parameters)

    def suggest(self) -> "Suggestions":
        """Return the smallest sets of changes that close gaps and spare avoidable questions, lawful ones first.

        Added or extended are handovers, retrievals, rights to read, consents and agreements; each suggestion says on
        what it rests, and was verified by analysing the changed model. What stays is listed with the reason.

        Example:
            >>> from ankunft_model.model import ArrivalModel
            >>> step = {"actor": "office", "collects": ["name"]}
            >>> model = ArrivalModel.model_validate({
            ...     "id": "m", "title": "M", "state": "as_is",
            ...     "actors": {"office": {"name": "Office", "kind": "other"}},
            ...     "data": {"name": {"name": "Name", "category": "identity"}},
            ...     "processes": {"p": {"name": "P", "nodes": {"start": {"type": "start", "next": "ask"},
            ...         "ask": {"name": "Ask", **step, "next": "again"}, "again": {"name": "Ask again", **step,
            ...         "next": "done"}, "done": {"type": "end"}}}}})
            >>> found = model.suggest()
            >>> print(found.to_text("en"))
            Office already has “Name” at “Ask again”: do not ask any more, only have it confirmed.
            >>> found.model.nodes["again"].collects, found.model.nodes["again"].confirms
            ((), ('name',))
        """
        from ankunft_model import doors

        return doors.suggest(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002 - the notebook passes both
        """Return what a notebook shows: the diagram."""
        from ankunft_model import doors

        return doors.mime_bundle(self)
